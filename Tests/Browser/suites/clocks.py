"""Two people in two time zones, across the days and nights on which their clocks change"""
import datetime
import re
import zoneinfo

from dateutil import rrule
from icalendar import Calendar
from playwright.sync_api import expect

import company
from product import text_of
from stage import test

is_story = True
title = "Which bet the spring is for"
amsterdam, new_york = zoneinfo.ZoneInfo("Europe/Amsterdam"), zoneinfo.ZoneInfo("America/New_York")
utc = datetime.timezone.utc
cast = {}


def both():
    return cast["ana"], cast["joost"]


def changes(zone, year):
    """The two moments of a year after which a clock in a zone shows another hour, found without knowing any rule."""
    hours = [datetime.datetime(year, 1, 1, tzinfo=utc) + datetime.timedelta(hours=number) for number in range(365 * 24)]
    offsets = [hour.astimezone(zone).utcoffset() for hour in hours]
    return [hour for hour, before, after in zip(hours[1:], offsets, offsets[1:]) if before != after]


# A year from now, so that cookies and links of this test are never from the past for a browser.
year = datetime.date.today().year + 1
america, europe = changes(new_york, year)[0], changes(amsterdam, year)[0]
autumn = changes(amsterdam, year)[1]


def sunday(moment):
    return moment.astimezone(amsterdam).date()


# Thursdays: the one before America's clocks change, two between that and Europe's change, and the one after both.
thursdays = [sunday(america) + datetime.timedelta(days=days) for days in (-3, 4, 11, 18)]


def moment(day):
    """15:00 on the wall in Amsterdam."""
    return datetime.datetime.combine(day, datetime.time(15), amsterdam)


def walls(zone):
    return [moment(day).astimezone(zone).strftime("%H:%M") for day in thursdays]


def restart(stage, at):
    """The server goes on at another moment, and so do the browsers; who is signed out by then comes in again."""
    for person in both():
        person.go("about:blank")
    stage.product.stop()
    stage.product.start(at)
    for person in both():
        person.context.clock.set_system_time(at)
        person.go("/")
        if person.path.startswith("/sign-in"):
            company.sign_in(person)
            person.sees_heading(re.compile(f"Good .*, {person.first}"))


def expanded(text, zone):
    """Every time of a calendar's events in the four weeks, as python-dateutil makes them, in a zone."""
    times = set()
    for event in Calendar.from_ical(text).walk("VEVENT"):
        first = event.start
        if rule := event.get("rrule"):
            # On the wall of the event's own zone, as RFC 5545 has it.
            naive = rrule.rrulestr(rule.to_ical().decode(), dtstart=first.replace(tzinfo=None))
            end = datetime.datetime.combine(thursdays[-1], datetime.time(23))
            times |= {time.replace(tzinfo=first.tzinfo) for time in naive.between(first.replace(tzinfo=None), end, inc=True)}
        else:
            times.add(first)
    return sorted(time.astimezone(zone) for time in times if time <= moment(thursdays[-1]))


@test
def agree_on_a_series(stage):
    """Ana in Amsterdam and Joost in New York agree on every Thursday, 15:00 on Ana's wall."""
    begins = moment(thursdays[0]) - datetime.timedelta(days=3, hours=5)
    admin = company.set_up(stage, at=begins)
    link = company.invite(admin, "Joost de Wit", "joost@larkfield.example")
    cast["joost"] = joost = company.join(
        stage, link, "Joost de Wit", "joost@larkfield.example", timezone_id="America/New_York")
    link = company.invite(admin, "Ana Ferreira", "ana@larkfield.example", manager="Joost de Wit")
    cast["ana"] = ana = company.join(stage, link, "Ana Ferreira", "ana@larkfield.example")
    for person in both():
        person.context.clock.install(time=stage.product.now())
    ana.go("/sessions/new")
    ana.fill("Its name in both calendars", title)
    ana.fill("Day", thursdays[0].isoformat(), exact=True)
    ana.fill("From", "15:00", exact=True)
    ana.choose("How often?", "Every week")
    ana.press("Ask Joost")
    ana.is_told("The ask is on its way")
    cast["session"] = ana.path
    joost.go(cast["session"])
    joost.sees(moment(thursdays[0]).astimezone(new_york).strftime("%H:%M"))
    joost.press("Yes, that suits me")
    joost.follow("When you meet, and how to change it")
    cast["series"] = joost.path


@test
def shows_both_clocks(stage):
    """Both pages show the right times before, between and after the changes, and say where it moves, and for whom."""
    ana, joost = both()
    assert walls(amsterdam) == ["15:00"] * 4 and walls(new_york) == ["09:00", "10:00", "10:00", "09:00"]
    for person, zone, changed in [(ana, amsterdam, "for Joost"), (joost, new_york, "for you")]:
        person.go(cast["series"])
        for number, (day, wall) in enumerate(zip(thursdays, walls(zone))):
            line = person.page.locator("#ahead li").nth(number)
            shown = line.locator("time").get_attribute("datetime")
            assert shown == f"{day.isoformat()}T{wall}", (person.name, shown, day, wall)
            there = walls(new_york if zone is amsterdam else amsterdam)[number]
            person.sees(f"{there} for {'Joost' if person is ana else 'Ana'}", within=line)
        person.sees(f"The clocks change: {changed} it is an hour later", within=person.page.locator("#ahead li").nth(1))
        person.sees_no("The clocks change", within=person.page.locator("#ahead li").nth(2))
        person.sees(f"The clocks change: {changed} it is an hour earlier", within=person.page.locator("#ahead li").nth(3))
        person.shoot(f"clocks-{person.first.lower()}")


@test
def is_right_in_calendars(stage):
    """The invitation, the feed and the single file give the same moments, whoever's calendar reads them."""
    expected = {zone: [moment(day).astimezone(zone) for day in thursdays] for zone in (amsterdam, new_york)}
    # Calendars are told within a minute, and when a server starts.
    restart(stage, stage.product.now())
    for person, zone in [(both()[0], amsterdam), (both()[1], new_york)]:
        letter = stage.product.letter(person.email, "In your calendar")
        part = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
        assert expanded(part.get_content(), zone) == expected[zone], expanded(part.get_content(), zone)
        assert "15:00, Amsterdam time" in text_of(letter), text_of(letter)
        person.go("/settings")
        person.press("Make an address")
        address = person.page.get_by_label("Subscribe to this address").input_value()
        feed = person.context.request.get(address).text()
        assert expanded(feed, zone) == expected[zone], expanded(feed, zone)
        person.go(cast["session"])
        with person.page.expect_download() as download:
            person.follow("Save it as a calendar file")
        with open(download.value.path()) as file:
            assert expanded(file.read(), zone) == expected[zone][:1]


@test
def is_right_in_mails(stage):
    """After America's change and before Europe's, a move is told to each by their own wall."""
    ana, joost = both()
    restart(stage, moment(thursdays[1]) - datetime.timedelta(days=1))
    ana.go(cast["series"])
    third = ana.page.locator("#ahead li").filter(has=ana.page.locator(f"time[datetime^='{thursdays[2].isoformat()}']"))
    ana.unfold("Move or skip", within=third)
    ana.fill("From", "16:00", within=third)
    ana.press(re.compile("^Move it"), within=third)
    ana.is_told("Moved; both of you get a mail.")
    text = " ".join(text_of(stage.product.letter(joost.email, "Moved:")).split())
    assert "10:00 to" in text and re.search(r"to \w+ \d+ \w+, 11:00", text), text


def begin_in(stage, night):
    """A session that both start 20 seconds before the clocks in Amsterdam change; gives the address of its room."""
    ana, joost = both()
    restart(stage, night - datetime.timedelta(minutes=40))
    ana.go("/sessions/new")
    start = stage.product.now() + datetime.timedelta(minutes=10)
    wall = start.astimezone(amsterdam)
    ana.fill("Its name in both calendars", "What keeps us awake")
    ana.fill("Day", wall.date().isoformat(), exact=True)
    ana.fill("From", wall.strftime("%H:%M"), exact=True)
    ana.press("Ask Joost")
    ana.is_told("The ask is on its way")
    session = ana.path
    joost.go(session)
    joost.sees(start.astimezone(new_york).strftime("%H:%M"))
    joost.press("Yes, that suits me")
    joost.sees_heading("What keeps us awake")
    restart(stage, night - datetime.timedelta(seconds=20))
    for person in both():
        person.go(session + "/run")
    joost.press("Start the session")
    for person in both():
        person.sees("left in this step")
    return session


def seconds_on(person):
    minutes, seconds = person.page.locator(".clock").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def passes_through(stage, night, hour_after):
    """A running session whose clock goes on by the second while the wall jumps."""
    ana, joost = both()
    session = begin_in(stage, night)
    began, left = stage.product.now(), seconds_on(ana)
    assert began < night, "the session was to begin before the clocks change"
    ends = began + datetime.timedelta(minutes=50)
    for person, zone in [(ana, amsterdam), (joost, new_york)]:
        at = [(ends + datetime.timedelta(seconds=off)).astimezone(zone).strftime("%H:%M") for off in (-8, 0)]
        expect(person.page.locator(".run-clock")).to_contain_text(re.compile(f"ends at ({'|'.join(at)}), in 50 minutes"))
    while stage.product.now() < night + datetime.timedelta(seconds=4):
        together = [seconds_on(person) for person in both()]
        assert abs(together[0] - together[1]) <= 1, together
        ana.page.wait_for_timeout(1000)
    passed = (stage.product.now() - began).total_seconds()
    for person in both():
        assert abs(left - seconds_on(person) - passed) <= 2, (person.name, left, seconds_on(person), passed)
    # A page that is loaded now says the same as the one that was open all the while.
    ana.go(session + "/run")
    joost.press("Stop the clock")
    ana.sees("The clock is stopped")
    assert seconds_on(ana) == seconds_on(joost)
    assert stage.product.now().astimezone(amsterdam).strftime("%H") == hour_after
    joost.press("Let the clock go on")
    ana.sees_no("The clock is stopped")
    ana.shoot(f"clocks-night-{hour_after}")
    joost.press("End the talk here")
    for person in both():
        person.page.wait_for_url(re.compile("/recap$"))


@test
def springs_forward(stage):
    """In the night in which an hour is skipped, a running session keeps one clock on both screens."""
    assert europe.astimezone(amsterdam).strftime("%H:%M") == "03:00"
    passes_through(stage, europe, "03")


@test
def falls_back(stage):
    """In the night in which an hour comes twice, a running session keeps one clock on both screens."""
    assert autumn.astimezone(amsterdam).strftime("%H:%M") == "02:00"
    passes_through(stage, autumn, "02")
