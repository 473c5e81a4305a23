"""The same session with JavaScript off, in short"""
import datetime
import re

from playwright.sync_api import expect

import company
from stage import test

is_story = True
title = "What we stop to make room for the north"
cast = {}


def both():
    return cast["ana"], cast["joost"]


def at(part):
    return f"/sessions/{cast['id']}" + (f"/{part}" if part else "")


@test
def asks_and_answers(stage):
    """A session is asked for and agreed on without any script."""
    _, cast["ana"], cast["joost"] = company.found(stage, java_script_enabled=False)
    ana, joost = both()
    ana.go("/sessions/new")
    ana.fill("Its name in both calendars", title)
    ana.fill("Day", (datetime.date.today() + datetime.timedelta(days=2)).isoformat(), exact=True)
    ana.fill("From", "10:00", exact=True)
    ana.press(re.compile("^Ask "))
    ana.is_told("The ask is on its way")
    cast["id"] = ana.path.split("/")[2]
    joost.go("/")
    joost.follow("Read and answer")
    joost.press("Yes, that suits me")
    joost.is_at(at("preparation"))


@test
def prepares(stage):
    """Aims, agenda, evidence and private notes are saved with buttons, moved with buttons, and shared."""
    ana, joost = both()
    ana.go(at("preparation"))
    aim = ana.page.locator("#desired-draft")
    aim.get_by_role("textbox").fill("One thing is stopped")
    ana.press("Save", within=aim)
    expect(ana.page.get_by_label("What should be true when it ends?")).to_have_value("One thing is stopped")
    for item in ["What runs today", "What we stop"]:
        ana.unfold("Add an item")
        ana.fill("What do you want to talk about?", item)
        ana.press("Add it")
    ana.press("Move item 2 up")
    expect(ana.page.locator("ol.agenda textarea").first).to_have_value("What we stop")
    ana.unfold("Add evidence")
    ana.fill("In a sentence or two", "Six of nine pieces of work serve no goal", within=ana.page.locator("#new-evidence"))
    ana.press("Add to the evidence")
    ana.sees("Six of nine pieces of work serve no goal")
    notes = ana.page.locator("#private-notes")
    notes.get_by_role("textbox").fill("Mine alone")
    ana.press("Save", within=notes)
    ana.press(re.compile("^Share the "))
    joost.page.reload()
    joost.sees("Six of nine pieces of work serve no goal")
    assert "Mine alone" not in joost.page.content()


@test
def adds_once(stage):
    """Whoever clicks twice to add something, at once or after waiting for the answer in vain, has added it once."""
    ana, _ = both()
    add = ana.page.get_by_role("button", name="Add it")
    sent = []

    def stop_waiting(route):
        sent.append(route.request.post_data)
        if len(sent) > 1:
            return route.continue_()
        route.fetch(max_redirects=0)  # the server has it
        route.abort("aborted")

    ana.unfold("Add an item")
    ana.fill("What do you want to talk about?", "Who tells the north")
    add.dblclick()
    expect(ana.page.locator("ol.agenda textarea")).to_have_count(3)
    ana.page.route("**/preparation/agenda", stop_waiting)
    ana.unfold("Add an item")
    ana.fill("What do you want to talk about?", "Who tells the south")
    add.click()
    add.click()
    expect(ana.page.locator("ol.agenda textarea")).to_have_count(4)
    assert len(sent) == 2 and sent[0] == sent[1], sent
    ana.page.unroute("**/preparation/agenda")


@test
def meets(stage):
    """The room works: steps, notes, what is caught, the end."""
    ana, joost = both()
    joost.press("Start the session")
    ana.go(at("run"))
    ana.page.get_by_label("Notes on this step").fill("We looked at all nine")
    ana.press("Save the notes")
    expect(ana.page.get_by_label("Notes on this step")).to_have_value("We looked at all nine")
    ana.press("On to goals and alignment")
    for kind, words in [("decision", "The migration stops in December"), ("action", "Tell the team on Monday")]:
        ana.page.locator(f"#capture input[value={kind}]").check()
        ana.fill("What was said", words)
        ana.press("Add", within=ana.page.locator("#capture"))
        ana.sees(words, within=ana.page.locator("ul.caught").first)
    joost.page.reload()
    joost.press("End the talk here")
    joost.is_at(at("recap"))


@test
def confirms(stage):
    """Both confirm the recap, and each gets it by mail."""
    ana, joost = both()
    joost.sees("The migration stops in December")
    joost.press("Yes, that is what we agreed")
    ana.go(at("recap"))
    ana.press("Yes, that is what we agreed")
    ana.is_told("The recap is final")
    for person in (ana, joost):
        stage.product.letter(person.email, about="What we agreed on")


@test
def keeps_commitment(stage):
    """A commitment is ticked as kept on Today, and the menu and the colours work."""
    ana, _ = both()
    ana.go("/")
    ana.tick("Tell the team on Monday")
    ana.press("Mark the ticked ones as kept")
    ana.is_told("marked as kept")
    ana.press("Dark")
    expect(ana.page.locator("html")).to_have_attribute("data-theme", "dark")
    company.sign_out(ana)
    ana.is_told("You are signed out")
