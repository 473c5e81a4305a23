"""Reads calendar files with the package icalendar, so that the tests do not have to trust our writer.

Takes a JSON list of {"file", "walls"} on standard input. Prints for each what stands in it; of its time zones, by their
own VTIMEZONE and not by any table of this machine, which moments the given times on the wall are.
"""

import json
import sys
from datetime import datetime, timezone

from icalendar import Calendar


def moment(value):
    return int(value.astimezone(timezone.utc).timestamp())


def text(component, name):
    value = component.get(name)
    return None if value is None else str(value)


def people(component, name):
    found = component.get(name, [])
    return [
        {"address": str(each), **{key: str(value) for key, value in each.params.items()}}
        for each in (found if isinstance(found, list) else [found])
    ]


def times(component, name):
    found = component.get(name, [])
    return [moment(each.dt) for list in (found if isinstance(found, list_type) else [found]) for each in list.dts]


list_type = list


def event(component):
    recurrence = component.get("RECURRENCE-ID")
    rule = component.get("RRULE")
    return {
        "uid": text(component, "UID"),
        "sequence": int(component.get("SEQUENCE", 0)),
        "start": moment(component.start),
        "end": moment(component.end),
        "summary": text(component, "SUMMARY"),
        "description": text(component, "DESCRIPTION"),
        "location": text(component, "LOCATION"),
        "url": text(component, "URL"),
        "status": text(component, "STATUS"),
        "organizer": people(component, "ORGANIZER"),
        "attendees": people(component, "ATTENDEE"),
        "rule": None if rule is None else rule.to_ical().decode(),
        "exceptions": times(component, "EXDATE"),
        "recurrence": None if recurrence is None else moment(recurrence.dt),
    }


def read(case):
    calendar = Calendar.from_ical(case["file"])
    zones = {}
    for component in calendar.walk("VTIMEZONE"):
        zone = component.to_tz(lookup_tzid=False)
        zones[str(component["TZID"])] = [
            moment(datetime.fromisoformat(wall).replace(tzinfo=zone)) for wall in case["walls"]
        ]
    errors = [str(error) for component in calendar.walk() for error in component.errors]
    return {
        "method": text(calendar, "METHOD"),
        "name": text(calendar, "NAME"),
        "events": [event(each) for each in calendar.walk("VEVENT")],
        "zones": zones,
        "errors": errors,
    }


json.dump([read(case) for case in json.load(sys.stdin)], sys.stdout)
