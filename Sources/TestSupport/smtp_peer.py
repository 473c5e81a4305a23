"""A mail server for the tests: aiosmtpd on several ports, well-behaved or not as each test asks.

Usage: smtp_peer.py FOLDER. Prints its ports as one line of JSON, writes each message it takes to the folder
as JSON. Ends when its standard input does, so that it cannot outlive the tests, and takes the folder along.

The ports: plain, starttls (needs STARTTLS, then a sign-in), login (the same, by AUTH LOGIN only), tls (from
the first byte), silent (never says a word), unwilling (554), busy (421), closed (nobody there).
What goes wrong on "plain" depends on the first part of the recipient's address; see Handler and Peer.
"""

import asyncio
import base64
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import uuid
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

FOLDER = Path(sys.argv[1])
USER, PASSWORD = b"ana", b"correct horse \xc3\xa9 \"\\"


def encoded(content):
    return base64.b64encode(content).decode()


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("refused-sender"):
            return "550 5.7.1 We take nothing from you"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        match address.split("@")[0]:
            case "full":
                return "452 4.2.2 The mailbox is full"
            case "nobody":
                return "550 5.1.1 Nobody of that name"
            case "relay":
                return "530 5.7.0 Sign in first"
            case "echo":
                return "451 4.0.0 Your password is secret-word-1 or " + encoded(b"secret-word-1")
            case "slow":
                await asyncio.sleep(30)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        match envelope.rcpt_tos[0].split("@")[0]:
            case "busy-at-end":
                return "451 4.3.0 Try later"
            case "spam":
                return "554 5.7.1 That looks like spam"
            case "drop-at-end":
                server.transport.abort()
                return "250 OK"
            case "slow-at-end":
                await asyncio.sleep(30)
        taken = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "content": encoded(envelope.original_content),
            "secure": session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None,
            "mechanism": getattr(session, "mechanism", None),
            "greeting": session.host_name,
        }
        draft = FOLDER / f"{uuid.uuid4()}.tmp"
        draft.write_text(json.dumps(taken))
        draft.rename(draft.with_suffix(".json"))
        if envelope.rcpt_tos[0].startswith("pause-at-end"):
            await asyncio.sleep(3)
        if envelope.rcpt_tos[0].startswith("drop-after-answer"):
            server.transport.write(b"250 OK\r\n")
            server.transport.close()
        return "251 Taken" if envelope.rcpt_tos[0].startswith("odd-yes") else "250 OK"


class Peer(SMTP):
    async def smtp_DATA(self, arg):
        first = self.envelope.rcpt_tos[0] if self.envelope.rcpt_tos else ""
        if first.startswith("drop-midway"):
            await self.push("354 Go ahead")
            await self._reader.readline()
            self.transport.abort()
        elif first.startswith("stall-midway"):
            await self.push("354 Go ahead")
            await asyncio.sleep(30)
        elif first.startswith("no-data"):
            await self.push("503 5.5.1 No message now")
        else:
            await super().smtp_DATA(arg)


def sign_in(server, session, envelope, mechanism, data):
    if data.login == USER and data.password == PASSWORD:
        session.mechanism = mechanism
        return AuthResult(success=True)
    return AuthResult(success=False, handled=False)


def certificate():
    key, pem = FOLDER / "key.pem", FOLDER / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", key, "-out", pem],
        check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem, key)
    return pem, context


async def main():
    loop = asyncio.get_running_loop()
    pem, context = certificate()
    secured = {
        "tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": sign_in}

    async def serve(factory, tls=None):
        server = await loop.create_server(factory, "127.0.0.1", 0, ssl=tls)
        servers.append(server)
        return server.sockets[0].getsockname()[1]

    async def serve_words(words):
        async def talk(reader, writer):
            writer.write(words)
            await reader.read()
            writer.close()
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        servers.append(server)
        return server.sockets[0].getsockname()[1]

    def peer(**options):
        return lambda: Peer(Handler(), enable_SMTPUTF8=False, **options)

    servers = []
    # Bound but not listening: connections are refused, and nobody else gets the port.
    closed = socket.socket()
    closed.bind(("127.0.0.1", 0))
    ports = {
        "plain": await serve(peer()),
        "starttls": await serve(peer(**secured)),
        "login": await serve(peer(**secured, auth_exclude_mechanism=["PLAIN"])),
        "tls": await serve(peer(), tls=context),
        "silent": await serve_words(b""),
        "unwilling": await serve_words(b"554 5.3.2 Not here\r\n"),
        "busy": await serve_words(b"421 4.3.2 Too busy\r\n"),
        "closed": closed.getsockname()[1],
    }
    print(json.dumps({"ports": ports, "certificate": str(pem)}), flush=True)
    await loop.run_in_executor(None, sys.stdin.buffer.read)
    shutil.rmtree(FOLDER, ignore_errors=True)
    # Conversations that still wait on purpose are not waited for.
    os._exit(0)


asyncio.run(main())
