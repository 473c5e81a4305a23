"""Bad input is answered in words, at its field, with everything typed kept"""
import datetime
import re

from playwright.sync_api import expect

import company
from stage import suites, test

cast = {}
too_long = "x" * 300
markup = "<b onclick=alert(1)>&amp;</b><script>alert(1)</script>"
mixed = "\u202eעברית \u0645\u0631\u062d\u0628\u0627 Z\u0335\u0321a\u0301l\u0489go \U0001f469\u200d\U0001f469\u200d\U0001f467"
too_long_words = "characters long"


@test
def a_company(stage):
    """There is a company with a session that is being prepared."""
    cast["admin"], cast["ana"], cast["joost"] = company.found(stage)
    ana, joost = cast["ana"], cast["joost"]
    ana.go("/sessions/new")
    ana.fill("Its name in both calendars", "Whom we hire first")
    ana.fill("Day", tomorrow(), exact=True)
    ana.fill("From", "10:00", exact=True)
    ana.press("Ask Joost")
    ana.is_told("The ask is on its way")
    cast["session"] = ana.path
    joost.go("/")
    joost.follow("Read and answer")
    joost.press("Yes, that suits me")
    joost.is_told("You have said yes")


def tomorrow(days=1):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


class Case:
    """A form, what is typed at one field, and what is said there. `kept` is another field with what it must keep."""

    def __init__(self, name, who, path, label, typed, words, press, fills=(), unfold=None, within=None, kept=None):
        self.name, self.who, self.path, self.label, self.typed = name, who, path, label, typed
        self.words, self.button, self.fills, self.folded, self.within, self.kept = (
            words, press, dict(fills), unfold, within, kept)

    def play(self, stage):
        person = cast[self.who]
        person.go(self.path() if callable(self.path) else self.path)
        # The browser's own checks would stop some of these; the server must not need them.
        person.page.evaluate(
            """document.querySelectorAll('form').forEach(form => { form.noValidate = true })
               document.querySelectorAll('[maxlength]').forEach(field => field.removeAttribute('maxlength'))""")
        if self.folded:
            person.unfold(self.folded)
        form = person.page.locator(self.within or "main")
        for label, value in self.fills.items():
            fill(form, label, value)
        fill(form, self.label, self.typed)
        with person.expecting(422):
            person.press(self.button, within=form)
            if self.words is not None:
                person.sees_problem(label_pattern(self.label), self.words)
        form = person.page.locator(self.within or "main")
        if self.words is None:
            return
        for label, value in self.fills.items():
            field = form.get_by_label(label_pattern(label)).first
            if field.get_attribute("type") != "password":
                expect(field).to_have_value(value)
        field = form.get_by_label(label_pattern(self.label)).first
        if field.get_attribute("type") not in ("password", "date", "time", "number"):
            expect(field).to_have_value(self.typed)


def label_pattern(label):
    return re.compile("^" + re.escape(label))


def fill(form, label, value):
    field = form.get_by_label(label_pattern(label)).first
    if field.get_attribute("type") in ("date", "time", "number", "datetime-local"):
        # What a browser of another kind, or no browser, could send.
        field.evaluate("(field, value) => { field.type = 'text'; field.value = value }", value)
    else:
        field.fill(value)


def case(sentence, *values, **more):
    made = Case(sentence, *values, **more)

    def play(stage):
        made.play(stage)
    play.__name__ = re.sub(r"\W+", "_", sentence.lower()).strip("_")
    play.__doc__ = sentence
    play.__module__ = __name__
    suites[__name__].append(play)


def preparation():
    return cast["session"] + "/preparation"


title = "Its name in both calendars"
case("An ask without a name.", "ana", "/sessions/new", title, "", "Give it a name", "Ask Joost")
case("An ask with a name that is too long.", "ana", "/sessions/new", title, too_long, too_long_words, "Ask Joost")
case("An ask for a day that is no day.", "ana", "/sessions/new", "Day", "2026-02-31", "", "Ask Joost",
     fills={title: mixed, "Where, or which call": markup})
case("An ask for a day that has passed.", "ana", "/sessions/new", "Day", "2020-01-02", "", "Ask Joost",
     fills={title: "Which clinics come first", "From": "10:00"})
case("An ask without a time of day.", "ana", "/sessions/new", "From", "", "", "Ask Joost",
     fills={title: "Which clinics come first", "Day": tomorrow()})

@test
def odd_length(stage):
    """An ask for a length of zero minutes."""
    ana = cast["ana"]
    ana.go("/sessions/new")
    ana.page.evaluate("document.querySelectorAll('form').forEach(form => { form.noValidate = true })")
    ana.page.get_by_text("Another length", exact=True).click()
    ana.fill("Minutes, if it is another length", "0")
    ana.fill(title, "Which clinics come first")
    with ana.expecting(422):
        ana.press("Ask Joost")
        ana.sees_problem("Minutes, if it is another length", "")
    expect(ana.page.get_by_role("radio", name="Another length")).to_be_checked()


case("An invitation without a name.", "admin", "/people/new", "Their name", "", "", "Invite them",
     fills={"Their e-mail address": "new@larkfield.example"})
case("An invitation to something that is no address.", "admin", "/people/new", "Their e-mail address", "not an address",
     "", "Invite them", fills={"Their name": mixed, "What they do": markup})
case("An invitation to somebody who is here.", "admin", "/people/new", "Their e-mail address", "ana@larkfield.example",
     "", "Invite them", fills={"Their name": "Another Ana"})
case("An invitation with a job that is too long.", "admin", "/people/new", "What they do", too_long, too_long_words,
     "Invite them", fills={"Their name": "Tom", "Their e-mail address": "tom@larkfield.example"})
case("A profile without a name.", "ana", "/settings", "Your name", "  ", "", "Save your profile")
case("A profile with pronouns that are too long.", "ana", "/settings", "Your pronouns", too_long, too_long_words,
     "Save your profile", fills={"What you do": markup})
case("A new password that is too short.", "ana", "/settings", "Your new password", "short", "at least 10", "Change your password",
     fills={"Your present password": "three quiet harbours", "The same once more": "short"})
case("A new password that was typed differently.", "ana", "/settings", "The same once more", "seven grey heron",
     "not the same", "Change your password",
     fills={"Your present password": "three quiet harbours", "Your new password": "seven grey herons"})
case("A team without a name.", "admin", "/teams", "What is it called?", "", "", "Make this team",
     fills={"What is it for?": mixed})
case("A team with a name that is too long.", "admin", "/teams", "What is it called?", too_long, too_long_words,
     "Make this team")
case("A goal without an end.", "ana", "/goals/new?level=person", "What should be true in the end?", "", "", "Write it down",
     fills={"How does it stand now?": markup})
case("A goal that is too long.", "ana", "/goals/new?level=person", "What should be true in the end?", too_long,
     too_long_words, "Write it down")
case("A goal by a day that is no day.", "ana", "/goals/new?level=person", "By when?", "2026-13-40", "", "Write it down",
     fills={"What should be true in the end?": mixed})
case("Work with hours that are no number.", "ana", "/work/new", "Hours a week", "lots", "", "Add it",
     fills={"What is it called?": markup})
case("Work without a name.", "ana", "/work/new", "What is it called?", "", "", "Add it")
case("An agenda item without words.", "ana", preparation, "What do you want to talk about?", "", "", "Add it",
     unfold="Add an item", within="#new-item")
case("An agenda item that is too long.", "ana", preparation, "What do you want to talk about?", too_long, too_long_words,
     "Add it", unfold="Add an item", within="#new-item")
case("An agenda item with no number of minutes.", "ana", preparation, "Minutes", "-3", "", "Add it",
     fills={"What do you want to talk about?": mixed}, unfold="Add an item", within="#new-item")
case("Evidence without words.", "ana", preparation, "In a sentence or two", "", "", "Add to the evidence",
     unfold="Add evidence", within="#new-evidence")
case("Evidence with a number that is none.", "ana", preparation, "From", "many", "", "Add to the evidence",
     fills={"In a sentence or two": markup, "To": "57"}, unfold="Add evidence", within="#new-evidence")
case("Evidence with a link that leads nowhere good.", "ana", preparation, "Or a link", "javascript:alert(1)", "",
     "Add to the evidence", fills={"In a sentence or two": mixed}, unfold="Add evidence", within="#new-evidence")


@test
def shown_as_typed(stage):
    """Markup, right-to-left and combining text are shown as they were typed, and run nothing."""
    ana = cast["ana"]
    ana.go("/goals/new?level=person")
    ana.fill("What should be true in the end?", markup)
    ana.fill("How does it stand now?", mixed)
    ana.press("Write it down")
    expect(ana.page.get_by_role("heading", level=1)).to_contain_text("<script>alert(1)</script>")
    ana.sees("Z\u0335\u0321a\u0301l\u0489go")
    assert ana.page.locator("main script, main b[onclick]").count() == 0
    ana.go("/goals")
    ana.sees("<script>alert(1)</script>")


@test
def start_session(stage):
    """In the room, a capture without words and one for a day that is no day."""
    joost = cast["joost"]
    joost.go(preparation())
    joost.press("Start the session")
    joost.page.wait_for_url("**/run")
    capture = joost.page.locator("#capture")
    with joost.expecting(422):
        joost.press("Add", within=capture)
        joost.sees_problem("What was said", "")
    joost.fill("What was said", mixed, within=capture)
    capture.get_by_label("By").evaluate("field => { field.type = 'text'; field.value = 'soon' }")
    with joost.expecting(422):
        joost.press("Add", within=capture)
        joost.sees_problem("By", "", within=capture)
    expect(joost.page.get_by_label("What was said")).to_have_value(mixed)


@test
def recap_forms(stage):
    """On the recap, a correction without words, one too long, and another time that is none."""
    joost = cast["joost"]
    joost.go(cast["session"] + "/run")
    joost.press("End the talk here")
    joost.page.wait_for_url("**/recap")
    joost.unfold("Something is off")
    with joost.expecting(422):
        joost.press("Send to Ana")
        joost.sees_problem("What should it say?", "")
    joost.fill("What should it say?", "x" * 20_001)
    with joost.expecting(422):
        joost.press("Send to Ana")
        joost.sees_problem("What should it say?", too_long_words)
    joost.page.get_by_role("radio", name="Another time").check()
    joost.page.get_by_label("Another time, on your clock").evaluate(
        "field => { field.type = 'text'; field.value = '2026-02-31T25:00' }")
    with joost.expecting(422):
        joost.press("Propose to Ana")
        joost.sees_problem("Another time, on your clock", "")


@test
def nobody_elses(stage):
    """Other people's addresses, made-up ones and strange queries are answered with 404, never with 500."""
    admin = cast["admin"]
    with admin.expecting(404):
        for path in [cast["session"], preparation(), cast["session"] + "/run", cast["session"] + "/recap",
                     "/sessions/none", "/goals/0", "/people/%00", "/teams/..%2f"]:
            answer = admin.page.goto(path)
            assert answer.status in (400, 404), f"{path} was answered with {answer.status}"
            admin.page.get_by_role("heading", level=1).wait_for()
            admin.sees_no("Whom we hire first")
    for path in ["/sessions?before=99999999999999999999", "/people?q=%F0%9F%91%A9%00", "/goals?team=x", "/sessions?q=%25_"]:
        with admin.expecting(404, 400):
            assert admin.page.goto(path).status < 500, path
