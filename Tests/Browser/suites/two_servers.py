"""One company on two servers that share a PostgreSQL"""
import re
import subprocess

from playwright.sync_api import expect

from product import Product, root
from stage import test
from suites.live import meet, notes

is_story = True
cast = {}


def postgresql(*words):
    done = subprocess.run(
        [root / "script" / "postgresql-for-tests", *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@test
def meet_on_two_servers(stage):
    """Ana's page comes from one server, Joost's from another; what he does is on her screen at once."""
    cast["database"] = postgresql("start")
    stage.at_end(lambda: postgresql("stop", cast["database"]))
    stage.product.flags = ("--database", cast["database"])
    ana, joost, room = meet(stage)
    cast["ana"], cast["joost"] = ana, joost
    second = Product("--database", cast["database"])
    stage.at_end(second.close)
    second.start()
    ana.go(room)
    # A cookie is for a host, whatever the port.
    joost.go(second.address + room)
    joost.press("Start the session")
    ana.sees("What are we here to settle?")
    joost.page.get_by_label("Decision").check()
    joost.fill("What was said", "The pilot widens to Ghent")
    joost.press("Add")
    expect(ana.page.locator(".caught")).to_contain_text("The pilot widens to Ghent")
    expect(ana.page.locator("#here")).to_contain_text("Joost is here")
    expect(joost.page.locator("#here")).to_contain_text("Ana is here")


@test
def write_on_two_servers(stage):
    """Both write in one note through servers of their own, and both see both."""
    ana, joost = cast["ana"], cast["joost"]
    notes(ana).fill("First\nSecond")
    expect(notes(joost)).to_have_value("First\nSecond")
    notes(joost).press("Control+Home")
    notes(joost).press_sequentially("The ")
    expect(ana.page.locator("#here")).to_contain_text("writing in Context notes")
    expect(notes(ana)).to_have_value("The First\nSecond")


@test
def outlives_postgresql(stage):
    """PostgreSQL is restarted in the middle: both servers listen again, and the pages catch up."""
    ana, joost = cast["ana"], cast["joost"]
    postgresql("restart", cast["database"])
    for person in (ana, joost):
        person.expected = [503]
    joost.page.get_by_label("Decision").check()
    joost.fill("What was said", "After the restart")
    joost.press("Add")
    if not joost.page.locator(".caught", has_text="After the restart").count():
        joost.page.wait_for_timeout(3000)
    expect(ana.page.locator(".caught")).to_contain_text(re.compile("After the restart"), timeout=20_000)
