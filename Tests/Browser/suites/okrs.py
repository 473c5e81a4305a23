"""A quarter: planned, committed to, checked in on, closed"""
import csv
import datetime
import io
import pathlib
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
def names_cycles(stage):
    """Where one says what a goal or work supports, each goal names its cycle, on a phone too."""
    ana = cast["ana"]
    ana.page.set_viewport_size({"width": 390, "height": 844})
    for path, label in [("/goals/new?level=person", "What does it support?"), ("/work/new", "What does it serve?")]:
        ana.go(path)
        select = ana.page.get_by_label(label)
        ana.choose(label, "The first week runs itself (This quarter)")
        expect(select).to_have_value(cast["goal"].rsplit("/", 1)[1])
        assert ana.page.evaluate("document.documentElement.scrollWidth") <= 390
        ana.shoot(f"choice-of-goals{path.partition('?')[0].replace('/', '-')}-narrow")
    ana.page.set_viewport_size({"width": 1280, "height": 900})


@test
def removes(stage):
    """A cycle planned by mistake is removed in two steps, also without scripts; one that holds something stays, and says what."""
    admin = cast["admin"]
    for script in [True, False]:
        admin.go("/cycles/new")
        admin.fill("What is it called?", "By mistake")
        admin.press("Plan it")
        admin.is_told("Planned")
        person = admin
        if not script:
            person = stage.person(admin.name, admin.email, java_script_enabled=False)
            company.sign_in(person)
            person.sees_heading(re.compile("Good "))
        person.go("/cycles")
        person.follow("Remove By mistake")
        person.sees("It holds nothing")
        if script:
            shoot_everywhere(person, "cycle-removal")
        person.press("Remove it")
        person.is_told("Removed")
        person.is_at("cycles")
        person.sees_no("By mistake")
        if not script:
            stage.leave(person)
    admin.go(f"{cast['cycle']}/edit")
    admin.follow("Remove the cycle")
    admin.sees("It can’t be removed. It holds one objective, and that would be lost.")
    admin.sees("The first week runs itself")
    expect(admin.page.get_by_role("button", name="Remove it")).to_have_count(0)
    shoot_everywhere(admin, "cycle-removal-refused")


def shoot_everywhere(person, name):
    for width in [1280, 390]:
        for scheme in ["light", "dark"]:
            person.page.set_viewport_size({"width": width, "height": 900})
            person.page.emulate_media(color_scheme=scheme)
            person.shoot(f"{name}-{scheme}-{width}")
    person.page.set_viewport_size({"width": 1280, "height": 900})
    person.page.emulate_media(color_scheme="light")


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


@test
def goes_out_and_in(stage):
    """A cycle is saved to a file; brought in broken, its lines are named; mended, it is there again."""
    admin = cast["admin"]
    admin.go(cast["cycle"])
    with admin.page.expect_download() as download:
        admin.follow("CSV")
    text = pathlib.Path(download.value.path()).read_bytes().decode("utf-8-sig")
    assert download.value.suggested_filename == "This-quarter.csv", download.value.suggested_filename
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["row"] for row in rows].count("check-in") == 1, text
    admin.go("/cycles")
    admin.follow("Bring one in from a file")
    admin.shoot("cycle-import")
    file = {"name": "quarter.csv", "mimeType": "text/csv"}
    broken = text.replace(",own,", ",month,", 1).replace("ana", "nobody")
    with admin.expecting(422):
        admin.page.get_by_label("A file").set_input_files({**file, "buffer": broken.encode()})
        admin.press("Look at it first")
        admin.sees("Nothing was brought in")
    admin.sees("Line 2, kind: Choose a quarter, a year")
    admin.sees(re.compile(r"Line 3, owner: Nobody here is “nobody"))
    assert "nobody" in admin.page.get_by_label("Or its lines, pasted").input_value()
    admin.shoot("cycle-import-broken")
    admin.page.set_viewport_size({"width": 390, "height": 844})
    admin.shoot("cycle-import-broken-narrow")
    admin.page.emulate_media(color_scheme="dark")
    admin.shoot("cycle-import-broken-dark")
    admin.page.emulate_media(color_scheme="light")
    admin.page.set_viewport_size({"width": 1280, "height": 900})
    # Mended on the page itself, as what was pasted is.
    admin.fill("Or its lines, pasted", text)
    admin.fill("Another name for it", "This quarter, again")
    admin.press("Look at it first")
    admin.sees("would come in with one objective, one key result and one check-in")
    admin.press("Bring it in")
    admin.is_told("Brought in with one objective")
    admin.go(f"{admin.path}?q=first+week")
    admin.sees("mean score of 0.7")
    with admin.page.expect_download() as download:
        admin.follow("CSV")
    again = pathlib.Path(download.value.path()).read_bytes().decode("utf-8-sig")
    assert again == text.replace("This quarter", '"This quarter, again"', 1)


@test
def checks_in_from_a_file(stage):
    """The file to fill in is saved, filled in wrong, mended, and checks in without script too."""
    ana = cast["ana"]
    ana.go("/goals/mine")
    ana.follow("The first week runs itself")
    ana.press("Commit to it")
    admin = cast["admin"]
    admin.go("/cycles")
    admin.follow(re.compile("Change.*Next quarter"))
    admin.fill("First day", (today - datetime.timedelta(days=10)).isoformat())
    admin.press("Save it")
    admin.is_told("Saved")
    admin.press(re.compile("^Begin it.*Next quarter"))
    admin.is_told("Under way")
    ana.go("/goals/check-in")
    ana.follow("Check in from a file")
    ana.shoot("check-in-import")
    with ana.page.expect_download() as download:
        ana.follow("Save a file to fill in")
    rows = list(csv.reader(io.StringIO(pathlib.Path(download.value.path()).read_bytes().decode("utf-8-sig"), newline="")))
    [line] = rows[1:]
    assert line[1] == "Setup steps finished without help", rows

    def filled(value, sure):
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=";").writerows([rows[0], line[:5] + [value, sure, "Out of the report", ""]])
        return {"name": "values.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}

    with ana.expecting(422):
        ana.page.get_by_label("A file").set_input_files(filled("many", "11"))
        ana.press("Check in on them")
        ana.sees("Line 2, value: Say where it is now in digits")
        ana.sees("Line 2, confidence: Choose how sure you are")
    ana.page.get_by_label("A file").set_input_files(filled("64,5", "8"))
    ana.press("Look at it first")
    ana.sees("One check-in would come in")
    ana.shoot("check-in-import-looked")
    ana.page.set_viewport_size({"width": 390, "height": 844})
    ana.page.emulate_media(color_scheme="dark")
    ana.shoot("check-in-import-looked-dark")
    ana.page.emulate_media(color_scheme="light")
    ana.page.set_viewport_size({"width": 1280, "height": 900})
    ana.press("Check in on them")
    ana.is_told("Checked in: one value")
    ana.follow("Setup steps finished without help")
    ana.sees("Out of the report")
