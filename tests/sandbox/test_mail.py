"""What is sent by SMTP can be read in the mail box, whole, and cannot do harm there."""

from __future__ import annotations

import smtplib
import socket
from email.message import EmailMessage
from typing import Any

import pytest

from sandbox.mail import receiver
from tests.sandbox.running import RunningSandbox

PICTURE = b"\x89PNG\r\n\x1a\npicture"
DOCUMENT = b"%PDF-1.7 ticket"


def letter(to: str, **changes: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Theater aan de Leie <tickets@leie.example>"
    message["To"] = to
    message["Subject"] = changes.get("subject", "Je tickets voor Phèdre")
    message.set_content("Dag Ann,\n\n.een regel met een punt\nTot dan\n")
    html = changes.get("html", '<h1>Dag Ann</h1><img src="cid:logo">')
    message.add_alternative(html, subtype="html")
    body = message.get_payload()[1]
    assert isinstance(body, EmailMessage)
    body.add_related(PICTURE, maintype="image", subtype="png", cid="<logo>")
    message.add_attachment(DOCUMENT, maintype="application", subtype="pdf", filename="tickets é.pdf")
    return message


def send(sandbox: RunningSandbox, message: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port, timeout=5) as client:
        client.send_message(message)


def messages(sandbox: RunningSandbox, to: str) -> list[dict[str, Any]]:
    return sandbox.get(f"/mail/messages.json?to={to}").json()


def test_mail_is_kept_whole(sandbox: RunningSandbox) -> None:
    send(sandbox, letter("whole@example.org"))

    (kept,) = messages(sandbox, "whole@example.org")

    assert (kept["from"], kept["to"], kept["subject"]) == (
        "tickets@leie.example",
        ["whole@example.org"],
        "Je tickets voor Phèdre",
    )
    assert kept["text"].splitlines() == ["Dag Ann,", "", ".een regel met een punt", "Tot dan"]
    assert [item["name"] for item in kept["attachments"]] == ["part-0", "tickets é.pdf"]
    picture, document = (sandbox.get(item["url"].removeprefix(sandbox.url)).body for item in kept["attachments"])
    assert (picture, document) == (PICTURE, DOCUMENT)


def test_list_is_filtered_by_recipient(sandbox: RunningSandbox) -> None:
    send(sandbox, letter("ann@filter.example", subject="For Ann"))
    send(sandbox, letter("bert@filter.example", subject="For Bert"))

    page = sandbox.get("/mail/?to=ANN@filter.example&lang=en").text

    assert "For Ann" in page
    assert "For Bert" not in page
    assert [kept["subject"] for kept in messages(sandbox, "filter.example")] == ["For Bert", "For Ann"]


def test_older_mail_is_a_page_further(sandbox: RunningSandbox) -> None:
    for number in range(52):
        send(sandbox, letter("many@example.org", subject=f"Number {number}"))

    first = sandbox.get("/mail/?to=many@example.org&lang=en").text
    older = first.split('href="/mail/?')[1].split('"')[0].replace("&amp;", "&")

    assert "Number 2<" in first
    assert "Number 1<" not in first
    assert "Number 1<" in sandbox.get(f"/mail/?{older}&lang=en").text


def test_reading_shows_the_mail_in_a_closed_frame(sandbox: RunningSandbox) -> None:
    send(sandbox, letter("frame@example.org", html='<img src="cid:logo"><script>alert(1)</script>'))
    (kept,) = messages(sandbox, "frame@example.org")

    page = sandbox.get(f"/mail/{kept['id']}?lang=nl").text
    inner = sandbox.get(f"/mail/{kept['id']}/html")

    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert "<script" not in page
    assert inner.headers["Content-Security-Policy"].startswith("sandbox allow-popups")
    assert "allow-scripts" not in inner.headers["Content-Security-Policy"]
    assert f'src="/mail/{kept["id"]}/attachments/0"' in inner.text


def test_script_in_a_subject_is_text(sandbox: RunningSandbox) -> None:
    send(sandbox, letter("script@example.org", subject="<script>alert(1)</script>"))

    assert "<script" not in sandbox.get("/mail/?to=script@example.org").text


def test_mailed_html_file_is_saved_and_never_run(sandbox: RunningSandbox) -> None:
    message = letter("file@example.org")
    message.add_attachment("<script>alert(1)</script>", subtype="html", filename="page.html")
    send(sandbox, message)
    (kept,) = messages(sandbox, "file@example.org")

    answer = sandbox.get(kept["attachments"][-1]["url"].removeprefix(sandbox.url))

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_mail_that_is_no_mail_is_kept_as_it_is(sandbox: RunningSandbox) -> None:
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port, timeout=5) as client:
        client.sendmail("a@example.org", ["odd@example.org"], b"\xff\xfe no header\r\nat all")
    (kept,) = messages(sandbox, "odd@example.org")

    assert sandbox.get(f"/mail/{kept['id']}").status == 200
    assert b"at all" in sandbox.get(f"/mail/{kept['id']}/source").body


@pytest.mark.parametrize("length", [4094, 4096, 50_000])
def test_long_lines_pass(sandbox: RunningSandbox, length: int) -> None:
    line = b"x" * length + b"."
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port, timeout=5) as client:
        client.sendmail("a@example.org", [f"long{length}@example.org"], b"Subject: long\r\n\r\n" + line)

    assert messages(sandbox, f"long{length}@example.org")[0]["text"].strip() == line.decode()


def test_announced_giant_is_refused(sandbox: RunningSandbox) -> None:
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port, timeout=5) as client:
        client.ehlo()
        assert client.docmd(f"MAIL FROM:<a@example.org> SIZE={receiver.MAX_MESSAGE + 1}")[0] == 552


@pytest.mark.parametrize(
    ("commands", "code"),
    [
        (["DATA"], b"503"),
        (["MAIL FROM:nobody"], b"501"),
        (["RCPT TO:<a@example.org>"], b"503"),
        (["MAIL FROM:<a@example.org>", "DATA"], b"503"),
        (["MAIL FROM:<a@example.org>", "RCPT TO:<>"], b"501"),
        (["VRFY root"], b"502"),
        (["x" * 10_000], b"500"),
    ],
)
def test_clumsy_clients_are_told(sandbox: RunningSandbox, commands: list[str], code: bytes) -> None:
    with socket.create_connection(("127.0.0.1", sandbox.smtp_port), timeout=5) as connection:
        stream = connection.makefile("rwb")
        stream.readline()
        for command in commands:
            stream.write(command.encode() + b"\r\n")
            stream.flush()
            answer = stream.readline()
    assert answer.startswith(code)
