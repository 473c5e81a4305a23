"""Somebody at a browser: signed in for themselves, with cookies and drafts of their own."""
import contextlib

from playwright.sync_api import expect

expect.set_options(timeout=10_000)


class Person:
    """Does what a person does: goes somewhere, reads, types, presses.

    Whatever the browser complains about is kept in `problems`, and fails the test that is being played.
    """

    def __init__(self, stage, name, email=None, password="three quiet harbours", **options):
        self.stage, self.name, self.email, self.password = stage, name, email, password
        self.first = name.split()[0]
        self.problems = []
        self.expected = []
        options.setdefault("viewport", {"width": 1280, "height": 900})
        options.setdefault("timezone_id", "Europe/Amsterdam")
        self.context = stage.browser.new_context(
            base_url=stage.product.address, locale="en-GB", accept_downloads=True, **options)
        self.context.set_default_timeout(10_000)
        self.page = self.open_tab()

    def open_tab(self):
        page = self.context.new_page()
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complain(f"script error: {error}"))
        page.on("requestfailed", self.miss)
        page.on("response", self.check)
        return page

    # What the browser says

    def hear(self, message):
        # The answer itself is judged by its status, in `check`.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complain(f"console: {message.text}")

    def miss(self, request):
        # A browser gives up requests of a page that one leaves.
        if request.failure != "net::ERR_ABORTED" and "offline" not in self.expected:
            self.complain(f"{request.method} {request.url} failed: {request.failure}")

    def check(self, response):
        if response.status >= 400 and response.status not in self.expected:
            self.complain(f"{response.request.method} {response.url} was answered with {response.status}")

    def complain(self, words):
        self.problems.append(f"{self.name}: {words}")

    @contextlib.contextmanager
    def expecting(self, *faults):
        """Announces answers such as 422, or "offline", that are no fault while this lasts."""
        self.expected = list(faults)
        yield
        self.page.wait_for_load_state()
        self.expected = []

    # What a person does

    def go(self, path):
        self.page.goto(path)

    def fill(self, label, text, within=None, exact=False):
        (within or self.page).get_by_label(label, exact=exact).fill(text)

    def choose(self, label, option, within=None):
        (within or self.page).get_by_label(label).select_option(label=option)

    def press(self, name, within=None):
        (within or self.page).get_by_role("button", name=name, exact=isinstance(name, str)).click()

    def follow(self, name, within=None):
        (within or self.page).get_by_role("link", name=name).click()

    def unfold(self, name, within=None):
        """Opens what is folded away; words that came back have opened it already."""
        summary = (within or self.page).locator("summary").filter(has_text=name)
        if not summary.evaluate("summary => summary.parentElement.open"):
            summary.click()

    def tick(self, name, within=None):
        (within or self.page).get_by_label(name).check()

    # What a person sees

    @property
    def main(self):
        return self.page.locator("main")

    def sees(self, words, within=None):
        expect(within or self.main).to_contain_text(words)

    def sees_no(self, words, within=None):
        expect(within or self.main).not_to_contain_text(words)

    def sees_heading(self, words):
        expect(self.page.get_by_role("heading", name=words).first).to_be_visible()

    def is_told(self, words):
        """What the product says in passing."""
        expect(self.page.locator("#toasts")).to_contain_text(words)

    def line_says(self, words):
        """What the page says of its line to the server."""
        expect(self.page.locator("#line-status")).to_have_text(words)

    def sees_problem(self, label, words, within=None):
        """What is wrong stands at the field itself, tied to it for those who listen."""
        field = (within or self.page).get_by_label(label).first
        expect(field).to_have_attribute("aria-invalid", "true")
        described = (field.get_attribute("aria-describedby") or "").split()
        texts = [self.page.locator(f"[id='{id}']").inner_text() for id in described]
        assert any(words in text for text in texts), f"at {label}: {texts}, not {words}"

    def is_at(self, path):
        self.page.wait_for_url(lambda url: path_of(url) == "/" + path.lstrip("/"))

    @property
    def path(self):
        return path_of(self.page.url)

    def shoot(self, name):
        """Takes a picture of the whole page, in a window as high as the page, so that what is fixed stands at its edge."""
        size = self.page.viewport_size
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": max(size["height"], height)})
        self.page.screenshot(path=self.stage.screenshots / f"{name}.png", animations="disabled")
        self.page.set_viewport_size(size)


def path_of(url):
    """The address on this server, without the part of the page that it points to."""
    return "/" + url.partition("#")[0].split("//", 1)[1].partition("/")[2]
