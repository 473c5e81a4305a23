"""Search: finds along while one types, by a key, and never another's private notes"""
import datetime
import re

from playwright.sync_api import expect

import company
from stage import test

is_story = True
people = {}


def look_for(person, words):
    person.page.get_by_label("Words in objectives").fill(words)


@test
def by_a_key(stage):
    """The key / leads to the search from anywhere, and is an ordinary letter where one writes."""
    _, people["ana"], people["joost"] = company.found(stage)
    ana = people["ana"]
    ana.go("/sessions/new")
    ana.fill("Its name in both calendars", "")
    ana.page.get_by_label("Its name in both calendars").press_sequentially("Hire and/or train")
    expect(ana.page.get_by_label("Its name in both calendars")).to_have_value("Hire and/or train")
    ana.go("/goals")
    ana.page.keyboard.press("/")
    ana.is_at("search")
    field = ana.page.get_by_label("Words in objectives")
    expect(field).to_be_focused()
    ana.page.get_by_role("link", name="Skip to the content").focus()
    ana.page.keyboard.press("/")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    ana.shoot("search-empty-light-1280")


@test
def without_the_key(stage):
    """Whom a single key surprises switches it off in their browser, and on again."""
    ana = people["ana"]
    ana.go("/help")
    ana.press("Switch it off")
    ana.sees("The key / is off in this browser.")
    ana.page.keyboard.press("/")
    ana.go("/goals")
    ana.page.keyboard.press("/")
    ana.page.wait_for_timeout(300)
    ana.is_at("goals")
    ana.go("/help")
    ana.press("Switch it on")
    ana.sees("The key / is on in this browser.")
    ana.page.keyboard.press("/")
    ana.is_at("search")


@test
def finds_along(stage):
    """What is found changes as one types, with the words marked, and the address holds them."""
    ana = people["ana"]
    ana.go("/goals/new?level=person")
    ana.fill("What should be true in the end?", "Cafés book their first table unaided")
    ana.press("Write it down")
    ana.sees_heading("Cafés book their first table unaided")
    ana.go("/search")
    ana.page.get_by_label("Words in objectives").press_sequentially("cafes tab", delay=30)
    ana.sees("One objective holds “cafes tab”.")
    expect(ana.main.locator("mark")).to_have_text(["Cafés", "table"])
    ana.is_at("search?q=cafes+tab")
    look_for(ana, "cafes zebra")
    ana.sees("Nothing that you may read holds “cafes zebra”.")
    ana.shoot("search-nothing-light-1280")
    ana.page.get_by_label("Words in objectives").press("Enter")
    ana.is_at("search?q=cafes+zebra")
    look_for(ana, "cafes")
    ana.sees("One objective holds “cafes”.")
    ana.page.get_by_role("link", name="Cafés book their first table unaided").click()
    ana.sees_heading("Cafés book their first table unaided")


@test
def private(stage):
    """A private note is found by who wrote it, and by nobody else."""
    ana, joost = people["ana"], people["joost"]
    ana.go("/sessions/new")
    ana.fill("Its name in both calendars", "Whom we hire first")
    ana.page.get_by_label("Day", exact=True).fill((datetime.date.today() + datetime.timedelta(days=3)).isoformat())
    ana.fill("From", "10:00", exact=True)
    ana.press("Ask Joost")
    ana.is_told("The ask is on its way")
    joost.go("/")
    joost.follow("Read and answer")
    joost.press("Yes, that suits me")
    ana.go("/sessions")
    ana.page.get_by_role("link", name="Whom we hire first").first.click()
    notes = ana.page.locator("#private-notes")
    ana.fill("For your eyes in the room", "The quagga is mine to bring up", within=notes)
    expect(notes.locator("[data-saved]")).to_contain_text("Saved")
    for person, words in [(ana, "One session holds “quagga”."), (joost, "Nothing that you may read holds “quagga”.")]:
        person.go("/search?q=quagga")
        person.sees(words)
    expect(ana.main.locator("mark")).to_have_text("quagga")
    joost.go("/search?q=hire")
    joost.sees("One session holds “hire”.")


@test
def without_script(stage):
    """Without JavaScript, the form is sent and the same is found."""
    ana = people["ana"]
    plain = stage.person(ana.name, ana.email, java_script_enabled=False)
    company.sign_in(plain)
    plain.follow("Search")
    plain.sees_heading("Search")
    look_for(plain, "\"first table")
    plain.press("Search")
    plain.sees("One objective holds “\"first table”.")
    stage.leave(plain)
