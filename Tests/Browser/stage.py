"""What a suite is played on: a product of its own, a browser, and the people at it."""
import contextlib
import os
import pathlib

from person import Person
from product import Product, root

suites = {}


def test(play):
    """Marks a function as a test. Its docstring is the sentence that it proves."""
    suites.setdefault(play.__module__, []).append(play)
    return play


def sentence(play):
    return " ".join(play.__doc__.split())


class Stage:
    screenshots = pathlib.Path(os.environ.get("THROUGHLINE_SCREENSHOTS") or root / ".build" / "browser")

    def __init__(self, browser):
        self.browser = browser
        self.people = []
        self.endings = []
        self.product = Product()
        self.screenshots.mkdir(parents=True, exist_ok=True)

    def person(self, name, email=None, **options):
        person = Person(self, name, email, **options)
        self.people.append(person)
        return person

    def at_end(self, undo):
        """Notes what is to be undone once all is played, the last first."""
        self.endings.append(undo)

    def leave(self, person):
        """Closes somebody's browser."""
        self.people.remove(person)
        person.context.close()
        return person.problems

    def problems(self):
        """What the browsers complained about since one last asked."""
        found = [problem for person in self.people for problem in person.problems]
        for person in self.people:
            person.problems.clear()
            person.expected = []
        return found

    def shoot_failure(self, name):
        for person in self.people:
            with contextlib.suppress(Exception):
                person.shoot(f"failed-{name}-{person.first.lower()}")

    def close(self):
        for person in self.people:
            with contextlib.suppress(Exception):
                person.context.close()
        self.product.close()
        for undo in reversed(self.endings):
            with contextlib.suppress(Exception):
                undo()
