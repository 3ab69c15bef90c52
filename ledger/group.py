"""The online way in: many callers' items gathered into one transaction, each with its own outcome after the commit.

A book's vouchers are numbered without gaps, so its postings are serial whoever makes them. One writer that takes what is
waiting and commits it once serves hundreds of callers at the price of one commit, and a hot account costs no more than a
quiet one. It takes the same path as every other posting.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Self

from ledger.batch import Item
from ledger.desk import Desk
from ledger.faults import Failed, Refusal, Refused
from ledger.shape import check

if TYPE_CHECKING:
    from psycopg import Connection


@dataclass(frozen=True, slots=True)
class _Call:
    items: Sequence[Item]
    answer: Future[list[str]]


class Writer:
    """One thread with one connection that posts what others submit. Use it as a context manager.

    A caller's items stand each on their own, or together by their `link`. A lost connection fails the calls that were
    under way with Failed: nobody knows whether they were kept, and the same keys sent again get the first answer.
    """

    def __init__(self, url: str, actor: str, most: int = 500) -> None:
        self._url, self._actor, self._most = url, actor, most
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="gongji-writer")
        self._ended = False

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Post what is waiting, then end."""
        self._ended = True
        self._calls.put(None)
        self._thread.join()

    def submit(self, *items: Item) -> Future[list[str]]:
        """Queue items of one caller; the outcomes come when they are kept. Raises Refused where one is malformed."""
        check(items)
        if self._ended:
            raise Failed(Refusal("writer", "it has ended", advice="start another one"))
        answer: Future[list[str]] = Future()
        self._calls.put(_Call(items, answer))
        return answer

    def _work(self) -> None:
        conn: Connection[Any] | None = None
        desk: Desk | None = None
        while (call := self._calls.get()) is not None:
            calls, last = self._gathered(call)
            try:
                if conn is None or desk is None or conn.closed:
                    conn = self._connected()
                    desk = Desk(conn, self._actor)
                _serve(desk, calls)
            except Exception as error:  # whatever it was, somebody is waiting for an answer
                if conn is not None:
                    conn.close()
                _fail(calls, error)
            if last:
                break
        if conn is not None:
            conn.close()

    def _gathered(self, first: _Call) -> tuple[list[_Call], bool]:
        """What is waiting, and whether it is the last there will be."""
        calls, items = [first], len(first.items)
        while items < self._most:
            try:
                call = self._calls.get_nowait()
            except Empty:
                break
            if call is None:
                return calls, True
            calls.append(call)
            items += len(call.items)
        return calls, False

    def _connected(self) -> Connection[Any]:
        from ledger.database import connect

        conn = connect(self._url)
        conn.autocommit = True
        return conn


def _serve(desk: Desk, calls: Sequence[_Call]) -> None:
    items = [_own(item, number) for number, call in enumerate(calls) for item in call.items]
    try:
        outcomes = iter(desk.post(items, together=False))
    except Refused:  # one caller's fault must not be everybody's: each by itself
        if len(calls) == 1:
            raise
        for call in calls:
            try:
                _serve(desk, [call])
            except Refused as refused:
                call.answer.set_exception(refused)
        return
    for call in calls:
        call.answer.set_result([next(outcomes) for _ in call.items])


def _own(item: Item, call: int) -> Item:
    """The item with a link that no other caller has."""
    return item._replace(link=f"{call} {item.link}") if item.link else item


def _fail(calls: Sequence[_Call], error: Exception) -> None:
    from ledger.database import explain

    failed = error if isinstance(error, Refused) else explain(error, "writer") or error
    for call in calls:
        if not call.answer.done():
            call.answer.set_exception(failed)
