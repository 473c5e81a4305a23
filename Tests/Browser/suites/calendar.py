"""Sessions in people's own calendars"""
import datetime
import pathlib
import urllib.error
import urllib.request

from icalendar import Calendar
from playwright.sync_api import expect

import company
from stage import test

is_story = True
title = "Which clinics we open next"
cast = {}


def both():
    return cast["ana"], cast["joost"]


def day(ahead):
    return datetime.date.today() + datetime.timedelta(days=ahead)


def events(text):
    return Calendar.from_ical(text).walk("VEVENT")


def feed(person):
    with urllib.request.urlopen(cast["address"]) as answer:
        assert answer.headers["Content-Type"].startswith("text/calendar"), answer.headers
        return events(answer.read())


@test
def comes_by_mail(stage):
    """Once a time is agreed, both get an invitation that their calendar understands."""
    _, cast["ana"], cast["joost"] = company.found(stage)
    ana, joost = both()
    ana.go("/sessions/new")
    ana.fill("Its name in both calendars", title)
    ana.fill("Day", day(2).isoformat(), exact=True)
    ana.fill("From", "10:00", exact=True)
    ana.press("Ask Joost")
    ana.is_told("The ask is on its way")
    cast["session"] = ana.page.url.partition("?")[0]
    joost.go("/")
    joost.follow("Read and answer")
    joost.press("Yes, that suits me")
    for person, about in [(ana, "has said yes"), (joost, "Agreed")]:
        letter = stage.product.letter(person.email, about)
        part = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
        assert part.get_param("method") == "REQUEST"
        [event] = events(part.get_content())
        assert event.start.isoformat().startswith(f"{day(2).isoformat()}T10:00:00"), event.start
        assert str(event["url"]) == cast["session"], event["url"]
        assert [file.get_filename() for file in letter.iter_attachments()] == ["invitation.ics"]


@test
def is_read_by_a_calendar(stage):
    """An address made in the settings is read without signing in; it is shown once."""
    ana, _ = both()
    ana.go("/settings")
    ana.press("Make an address")
    field = ana.page.get_by_label("Subscribe to this address")
    cast["address"] = field.input_value()
    ana.shoot("calendar-address")
    [event] = feed(ana)
    assert str(event["summary"]) == f"{title} (with Joost)", event
    ana.follow("Back to your settings")
    ana.sees("One is open")
    assert cast["address"] not in ana.page.content()


@test
def says_nothing(stage):
    """A new address without titles ends the old one and says nothing but when."""
    ana, _ = both()
    old = cast["address"]
    ana.page.get_by_label("Only that there is a session").check()
    ana.press("Make a new address")
    cast["address"] = ana.page.get_by_label("Subscribe to this address").input_value()
    [event] = feed(ana)
    assert str(event["summary"]) == "Strategy session" and title not in event.to_ical().decode()
    try:
        urllib.request.urlopen(old)
        raise AssertionError("the old address still works")
    except urllib.error.HTTPError as error:
        assert error.code == 404


@test
def is_downloaded(stage):
    """A single session is saved as a file."""
    ana, _ = both()
    ana.go(cast["session"])
    with ana.page.expect_download() as download:
        ana.follow("Save it as a calendar file")
    [event] = events(pathlib.Path(download.value.path()).read_bytes())
    assert str(event["url"]) == cast["session"]


@test
def brings_one_on_ones(stage):
    """One-on-ones of another calendar become series, once the partner agrees."""
    ana, joost = both()
    first = day(-7)
    code = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][first.weekday()]
    file = "\r\n".join([
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", f"DTSTART;TZID=W. Europe Standard Time:{first:%Y%m%d}T230000",
        "DURATION:PT30M", f"RRULE:FREQ=WEEKLY;BYDAY={code}", "SUMMARY:One-on-one",
        f"ORGANIZER:mailto:{joost.email}", f"ATTENDEE:mailto:{ana.email}", "END:VEVENT", "BEGIN:VEVENT",
        f"DTSTART:{first:%Y%m%d}T100000Z", "RRULE:FREQ=WEEKLY", "SUMMARY:Outside",
        "ATTENDEE:mailto:x@elsewhere.example", "END:VEVENT", "END:VCALENDAR", ""])
    ana.go("/sessions")
    ana.follow("Bring your one-on-ones")
    with ana.expecting(422):
        ana.page.get_by_label("A calendar file").set_input_files(
            {"name": "notes.ics", "mimeType": "text/calendar", "buffer": b"Name;Date"})
        ana.press("Read the file")
        ana.sees_problem("A calendar file", "Line 1: this is no calendar file")
    ana.page.get_by_label("A calendar file").set_input_files(
        {"name": "mine.ics", "mimeType": "text/calendar", "buffer": file.encode()})
    ana.press("Read the file")
    ana.sees("Nobody here has that address")
    ana.shoot("calendar-upload")
    with ana.expecting(422):
        ana.press("Ask for those chosen")
        ana.tick("Keep my words")
    ana.fill("Its name in both calendars", "What we owe each other this month")
    ana.press("Ask for those chosen")
    ana.is_told("The ask is on its way")
    joost.go("/")
    joost.follow("Read and answer")
    joost.press("Yes, that suits me")
    ana.go("/settings")
    expect(ana.page.get_by_label("Put sessions into my calendar by mail")).to_be_checked()
