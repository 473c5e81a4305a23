"""Asking, answering and confirming with the keyboard alone"""
import datetime
import re

from playwright.sync_api import expect

import company
from stage import test

is_story = True
cast = {}

# What has the focus, and whether one can see that it has.
focused = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const seen = at.type === 'radio' || at.type === 'checkbox' ? (at.closest('label') ?? at) : at;
  const style = getComputedStyle(at), around = getComputedStyle(seen), box = seen.getBoundingClientRect();
  const ring = each => (each.outlineStyle !== 'none' && parseFloat(each.outlineWidth) > 0) || each.boxShadow !== 'none';
  const name = at.getAttribute('aria-label') || [...(at.labels ?? [])].map(each => each.textContent).join(' ')
    || at.textContent || at.value || '';
  return {
    name: name.replace(/\\s+/g, ' ').trim(), tag: at.tagName, type: at.type ?? '', checked: at.checked ?? null,
    isInMain: !!at.closest('main'), isSeen: box.width > 0 && box.height > 0 && (ring(style) || ring(around)),
  }
}"""


def keys(person):
    return person.page.keyboard


def tab_to(person, name, kind=None):
    """Presses Tab until something of that name has the focus, and sees each focus on the way."""
    for _ in range(120):
        keys(person).press("Tab")
        here = person.page.evaluate(focused)
        if here is None:
            continue
        assert here["isSeen"], f"The focus on “{here['name'][:60]}” ({here['tag']} {here['type']}) can't be seen"
        if re.search(name, here["name"]) and (kind is None or here["tag"] == kind):
            return here
    raise AssertionError(f"Tab never comes to “{name}” on {person.path}")


def type_at(person, name, text):
    tab_to(person, name)
    keys(person).press("Control+a")
    keys(person).type(text)


def type_day(person, name, day):
    """Types a date in the order that this browser's language has."""
    tab_to(person, name)
    for order in ["%m%d%Y", "%d%m%Y"]:
        keys(person).type(day.strftime(order))
        if person.page.evaluate("document.activeElement.value") == day.isoformat():
            return
        keys(person).press("ArrowLeft")
        keys(person).press("ArrowLeft")
    raise AssertionError("The day can't be typed")


def press_at(person, name, kind="BUTTON"):
    tab_to(person, name, kind)
    before = person.page.url
    keys(person).press("Enter")
    return before


@test
def signs_in(stage):
    """One signs in, and skips to the content, with Tab and Enter."""
    _, cast["ana"], cast["joost"] = company.found(stage)
    ana = cast["ana"]
    company.sign_out(ana)
    ana.is_at("sign-in")
    ana.go("/sign-in")
    type_at(ana, "E-mail address", ana.email)
    type_at(ana, "Password", ana.password)
    keys(ana).press("Enter")
    ana.is_at("")
    ana.page.wait_for_load_state()
    assert tab_to(ana, "Skip to the content")
    keys(ana).press("Enter")
    keys(ana).press("Tab")
    assert ana.page.evaluate(focused)["isInMain"], "The next Tab after skipping is not in the content"


@test
def opens_menu(stage):
    """The menu opens with Enter and closes with Escape."""
    ana = cast["ana"]
    ana.go("/")
    press_at(ana, "your menu", "SUMMARY")
    assert ana.page.locator("details.menu").get_attribute("open") is not None
    keys(ana).press("Escape")
    assert ana.page.locator("details.menu").get_attribute("open") is None
    assert "your menu" in ana.page.evaluate(focused)["name"]


@test
def asks(stage):
    """A session is asked for."""
    ana = cast["ana"]
    ana.go("/")
    press_at(ana, "Ask for a session", "A")
    ana.is_at("sessions/new")
    tab_to(ana, "Planning|Role|Feedback|Growth")
    keys(ana).press("ArrowRight")
    keys(ana).press("ArrowLeft")
    type_at(ana, "Its name in both calendars", "Which clinics come first")
    day = datetime.date.today() + datetime.timedelta(days=1)
    type_day(ana, "^Day$", day)
    tab_to(ana, "^From$")
    # Where the clock has twelve hours, the morning is asked for too.
    keys(ana).type("1000A")
    press_at(ana, "^Ask Joost")
    ana.is_told("The ask is on its way")
    cast["id"] = ana.path.split("/")[2]


@test
def answers(stage):
    """Joost says yes, with a radio and Enter."""
    joost = cast["joost"]
    joost.go("/")
    press_at(joost, "Read and answer", "A")
    joost.page.wait_for_url(f"**/sessions/{cast['id']}")
    here = tab_to(joost, r"\d\d:\d\d")
    if not here["checked"]:
        keys(joost).press("Space")
    press_at(joost, "Yes, that suits me")
    joost.is_told("You have said yes")


@test
def prepares(stage):
    """An agenda item is added and moved."""
    joost = cast["joost"]
    for item in ["What each clinic waits for", "Who goes there"]:
        # With the script, what was added stays open for the next.
        if not joost.page.locator("#new-item").is_visible():
            press_at(joost, "Add an item", "SUMMARY")
        type_at(joost, "What do you want to talk about", item)
        press_at(joost, "^Add it$")
        joost.page.locator("ol.agenda > li").filter(has=joost.page.get_by_text(item)).wait_for()
    joost.page.reload()
    press_at(joost, "Move item 2 up")
    expect(joost.page.locator("ol.agenda textarea").first).to_have_value("Who goes there")
    assert joost.page.evaluate(focused), "The focus is lost after a move"


@test
def meets_and_confirms(stage):
    """The session is started, something is caught, and both confirm it."""
    ana, joost = cast["ana"], cast["joost"]
    press_at(joost, "Start the session")
    joost.page.wait_for_url("**/run")
    tab_to(joost, "^Action$")
    keys(joost).press("ArrowRight")
    type_at(joost, "What was said", "Leeds comes first")
    press_at(joost, "^Add$")
    joost.sees("Leeds comes first", within=joost.page.locator("ul.caught").first)
    joost.page.reload()
    press_at(joost, "End the talk here")
    joost.page.wait_for_url("**/recap")
    press_at(joost, "Yes, that is what we agreed")
    joost.is_told("it waits for Ana")
    ana.go("/")
    press_at(ana, "Read the recap", "A")
    ana.page.wait_for_url("**/recap")
    press_at(ana, "Yes, that is what we agreed")
    ana.is_told("The recap is final")
