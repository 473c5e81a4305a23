"""A series, from the ask to another manager"""
import datetime
import re

import company
from product import text_of
from stage import test

is_story = True
title = "Which bet the spring is for"
cast = {}


def day(ahead):
    return (datetime.date.today() + datetime.timedelta(days=ahead)).isoformat()


def occurrence(person, number):
    """One of the six that come next, on the page of the series."""
    return person.page.locator("#ahead li").nth(number)


@test
def begins(stage):
    """A session is asked for every two weeks; the yes to its first time is a yes to the series, and each Today knows at once."""
    cast["admin"], cast["ana"], cast["joost"] = company.found(stage)
    ana, joost = cast["ana"], cast["joost"]
    joost.go("/")
    ana.go("/sessions/new")
    ana.fill("Its name in both calendars", title)
    ana.fill("Day", day(3), exact=True)
    ana.fill("From", "10:00", exact=True)
    ana.choose("How often?", "Every two weeks")
    ana.press(re.compile("^Ask "))
    ana.is_told("The ask is on its way")
    cast["session"] = ana.path
    ana.go("/")
    ana.sees("No session is planned")
    joost.follow("Read and answer")
    joost.sees("And then again, every two weeks")
    joost.press("Yes, that suits me")
    ana.sees("Finish preparing")
    joost.follow("When you meet, and how to change it")
    cast["series"] = joost.path
    joost.sees("Every two weeks on")
    joost.sees("at 10:00, Amsterdam time, 50 minutes.")
    assert joost.page.locator("#ahead li").count() == 6
    joost.shoot("series")


@test
def moves_and_skips(stage):
    """One of the next is moved, another skipped, and put back, each with one form, and the other's page follows."""
    ana, joost = cast["ana"], cast["joost"]
    ana.go(cast["series"])
    second = occurrence(ana, 1)
    ana.unfold("Move or skip", within=second)
    ana.fill("Move it to", day(18), within=second)
    ana.press(re.compile("^Move it"), within=second)
    ana.is_told("Moved; both of you get a mail.")
    ana.sees("It was to be on", within=occurrence(ana, 1))
    joost.sees("It was to be on", within=occurrence(joost, 1))
    third = occurrence(ana, 2)
    ana.unfold("Move or skip", within=third)
    ana.fill("Or skip it, because", "The fair is that week", within=third)
    ana.press(re.compile("^Skip it"), within=third)
    joost.sees("The fair is that week", within=occurrence(joost, 2))
    joost.press(re.compile("^Meet after all"), within=occurrence(joost, 2))
    joost.is_told("You meet after all.")
    joost.sees_no("The fair is that week")
    ana.sees_no("The fair is that week")


@test
def takes_along(stage):
    """The next session is skipped from its preparation, and what was prepared waits in the one after it."""
    ana, joost = cast["ana"], cast["joost"]
    ana.go(cast["session"] + "/preparation")
    ana.unfold("Add an item")
    ana.fill("What do you want to talk about?", "Hiring in Ghent")
    ana.press("Add it")
    joost.go(cast["session"] + "/preparation")
    joost.unfold("Skip it this time")
    joost.fill("A word why, if you like", "I am ill", within=joost.page.locator("form[action$=cancellation]"))
    joost.press("Skip it")
    joost.sees("What was prepared for it waits in the next session")
    joost.follow("When you meet next")
    joost.follow("Moved, to prepare")
    ana.go(joost.path)
    ana.page.get_by_text("Hiring in Ghent").first.wait_for()
    cast["session"] = ana.path.removesuffix("/preparation")


@test
def is_away(stage):
    """Days off make a session a question to both, on Today and on the series’ page."""
    ana, joost = cast["ana"], cast["joost"]
    joost.go("/settings")
    joost.fill("Away from", day(17))
    joost.fill("Until and including", day(19))
    joost.press("Add these days")
    joost.is_told("Noted.")
    ana.go("/")
    ana.sees("Joost is away that day")
    ana.go(cast["series"])
    ana.sees("Joost is away that day: move it or skip it?", within=occurrence(ana, 0).or_(occurrence(ana, 1)).last)
    ana.shoot("series-away")


@test
def goes_on(stage):
    """Ana goes on with another manager, opens the recaps, and closes them again."""
    ana = cast["ana"]
    link = company.invite(cast["admin"], "Leila Amsel", "leila@larkfield.example", "VP")
    leila = company.join(stage, link, "Leila Amsel", "leila@larkfield.example")
    ana.go(cast["series"])
    ana.unfold("Go on with another manager")
    form = ana.page.locator("form[action$='/partner']")
    with ana.expecting(422):
        ana.press("Ask them to go on with it", within=form)
    ana.sees_problem("With whom?", "Choose whom you want to meet.")
    ana.choose("With whom?", "Leila Amsel", within=form)
    ana.page.get_by_text("The recaps", exact=True).first.click()
    ana.press("Ask them to go on with it", within=form)
    ana.is_told("The ask is on its way")
    leila.go(ana.path)
    leila.press("Yes, that suits me")
    leila.follow("When you meet, and how to change it")
    leila.sees("Ana lets you read the recaps of the sessions with Joost de Wit")
    ana.go(leila.path)
    ana.page.get_by_text("Nothing", exact=True).first.click()
    ana.press("Save what Leila may read")
    ana.is_told("Saved.")
    leila.go(leila.path)
    leila.sees_no("lets you read")
    cast["second"], cast["leila"] = ana.path, leila


@test
def goes_on_again(stage):
    """With a third manager Ana chooses for each of those before, and each choice stands by itself."""
    ana = cast["ana"]
    link = company.invite(cast["admin"], "Rafael Lima", "rafael@larkfield.example", "VP")
    rafael = company.join(stage, link, "Rafael Lima", "rafael@larkfield.example")
    ana.go(cast["second"])
    ana.unfold("Go on with another manager")
    form = ana.page.locator("form[action$='/partner']")
    ana.choose("With whom?", "Rafael Lima", within=form)
    form.get_by_role("group", name="And of those with Joost de Wit?").get_by_label("The recaps").check()
    ana.shoot("series-third-manager")
    ana.press("Ask them to go on with it", within=form)
    ana.is_told("The ask is on its way")
    letter = stage.product.letter("joost@larkfield.example", "Opened: your sessions with Ana")
    assert "the recaps that you both confirmed" in " ".join(text_of(letter).split())
    rafael.go(ana.path)
    rafael.press("Yes, that suits me")
    rafael.follow("When you meet, and how to change it")
    rafael.sees("Ana lets you read the recaps of the sessions with Joost de Wit")
    rafael.sees_no("Leila Amsel")
    ana.go(rafael.path)
    ana.shoot("series-from-before")
    before = ana.page.locator("#history")
    before.get_by_role("group", name="sessions with Leila Amsel").get_by_label("All that we both shared").check()
    ana.press("Save what Rafael may read of your sessions with Leila Amsel", within=before)
    ana.is_told("Saved.")
    rafael.go(rafael.path)
    rafael.sees("what was shared in the sessions with Leila Amsel")
    rafael.sees("the recaps of the sessions with Joost de Wit")


@test
def fits(stage):
    """The series’ page holds nothing against who reads it with a screen reader, on a phone, or in the dark."""
    from axe_playwright_python.sync_playwright import Axe

    ana = cast["ana"]
    for width, scheme in [(1280, "light"), (390, "light"), (390, "dark")]:
        ana.page.set_viewport_size({"width": width, "height": 900})
        ana.page.emulate_media(color_scheme=scheme)
        for path in [cast["series"], ana.path, "/settings", "/sessions/new"]:
            ana.go(path)
            ana.page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
            found = Axe().run(ana.page).response["violations"]
            assert not found, [(each["id"], each["nodes"][0]["html"][:200]) for each in found]
            over = ana.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, f"{path} is {over} px too wide at {width}"
