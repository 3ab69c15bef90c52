"""What the doctor looks at and what it makes of it: facts are read once, findings are worked out from them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ledger.backup import LastBackup, last_backup
from ledger.roles import Finding as Right
from ledger.roles import findings as rights

if TYPE_CHECKING:
    from psycopg import Connection

State = Literal["ok", "warn", "bad"]

SET_UP = frozenset({"roles", "owner", "foreign keys", "definitions"})
"""What only a superuser can put in force. Where none ever did, it is a weakness and no damage."""

OFF_BY, FAR_OFF = timedelta(seconds=10), timedelta(minutes=5)
LONG = timedelta(minutes=10)  # an open transaction keeps the database from cleaning up
DAY = timedelta(days=1)
ROOM = 1 << 30
SHOWN = 3  # of many faults of one kind


class Words(NamedTuple):
    """The same in Chinese and in English."""

    zh: str
    en: str


NOTHING = Words("", "")
BACK_UP = Words("请备份：gongji backup FOLDER", "gongji backup FOLDER")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it stands, and what to do where it should stand better."""

    what: str
    state: State
    value: Words
    advice: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the doctor read, at one moment."""

    now: datetime
    server_now: datetime
    newest: datetime | None
    version: str
    schema: str
    risky_settings: tuple[str, ...]
    rights: tuple[Right, ...]
    by_superuser: bool
    unit: str
    closed_through: str
    adjusting: int
    vouchers: int
    unsealed: int
    unsealed_since: datetime | None
    backup: LastBackup | None
    size: int
    disk: tuple[int, int] | None
    wal: tuple[int, int] | None
    idle_slots: tuple[str, ...]
    long_transactions: tuple[str, ...]


def examine(conn: Connection[Any], workspace: Path, data: Path | None) -> list[Finding]:
    """Look at a database; `data` is the folder of a server whose disk can be seen from here."""
    return list(findings(read(conn, workspace, data)))


def findings(facts: Facts) -> Iterator[Finding]:
    yield Finding("server", "ok", both(f"PostgreSQL {facts.version}"))
    yield Finding("schema", "ok", both(facts.schema))
    yield _durability(facts)
    yield from _rights(facts)
    yield _periods(facts)
    yield _seals(facts)
    yield _backup(facts)
    yield _clock(facts)
    yield _disk(facts)
    yield from _log(facts)
    yield _transactions(facts)


def both(text: str) -> Words:
    """A name or a number, which is the same in both."""
    return Words(text, text)


def _durability(facts: Facts) -> Finding:
    if not facts.risky_settings:
        return Finding("durability", "ok", Words("已提交的内容均已落盘", "what is committed is on the disk"))
    return Finding(
        "durability",
        "bad",
        both(", ".join(facts.risky_settings)),
        Words(
            "请打开：断电时可能丢失或损坏已提交的内容",
            "switch them on: what was committed could be lost or damaged at a power cut",
        ),
    )


def _rights(facts: Facts) -> Iterator[Finding]:
    for what, group in groupby(facts.rights, lambda right: right.what):
        faults = [right for right in group if not right.ok]
        if not faults:
            yield Finding(what, "ok", Words("已生效", "in force"))
            continue
        weak = what in SET_UP and not facts.by_superuser
        where, more = "; ".join(right.where for right in faults[:SHOWN]), len(faults) - SHOWN
        value = Words(f"{where}；另有 {more} 处", f"{where}; and {more} more") if more > 0 else both(where)
        yield Finding(what, "warn" if weak else "bad", value, both(faults[0].advice))


def _periods(facts: Facts) -> Finding:
    unit, closed = facts.unit, facts.closed_through
    zh, en = f"{unit}，已结账至 {closed or '无'}", f"{unit}, closed through {closed or 'none'}"
    if not facts.adjusting:
        return Finding("periods", "ok", Words(zh, en))
    return Finding(
        "periods",
        "warn",
        Words(f"{zh}，{facts.adjusting} 个调整中", f"{en}, {facts.adjusting} adjusting"),
        Words("结账已开始但未完成：请重新结账", "a close was begun and not ended: run it again"),
    )


def _seals(facts: Facts) -> Finding:
    if facts.unsealed_since is None:
        return Finding("seals", "ok", Words("没有未封存的凭证", "no voucher is unsealed"))
    age = facts.server_now - facts.unsealed_since
    span = _span(age)
    value = Words(
        f"{facts.unsealed:,} 张凭证未封存，最早的已有 {span.zh}",
        f"{facts.unsealed:,} vouchers unsealed, the oldest for {span.en}",
    )
    if age <= DAY:
        return Finding("seals", "ok", value)
    return Finding("seals", "warn", value, Words("请封存：gongji audit seal", "gongji audit seal"))


def _backup(facts: Facts) -> Finding:
    last = facts.backup
    if last is None:
        value = Words("此工作区尚无备份", "none was taken from this workspace")
        return Finding("backup", "warn" if facts.vouchers else "ok", value, BACK_UP)
    since, when = facts.vouchers - last.vouchers, f"{last.taken_at.astimezone():%Y-%m-%d %H:%M}"
    value = Words(
        f"{when}，其后新增 {since:,} 张凭证，位于 {last.folder}", f"{when}, {since:,} vouchers ago, in {last.folder}"
    )
    if not last.folder.is_dir():
        gone = Words("该文件夹已不在：gongji backup FOLDER", "the folder is not there any more: gongji backup FOLDER")
        return Finding("backup", "warn", value, gone)
    if since > 0 and facts.now - last.taken_at > DAY:
        return Finding("backup", "warn", value, BACK_UP)
    return Finding("backup", "ok", value)


def _clock(facts: Facts) -> Finding:
    if facts.newest is not None and facts.newest > facts.server_now:
        ahead = _span(facts.newest - facts.server_now)
        value = Words(
            f"最新记录比服务器时钟早 {ahead.zh}", f"the newest record is {ahead.en} ahead of the server's clock"
        )
        advice = Words(
            "时钟被拨回过或曾经超前：请先校准", "the clock was set back, or was ahead: set it right before you go on"
        )
        return Finding("clock", "bad", value, advice)
    off = abs(facts.server_now - facts.now)
    apart = _span(off)
    value = Words(f"服务器与本机相差 {apart.zh}", f"server and client are {apart.en} apart")
    if off <= OFF_BY:
        return Finding("clock", "ok", value)
    advice = Words("请用时间服务器校准两边的时钟", "keep both clocks by a time server")
    return Finding("clock", "bad" if off > FAR_OFF else "warn", value, advice)


def _disk(facts: Facts) -> Finding:
    used = _size(facts.size)
    if facts.disk is None:
        return Finding(
            "disk",
            "ok",
            Words(
                f"数据库 {used}；看不到其服务器的磁盘",
                f"the database has {used}; its server's disk cannot be seen from here",
            ),
        )
    free, total = facts.disk
    value = Words(
        f"可用 {_size(free)}，共 {_size(total)}；数据库 {used}",
        f"{_size(free)} free of {_size(total)}; the database has {used}",
    )
    if free < ROOM // 4:
        advice = Words("请立即腾出空间：磁盘写满时服务器会停止", "make room now: a full disk stops the server")
        return Finding("disk", "bad", value, advice)
    if free < max(ROOM, facts.size // 4):
        return Finding("disk", "warn", value, Words("请尽快腾出空间", "make room soon"))
    return Finding("disk", "ok", value)


def _log(facts: Facts) -> Iterator[Finding]:
    """The write-ahead log, where this login may look at it."""
    if facts.idle_slots:
        names = ", ".join(facts.idle_slots)
        value = Words(f"无人读取的复制槽：{names}", f"replication slots that nobody reads: {names}")
        advice = Words("它们会让日志一直增长：请使用或删除", "they keep the log for ever: use or drop them")
        yield Finding("log", "warn", value, advice)
    elif facts.wal is not None:
        size, most = facts.wal
        value = Words(f"{_size(size)}，应不超过 {_size(most)}", f"{_size(size)}, meant to stay under {_size(most)}")
        if size <= 2 * most:
            yield Finding("log", "ok", value)
        else:
            advice = Words("请查找停止的归档或过长的事务", "look for a stopped archive or a very long transaction")
            yield Finding("log", "warn", value, advice)


def _transactions(facts: Facts) -> Finding:
    if facts.long_transactions:
        advice = Words("若无人在用，请结束它们", "end them if nobody is at work there")
        return Finding("transactions", "warn", both("; ".join(facts.long_transactions)), advice)
    limit = _span(LONG)
    return Finding("transactions", "ok", Words(f"没有超过 {limit.zh}的", f"none open for longer than {limit.en}"))


def _span(time: timedelta) -> Words:
    seconds = time.total_seconds()
    for size, zh, en in ((86400, "天", "days"), (3600, "小时", "hours"), (60, "分钟", "minutes")):
        if seconds >= 2 * size:
            return Words(f"{int(seconds // size)} {zh}", f"{int(seconds // size)} {en}")
    return Words(f"{int(seconds)} 秒", f"{int(seconds)} seconds")


def _size(count: int) -> str:
    for power, name in ((30, "GiB"), (20, "MiB")):
        if count >= 1 << power:
            return f"{count >> power} {name}"
    return f"{count >> 10} KiB"


# Reading.


def read(conn: Connection[Any], workspace: Path, data: Path | None) -> Facts:
    before = datetime.now(UTC)
    server_now, server, database, version, size = _row(conn, _SERVER)
    now = before + (datetime.now(UTC) - before) / 2
    unit, closed_through, adjusting = _row(conn, _PERIODS)
    vouchers, unsealed, unsealed_since, newest = _row(conn, _VOUCHERS)
    disk = shutil.disk_usage(data) if data is not None and data.exists() else None
    readable, by_superuser = _row(
        conn, "SELECT has_function_privilege('pg_ls_waldir()', 'EXECUTE'), to_regnamespace('ddl') IS NOT NULL"
    )
    return Facts(
        now=now,
        server_now=server_now,
        newest=newest,
        version=version,
        schema=_row(conn, _SCHEMA)[0],
        risky_settings=_names(conn, _RISKY),
        rights=tuple(rights(conn)),
        by_superuser=by_superuser,
        unit=unit,
        closed_through=closed_through,
        adjusting=adjusting,
        vouchers=vouchers,
        unsealed=unsealed,
        unsealed_since=unsealed_since,
        backup=last_backup(workspace, server, database),
        size=size,
        disk=(disk.free, disk.total) if disk else None,
        wal=_row(conn, _WAL) if readable else None,
        idle_slots=_names(conn, _IDLE_SLOTS),
        long_transactions=_names(conn, _LONG, LONG),
    )


def _row(conn: Connection[Any], sql: str) -> tuple[Any, ...]:
    (row,) = conn.execute(sql.encode()).fetchall()
    return tuple(row)


def _names(conn: Connection[Any], sql: str, *given: object) -> tuple[str, ...]:
    return tuple(name for (name,) in conn.execute(sql.encode(), given or None).fetchall())


_SERVER = """
SELECT clock_timestamp(), (SELECT system_identifier::text FROM pg_control_system()), current_database()::text,
       current_setting('server_version'), pg_database_size(current_database())"""

_SCHEMA = "SELECT to_char(number, 'fm0000') || '_' || name FROM public.gongji_migration ORDER BY number DESC LIMIT 1"

_RISKY = """
SELECT name || ' = ' || setting FROM pg_settings
WHERE (name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums') AND setting = 'off')
   OR (name = 'session_replication_role' AND setting <> 'origin') ORDER BY name"""

_PERIODS = """
SELECT unit, coalesce(closed_through::text, ''), (SELECT count(DISTINCT period_id) FROM ledger.period WHERE state = 'adjusting')
FROM ledger.calendar"""

# Per book, the block it is sealed up to, and the first batch after it.
_VOUCHERS = """
SELECT coalesce(sum(h.last_journal), 0)::bigint, coalesce(sum(h.last_journal - s.last_no), 0)::bigint,
       min(o.recorded_at), greatest(max(b.recorded_at), (SELECT recorded_at FROM ledger.act ORDER BY act_no DESC LIMIT 1))
FROM ledger.head h JOIN ledger.batch b ON b.book_id = h.book_id AND b.last_no = h.last_journal
CROSS JOIN LATERAL (SELECT coalesce(max(k.last_no), 0) AS last_no FROM ledger.block k WHERE k.book_id = h.book_id) s
LEFT JOIN LATERAL (SELECT x.recorded_at FROM ledger.batch x WHERE x.book_id = h.book_id AND x.last_no > s.last_no ORDER BY x.last_no LIMIT 1) o ON true"""

_WAL = "SELECT (SELECT sum(size)::bigint FROM pg_ls_waldir()), pg_size_bytes(current_setting('max_wal_size'))"

_IDLE_SLOTS = "SELECT slot_name::text FROM pg_replication_slots WHERE NOT active AND NOT temporary ORDER BY 1"

_LONG = """
SELECT format('process %%s of %%s, for %%s', pid, coalesce(usename, '?'), date_trunc('second', clock_timestamp() - xact_start))
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND clock_timestamp() - xact_start > %s ORDER BY xact_start"""
