"""What was typed is kept, in every form; what is said in passing goes"""
import datetime
import re

from playwright.sync_api import expect

import company
from stage import test

is_story = True
cast = {}
day_after_tomorrow = (datetime.date.today() + datetime.timedelta(days=2)).isoformat()


def both():
    return cast["ana"], cast["joost"]


def at(part=""):
    return f"/sessions/{cast['id']}" + (f"/{part}" if part else "")


def drafts(person):
    return person.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))")


def in_summary(person, summary):
    """What is folded away under some words."""
    return person.page.locator("details").filter(has=person.page.locator("summary", has_text=summary)).last


@test
def keeps_plain_forms(stage):
    """Words in a form that goes as a page are there after a reload, and what was folded over them is open."""
    cast["admin"], cast["ana"], cast["joost"] = company.found(stage)
    ana, joost = both()
    ana.go("/sessions/new")
    ana.fill("Its name in both calendars", "Whom we hire first")
    ana.fill("Day", day_after_tomorrow, exact=True)
    ana.fill("From", "10:00", exact=True)
    ana.press("Ask Joost")
    ana.is_told("The ask is on its way")
    cast["id"] = ana.path.split("/")[2]
    joost.go(at())
    joost.unfold("Propose other times")
    joost.fill("word", "I am in Ghent that day", within=in_summary(joost, "Propose other times"))
    joost.page.reload()
    expect(in_summary(joost, "Propose other times").get_by_label("word")).to_have_value("I am in Ghent that day")
    expect(in_summary(joost, "Propose other times").get_by_label("word")).to_be_visible()
    joost.is_told("Brought back what you typed at")
    joost.unfold("Say no")
    joost.fill("A word why", "Not before the new year", within=in_summary(joost, "Say no"))
    joost.page.reload()
    expect(in_summary(joost, "Say no").get_by_label("A word why")).to_have_value("Not before the new year")
    expect(in_summary(joost, "Propose other times").get_by_label("word")).to_have_value("I am in Ghent that day")


@test
def forgets_what_was_taken_back(stage):
    """Who takes their words out again leaves nothing behind, and the form is folded as it was."""
    _, joost = both()
    in_summary(joost, "Say no").get_by_label("A word why").fill("")
    joost.page.reload()
    expect(in_summary(joost, "Say no")).not_to_have_attribute("open", "")
    assert len(drafts(joost)) == 1, drafts(joost)


@test
def keeps_what_was_refused(stage):
    """What could not be taken stands in the form, and is still there for who goes away and comes back."""
    _, joost = both()
    with joost.expecting(422):
        joost.press("Propose these")
        expect(joost.page.get_by_label("word").first).to_have_value("I am in Ghent that day")
    joost.go("/goals")
    joost.go(at())
    expect(in_summary(joost, "Propose other times").get_by_label("word")).to_have_value("I am in Ghent that day")


@test
def keeps_words_of_who_was_signed_out(stage):
    """Who was signed out while typing signs in, is led back, and finds the words."""
    _, joost = both()
    form = in_summary(joost, "Propose other times")
    form.get_by_label("Day").first.fill(day_after_tomorrow)
    form.get_by_label("From").first.fill("15:00")
    joost.context.clear_cookies()
    with joost.expecting(401):
        joost.press("Propose these")
        joost.sees_heading("Sign in")
    joost.fill("E-mail address", joost.email)
    joost.fill("Password", joost.password)
    joost.press("Sign in")
    joost.is_at(at())
    expect(form.get_by_label("word")).to_have_value("I am in Ghent that day")
    expect(form.get_by_label("From").first).to_have_value("15:00")


@test
def forgets_what_was_taken(stage):
    """Once the server has it, the device has it no more."""
    _, joost = both()
    joost.press("Propose these")
    joost.sees("You have proposed")
    assert drafts(joost) == [], drafts(joost)
    joost.unfold("Change what you propose")
    expect(joost.page.get_by_label("word").first).to_have_value("")


@test
def forgets_what_is_old(stage):
    """After a month nobody comes back for it."""
    ana, _ = both()
    ana.go("/goals/new?level=person")
    ana.fill("What should be true in the end?", "The first week runs itself")
    ana.page.evaluate("""() => {
        const key = Object.keys(localStorage).find((each) => each.startsWith('draft:'));
        const draft = JSON.parse(localStorage.getItem(key));
        localStorage.setItem(key, JSON.stringify({ ...draft, at: Date.now() - 31 * 86_400_000 }));
    }""")
    ana.page.reload()
    expect(ana.page.get_by_label("What should be true in the end?")).to_have_value("")
    assert drafts(ana) == [], drafts(ana)


@test
def tells_forms_apart(stage):
    """A goal of one's own that was begun does not turn up in the form for the company's."""
    admin = cast["admin"]
    admin.go("/goals/new?level=person")
    admin.fill("What should be true in the end?", "The books close in two days")
    admin.go("/goals/new?level=company")
    expect(admin.page.get_by_label("What should be true in the end?")).to_have_value("")
    admin.go("/goals/new?level=person")
    expect(admin.page.get_by_label("What should be true in the end?")).to_have_value("The books close in two days")


@test
def leaves_untouched_fields(stage):
    """A choice comes back; a field that is as it was before shows what the other has written by now."""
    ana, joost = both()
    ana.go(at())
    ana.page.locator("main [name=time]").first.check()
    ana.press("Yes, that suits me")
    ana.is_at(at("preparation"))
    joost.go(at("preparation"))
    ana.page.get_by_label("Feedback").check()
    ana.fill("Its name in both calendars", "Whom we let go first")
    ana.fill("Its name in both calendars", "Whom we hire first")
    joost.fill("Its name in both calendars", "Whom we hire before the summer")
    joost.press("Save purpose and name")
    joost.sees_heading("Whom we hire before the summer")
    ana.page.reload()
    expect(ana.page.get_by_label("Feedback")).to_be_checked()
    expect(ana.page.get_by_label("Its name in both calendars")).to_have_value("Whom we hire before the summer")
    ana.press("Save purpose and name")
    expect(joost.page.get_by_label("Feedback")).to_be_checked()


@test
def keeps_forms_sent_in_place(stage):
    """Evidence that was begun comes back in an open form; what was refused stays through what the other does meanwhile."""
    ana, joost = both()
    ana.unfold("Add evidence")
    words = ana.page.locator("#new-evidence").get_by_label("In a sentence or two")
    words.fill("Six of nine clinics have no owner")
    ana.page.reload()
    expect(words).to_be_visible()
    expect(words).to_have_value("Six of nine clinics have no owner")
    ana.press("Add to the evidence")
    ana.sees("Six of nine clinics have no owner", within=ana.page.locator("ul.evi"))
    assert drafts(ana) == [], drafts(ana)
    ana.unfold("Add an item")
    new = ana.page.locator("#new-item")
    new.get_by_label("What do you want to talk about?").fill("Who decides")
    new.get_by_label("Minutes").fill("900")
    new.evaluate("form => form.noValidate = true")
    with ana.expecting(422):
        ana.press("Add it", within=new)
        expect(new.get_by_label("Minutes")).to_have_attribute("aria-invalid", "true")
    ana.page.get_by_role("heading", level=1).click()
    joost.fill("Its name in both calendars", "Whom we hire before May")
    joost.press("Save purpose and name")
    ana.sees_heading("Whom we hire before May")
    expect(new.get_by_label("What do you want to talk about?")).to_have_value("Who decides")
    expect(new.get_by_label("Minutes")).to_have_attribute("aria-invalid", "true")
    ana.page.reload()
    expect(new.get_by_label("What do you want to talk about?")).to_have_value("Who decides")
    new.get_by_label("Minutes").fill("5")
    ana.press("Add it", within=new)
    expect(ana.page.locator("ol.agenda textarea")).to_have_value("Who decides")
    assert drafts(ana) == [], drafts(ana)


def losing_answers(route):
    """Lets the server have what is sent, and loses its answer on the way back."""
    if route.request.method == "POST":
        route.fetch(max_redirects=0)
        return route.abort()
    route.fallback()


def items(person):
    return person.page.locator("ol.agenda textarea").evaluate_all("texts => texts.map(text => text.value)")


@test
def adds_once_where_an_answer_gets_lost(stage):
    """The answer to an added item gets lost: the words come back, and sent again they are there once."""
    ana, _ = both()
    new = ana.page.locator("#new-item")
    title = new.get_by_label("What do you want to talk about?")
    ana.page.route("**/preparation/agenda", losing_answers)
    ana.unfold("Add an item")
    title.fill("Who tells the north")
    with ana.expecting("offline"):
        ana.press("Add it", within=new)
        ana.is_told("The server can’t be reached")
    ana.page.unroute("**/preparation/agenda")
    ana.page.reload()
    expect(title).to_have_value("Who tells the north")
    assert items(ana).count("Who tells the north") == 1, items(ana)
    ana.press("Add it", within=new)
    expect(title).to_have_value("")
    assert items(ana).count("Who tells the north") == 1, items(ana)
    assert drafts(ana) == [], drafts(ana)
    # The next one is another, even in the same words.
    ana.unfold("Add an item")
    title.fill("Who tells the north")
    ana.press("Add it", within=new)
    expect(title).to_have_value("")
    assert items(ana).count("Who tells the north") == 2, items(ana)


@test
def asks_once_where_an_answer_gets_lost(stage):
    """The answer to an ask gets lost: asked again from the words that came back, there is one session and one mail."""
    ana, joost = both()
    name = "What the north needs"
    # A service worker asks in the page's place, where nothing can be lost on purpose.
    other = stage.person(ana.name, ana.email, service_workers="block")
    company.sign_in(other)
    other.is_at("")
    other.go("/sessions/new")
    other.fill("Its name in both calendars", name)
    other.fill("Day", day_after_tomorrow, exact=True)
    other.fill("From", "16:00", exact=True)
    other.page.route("**/sessions", losing_answers)
    with other.expecting("offline"):
        other.press("Ask Joost")
        other.page.wait_for_url("chrome-error://**")
    other.page.unroute("**/sessions")
    other.go("/sessions/new")
    expect(other.page.get_by_label("Its name in both calendars")).to_have_value(name)
    other.press("Ask Joost")
    other.sees_heading(name)
    other.go("/sessions")
    expect(other.main.get_by_text(name)).to_have_count(1)
    stage.product.letter(joost.email, about=name)
    assert len(stage.product.letters(joost.email, about=name)) == 1
    assert stage.leave(other) == []


@test
def shows_who_is_here_on_telephones(stage):
    """On a narrow telephone the mark of who is here leaves room for the search and the menu, and is read out."""
    ana, joost = both()
    expect(ana.page.locator("#here [role=status]")).to_have_text("Joost is here")
    for width in (390, 320):
        ana.page.set_viewport_size({"width": width, "height": 800})
        for part in ("#here .av", ".to-search .i", ".me"):
            box = ana.page.locator(f".mast {part}").bounding_box()
            assert box["x"] + box["width"] <= width - 20, f"{part} at {width}: {box}"
    ana.page.set_viewport_size({"width": 1280, "height": 900})


@test
def says_of_a_step_what_is_true_of_it(stage):
    """In the room, what was said of saving one step's notes does not stand under the next step's."""
    ana, joost = both()
    joost.press("Start the session")
    joost.is_at(at("run"))
    ana.go(at("run"))
    notes = ana.page.get_by_label("Notes on this step")
    line = ana.page.locator("form", has=notes).locator("[data-saved]")
    notes.fill("We need two people")
    expect(line).to_have_text(re.compile("^Saved at"))
    ana.page.locator("#h-step").click()
    joost.press("On to goals and alignment")
    ana.sees("Is this what the team needs most now?")
    expect(notes).to_have_value("")
    expect(line).to_have_text("")
    notes.press_sequentially("They go first")
    joost.press("On to feedback")
    ana.sees("The session has moved on", within=ana.page.locator(".run-main"))
    ana.page.locator("#h-step").click()
    expect(notes).to_have_value("")
    expect(line).to_have_text("")


@test
def adds_once_in_the_room(stage):
    """In the room, whoever presses Add again because no answer came has added it once."""
    ana, joost = both()
    form = ana.page.locator("#capture")
    form.get_by_label("Decision").check()
    ana.fill("What was said", "The north waits", within=form)
    ana.page.route("**/captures", losing_answers)
    with ana.expecting("offline"), ana.page.expect_event("requestfailed"):
        ana.press("Add", within=form)
    ana.page.unroute("**/captures")
    # Joost's page has it, and so has Ana's, below the words that stand in her form.
    caught = [person.page.locator("ul.caught > li", has_text="The north waits") for person in both()]
    for each in caught:
        expect(each).to_have_count(1)
    expect(form.get_by_label("What was said")).to_have_value("The north waits")
    ana.press("Add", within=form)
    expect(form.get_by_label("What was said")).to_have_value("")
    for each in caught:
        expect(each).to_have_count(1)


@test
def keeps_words_of_the_recap(stage):
    """On the recap each part keeps its own words."""
    ana, joost = both()
    joost.press("End the talk here")
    joost.is_at(at("recap"))
    ana.go(at("recap"))
    parts = [("Change the words of: What we take away", "What we take away", "It begins in May"),
             ("Change the words of: Decided", "Decided", "Two people, before May"),
             ("Something is off", "What should it say?", "It was June"),
             ("Edit the words of the e-mail", "Opening words", "Thank you for today")]
    for summary, label, words in parts:
        ana.unfold(summary)
        ana.fill(label, words, within=in_summary(ana, summary))
    ana.page.reload()
    for summary, label, words in parts:
        expect(in_summary(ana, summary).get_by_label(label)).to_have_value(words)
        expect(in_summary(ana, summary).get_by_label(label)).to_be_visible()
    ana.press("Save the words", within=in_summary(ana, parts[0][0]))
    ana.sees("It begins in May", within=ana.page.locator("ul.takes"))
    assert len(drafts(ana)) == 3, drafts(ana)
    expect(in_summary(ana, "Decided").get_by_label("Decided")).to_have_value("Two people, before May")


@test
def lets_words_in_passing_go(stage):
    """What a page says in passing when it comes goes by itself, but not while somebody is at it."""
    ana, _ = both()
    ana.page.clock.install()
    ana.press("Save the words", within=in_summary(ana, "Change the words of: Decided"))
    toast = ana.page.locator("#toasts .toast").filter(has_text="Saved")
    expect(toast).to_be_visible()
    toast.hover()
    ana.page.clock.run_for(30_000)
    expect(toast).to_be_visible()
    ana.page.mouse.move(0, 0)
    ana.page.clock.run_for(4_000)
    expect(toast).to_have_count(0)


@test
def leaves_nothing_behind(stage):
    """Signing out removes all of it from the device."""
    ana, _ = both()
    company.sign_out(ana)
    ana.is_at("sign-in")
    assert drafts(ana) == [], drafts(ana)
