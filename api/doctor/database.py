"""The database before anything opens it: there, sound, and set so that what was committed stays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from api.doctor.line import Line, bad, good, warning
from engine.store.condition import PostgresCondition, writes_ahead
from engine.store.copying import faults_of

SEE = "docs/how-to/back-up-and-restore.md"
RESTORE = (f"กู้คืนจากข้อมูลสำรอง ดู {SEE}", f"restore a backup: {SEE}")
SETTING = ("แก้ใน postgresql.conf แล้วโหลดใหม่", "set it in postgresql.conf, and reload")
OLDEST = 140000  # of PostgreSQL
SKEW, MUCH_SKEW = 1.0, 5.0  # seconds


def sqlite_file_lines(file: Path) -> Iterator[Line]:
    """Of the file of an SQLite database. `quick_check` reads all of it."""
    if not file.is_file():
        yield warning(
            "database", f"ยังไม่มีฐานข้อมูล {file}", f"there is no database {file} yet",
            "เริ่มบริการ หรือกู้คืนจากข้อมูลสำรอง", "start the service, which makes it, or restore a backup",
        )  # fmt: skip
        return
    for need, th, en in ((os.R_OK, "อ่าน", "read"), (os.W_OK, "เขียน", "written to")):
        if not os.access(file, need):
            yield bad("database", f"{th}ฐานข้อมูล {file} ไม่ได้", f"{file} cannot be {en}",
                      f"chown krabuan {file}", f"chown krabuan {file}")  # fmt: skip
            return
    faults = faults_of(file)
    if faults:
        yield bad(
            "database", f"ฐานข้อมูลเสียหาย: {'; '.join(faults[:3])}",
            f"the database is damaged: {'; '.join(faults[:3])}", f"หยุดบริการ เก็บไฟล์นี้ไว้ แล้ว{RESTORE[0]}",
            f"stop the service, keep this file, and {RESTORE[1]}",
        )  # fmt: skip
        return
    yield good("database", f"ฐานข้อมูล {file} ไม่เสียหาย (quick_check)", f"{file} is sound (quick_check)")
    if writes_ahead(file):
        yield good("sqlite-journal", "SQLite บันทึกแบบ WAL", "SQLite writes ahead (WAL); the service syncs each commit")
    else:
        yield warning(
            "sqlite-journal", "SQLite ไม่ได้บันทึกแบบ WAL", "SQLite does not write ahead (WAL)",
            "บริการเปลี่ยนให้เมื่อเริ่ม; ไฟล์ต้องไม่อยู่บนดิสก์ของเครื่องอื่น (NFS)",
            "the service changes it when it starts; the file must not lie on a share (NFS)",
        )  # fmt: skip


def postgres_lines(found: PostgresCondition, now: datetime, pool: int) -> Iterator[Line]:
    """Of a PostgreSQL server; `pool` is how many connections one node opens at most, `now` this machine's time."""
    settings = found.settings
    number = int(settings["server_version_num"])
    shown = f"{number // 10000}.{number % 10000}"
    if number >= OLDEST:
        yield good("database", f"PostgreSQL {shown} ตอบ", f"PostgreSQL {shown} answers")
    else:
        yield bad(
            "database", f"PostgreSQL {shown} เก่าเกินไป", f"PostgreSQL {shown} is too old",
            "ปรับเป็น PostgreSQL 14 ขึ้นไป", "upgrade to PostgreSQL 14 or later",
        )  # fmt: skip
    yield _thai(found)
    yield _durable(settings)
    yield from _archive(found)
    yield _connections(found, pool)
    yield clock_line((found.now - now).total_seconds())
    yield good(
        "database-time-zone", f"เขตเวลาของฐานข้อมูล {settings['TimeZone']} ไม่มีผล เพราะเวลาทุกค่าเก็บเป็น UTC",
        f"the database's time zone {settings['TimeZone']} does not matter: all times are kept in UTC",
    )  # fmt: skip
    if settings["session_replication_role"] != "origin":
        yield bad(
            "database-rules", "ฐานข้อมูลไม่ใช้ทริกเกอร์ (session_replication_role)",
            "the database runs no triggers (session_replication_role)", "ตั้ง session_replication_role = origin",
            "set session_replication_role = origin",
        )  # fmt: skip


def _thai(found: PostgresCondition) -> Line:
    see = "docs/how-to/run-for-an-office.md"
    make = (
        f"สร้างฐานข้อมูลใหม่ด้วย UTF8 และ C.UTF-8 แล้วย้ายข้อมูล ดู {see}",
        f"make a new database with UTF8 and C.UTF-8, and move the data: {see}",
    )
    encoding = found.settings["server_encoding"]
    if encoding != "UTF8":
        return bad(
            "thai-text", f"ฐานข้อมูลเข้ารหัส {encoding}", f"the database's encoding is {encoding}, not UTF8", *make,
        )  # fmt: skip
    if not found.letters:
        return bad(
            "thai-text", "locale ของฐานข้อมูลไม่รู้จักอักษรไทย จึงค้นคำไทยไม่พบ",
            "the database's locale does not take ก for a letter, so Thai words are not found", *make,
        )  # fmt: skip
    return good("thai-text", "ค้นคำไทยได้ (UTF8)", "Thai words are found (UTF8, and ก is a letter)")


def _durable(settings: dict[str, str]) -> Line:
    off = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if settings[name] == "off"]
    if not off:
        return good("durability", "สิ่งที่บันทึกแล้วไม่หายเมื่อไฟดับ", "what was committed survives a power cut")
    said = ", ".join(f"{name} = off" for name in off)
    return bad(
        "durability", f"ไฟดับแล้วข้อมูลที่บันทึกอาจหาย: {said}", f"a power cut may lose what was committed: {said}",
        *SETTING,
    )  # fmt: skip


def _archive(found: PostgresCondition) -> Iterator[Line]:
    """What point-in-time recovery needs. An office that dumps every night needs none of it."""
    if found.settings["wal_level"] == "minimal":
        yield warning(
            "wal", "wal_level = minimal: กู้คืนเป็นจุดเวลาไม่ได้",
            "wal_level = minimal: no base backup, no point-in-time recovery",
            "ตั้ง wal_level = replica แล้วเริ่มฐานข้อมูลใหม่", "set wal_level = replica, and restart the server",
        )  # fmt: skip
    elif found.settings["archive_mode"] == "off":
        yield good(
            "wal", "ไม่ได้เก็บ WAL: กู้คืนได้ถึงการสำรองครั้งสุดท้าย",
            "the log is not archived: what can be restored is the last dump",
        )  # fmt: skip
    elif found.failing is not None:
        yield bad(
            "wal", f"เก็บ WAL ไม่สำเร็จตั้งแต่ {found.failing:%Y-%m-%d %H:%M}",
            f"the log is not archived, since {found.failing:%Y-%m-%d %H:%M}",
            "ตรวจ archive_command และพื้นที่ปลายทาง ก่อนดิสก์ของฐานข้อมูลเต็ม",
            "look at archive_command and the disk it writes to, before that of the database is full",
        )  # fmt: skip
    else:
        yield good(
            "wal", "เก็บ WAL อยู่ กู้คืนเป็นจุดเวลาได้",
            "the log is archived: any moment since the base backup can be restored",
        )  # fmt: skip


def _connections(found: PostgresCondition, pool: int) -> Line:
    settings = found.settings
    reserved = int(settings["superuser_reserved_connections"]) + int(settings.get("reserved_connections", 0))
    free = int(settings["max_connections"]) - reserved
    free = free if found.limit is None else min(free, found.limit)
    nodes = free // pool
    th = f"{free} การเชื่อมต่อ พอสำหรับ {nodes} โหนด (โหนดละ {pool})"
    en = f"{free} connections, enough for {nodes} nodes of {pool}"
    do = ("เพิ่ม max_connections หรือใช้โหนดน้อยลง", "raise max_connections (and the limits of account and database)")
    if nodes < 1:
        return bad("connections", th, en, *do)
    return good("connections", th, en) if nodes >= 2 else warning("connections", th, en, *do)


def clock_line(skew: float) -> Line:
    """`skew`: seconds that the database's clock is ahead of this machine's."""
    th = f"นาฬิกาฐานข้อมูลต่างจากเครื่องนี้ {skew:+.1f} วินาที"
    en = f"the database's clock differs from this machine's by {skew:+.1f} s"
    if abs(skew) <= SKEW:
        return good("database-clock", th, en)
    level = bad if abs(skew) > MUCH_SKEW else warning
    return level("database-clock", th, en, "ตั้งเวลาทั้งสองเครื่องด้วย NTP", "let NTP set both clocks")
