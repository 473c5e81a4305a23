"""Every page, in light and dark, on a wide screen and a phone"""
import datetime
import functools
import re

from axe_playwright_python.sync_playwright import Axe

from company import sign_in
from person import path_of
from stage import suites, test

wide, phone, narrow = 1440, 390, 320
# Mail programs scale a message that is too wide; at 320 px its table keeps its columns.
laid_out_for_mail = ["recap-letter"]
themes = ["light", "dark"]
cast = {}
places = {}
axe = Axe()


@test
def demo_company(stage):
    """The demo company fills an empty folder, and prints links that sign three people and an administrator in."""
    printed = stage.product.run("demo")
    stage.product.start()
    links = dict(re.findall(r"^\s*(\S+) .*?, (?:employee|manager|VP|administrator) +(http\S+)", printed, re.M))
    assert len(links) == 4, printed
    for first, part in zip(links, ["employee", "manager", "vp", "administrator"]):
        cast[part] = stage.person(first)
        cast[part].go(links[first])
        cast[part].press(re.compile("^Sign in as"))
        cast[part].is_at("")
    cast["nobody"] = stage.person("Nobody", "nobody@larkfield.example")
    find_sessions()
    find_others()


def find_sessions():
    """For each state of a session, one that Ana or Joost can see, and who of them it is."""
    for part in ["employee", "manager"]:
        person = cast[part]
        person.go("/sessions")
        links = person.page.locator("main a[href^='/sessions/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        for link in dict.fromkeys(link for link in links if re.fullmatch("/sessions/[0-9a-f]{32}", link)):
            person.go(link)
            state = state_shown(person)
            places.setdefault((part, state), person.path)
            places.setdefault(("either", state), person.path)
            cast.setdefault(state, person)


def state_shown(person):
    last = person.path.rsplit("/", 1)[1]
    if last == "recap":
        return "closing" if person.page.locator("[aria-current=step]", has_text="Confirm").count() else "recap"
    if last in ("preparation", "run"):
        return last
    if person.page.locator("form[action$='/acceptance']").count():
        return "to-answer"
    return "asked" if person.page.locator("form[action$='/proposals']").count() else "ended"


def find_others():
    first_link(cast["employee"], "/goals", r"/goals/[0-9a-f]{32}", "goal")
    first_link(cast["employee"], "/goals", r"/work/[0-9a-f]{32}", "work")
    first_link(cast["employee"], "/goals", r"/cycles/[0-9a-f]{32}", "cycle")
    first_link(cast["employee"], "/goals/mine", r"/goals/[0-9a-f]{32}", "objective")
    first_link(cast["employee"], "/goals/mine", r"/key-results/[0-9a-f]{32}", "key-result")
    first_link(cast["administrator"], "/cycles", rf"(?!{places['cycle']})/cycles/[0-9a-f]{{32}}", "closed-cycle")
    first_link(cast["administrator"], "/people", r"/people/[0-9a-f]{32}", "person")
    first_link(cast["administrator"], "/teams", r"/teams/[0-9a-f]{32}", "team")


def first_link(person, path, pattern, name):
    person.go(path)
    links = person.page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    places[name] = next((link for link in links if re.fullmatch(pattern, link)), None)


def page_test(name, part, path, faults=()):
    """Makes the test of one page. `path` is an address, or a function that goes there."""
    def play(stage):
        assert part in cast, f"The demo company has no session of the kind {part}"
        person = cast[part]
        with person.expecting(*faults):
            go = path if callable(path) else functools.partial(person.go, path)
            go()
            look_at(person, name)
    play.__name__ = name
    play.__doc__ = f"The {name.replace('-', ' ')} page."
    play.__module__ = __name__
    suites[__name__].append(play)


def at(*place, more=""):
    """Goes to a place that was found, as whoever may see it."""
    def go():
        path = places.get(place if len(place) > 1 else place[0])
        assert path, f"The demo company has no {' '.join(place)}"
        visitor(place).go(path + more)
    return go


def visitor(place):
    if place[0] == "either":
        return cast[place[1]]
    return cast[place[0]] if place[0] in cast else cast["administrator" if place[0] in ("person", "team") else "employee"]


def look_at(person, name):
    page = person.page
    faults = []
    for theme in themes:
        page.emulate_media(color_scheme=theme)
        for width in (wide, phone):
            page.set_viewport_size({"width": width, "height": 900})
            person.shoot(f"{name}-{theme}-{width}")
            faults += sideways(page, width)
    page.set_viewport_size({"width": narrow, "height": 900})
    if name in laid_out_for_mail:
        return report(faults + blemishes(page, "dark, on a phone"))
    faults += sideways(page, narrow)
    # What is folded away must hold as well.
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
    faults += sideways(page, narrow)
    faults += blemishes(page, "dark, on a phone")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": wide, "height": 900})
    faults += blemishes(page, "light, on a wide screen")
    report(faults)


def report(faults):
    assert not faults, "\n".join(faults)


def sideways(page, width):
    """What sticks out at the right, where one would have to scroll sideways."""
    outside = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? null
           : [...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > innerWidth + 1)
             .slice(-3).map(each => each.tagName.toLowerCase() + '.' + each.className + ' ' + (each.id || each.name || ''))""")
    return [f"Scrolls sideways at {width} px: {', '.join(outside)}"] if outside is not None else []


def blemishes(page, when):
    # Colours that are on their way from one theme to the other are nobody's choice.
    page.evaluate("document.getAnimations().forEach(each => each.finish())")
    found = axe.run(page).response["violations"]
    return [
        f"{when}: {fault['id']}, {fault['help']}: " + " | ".join(
            node["html"][:160] + " " + (node["any"][0]["message"] if node["any"] else "") for node in fault["nodes"][:3])
        for fault in found
    ]


def opened_menu():
    cast["administrator"].go("/")
    cast["administrator"].page.locator("details.menu summary").click()


def rejected_ask():
    cast["employee"].go("/sessions/new")
    cast["employee"].fill("Its name in both calendars", "Catch up")
    cast["employee"].press(re.compile("^Ask "))
    cast["employee"].sees("could be any meeting")


def rejected_sign_in():
    sign_in(cast["nobody"], "not the password")


def asked():
    cast["employee"].go("/sessions/new")
    cast["employee"].fill("Its name in both calendars", "Which clinics come first")
    cast["employee"].fill("Day", (datetime.date.today() + datetime.timedelta(days=5)).isoformat(), exact=True)
    cast["employee"].fill("From", "10:00", exact=True)
    cast["employee"].press(re.compile("^Ask "))
    cast["employee"].is_told("The ask is on its way")


def started():
    """The session that is being prepared begins."""
    manager = cast["manager"]
    if path := places.get(("manager", "run")):
        return manager.go(path)
    manager.go(places[("manager", "preparation")])
    manager.press("Start the session")
    manager.page.wait_for_url("**/run")
    places[("manager", "run")] = manager.path


def at_step(step):
    def go():
        started()
        cast["manager"].go(places[("manager", "run")] + f"?step={step}")
    return go


def caught():
    started()
    capture = cast["manager"].page.locator("#capture")
    for kind, words in [("decision", "The clinics in the north go first"), ("parked", "A name for the training"),
                        ("action", "Ask finance about two more people")]:
        capture.locator(f"label:has(input[value={kind}])").click()
        cast["manager"].fill("What was said", words, within=capture)
        cast["manager"].press("Add", within=capture)
        cast["manager"].sees(words, within=cast["manager"].page.locator("ul.caught").filter(has_text=words))


def opened_map():
    at("cycle", more="/map")()
    cast["employee"].follow("Show what supports each of these")
    cast["employee"].sees("Fold everything")


def removal():
    cast["administrator"].go(places["cycle"] + "/removal")


def closing():
    administrator = cast["administrator"]
    administrator.go("/cycles")
    if (button := administrator.page.get_by_role("button", name=re.compile("^Begin to close it"))).count():
        button.first.click()
    at("cycle", more="/closing")()


page_test("sign-in", "nobody", "/sign-in")
page_test("sign-in-rejected", "nobody", rejected_sign_in, [401, 403, 422])
page_test("forgotten-password", "nobody", "/forgotten-password")
page_test("link-to-nowhere", "nobody", "/invitations/none", [404, 410])
page_test("offline", "nobody", "/offline")
page_test("today", "employee", "/")
page_test("today-manager", "manager", "/")
page_test("today-vp", "vp", "/")
page_test("menu", "administrator", opened_menu)
page_test("sessions", "employee", "/sessions")
page_test("ask", "employee", "/sessions/new")
page_test("ask-rejected", "employee", rejected_ask, [422])
page_test("asked", "employee", asked)
page_test("asked-to-answer", "to-answer", at("either", "to-answer"))
page_test("session-ended", "ended", at("either", "ended"))
page_test("preparation", "employee", at("employee", "preparation"))
page_test("preparation-manager", "manager", at("manager", "preparation"))
page_test("preparation-preview", "employee", at("employee", "preparation", more="/preview"))
page_test("run-context", "manager", at_step(1))
page_test("run-alignment", "manager", at_step(2))
page_test("run-feedback", "manager", at_step(3))
page_test("run-future", "manager", at_step(4))
page_test("run-confirm", "manager", at_step(5))
page_test("run-captured", "manager", caught)
page_test("recap-to-confirm", "closing", at("either", "closing"))
page_test("recap-final", "employee", at("employee", "recap"))
page_test("recap-letter", "employee", at("employee", "recap", more="/mail"))
page_test("commitments", "employee", "/commitments")
page_test("goals", "employee", "/goals")
page_test("goal", "employee", at("goal"))
page_test("goal-new", "employee", "/goals/new?level=person")
page_test("cycle", "employee", at("cycle"))
page_test("cycle-searched", "employee", at("cycle", more="?q=clinic"))
page_test("cycle-map", "employee", at("cycle", more="/map"))
page_test("cycle-map-opened", "employee", opened_map)
page_test("cycle-map-searched", "employee", at("cycle", more="/map?health=at-risk"))
page_test("cycle-presented", "employee", at("cycle", more="/presentation"))
page_test("cycle-closed", "employee", at("closed-cycle"))
page_test("cycle-looked-back-on", "employee", at("closed-cycle", more="/look-back"))
page_test("cycles", "administrator", "/cycles")
page_test("cycle-new", "administrator", "/cycles/new")
page_test("cycle-removal", "administrator", removal)
page_test("values", "administrator", "/values")
page_test("objectives-of-mine", "employee", "/goals/mine")
page_test("objective", "employee", at("objective"))
page_test("objective-edit", "employee", at("objective", more="/edit"))
page_test("objective-link", "employee", at("objective", more="/supports/new"))
page_test("key-result", "employee", at("key-result"))
page_test("key-result-new", "employee", at("objective", more="/key-results/new"))
page_test("check-in", "employee", "/goals/check-in")
page_test("cycle-closing", "employee", closing)
page_test("work", "employee", at("work"))
page_test("work-new", "employee", "/work/new")
page_test("search", "employee", "/search")
page_test("search-found", "employee", "/search?q=onboarding")
page_test("search-nothing", "employee", "/search?q=zebra")
page_test("people", "employee", "/people")
page_test("person", "administrator", at("person"))
page_test("invite", "administrator", "/people/new")
page_test("teams", "administrator", "/teams")
page_test("team", "administrator", at("team"))
page_test("settings", "employee", "/settings")
page_test("bring-one-on-ones", "employee", "/sessions/from-calendar")
page_test("mail", "administrator", "/mail")
page_test("help", "employee", "/help")
page_test("who-can-read-what", "employee", "/privacy")
page_test("not-found", "employee", "/sessions/none", [404])


@test
def tabs_of_a_telephone(stage):
    """On a telephone every tab leads where it says, from every place."""
    page = cast["employee"].page
    page.set_viewport_size({"width": 390, "height": 844})
    places = [("Today", "/"), ("Sessions", "/sessions"), ("Goals", "/goals"), ("People", "/people")]
    for _, place in reversed(places):
        for name, leads_to in places:
            if leads_to == place:
                continue
            page.goto(place)
            page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
            page.wait_for_url(lambda url: path_of(url) == leads_to)
            assert page.locator(".nav [aria-current]").inner_text() == name
    page.set_viewport_size({"width": 1280, "height": 900})


@test
def map_walked(stage):
    """The arrow keys go along the lines of a map, and opening something keeps one's place."""
    at("cycle", more="/map")()
    page = cast["employee"].page
    column = lambda: int(page.evaluate("document.activeElement.dataset.column ?? -1"))
    page.locator(".node[data-column='2']").first.focus()
    for key, comes_to in [("ArrowLeft", [0, 1]), ("ArrowRight", [1, 2]), ("ArrowDown", [1, 2])]:
        page.keyboard.press(key)
        assert column() in comes_to, f"{key} led to column {column()}"
        assert page.locator(".map path.lit").count(), f"{key}: no line stands out"
    fold = page.locator(".fold[aria-expanded=false]").first
    opened = fold.get_attribute("href").rpartition("#")[2]
    fold.click()
    page.wait_for_url("**open=**")
    assert page.locator(f"#{opened} + .fold").get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.querySelector(':target')?.id") == opened


@test
def set_up_page(stage):
    """The set-up, joining and link pages of a new product."""
    # A product of its own, because the demo company is set up already.
    from stage import Stage
    import company
    fresh = Stage(stage.browser)
    try:
        fresh.product.start()
        visitor = fresh.person("Visitor")
        visitor.go(fresh.product.set_up_link())
        look_at(visitor, "set-up")
        fresh.product.kill()
        admin = company.set_up(fresh)
        admin.go("/")
        look_at(admin, "today-empty")
        admin.go("/goals")
        look_at(admin, "goals-empty")
        link = company.invite(admin, "Ana Ferreira", "ana@larkfield.example")
        look_at(admin, "invited")
        visitor.go(link)
        look_at(visitor, "invitation")
        stage.people[0].problems += fresh.problems()
    finally:
        fresh.close()
