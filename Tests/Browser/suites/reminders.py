"""Reminders: chosen in words, and stopped with one click"""
import datetime
import re
import urllib.request
import zoneinfo

from playwright.sync_api import expect

import company
from product import wait_for
from stage import test

is_story = True
people = {}
# Tomorrow at noon: whatever the hour is here, the days that are set have begun, and end long after.
amsterdam = zoneinfo.ZoneInfo("Europe/Amsterdam")
tomorrow = datetime.datetime.now(amsterdam).date() + datetime.timedelta(days=1)
noon = datetime.datetime.combine(tomorrow, datetime.time(12), amsterdam)


def agree(ana, joost):
    """A session for the day after, in which nothing is prepared."""
    ana.go("/sessions/new")
    ana.fill("Its name in both calendars", "Whom we hire first")
    ana.fill("Day", (tomorrow + datetime.timedelta(days=1)).isoformat(), exact=True)
    ana.fill("From", "10:00", exact=True)
    ana.press("Ask Joost")
    ana.is_told("The ask is on its way")
    joost.go("/")
    joost.follow("Read and answer")
    joost.press("Yes, that suits me")


@test
def chooses(stage):
    """The settings say in words when reminders come, and of what."""
    _, people["ana"], people["joost"] = company.found(stage, at=noon)
    ana = people["ana"]
    ana.go("/settings")
    part = ana.page.get_by_role("region", name="Reminders")
    expect(part).to_contain_text(re.compile("On weekdays at 8:30, .+ time, in one mail a day at most."))
    for day in ["Sat", "Sun"]:
        part.get_by_label(day).check()
    part.get_by_label("Your day begins").fill("00:00")
    part.get_by_label("and ends").fill("23:59")
    part.get_by_label("A session that isn’t prepared").select_option("40")
    part.get_by_role("button", name="Save your reminders").click()
    ana.is_told("Your reminders are saved")
    expect(part).to_contain_text(re.compile("Every day at 0:00, .+ time"))
    ana.shoot("reminders-light-1280")


@test
def keeps_what_was_typed(stage):
    """A day without an end comes back with what is wrong at its field."""
    ana = people["ana"]
    part = ana.page.get_by_role("region", name="Reminders")
    part.get_by_label("and ends").fill("00:10")
    with ana.expecting(422):
        part.get_by_role("button", name="Save your reminders").click()
        expect(part.get_by_label("and ends")).to_have_attribute("aria-invalid", "true")
    expect(part.get_by_label("Sat")).to_be_checked()
    ana.go("/settings")


@test
def stops_with_one_click(stage):
    """A reminder comes by mail, and its link stops and resumes it without a sign-in."""
    ana, joost = people["ana"], people["joost"]
    agree(ana, joost)
    ana.go("/settings")
    part = ana.page.get_by_role("region", name="Reminders")
    # The end that could not be saved was brought back, and is not wanted any more.
    ana.page.get_by_role("button", name="Discard it").click()
    expect(part.get_by_label("and ends")).to_have_value("23:59")
    part.get_by_label("Your day begins").fill("00:01")
    part.get_by_role("button", name="Save your reminders").click()
    # People are looked after once a minute.
    found = wait_for(lambda: stage.product.letters(ana.email, "not prepared yet"), "No reminder came", 90)
    link = found[0]["List-Unsubscribe"].strip().strip("<>")
    assert link.startswith(f"{stage.product.address}/reminders/"), link
    anybody = stage.person("Somebody")
    anybody.go(link)
    anybody.sees_heading("Your reminders")
    anybody.press(re.compile("^Stop"))
    anybody.sees("None of this kind will be sent")
    anybody.shoot("reminders-stopped-light-1280")
    anybody.press(re.compile("^Send again"))
    anybody.sees("These come by mail")
    assert urllib.request.urlopen(link, data=b"List-Unsubscribe=One-Click").status == 200
    stage.leave(anybody)
    ana.go("/settings")
    part = ana.page.get_by_role("region", name="Reminders")
    expect(part.get_by_label("a session is near and not prepared")).not_to_be_checked()
