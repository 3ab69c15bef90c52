"""A wire between a client and its server, on which every message is counted and any of them may be struck at."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import quote

SOCKET = ".s.PGSQL.5432"


class Message(NamedTuple):
    """One message of the protocol: the how manyth on this wire, from which end, its type and what it says.

    `backend` is the process that serves this client, as the server said when it let it in.
    """

    number: int
    from_client: bool
    text: bytes
    backend: int

    @property
    def says_done(self) -> bool:
        """The server's answer that nothing is open: what was asked before is kept, or undone."""
        return not self.from_client and self.text == b"ZI"


class Wire:
    """Forwards whole messages, and asks `struck` about each of them, where the server stands.

    That is after a message was handed to the server and before one of the server's goes on; yes cuts the wire there.
    """

    def __init__(self, folder: Path, server: Path, struck: Callable[[Message], bool] = lambda message: False) -> None:
        self.folder, self.server, self.struck = folder, server, struck
        self.passed = self.backend = 0  # messages so far, and who serves the latest client
        self.error: Exception | None = None  # what went wrong at a strike, raised again where the wire is taken down
        self._numbers = count(1)
        self._listener = socket.socket(socket.AF_UNIX)
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def url(self, database: str) -> str:
        return f"postgresql://gongji@/{database}?host={quote(str(self.folder), safe='/')}&port=5432"

    def __enter__(self) -> Self:
        self._listener.bind(str(self.folder / SOCKET))
        self._listener.listen()
        self._begin(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        for end in (self._listener, *self._ends):
            shut(end)
        for thread in self._threads:
            thread.join()
        for end in (self._listener, *self._ends):
            end.close()
        (self.folder / SOCKET).unlink()
        if self.error:
            raise self.error

    def _begin(self, work: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=work, args=given)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):  # the wire is taken down
            while True:
                client, server = self._listener.accept()[0], socket.socket(socket.AF_UNIX)
                self._ends += [client, server]
                if server.connect_ex(str(self.server / SOCKET)):
                    shut(client)
                    continue
                self._begin(self._up, client, server)
                self._begin(self._down, client, server)

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):  # either end is gone
            server.sendall(received(client, 0))  # who asks for what: the one message without a type
            cut = False
            while not cut:
                text = received(client, 1)
                server.sendall(text)
                cut = self._is_struck(text, from_client=True)
        shut(client)
        shut(server)

    def _down(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            text = received(server, 1)
            while not self._is_struck(text, from_client=False):
                client.sendall(text)
                text = received(server, 1)
        shut(client)
        shut(server)

    def _is_struck(self, text: bytes, *, from_client: bool) -> bool:
        try:
            self.passed = next(self._numbers)
            if text[:1] == b"K" and not from_client:
                self.backend = int.from_bytes(text[5:9], "big")
            return self.struck(Message(self.passed, from_client, text[:1] + text[5:], self.backend))
        except Exception as error:
            self.error = error
            return True


def received(end: socket.socket, kind: int) -> bytes:
    """One whole message: its type, if it has one, its length, its text."""
    head = exactly(end, kind + 4)
    return head + exactly(end, int.from_bytes(head[kind:], "big") - 4)


def exactly(end: socket.socket, length: int) -> bytes:
    got = bytearray()
    while len(got) < length:
        piece = end.recv(length - len(got))
        if not piece:
            raise ConnectionResetError
        got += piece
    return bytes(got)


def shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
