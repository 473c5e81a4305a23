"""The product as a running program: a server of its own, on a free port, with an empty data folder."""
import datetime
import email
import email.policy
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

root = pathlib.Path(__file__).resolve().parents[2]
program = os.environ.get("THROUGHLINE_PROGRAM") or str(root / ".build" / "debug" / "throughline")


class Product:
    def __init__(self, *flags):
        self.flags = flags
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="throughline-browser-"))
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.ahead = 0.0  # seconds that its clock is ahead of this machine's

    def run(self, command, *more):
        """Runs another command on the same data, and gives what it printed."""
        done = subprocess.run(
            [program, command, *more, "--data", self.data, "--address", self.address],
            capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise RuntimeError(f"throughline {command}: {done.stderr or done.stdout}")
        return done.stdout

    def start(self, at=None):
        """Starts it. `at` is the moment that its clock shows then, from which it runs on; without, that of this machine."""
        self.ahead = 0.0 if at is None else at.timestamp() - time.time()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [program, "serve", "--port", str(self.port), "--data", self.data, *self.flags],
                stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **clock(self.ahead)})
        deadline = time.monotonic() + 30
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("The server does not start:\n" + self.log.read_text())
            time.sleep(0.05)

    def is_ready(self):
        try:
            with urllib.request.urlopen(self.address + "/readyz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def now(self):
        """The moment that its clock shows."""
        return datetime.datetime.fromtimestamp(time.time() + self.ahead, datetime.timezone.utc)

    def stop(self):
        """Asks it to end, and waits until it has."""
        self.process.terminate()
        self.process.wait(timeout=15)

    def kill(self):
        """Ends it at once, as a loss of power would."""
        self.process.kill()
        self.process.wait()

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def set_up_link(self):
        """The newest link that the program has printed for setting it up."""
        return wait_for(self.last_set_up_link, "The server prints no set-up link")

    def last_set_up_link(self):
        links = re.findall(r"http\S+/set-up/\S+", self.log.read_text())
        return links[-1] if links else None

    def letters(self, to=None, about=""):
        """The messages in the mail folder, as the program wrote them."""
        letters = []
        for file in sorted((self.data / "mail").glob("*.eml")):
            letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            if about in letter["subject"] and (to is None or to in letter["to"]):
                letters.append(letter)
        return letters

    def letter(self, to, about=""):
        """The last message to somebody, once it has come."""
        return wait_for(lambda: (self.letters(to, about) or [None])[-1], f"No mail came to {to}")


def clock(ahead):
    """The environment of a program whose clock is so many seconds ahead, by a library that is built for it."""
    if ahead == 0:
        return {}
    source, library = root / "Tests" / "Browser" / "clock.c", root / ".build" / "clock.so"
    if not library.exists() or library.stat().st_mtime < source.stat().st_mtime:
        # Swift's own compiler for C, which is there wherever the product is built.
        subprocess.run(["clang", "-shared", "-fPIC", "-O1", "-Wall", "-o", library, source], check=True)
    return {"LD_PRELOAD": str(library), "CLOCK_AHEAD": str(round(ahead * 1000))}


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(find, complaint, seconds=15):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := find():
            return found
        time.sleep(0.05)
    raise AssertionError(complaint)
