"""Setting up, joining, signing in and out"""
import re

from playwright.sync_api import expect

import company
from product import text_of, wait_for
from stage import test

is_story = True
people = {}


@test
def sets_up(stage):
    """The link that the first start prints leads to a company with its first administrator."""
    people["admin"] = company.set_up(stage)
    people["admin"].go("/")
    people["admin"].sees("No session is planned")


@test
def link_works_once(stage):
    """The set-up link works once."""
    other = stage.person("Somebody")
    with other.expecting(410, 404):
        other.go(stage.product.set_up_link())
        other.sees_heading("This link has been used")
    other.go("/")
    other.is_at("sign-in")
    stage.leave(other)


@test
def joins_by_copied_link(stage):
    """Those who are invited join with the link that the administrator copies from the page."""
    admin = people["admin"]
    link = company.invite(admin, "Joost de Wit", "joost@larkfield.example", "Head of Care Platform")
    admin.context.grant_permissions(["clipboard-read", "clipboard-write"])
    admin.press("Copy the link")
    admin.is_told("Copied")
    assert admin.page.evaluate("navigator.clipboard.readText()") == link
    people["joost"] = company.join(stage, link, "Joost de Wit", "joost@larkfield.example")
    link = company.invite(admin, "Ana Ferreira", "ana@larkfield.example", "Product lead", manager="Joost de Wit")
    people["ana"] = company.join(stage, link, "Ana Ferreira", "ana@larkfield.example")
    people["ana"].go("/people")
    row = people["ana"].page.get_by_role("listitem").filter(has_text="Product lead")
    people["ana"].sees("reports to Joost de Wit", within=row)
    other = stage.person("Somebody")
    with other.expecting(410, 404):
        other.go(link)
        other.sees_heading("This link has been used")
    stage.leave(other)


@test
def invitation_is_mailed(stage):
    """The invitation is in the mail folder too, with the same way in."""
    letter = stage.product.letter("ana@larkfield.example")
    assert f"{stage.product.address}/invitations/" in text_of(letter), text_of(letter)


@test
def signs_out_and_in(stage):
    """One signs out, and back in with the password that one has chosen."""
    ana = people["ana"]
    company.sign_out(ana)
    ana.is_told("You are signed out")
    ana.go("/goals")
    ana.sees("Then you go on where you were")
    ana.fill("E-mail address", ana.email)
    ana.fill("Password", ana.password)
    ana.press("Sign in")
    ana.is_at("goals")


@test
def wrong_password(stage):
    """A wrong password is told so, and the address stays typed."""
    ana = people["ana"]
    company.sign_out(ana)
    with ana.expecting(401, 403, 422):
        company.sign_in(ana, password="not my password")
        ana.sees("don’t belong together")
    expect(ana.page.get_by_label("E-mail address")).to_have_value(ana.email)
    expect(ana.page.get_by_label("Password")).to_have_value("")
    ana.fill("Password", ana.password)
    ana.press("Sign in")
    ana.sees_heading(re.compile("Good .*, Ana"))


@test
def ends_sign_ins(stage):
    """Every browser that is signed in is listed, and one can be signed out from another."""
    ana = people["ana"]
    elsewhere = stage.person("Ana Ferreira", ana.email)
    company.sign_in(elsewhere)
    elsewhere.sees_heading(re.compile("Good .*, Ana"))
    ana.go("/settings")
    ana.sees("in 2 places")
    rows = ana.main.get_by_role("listitem").filter(has_text="Last used")
    others = rows.filter(has_not_text="this one")
    expect(others).to_have_count(1)
    others.get_by_role("button", name="Sign out").click()
    ana.sees("here only")
    elsewhere.go("/")
    elsewhere.is_at("sign-in")
    stage.leave(elsewhere)


@test
def chooses_new_password(stage):
    """Who has forgotten the password is told whom to ask where no mail server is, and chooses a new one by a link."""
    ana = people["ana"]
    company.sign_out(ana)
    before = len(stage.product.letters(ana.email))
    ana.follow("I have forgotten my password")
    ana.fill("E-mail address", ana.email)
    ana.sees("No mail server is set up")
    ana.press("Ask for a link")
    ana.sees_heading("Ask an administrator")
    ana.sees("throughline people reset")
    wait_for(lambda: len(stage.product.letters(ana.email)) > before, "No mail came")
    link = wait_for(lambda: reset_link(stage, ana), "No mail has a link for a new password")
    ana.go(link)
    ana.password = "seven grey herons"
    company.choose_password(ana)
    ana.press("Set this password")
    ana.is_at("")
    company.sign_out(ana)
    company.sign_in(ana)
    ana.sees_heading(re.compile("Good .*, Ana"))


def reset_link(stage, person):
    for letter in stage.product.letters(person.email):
        if link := re.search(r"http\S+/password-reset/[\w-]+", text_of(letter)):
            return link[0]
    return None


@test
def says_no_more_than_it_must(stage):
    """Asking for a link says the same for an address that nobody has."""
    other = stage.person("Somebody", "nobody@larkfield.example")
    other.go("/forgotten-password")
    other.fill("E-mail address", other.email)
    other.press("Ask for a link")
    other.sees("If somebody here has that address")
    stage.leave(other)
