"""A strategy session, played by two people at once"""
import datetime
import re

from playwright.sync_api import expect

import company
from product import text_of, wait_for
from stage import test

is_story = True
title = "Which bet we place in the first quarter"
cast = {}


def both():
    return cast["ana"], cast["joost"]


def day(ahead):
    return (datetime.date.today() + datetime.timedelta(days=ahead)).isoformat()


def at(part):
    """The address of a part of the session."""
    return f"/sessions/{cast['id']}" + (f"/{part}" if part else "")


def form(person, part):
    """The form that is sent to a part of the session."""
    return person.page.locator(f"form[action='{at(part)}']")


@test
def people_and_goals(stage):
    """Ana writes down a goal and what she works on."""
    admin, cast["ana"], cast["joost"] = company.found(stage)
    ana, _ = both()
    admin.go("/goals/new?level=company")
    admin.fill("What should be true in the end?", "Every clinic books its first week unaided")
    admin.press("Write it down")
    ana.go("/goals/new?level=person")
    ana.fill("What should be true in the end?", "Receptionists book unaided on day one")
    ana.fill("How does it stand now?", "57% of 85%")
    ana.press("Write it down")
    ana.go("/work/new")
    ana.fill("What is it called?", "Rebuild the booking form")
    ana.fill("Hours a week", "12.5")
    ana.press("Add it")
    ana.go("/goals")
    ana.sees("Receptionists book unaided on day one")
    ana.sees("Rebuild the booking form")


@test
def asks(stage):
    """A title that could be any meeting is questioned; with a good one the ask goes out."""
    ana = cast["ana"]
    ana.go("/")
    ana.follow("Ask for a session")
    ana.fill("Its name in both calendars", "Catch up")
    ana.fill("Day", day(3), exact=True)
    ana.fill("From", "10:00", exact=True)
    with ana.expecting(422):
        ana.press("Ask Joost")
        ana.sees_problem("Its name in both calendars", "could be any meeting")
    expect(ana.page.get_by_label("Day", exact=True)).to_have_value(day(3))
    ana.fill("Its name in both calendars", title)
    ana.press("Ask Joost")
    ana.is_told("The ask is on its way")
    cast["id"] = ana.path.split("/")[2]
    ana.sees("It waits for Joost")


@test
def answers_with_other_times(stage):
    """Joost gets a mail, proposes another time, and Ana says yes to it."""
    ana, joost = both()
    letter = stage.product.letter(joost.email, about=title)
    assert at("") in text_of(letter), text_of(letter)
    joost.go("/")
    joost.sees("Ana asks for a session")
    joost.follow("Read and answer")
    joost.sees(title)
    joost.unfold("Propose other times")
    proposals = form(joost, "proposals")
    joost.fill("Day", day(2), within=proposals, exact=True)
    joost.fill("From", "14:00", within=proposals, exact=True)
    joost.press("Propose these")
    joost.is_told("Your times are on their way")
    ana.go("/")
    ana.sees("Joost proposes another time")
    ana.follow("Read and answer")
    ana.press("Yes, that suits me")
    ana.is_told("You have said yes")
    ana.is_at(at("preparation"))


@test
def writes_aims(stage):
    """What Ana types is saved while she types, as a draft of hers alone."""
    ana = cast["ana"]
    aim = ana.page.get_by_label("What should be true when it ends?")
    aim.click()
    aim.press_sequentially("We know which bet to place", delay=5)
    ana.sees("Saved at", within=form(ana, "preparation/texts/desired"))
    ana.page.get_by_label("How will you both know?").fill("One line in the plan has both our names")
    ana.sees("Saved at", within=form(ana, "preparation/texts/measure"))
    ana.page.reload()
    expect(ana.page.get_by_label("What should be true when it ends?")).to_have_value("We know which bet to place")


def add_item(person, item, minutes):
    adding = person.page.locator("#new-item")
    if not adding.is_visible():
        person.unfold("Add an item")
    person.fill("What do you want to talk about?", item, within=adding)
    person.fill("Minutes", str(minutes), within=adding)
    person.press("Add it", within=adding)
    expect(items(person).last).to_have_value(item)


def items(person):
    return person.page.locator("ol.agenda textarea")


def sees_agenda(person, *titles):
    expect(items(person)).to_have_count(len(titles))
    for number, item in enumerate(titles):
        expect(items(person).nth(number)).to_have_value(item)


@test
def plans_agenda(stage):
    """The agenda is filled, its minutes are summed against the length."""
    ana = cast["ana"]
    add_item(ana, "The two bets side by side", 20)
    add_item(ana, "What we stop for it", 15)
    add_item(ana, "Who carries it", 10)
    ana.sees("45 of 50 minutes")
    ana.page.get_by_label("minutes", exact=True).first.fill("30")
    ana.sees("55 of 50 minutes")
    ana.page.get_by_label("minutes", exact=True).first.fill("20")
    ana.sees("45 of 50 minutes")


@test
def orders_agenda(stage):
    """The agenda is put in order by dragging, and by keyboard."""
    ana = cast["ana"]
    grip = ana.page.locator("[data-grip]").nth(2)
    grip.scroll_into_view_if_needed()
    start, goal = grip.bounding_box(), ana.page.locator("ol.agenda > li").first.bounding_box()
    ana.page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    ana.page.mouse.down()
    ana.page.mouse.move(start["x"], goal["y"] + 30, steps=6)
    ana.page.mouse.move(start["x"], goal["y"] + 2, steps=3)
    ana.page.mouse.up()
    sees_agenda(ana, "Who carries it", "The two bets side by side", "What we stop for it")
    # Until the server has answered, the items have the names of their old places.
    ana.page.locator("ol.agenda > li").first.get_by_label("Move item 1 down").focus()
    ana.page.keyboard.press("Enter")
    sees_agenda(ana, "The two bets side by side", "Who carries it", "What we stop for it")
    ana.page.reload()
    sees_agenda(ana, "The two bets side by side", "Who carries it", "What we stop for it")


@test
def adds_evidence(stage):
    """Evidence carries a number; what is taken out can be put back."""
    ana = cast["ana"]
    ana.unfold("Add evidence")
    adding = ana.page.locator("#new-evidence")
    ana.fill("In a sentence or two", "More receptionists book on their first day", within=adding)
    ana.fill("From", "41", within=adding, exact=True)
    ana.fill("To", "57", within=adding, exact=True)
    ana.fill("Unit", "% of receptionists", within=adding)
    ana.fill("Over", "last quarter", within=adding)
    ana.press("Add to the evidence", within=adding)
    ana.sees("57%")
    piece = ana.page.locator("li[id^='evidence-']")
    ana.unfold("Change it", within=piece)
    ana.press(re.compile("^Take out: "))
    expect(piece).to_have_count(0)
    ana.press(re.compile("^Put back: More"))
    ana.sees("57%", within=piece)


@test
def keeps_private_notes(stage):
    """Private notes are saved, and say that only Ana reads them."""
    ana = cast["ana"]
    ana.fill("For your eyes in the room", "Ask about the reorganisation last")
    ana.sees("Saved at", within=ana.page.locator("#private-notes"))
    ana.sees("Only you", within=ana.page.locator("#private-notes"))


@test
def keeps_drafts_from_partner(stage):
    """Joost sees nothing of Ana's drafts and private notes."""
    joost = cast["joost"]
    joost.go(at("preparation"))
    page = joost.page.content()
    for secret in ["We know which bet", "side by side", "first day", "reorganisation"]:
        assert secret not in page, f"Joost can read “{secret}”"


@test
def shares(stage):
    """Once Ana shares, Joost reads it all but her private notes, and puts an item of his own on the agenda."""
    ana, joost = both()
    ana.press(re.compile("^Share the "))
    ana.is_told("")
    ana.sees("Nothing is yours alone")
    joost.page.reload()
    joost.sees("More receptionists book on their first day")
    expect(joost.page.get_by_label("What should be true when it ends?")).to_have_value("We know which bet to place")
    sees_agenda(joost, "The two bets side by side", "Who carries it", "What we stop for it")
    assert "reorganisation" not in joost.page.content()
    add_item(joost, "How I will back you up", 5)
    joost.follow("See what Ana sees")
    joost.sees("This is what Ana sees")
    joost.sees_no("How I will back you up")
    joost.follow("Back to your own")
    joost.press("Share the draft")
    joost.sees("Nothing is yours alone")
    ana.page.reload()
    sees_agenda(
        ana, "The two bets side by side", "Who carries it", "What we stop for it", "How I will back you up")


@test
def starts(stage):
    """Joost starts the session; both are in the room, with the clock running."""
    ana, joost = both()
    joost.press("Start the session")
    joost.is_at(at("run"))
    ana.go(at(""))
    ana.is_at(at("run"))
    clock = ana.page.get_by_role("timer")
    expect(clock).to_have_text(re.compile(r"^0[45]:\d\d$"))
    first = clock.inner_text()
    expect(clock).not_to_have_text(first)
    ana.sees_heading(re.compile(".+"))


def now_in(person):
    return person.page.locator("[aria-current=step]")


@test
def steps_forward_and_back(stage):
    """Either of the two moves both on to the next step, and back."""
    ana, joost = both()
    ana.press("On to goals and alignment")
    expect(now_in(ana)).to_contain_text("lignment")
    ana.press("Back to the context")
    expect(now_in(ana)).to_contain_text("ontext")
    ana.press("On to goals and alignment")
    expect(now_in(ana)).to_contain_text("lignment")
    joost.page.reload()
    expect(now_in(joost)).to_contain_text("lignment")
    joost.press("Two more minutes here")
    expect(joost.page.get_by_role("timer")).to_have_text(re.compile("^1[67]:"))


@test
def judges(stage):
    """Joost says for each goal and piece of work what the team needs, with a priority and a reason."""
    ana, joost = both()
    goals = joost.page.locator("details[name=goal]")
    expect(goals).to_have_count(2)
    answers = {"Receptionists book": ("keep", "1", "It is what the clinics wait for"),
               "Rebuild the booking": ("pause", "", "The old one holds until spring")}
    for words, (answer, priority, reason) in answers.items():
        goal = goals.filter(has_text=words)
        if goal.get_attribute("open") is None:
            goal.locator("summary").click()
        goal.locator(f"label:has(input[value={answer}])").click()
        if priority:
            goal.get_by_label("Priority").select_option(priority)
        # It is saved as it is typed, like a note.
        word = reason.split()[-1]
        with joost.page.expect_response(lambda answer: word in (answer.request.post_data or "")):
            joost.fill("Because", reason, within=goal)
    expect(goals.filter(has_text="It is what the clinics wait for")).to_have_count(1)
    ana.page.reload()
    ana.sees("The old one holds until spring")
    expect(ana.page.locator("form[action$=verdicts]")).to_have_count(0)


@test
def takes_notes(stage):
    """Notes of a step are for both, private notes for oneself."""
    ana, joost = both()
    ana.fill("Notes on this step", "The clinics in the north go first")
    ana.sees("Saved at", within=form(ana, "run/notes/2"))
    ana.fill("Private notes", "He did not mention the budget")
    ana.sees("Saved at", within=form(ana, "run/private"))
    joost.page.reload()
    expect(joost.page.get_by_label("Notes on this step")).to_have_value("The clinics in the north go first")
    assert "budget" not in joost.page.content()
    expect(ana.page.get_by_label("Private notes")).to_have_value(re.compile("did not mention the budget"))


def catch(person, kind, words, **more):
    capture = person.page.locator("#capture")
    capture.locator(f"label:has(input[value={kind}])").click()
    person.fill("What was said", words, within=capture)
    for label, value in more.items():
        person.choose(label.capitalize(), value, within=capture)
    person.press("Add", within=capture)
    person.sees(words, within=person.page.locator("ul.caught").filter(has_text=words))
    expect(person.page.get_by_label("What was said")).to_have_value("")


@test
def catches_what_is_said(stage):
    """Takeaways, decisions, feedback, actions and parked items are caught by either."""
    ana, joost = both()
    joost.press("On to feedback")
    ana.page.reload()
    catch(ana, "decision", "We place the bet on onboarding")
    catch(ana, "takeaway", "Onboarding comes before the form")
    catch(joost, "feedback", "Your demos make the clinics want it")
    catch(joost, "action", "Talk to finance about two more people", owner="Joost")
    catch(ana, "action", "Write the plan for the north", owner="Ana")
    catch(ana, "parked", "A name for the training")
    joost.page.reload()
    for words in ["bet on onboarding", "before the form", "plan for the north", "A name for the training"]:
        joost.sees(words)


@test
def corrects_what_was_caught(stage):
    """What was caught is reworded, removed and brought back."""
    ana = cast["ana"]
    item = ana.page.locator("ul.caught > li").filter(has_text="before the form")
    ana.unfold("Change", within=item)
    ana.fill("In other words", "Onboarding comes first, then the form", within=item)
    ana.press("Save", within=item)
    ana.sees("Onboarding comes first, then the form")
    item = ana.page.locator("ul.caught > li").filter(has_text="A name for the training").first
    ana.unfold("Change", within=item)
    ana.press("Remove it", within=item)
    ana.press(re.compile("^Bring it back ?: A name"))
    expect(ana.page.locator("ul.parked")).to_contain_text("A name for the training")


@test
def survives_a_crash(stage):
    """When the server is killed while both type, nothing that was typed is lost."""
    ana, joost = both()
    for person in (ana, joost):
        person.go(at("run"))
        person.expected = ["offline"]
    stage.product.kill()
    ana.fill("Private notes", "Typed while the server was gone")
    joost.fill("Notes on this step", "Also typed while it was gone")
    ana.sees("Kept on this device", within=form(ana, "run/private"))
    joost.sees("Kept on this device", within=form(joost, "run/notes/3"))
    stage.product.start()
    ana.sees("Saved at", within=form(ana, "run/private"))
    joost.sees("Saved at", within=form(joost, "run/notes/3"))
    for person in (ana, joost):
        person.expected = []
        person.page.reload()
    expect(ana.page.get_by_label("Private notes")).to_have_value("Typed while the server was gone")
    expect(joost.page.get_by_label("Notes on this step")).to_have_value("Also typed while it was gone")
    joost.sees("bet on onboarding")


@test
def covers_agenda(stage):
    """What was covered is ticked; the rest is offered to the next session."""
    joost = cast["joost"]
    agenda = form(joost, "run/agenda")
    for item in ["The two bets side by side", "What we stop for it", "How I will back you up"]:
        agenda.get_by_role("group", name=item).get_by_text("Covered").click()
    agenda.get_by_role("group", name="Who carries it").get_by_text("Not reached").click()
    expect(agenda.locator("[data-saved]").filter(has_text="Saved")).to_have_count(4)
    joost.page.reload()
    expect(agenda.get_by_role("group", name="Who carries it").get_by_label("Not reached")).to_be_checked()


@test
def finishes(stage):
    """After the fifth step the talk ends, and both read the recap of what was caught."""
    ana, joost = both()
    joost.press("On to the future")
    expect(now_in(joost)).to_contain_text("uture")
    joost.press("On to the summary")
    joost.press("End the talk and read the recap")
    for person in (joost, ana):
        person.go(at("recap"))
        for words in ["Onboarding comes first, then the form", "We place the bet on onboarding",
                      "Talk to finance", "Write the plan for the north", "Your demos make the clinics want it"]:
            person.sees(words)
    assert "Typed while the server was gone" not in joost.page.content()


@test
def edits_recap(stage):
    """The words of the recap are edited by either."""
    joost = cast["joost"]
    joost.unfold("Change the words of: Decided")
    joost.fill("Decided", "We place the first-quarter bet on onboarding", within=joost.page.locator(
        "form:has(textarea[name=decisions])"))
    joost.press("Save the words", within=joost.page.locator("form:has(textarea[name=decisions])"))
    joost.is_told("Saved")
    joost.sees("We place the first-quarter bet on onboarding")


@test
def asks_for_correction(stage):
    """Ana asks for another wording; Joost takes it over; only then can both confirm."""
    ana, joost = both()
    ana.page.reload()
    ana.unfold("Something is off")
    ana.fill("What should it say?", "Ana focuses on onboarding and comes back with a plan for the north.")
    ana.press("Send to Joost")
    ana.is_told("Nothing is final until you both say yes")
    joost.go("/")
    joost.sees("Ana asks for other words in the recap")
    joost.follow("Read them")
    expect(joost.page.get_by_role("button", name="Yes, that is what we agreed")).to_have_count(0)
    joost.press("Take it over")
    joost.is_told("Taken over")
    joost.sees("comes back with a plan for the north", within=joost.page.locator(".oath"))


@test
def confirms(stage):
    """Both say yes; then the recap is frozen, and goes out exactly once to each."""
    ana, joost = both()
    joost.press("Yes, that is what we agreed")
    joost.is_told("it waits for Ana")
    ana.go(at("recap"))
    ana.sees("Joost has said yes; it waits for you")
    cast["subject"] = ana.page.locator(".letter-head dd").nth(1).inner_text()
    ana.press("Yes, that is what we agreed")
    ana.is_told("The recap is final")
    expect(ana.page.locator("textarea[name=decisions]")).to_have_count(0)
    for person in (ana, joost):
        stage.product.letter(person.email, about=cast["subject"])
        assert len(stage.product.letters(person.email, about=cast["subject"])) == 1
    letter = text_of(stage.product.letter(joost.email, about=cast["subject"]))
    assert "first-quarter bet on onboarding" in " ".join(letter.split()), letter
    assert "demos" not in letter, "Feedback stays out of the mail"


@test
def amends(stage):
    """A frozen recap is amended with a reason, and stays as it was."""
    ana = cast["ana"]
    ana.unfold("Add an amendment")
    ana.fill("What should the record say as well?", "The north means Leeds and York")
    ana.fill("Why", "Joost asked which clinics")
    ana.press("Add it to the record")
    ana.sees("The north means Leeds and York")
    ana.sees("Because: Joost asked which clinics")
    ana.sees("We place the first-quarter bet on onboarding")


@test
def keeps_copy(stage):
    """A copy of the recap can be kept as a Markdown file."""
    ana = cast["ana"]
    with ana.page.expect_download() as download:
        ana.follow("Keep a copy")
    # Markdown may write any sign of punctuation with a backslash.
    text = download.value.path().read_text().replace("\\", "")
    assert download.value.suggested_filename.endswith(".md")
    for words in [title, "first-quarter bet on onboarding", "The north means Leeds and York"]:
        assert words in text, text


@test
def proposes_next(stage):
    """The next session is proposed with what was not reached and what was parked."""
    joost = cast["joost"]
    joost.go(at("recap"))
    joost.sees("A name for the training")
    joost.fill("What it is for", "What the north has taught us")
    joost.press("Propose to Ana")
    joost.is_told("Proposed")
    joost.sees("What the north has taught us")
    cast["ana"].go("/")
    cast["ana"].sees("Joost asks for a session")
    cast["ana"].follow("Read and answer")
    cast["ana"].page.get_by_label(re.compile(r"\d\d:\d\d")).first.check()
    cast["ana"].press("Yes, that suits me")
    sees_agenda_item(cast["ana"], "Who carries it")


def sees_agenda_item(person, item):
    titles = person.page.locator("ol.agenda textarea")
    wait_for(lambda: item in [titles.nth(number).input_value() for number in range(titles.count())],
             f"{item} is not on the agenda")


@test
def keeps_commitments(stage):
    """A commitment that was kept is ticked on Today, and can be opened again."""
    ana = cast["ana"]
    ana.go("/")
    ana.tick("Write the plan for the north")
    ana.press("Mark the ticked ones as kept")
    ana.is_told("marked as kept")
    ana.go("/commitments")
    ana.press(re.compile("^Open it again ?: Write the plan"))
    ana.is_told("It is open again")
    ana.go("/")
    expect(ana.page.get_by_label("Write the plan for the north")).not_to_be_checked()
