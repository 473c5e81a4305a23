#!/usr/bin/env python3
"""Plays the product in a real browser, as the people who use it.

    Tests/Browser/run.py                 every suite
    Tests/Browser/run.py session         only that suite
    Tests/Browser/run.py dragging        only the tests with that word in their sentence, and those they go on from

Starts servers of its own. THROUGHLINE_PROGRAM names another program than .build/debug/throughline;
THROUGHLINE_SCREENSHOTS another folder for the pictures than .build/browser.
"""
import importlib
import pathlib
import signal
import sys
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from playwright.sync_api import sync_playwright  # noqa: E402

from stage import Stage, sentence, suites  # noqa: E402

order = [
    "setting_up", "session", "carry", "without_script", "keyboard", "saving", "kept", "live", "two_servers", "clocks",
    "calendar", "bad_input", "series", "reminders", "okrs", "search", "pages",
]


def chosen(module, word):
    """The tests of a suite to play: all up to the last that is meant, because each goes on from the one before."""
    tests = suites.get(module.__name__, [])
    if word in ("", module.__name__.removeprefix("suites.")):
        return tests
    if word in order:
        return []
    meant = [number for number, play in enumerate(tests) if word in sentence(play)]
    return tests[:meant[-1] + 1] if meant else []


def play_suite(browser, module, tests, counts):
    print(f"\n{module.__doc__.strip()}", flush=True)
    stage = Stage(browser)
    is_broken = False
    try:
        for number, play in enumerate(tests):
            # Every test needs what the first sets up; those of a story need all before them.
            if is_broken and (number == 1 or getattr(module, "is_story", False)):
                counts["failed"] += len(tests) - number
                print(f"     {len(tests) - number} more can't be played: they go on from there.", flush=True)
                break
            is_broken = not play_test(stage, play)
            counts["failed" if is_broken else "passed"] += 1
    finally:
        stage.close()


def play_test(stage, play):
    began = time.monotonic()
    complaint = None
    try:
        play(stage)
    except Exception as error:  # a test may fail in any way there is
        stage.shoot_failure(play.__name__)
        place = [frame for frame in traceback.extract_tb(error.__traceback__) if "Tests/Browser" in frame.filename]
        where = "".join(f"\n       {pathlib.Path(frame.filename).name}:{frame.lineno} {frame.line}" for frame in place[1:])
        # The browser's picture of the whole page would bury the words.
        complaint = str(error).partition("Aria snapshot:")[0].strip() + where
    problems = stage.problems()
    if problems:
        complaint = "\n".join([*([complaint] if complaint else []), *problems])
    seconds = time.monotonic() - began
    if complaint is None:
        print(f"  ok {sentence(play)} ({seconds:.1f} s)", flush=True)
        return True
    print(f"  NO {sentence(play)} ({seconds:.1f} s)", flush=True)
    print("       " + complaint.replace("\n", "\n       "), flush=True)
    return False


def main():
    # Asked to stop, it stops the servers that it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    counts = {"passed": 0, "failed": 0}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name in order:
            module = importlib.import_module(f"suites.{name}")
            if tests := chosen(module, word):
                play_suite(browser, module, tests, counts)
        browser.close()
    print(f"\n{counts['passed']} passed, {counts['failed']} failed")
    sys.exit(1 if counts["failed"] else 0)


main()
