"""Python's csv module as the peer of ours.

Reads cases as JSON: {"texts": [{"text", "separator"}], "rows": [[...cells of one file...]]}. Answers with what each text
holds (null where strict reading refuses it) and with each table as a text.
"""
import csv
import io
import json
import sys

cases = json.load(sys.stdin)


def read(case):
    try:
        lines = io.StringIO(case["text"], newline="")
        return [row for row in csv.reader(lines, strict=True, delimiter=case["separator"]) if row]
    except csv.Error:
        return None


def write(rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


json.dump({"read": [read(case) for case in cases["texts"]], "written": [write(rows) for rows in cases["rows"]]}, sys.stdout)
