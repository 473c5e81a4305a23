"""A quarter: planned, committed to, checked in on, closed"""
import datetime
import re

from playwright.sync_api import expect

import company
from stage import test

is_story = True
cast = {}
today = datetime.date.today()


@test
def plans(stage):
    """An administrator plans a quarter and writes down what the company holds to."""
    admin, cast["ana"], cast["joost"] = company.found(stage)
    cast["admin"] = admin
    for name, days in [("This quarter", -40), ("Next quarter", 60)]:
        admin.go("/cycles/new")
        admin.fill("What is it called?", name)
        admin.tick("Own dates")
        admin.fill("First day", (today + datetime.timedelta(days=days)).isoformat())
        admin.fill("Last day", (today + datetime.timedelta(days=days + 90)).isoformat())
        admin.press("Plan it")
        admin.is_told("Planned")
    admin.go("/values")
    admin.fill("The value", "We say what is")
    admin.press("Write it down")
    admin.go("/cycles")
    admin.press(re.compile("^Begin it.*This quarter"))
    admin.is_told("Under way")
    cast["cycle"] = admin.path


@test
def commits(stage):
    """Somebody writes an objective down, adds a key result, proposes it and commits to it."""
    ana = cast["ana"]
    ana.go(cast["cycle"])
    ana.follow("Write down an objective of yours")
    ana.fill("What should be true in the end?", "The first week runs itself")
    ana.choose("Who reads it?", "Everyone at Larkfield")
    ana.press("Write it down")
    cast["goal"] = ana.path
    ana.follow("Add a key result")
    ana.fill("What would show it?", "Setup steps finished without help")
    ana.fill("From", "38", exact=True)
    ana.fill("To", "75", exact=True)
    ana.fill("Unit", "%", exact=True)
    ana.press("Add it")
    ana.press("Propose it")
    ana.press("Commit to it")
    ana.sees("Pending")


@test
def checks_in(stage):
    """All that is hers stands on one form, and what she says is on the page for everyone."""
    ana, joost = cast["ana"], cast["joost"]
    ana.go("/goals/check-in")
    ana.fill("Where is it now?", "61")
    ana.page.get_by_text("7", exact=True).click()
    ana.fill("What changed, in a sentence?", "Telling people who will call keeps them at the list")
    ana.press("Check in")
    ana.is_told("Checked in on one key result")
    joost.go(cast["goal"])
    joost.sees("62% of the way")
    joost.sees("Telling people who will call")
    joost.go(f"{cast['cycle']}?q=first+week")
    joost.sees("On track")
    joost.shoot("okr-cycle")


@test
def eases(stage):
    """To ask less of it needs a reason, which stays in sight."""
    ana, joost = cast["ana"], cast["joost"]
    ana.go(cast["goal"])
    ana.follow("Setup steps finished without help", within=ana.page.locator("#key-results"))
    ana.unfold("Change its words or its target")
    ana.fill("To", "70", exact=True)
    with ana.expecting(422):
        ana.press("Save it")
        ana.sees_problem("Why does the target change?", "This asks less than before")
    ana.fill("Why does the target change?", "Ghent opens in spring")
    ana.press("Save it")
    joost.go(cast["goal"])
    joost.sees("Ghent opens in spring")


@test
def closes(stage):
    """The quarter closes when every objective has a score, a sentence and a choice; what is kept is proposed again."""
    admin, ana = cast["admin"], cast["ana"]
    admin.go("/cycles")
    admin.press(re.compile("^Begin to close it.*This quarter"))
    ana.go(f"{cast['cycle']}/closing")
    expect(ana.page.get_by_label("Score")).to_have_value("0.7")
    ana.fill("What was learnt, in a sentence?", "Start with the list")
    ana.tick("Keep it")
    ana.choose("If it goes on: in which cycle?", "Next quarter")
    ana.press(re.compile("^Close it.*The first week runs itself"))
    ana.is_told("Closed")
    admin.go("/cycles")
    admin.press(re.compile("^Close it.*This quarter"))
    admin.is_told("Closed")
    ana.go(cast["cycle"])
    ana.sees("mean score of 0.7")
    ana.sees("Start with the list")
    ana.go(f"{cast['cycle']}/look-back")
    ana.sees("Confidence and result")
    ana.go("/goals/mine")
    ana.sees("Proposed")
