"""How a company comes to be, through the pages."""
import re


def set_up(stage, company="Larkfield", name="Ruth Amsel", email="ruth@larkfield.example", at=None, **options):
    """A fresh product, set up by its first administrator; `at` is when, if not now."""
    stage.product.start(at)
    admin = stage.person(name, email, **options)
    admin.go(stage.product.set_up_link())
    admin.fill("What is your company called?", company)
    admin.fill("Your name", admin.name)
    admin.fill("Your e-mail address", admin.email)
    choose_password(admin)
    admin.choose("Time zone", "Europe/Amsterdam")
    admin.press("Set up Throughline")
    admin.is_told("Throughline is yours")
    return admin


def choose_password(person):
    person.fill(re.compile("^(Choose a|Your new) password"), person.password)
    person.fill("The same once more", person.password)


def invite(admin, name, email, job="", manager=None):
    """Invites somebody and gives the link that the page shows."""
    admin.go("/people/new")
    admin.fill("Their name", name)
    admin.fill("Their e-mail address", email)
    admin.fill("What they do", job)
    if manager:
        admin.choose("Reports to", manager)
    admin.press("Invite them")
    admin.sees_heading(f"{name.split()[0]} is invited")
    return admin.page.get_by_label("The link").input_value()


def join(stage, link, name, email, **options):
    """Somebody opens their invitation and comes in."""
    person = stage.person(name, email, **options)
    person.go(link)
    choose_password(person)
    person.choose("Time zone", options.get("timezone_id", "Europe/Amsterdam").replace("_", " "))
    person.press(re.compile("^Join "))
    person.sees_heading(re.compile(f"Good .*, {person.first}"))
    return person


def sign_in(person, password=None):
    person.go("/sign-in")
    person.fill("E-mail address", person.email)
    person.fill("Password", password or person.password)
    person.press("Sign in")


def sign_out(person):
    person.page.locator("details.menu summary").click()
    person.press("Sign out")


def found(stage, at=None, **options):
    """Larkfield with its administrator, Joost, and Ana who reports to him; `at` is when, if not now."""
    admin = set_up(stage, at=at, **options)
    link = invite(admin, "Joost de Wit", "joost@larkfield.example", "Head of Care Platform")
    joost = join(stage, link, "Joost de Wit", "joost@larkfield.example", **options)
    link = invite(admin, "Ana Ferreira", "ana@larkfield.example", "Product lead", manager="Joost de Wit")
    ana = join(stage, link, "Ana Ferreira", "ana@larkfield.example", **options)
    return admin, ana, joost
