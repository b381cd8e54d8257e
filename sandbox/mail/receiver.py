"""Receives mail by SMTP in a thread of its own: enough of RFC 5321 for a client that sends, within bounds."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)

MAX_LINE = 4096
MAX_MESSAGE = 20 * 1024 * 1024
MAX_RECIPIENTS = 100
MAX_CONNECTIONS = 32
IDLE_SECONDS = 60
PATH = re.compile(r"(?:FROM|TO):\s*<([^<>\s]{0,320})>(.*)\Z", re.IGNORECASE)
SIZE = re.compile(r"\bSIZE=(\d+)", re.IGNORECASE)

Deliver = Callable[[str, tuple[str, ...], bytes], None]


class TooLarge(Exception):
    """The message went over the limit; the rest of it is read and thrown away."""


@dataclass
class Envelope:
    sender: str | None = None
    recipients: list[str] = field(default_factory=list)


class Receiver:
    def __init__(self, host: str, port: int, deliver: Deliver) -> None:
        self.host = host
        self.port = port
        self.deliver = deliver
        self._connections = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="smtp", daemon=True)
        self._listening = threading.Event()

    def start(self) -> None:
        self._thread.start()
        self._listening.wait(timeout=5)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=2)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(
                asyncio.start_server(self._serve, self.host, self.port, limit=MAX_LINE, reuse_address=True)
            )
        except OSError as error:
            # The pages stay useful without the receiver; the log says why no mail comes.
            logger.error("No mail can be received on %s:%s: %s", self.host, self.port, error)
            self._listening.set()
            return
        self._listening.set()
        self._loop.run_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        try:
            if self._connections > MAX_CONNECTIONS:
                await _say(writer, "421 Too many connections")
            else:
                await Conversation(reader, writer, self.deliver).hold()
        except (TimeoutError, ConnectionError, asyncio.IncompleteReadError):
            pass
        except Exception:
            logger.exception("A mail conversation broke off")
        finally:
            self._connections -= 1
            writer.close()


class Conversation:
    """One client's session, command by command."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, deliver: Deliver) -> None:
        self.reader = reader
        self.writer = writer
        self.deliver = deliver
        self.envelope = Envelope()

    async def hold(self) -> None:
        await _say(self.writer, "220 sandbox ESMTP")
        while True:
            try:
                line = await self._line()
            except ValueError:
                await _say(self.writer, "500 Line too long")
                return
            if not line:
                return
            command, _, argument = line.decode("utf-8", "replace").strip().partition(" ")
            match command.upper():
                case "QUIT":
                    await _say(self.writer, "221 Bye")
                    return
                case "DATA":
                    await self._data()
                case name:
                    await _say(self.writer, *self._reply(name, argument))

    def _reply(self, command: str, argument: str) -> tuple[str, ...]:
        match command:
            case "EHLO":
                return ("250-sandbox", f"250-SIZE {MAX_MESSAGE}", "250-8BITMIME", "250-SMTPUTF8", "250 PIPELINING")
            case "HELO" | "NOOP":
                return ("250 sandbox",)
            case "RSET":
                self.envelope = Envelope()
                return ("250 Ok",)
            case "MAIL":
                return (self._mail(argument),)
            case "RCPT":
                return (self._recipient(argument),)
            case _:
                return ("502 Not known here",)

    def _mail(self, argument: str) -> str:
        match = PATH.match(argument)
        if match is None:
            return "501 MAIL FROM:<address>"
        size = SIZE.search(match[2])
        if size and int(size[1]) > MAX_MESSAGE:
            return "552 Too large"
        self.envelope = Envelope(sender=match[1])
        return "250 Ok"

    def _recipient(self, argument: str) -> str:
        match = PATH.match(argument)
        if self.envelope.sender is None:
            return "503 MAIL first"
        if match is None or not match[1]:
            return "501 RCPT TO:<address>"
        if len(self.envelope.recipients) >= MAX_RECIPIENTS:
            return "452 Too many recipients"
        self.envelope.recipients.append(match[1])
        return "250 Ok"

    async def _data(self) -> None:
        if self.envelope.sender is None or not self.envelope.recipients:
            await _say(self.writer, "503 RCPT first")
            return
        await _say(self.writer, "354 End with a dot")
        try:
            raw = await self._message()
        except TooLarge:
            await _say(self.writer, "552 Too large")
        else:
            self.deliver(self.envelope.sender, tuple(self.envelope.recipients), raw)
            await _say(self.writer, "250 Kept")
        self.envelope = Envelope()

    async def _message(self) -> bytes:
        lines: list[bytes] = []
        size = 0
        at_start = True  # of a line: long lines come in pieces, and only a whole line can be the final dot
        while (line := await self._long_line()) != b".\r\n" or not at_start:
            if not line:
                raise ConnectionError("The client left in the middle of a message")
            size += len(line)
            if size <= MAX_MESSAGE:
                lines.append(line[1:] if at_start and line.startswith(b".") else line)
            at_start = line.endswith(b"\n")
        if size > MAX_MESSAGE:
            raise TooLarge
        return b"".join(lines)

    async def _line(self) -> bytes:
        return await asyncio.wait_for(self.reader.readline(), IDLE_SECONDS)

    async def _long_line(self) -> bytes:
        """Bodies may have lines longer than commands; they come in pieces."""
        try:
            return await asyncio.wait_for(self.reader.readuntil(b"\n"), IDLE_SECONDS)
        except asyncio.LimitOverrunError as overrun:
            return await self.reader.read(overrun.consumed)
        except asyncio.IncompleteReadError:
            return b""


async def _say(writer: asyncio.StreamWriter, *lines: str) -> None:
    writer.write("".join(f"{line}\r\n" for line in lines).encode())
    await writer.drain()
