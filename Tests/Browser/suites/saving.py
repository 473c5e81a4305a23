"""Nothing that was typed is lost"""
import datetime
import re

from playwright.sync_api import expect

import company
from product import wait_for
from stage import test

is_story = True
cast = {}
aim = "What should be true when it ends?"


def both():
    return cast["ana"], cast["joost"]


def at(part):
    return f"/sessions/{cast['id']}/{part}"


def notes(person):
    return person.page.locator("#private-notes")


def has_sent_all(person):
    """Waits until nothing is kept on the device any more, because the server has it."""
    drafts = "Object.keys(localStorage).filter(key => key.startsWith('draft:'))"
    wait_for(lambda: not person.page.evaluate(drafts), f"Not sent: {person.page.evaluate('JSON.stringify(localStorage)')}")


@test
def keeps_unsent_form(stage):
    """A form that was not sent is still there after a reload."""
    _, cast["ana"], cast["joost"] = company.found(stage)
    ana, joost = both()
    ana.go("/sessions/new")
    ana.fill("Its name in both calendars", "Whom we hire first")
    ana.fill("Where, or which call", "Birch room")
    ana.page.reload()
    expect(ana.page.get_by_label("Its name in both calendars")).to_have_value("Whom we hire first")
    expect(ana.page.get_by_label("Where, or which call")).to_have_value("Birch room")
    ana.fill("Day", (datetime.date.today() + datetime.timedelta(days=2)).isoformat(), exact=True)
    ana.fill("From", "10:00", exact=True)
    ana.press("Ask Joost")
    ana.is_told("The ask is on its way")
    cast["id"] = ana.path.split("/")[2]
    joost.go("/")
    joost.follow("Read and answer")
    joost.press("Yes, that suits me")
    joost.is_at(at("preparation"))
    ana.go(at("preparation"))


@test
def form_is_fresh_once_sent(stage):
    """Once it is sent, the form is empty the next time."""
    ana, _ = both()
    ana.go("/sessions/new")
    expect(ana.page.get_by_label("Its name in both calendars")).to_have_value("")


@test
def survives_reload(stage):
    """What was typed a moment before a reload is saved after it."""
    ana, _ = both()
    ana.go(at("preparation"))
    ana.page.get_by_label("For your eyes in the room").press_sequentially("Typed just before the reload")
    ana.page.reload()
    expect(ana.page.get_by_label("For your eyes in the room")).to_have_value("Typed just before the reload")
    has_sent_all(ana)


@test
def survives_closed_tab(stage):
    """What was typed a moment before the tab was closed is there when one comes back."""
    ana, joost = both()
    tab = ana.open_tab()
    tab.goto(at("preparation"))
    tab.get_by_label(aim).press_sequentially("We know whom to hire")
    tab.close()
    ana.page.reload()
    expect(ana.page.get_by_label(aim)).to_have_value("We know whom to hire")
    has_sent_all(ana)
    ana.press(re.compile("^Share the "))
    ana.sees("Nothing is yours alone")
    joost.page.reload()
    expect(joost.page.get_by_label(aim)).to_have_value("We know whom to hire")


def saves(person, text):
    """Types the aim that both read, and waits until the server has answered."""
    with person.page.expect_response(lambda answer: "/texts/desired" in answer.url) as answer:
        person.fill(aim, text)
    if answer.value.ok:
        person.sees("Saved at", within=person.page.locator("#desired-shared"))


@test
def merges_different_lines(stage):
    """Two people change different lines of one text at once: both changes are kept, and both see them."""
    ana, joost = both()
    text = "First, the role.\nSecond, the person.\nThird, the day."
    merged = "First, the role and its pay.\nSecond, the person.\nThird, the first day."
    saves(ana, text)
    joost.page.reload()
    saves(ana, text.replace("the role", "the role and its pay"))
    saves(joost, text.replace("the day", "the first day"))
    expect(joost.page.get_by_label(aim)).to_have_value(merged)
    joost.page.get_by_label(aim).press("Control+End")
    with joost.page.expect_response(lambda answer: "/texts/desired" in answer.url):
        joost.page.keyboard.type(" At nine.")
    ana.page.reload()
    expect(ana.page.get_by_label(aim)).to_have_value(merged + " At nine.")


@test
def shows_both_versions(stage):
    """Two people change the same line at once: both versions are shown, and one chooses."""
    ana, joost = both()
    saves(ana, "Ana's words")
    joost.page.reload()
    saves(ana, "Ana's later words")
    with joost.expecting(409):
        saves(joost, "Joost's words")
        joost.sees_heading("Two versions")
    joost.sees("Ana's later words")
    joost.sees("Joost's words")
    joost.shoot("two-versions-light-1280")
    joost.page.get_by_label("Both").check()
    joost.press("Save what I chose")
    joost.is_at(at("preparation"))
    expect(joost.page.get_by_label(aim)).to_have_value("Ana's later words\nJoost's words")


@test
def leaves_theirs(stage):
    """Who leaves the text as the other wrote it is not asked again."""
    ana, joost = both()
    joost.page.reload()
    ana.page.reload()
    saves(ana, "What Ana says")
    with joost.expecting(409):
        saves(joost, "What Joost says")
        joost.sees_heading("Two versions")
    joost.follow("Leave it as Ana saved it")
    joost.is_at(at("preparation"))
    expect(joost.page.get_by_label(aim)).to_have_value("What Ana says")
    joost.page.reload()
    expect(joost.page.get_by_label(aim)).to_have_value("What Ana says")


@test
def keeps_words_offline(stage):
    """Without a connection what is typed is kept, is said to be kept, and is sent when it is back."""
    ana, _ = both()
    ana.go(at("preparation"))
    ana.expected = ["offline"]
    ana.context.set_offline(True)
    ana.line_says("Offline; what you type is kept here")
    ana.fill("For your eyes in the room", "Typed on the train")
    ana.sees("Kept on this device", within=notes(ana))
    ana.context.set_offline(False)
    ana.sees("Saved at", within=notes(ana))
    ana.line_says("")
    ana.expected = []
    ana.page.reload()
    expect(ana.page.get_by_label("For your eyes in the room")).to_have_value("Typed on the train")


@test
def shows_offline_page(stage):
    """When the server can't be reached, the product's own page says so, and the words typed are there afterwards."""
    ana, _ = both()
    ana.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    ana.page.get_by_label("For your eyes in the room").press("Control+End")
    ana.page.keyboard.type(", and before the server went")
    stage.product.kill()
    ana.expected = ["offline"]
    ana.go("/goals")
    ana.sees_heading(re.compile("offline|reach", re.I))
    ana.shoot("offline-served-light-1280")
    stage.product.start()
    ana.expected = []
    ana.go(at("preparation"))
    expect(ana.page.get_by_label("For your eyes in the room")).to_have_value("Typed on the train, and before the server went")


@test
def leaves_nothing_behind(stage):
    """Signing out removes what was kept on the device."""
    ana, _ = both()
    has_sent_all(ana)
    ana.go("/sessions/new")
    ana.fill("Its name in both calendars", "A secret plan")
    ana.go("/")
    assert "A secret plan" in ana.page.evaluate("JSON.stringify(localStorage)")
    company.sign_out(ana)
    ana.is_at("sign-in")
    assert "A secret plan" not in ana.page.evaluate("JSON.stringify(localStorage)")
