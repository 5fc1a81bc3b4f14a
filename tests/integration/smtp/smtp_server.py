"""A real mail server for tests: keeps what it takes, and misbehaves on request.

    smtp_server.py RECEIVED [--auth USER:PASSWORD] [--certificate PEM --key PEM] [--port N]

Prints "listening PORT". Each mail that is taken becomes one line of JSON in RECEIVED, as Python's own MIME parser
reads it. The recipient's local part says how to behave, as often as its number says ("busy-2"), then takes the mail:

    defer   451 at RCPT          refuse  550 at RCPT, always     full    552 after the data, always
    busy    421 at RCPT          vanish  keeps the mail, then drops the connection without a word
    tear    drops the connection in the middle of the data       tarpit  answers after an hour, always
    slow    takes it after 20 ms
"""

import argparse
import asyncio
import collections
import email
import email.policy
import json
import re
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

options = argparse.ArgumentParser()
options.add_argument("received")
options.add_argument("--auth")
options.add_argument("--certificate")
options.add_argument("--key")
options.add_argument("--port", type=int, default=0)
options = options.parse_args()

times = collections.Counter()


def behaviour(address):
    """What this recipient asks for now, or None when it has been done often enough."""
    found = re.fullmatch(r"([a-z]+)(?:-(\d+))?(?:\+.*)?", address.split("@")[0])
    if not found or found[1] not in ("defer", "refuse", "full", "busy", "vanish", "tear", "tarpit", "slow"):
        return None
    times[address] += 1
    return found[1] if not found[2] or times[address] <= int(found[2]) else None


def keep(envelope):
    mail = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
    parts = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
    line = {
        "from": envelope.mail_from,
        "to": envelope.rcpt_tos,
        "headers": {name: str(value) for name, value in mail.items()},
        "content_type": mail.get_content_type(),
        "text": parts.get("text/plain", ""),
        "html": parts.get("text/html", ""),
        "longest_line": max(len(line) for line in envelope.original_content.split(b"\r\n")),
        "ascii": envelope.original_content.isascii(),
        "defects": [str(defect) for part in mail.walk() for defect in part.defects],
    }
    with open(options.received, "a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        envelope.behaviour = behaviour(address)
        if envelope.behaviour == "defer":
            return "451 4.3.0 try again later"
        if envelope.behaviour == "refuse":
            return "550 5.1.1 no such mailbox"
        if envelope.behaviour == "busy":
            return "421 4.3.2 shutting down"
        if envelope.behaviour == "tarpit":
            await asyncio.sleep(3600)
        if envelope.behaviour == "tear":
            # The client may begin its data; then the line goes dead.
            asyncio.get_running_loop().call_later(0.05, server.transport.abort)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.behaviour == "full":
            return "552 5.2.2 mailbox full"
        if envelope.behaviour == "tear":
            await asyncio.sleep(3600)
        if envelope.behaviour == "slow":
            await asyncio.sleep(0.02)
        keep(envelope)
        if envelope.behaviour == "vanish":
            server.transport.abort()
        return "250 2.0.0 queued as " + str(times.total())


def authenticate(server, session, envelope, mechanism, data):
    user, password = options.auth.split(":", 1)
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (user.encode(), password.encode())
    return AuthResult(success=right)


async def main():
    context = None
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)

    def session():
        return SMTP(
            Handler(),
            tls_context=context,
            require_starttls=context is not None,
            auth_required=options.auth is not None,
            auth_require_tls=False,
            authenticator=authenticate if options.auth else None,
            enable_SMTPUTF8=False,
            loop=asyncio.get_running_loop(),
        )

    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", options.port)
    print("listening", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
