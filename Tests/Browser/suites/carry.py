"""What stays between two sessions, in the demo company"""
import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from stage import test

is_story = True
cast = {}
axe = Axe()


def both():
    return cast["ana"], cast["joost"]


def part(person, name):
    return person.page.locator(f"#{name}")


@test
def looks_back(stage):
    """Ana and Joost find in their next preparation what changed since the last, and what came along."""
    printed = stage.product.run("demo")
    stage.product.start()
    links = dict(re.findall(r"^\s*(\S+) .*?, (?:employee|manager) +(http\S+)", printed, re.M))
    for who in ["Ana", "Joost"]:
        person = cast[who.lower()] = stage.person(who)
        person.go(links[who])
        person.press(re.compile("^Sign in as"))
        person.is_at("")
    ana, joost = both()
    ana.page.locator(".title a").first.click()
    cast["path"] = ana.path
    joost.go(cast["path"])
    for person in both():
        since = part(person, "since")
        expect(since).to_contain_text("Kept")
        expect(since).to_contain_text("61% of 75%")
        expect(since.locator("del").first).to_contain_text("was:")
        expect(part(person, "carried")).to_contain_text("A mentor outside Growth")
    expect(part(ana, "since")).to_contain_text("What is expected of you")
    expect(part(joost, "since")).to_contain_text("What is expected of Ana")


@test
def decides(stage):
    """What was carried three times is dropped with a word, without one it is not, and both see who said so."""
    ana, joost = both()
    question = part(ana, "carried").locator(".note").filter(has_text="A mentor outside Growth")
    expect(question).to_contain_text("carried three times")
    question.locator("summary").filter(has_text="Drop it").click()
    with ana.expecting(422):
        ana.press("Drop it", within=question)
        expect(question.get_by_label("Why?")).to_have_attribute("aria-invalid", "true")
    question.get_by_label("Why?").fill("I found one by myself")
    ana.press("Drop it", within=question)
    ana.is_told("Decided")
    ana.sees("You dropped it", within=part(ana, "carried"))
    joost.page.reload()
    joost.sees("Ana dropped it", within=part(joost, "carried"))
    joost.sees("I found one by myself", within=part(joost, "carried"))


@test
def takes_suggestions(stage):
    """A suggestion is added or waved away, one at a time; who waved it away can bring it back."""
    ana, joost = both()
    offers = part(ana, "offers")
    rows = offers.locator(":scope > ul > li")
    first = rows.nth(0).locator(".voice").inner_text()
    second = rows.nth(1).locator(".voice").inner_text()
    ana.press(f"Add: {first}")
    ana.is_told("It is on the agenda")
    expect(part(ana, "agenda").locator("textarea.line").last).to_have_value(re.compile(re.escape(first)))
    ana.press(f"Not this time: {second}")
    expect(offers.locator("#dismissed")).to_contain_text(second)
    joost.page.reload()
    expect(part(joost, "offers")).to_contain_text(second)
    offers.locator("#dismissed summary").click()
    ana.press(f"Bring back: {second}")
    expect(offers.locator("#dismissed")).to_have_count(0)


@test
def fills_gaps(stage):
    """Where the two rank a goal differently, one click puts it on the agenda and one takes it off."""
    ana, _ = both()
    ranking = part(ana, "ranking")
    expect(ranking).to_contain_text("in different places")
    ranking.get_by_role("button", name=re.compile("^Put it on the agenda")).first.click()
    expect(ranking).to_contain_text("On the agenda")
    ranking.get_by_role("button", name=re.compile("^Take it off")).first.click()
    expect(ranking).not_to_contain_text("On the agenda")


@test
def opens_the_room(stage):
    """The room opens with the same, and nothing on these pages is out of reach for a screen reader."""
    ana, joost = both()
    for path in [cast["path"], "/"]:
        ana.go(path)
        found = axe.run(ana.page)
        assert found.violations_count == 0, found.generate_report()
    joost.press("Start the session")
    expect(part(joost, "since")).to_contain_text("Everything that changed")
    found = axe.run(joost.page)
    assert found.violations_count == 0, found.generate_report()
