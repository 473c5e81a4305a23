"""Reads messages with Python's own e-mail package, so that the tests do not have to trust our writer.

Takes a JSON list of base64 messages on standard input and prints a JSON list of what stands in them.
"""

import base64
import json
import sys
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses


def part(entity):
    disposition = entity["content-disposition"]
    found = {
        "type": entity.get_content_type(),
        "charset": entity.get_content_charset(),
        "method": entity.get_param("method"),
        "disposition": entity.get_content_disposition(),
        "filename": None if disposition is None else disposition.params.get("filename"),
        "content": None,
        "parts": [],
        "defects": [type(defect).__name__ for defect in entity.defects],
    }
    if entity.is_multipart():
        found["parts"] = [part(child) for child in entity.iter_parts()]
    else:
        found["content"] = base64.b64encode(entity.get_payload(decode=True)).decode()
    return found


def people(header):
    """The older of Python's readers: the newer one puts blanks between the encoded words of a name."""
    unfolded = [] if header is None else [header.replace("\r", "").replace("\n", "")]
    return [{"name": str(make_header(decode_header(name))), "email": email}
            for name, email in getaddresses(unfolded)]


def read(raw):
    message = message_from_bytes(raw, policy=policy.default)
    plain = message_from_bytes(raw, policy=policy.compat32)
    defects = [
        f"{name}: {defect}" for name, value in message.items() for defect in getattr(value, "defects", [])]
    return {
        "names": [name for name in message.keys()],
        "headers": {name.lower(): str(value) for name, value in message.items()},
        "from": people(plain["from"]),
        "replyTo": people(plain["reply-to"]),
        "to": people(plain["to"]),
        "seconds": message["date"].datetime.timestamp(),
        "headerDefects": defects,
        "body": part(message),
    }


json.dump([read(base64.b64decode(one)) for one in json.load(sys.stdin)], sys.stdout)
