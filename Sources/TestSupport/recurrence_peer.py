"""Expands recurrence rules with python-dateutil, so that the tests do not have to trust our expansion.

Takes a JSON list of {"rule", "start", "zone", "count", "before"} on standard input and prints for each a JSON list of
[time on the wall, seconds since 1970], or null where this machine doesn't know the zone. A wall time that is skipped
has the offset from before the gap (PEP 495, fold 0), one that comes twice is the first, as RFC 5545 has it.
"""

import json
import sys
from datetime import datetime, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rrulestr

zones = {}


def zone(name):
    if name not in zones:
        try:
            zones[name] = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            zones[name] = None
    return zones[name]


def expand(case):
    place = zone(case["zone"])
    if place is None:
        return None
    start = datetime.fromisoformat(case["start"]).replace(tzinfo=place)
    before = datetime.fromisoformat(case["before"])
    found = []
    for time in rrulestr(case["rule"], dtstart=start):
        wall = time.replace(tzinfo=None)
        if wall >= before or len(found) == case["count"]:
            break
        found.append([wall.isoformat(), int(time.astimezone(timezone.utc).timestamp())])
    return found


json.dump([expand(case) for case in json.load(sys.stdin)], sys.stdout)
