"""What the database tells of the service: schema, rules, work that lies behind, checkpoints, content, backups."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from api.doctor.line import Line, bad, good, warning
from api.doctor.words import HEALTH, word_of
from engine.commands.deploy import was_deployed
from engine.history.checkpoint import latest
from engine.jobs.checkpoints import file_name
from engine.model.actor import SYSTEM
from engine.queries.health import get_health
from engine.store.condition import deployed_processes, last_event, may_change_history, missing_rules
from engine.store.migrations import revisions
from engine.store.parts import missing_parts

OLD_BACKUP, VERY_OLD_BACKUP = timedelta(days=2), timedelta(days=14)
SEE_BACKUP = "docs/how-to/back-up-and-restore.md"


def schema(db: Connection) -> Line:
    """The schema against the program's."""
    present, newest = revisions(db)
    if present == newest:
        return good(
            "schema", f"โครงสร้างฐานข้อมูล {newest} ตรงกับโปรแกรม", f"the schema {newest} is that of the program",
        )  # fmt: skip
    if present is None:
        return warning(
            "schema", "ฐานข้อมูลยังว่าง", "the database is empty", "เริ่มบริการ หรือกู้คืนจากข้อมูลสำรอง",
            "start the service, which makes the schema, or restore a backup",
        )  # fmt: skip
    if present > newest:
        return bad(
            "schema", f"โครงสร้างฐานข้อมูล {present} ใหม่กว่าโปรแกรม ({newest})",
            f"the schema {present} is newer than the program's {newest}",
            "ติดตั้งโปรแกรมฉบับใหม่ที่เคยใช้กับฐานข้อมูลนี้", "install the release that this database was used with",
        )  # fmt: skip
    return warning(
        "schema", f"โครงสร้างฐานข้อมูล {present} เก่ากว่าโปรแกรม ({newest})",
        f"the schema {present} is older than the program's {newest}",
        "สำรองข้อมูล แล้วเริ่มบริการ ซึ่งจะปรับโครงสร้างให้",
        "make a backup, then start the service, which brings it up to date",
    )  # fmt: skip


def service(db: Connection, now: datetime, checkpoints: Path, content: str | None) -> Iterator[Line]:
    """All that can be told once the schema is the program's. `content`: the digest of the folder that the service is
    started with."""
    yield parts(db)
    yield from rules(db)
    yield from health(db, now)
    yield past(db, checkpoints)
    yield deployed(db, content)
    yield backup(db, now)


def parts(db: Connection) -> Line:
    """Whether somebody took away a table, an index or a trigger, or an index was given up half way."""
    missing = missing_parts(db)
    if not missing:
        return good("schema-parts", "ตาราง ดัชนี และทริกเกอร์ครบ", "all tables, indexes and triggers are there")
    shown = ", ".join(part.name for part in missing)
    if all(part.only_for_speed for part in missing):
        again = "; ".join(f"DROP INDEX IF EXISTS {part.name}; {part.statement}" for part in missing)
        return warning(
            "schema-parts", f"ไม่มีดัชนี {shown} บริการจึงช้า", f"it is slow for want of these indexes: {shown}",
            f"ให้เจ้าของตารางสั่ง {again}", f"as the owner of the tables: {again}",
        )  # fmt: skip
    return bad(
        "schema-parts", f"ฐานข้อมูลขาด {shown}", f"the database lacks {shown}",
        "หาว่าใครเอาออก แล้วกู้คืนจากข้อมูลสำรอง", "find out who took them away, and restore a backup",
    )  # fmt: skip


def rules(db: Connection) -> Iterator[Line]:
    """What keeps history from being changed."""
    missing = missing_rules(db)
    if missing:
        yield bad(
            "history-rules", f"ไม่มีกฎห้ามแก้ไขตาราง: {', '.join(missing)}",
            f"nothing keeps these tables from being changed: {', '.join(missing)}",
            "หาว่าใครเอากฎออก ตรวจประวัติด้วย krabuan verify --checkpoints แล้วกู้คืนจากข้อมูลสำรอง",
            "find out who took the triggers away, run krabuan verify --checkpoints, and restore a backup",
        )  # fmt: skip
    else:
        yield good(
            "history-rules", "ฐานข้อมูลห้ามแก้ไขและลบประวัติ", "the database refuses to change or delete history",
        )  # fmt: skip
    if db.dialect.name == "postgresql":
        if may_change_history(db):
            yield warning(
                "history-role", "บัญชีของบริการยกเลิกกฎของตารางประวัติได้",
                "the account could lift the rules of the tables of history",
                "ให้บัญชีอื่นเป็นเจ้าของตาราง ดู docs/how-to/prove-the-history.md",
                "let another role own the tables: docs/how-to/prove-the-history.md",
            )  # fmt: skip
        else:
            yield good(
                "history-role", "บัญชีของบริการลบและแก้ไขประวัติไม่ได้",
                "the account can neither change nor delete history",
            )  # fmt: skip


def health(db: Connection, now: datetime) -> Iterator[Line]:
    """The lines of the health of the service, but for those that are told in more detail elsewhere."""
    for line in get_health(db, SYSTEM, now):
        name = line["check"]
        if name in ("database", "schema"):
            continue
        th, en = word_of(name, line["count"], line["at"])
        mend = HEALTH[name].mend if name in HEALTH else ("ดูหน้าสุขภาพของระบบ", "look at the page on its health")
        level = {"BAD": bad, "WARN": warning, "UNKNOWN": warning}.get(line["level"])
        yield good(name, th, en) if level is None else level(name, th, en, *mend)


def past(db: Connection, folder: Path) -> Line:
    """Whether the folder of the checkpoints is that of this database, and does not go on beyond it."""
    number, _ = latest(db)
    if (folder / file_name(number + 1)).exists() and latest(db)[0] == number:
        return bad(
            "checkpoints-past", f"{folder} มีจุดตรวจสอบหลังจาก {number} ซึ่งฐานข้อมูลไม่มี",
            f"{folder} goes on after checkpoint {number}, where the database ends",
            f"ฐานข้อมูลกู้คืนจากข้อมูลเก่า: เก็บโฟลเดอร์นี้ไว้ แล้วตั้งโฟลเดอร์ใหม่ ดู {SEE_BACKUP}",
            f"it was restored from an earlier backup: keep that folder, and name a new one: {SEE_BACKUP}",
        )  # fmt: skip
    if number and not (folder / file_name(number)).exists():
        return warning(
            "checkpoints-past", f"จุดตรวจสอบ {number} ยังไม่ได้ส่งออกที่ {folder}",
            f"checkpoint {number} is not in {folder}",
            "krabuan checkpoint; หากไม่สำเร็จ ตรวจว่าเป็นโฟลเดอร์ที่ถูกต้อง",
            "krabuan checkpoint; if that fails, see whether it is the right folder",
        )  # fmt: skip
    return good("checkpoints-past", f"จุดตรวจสอบถึง {number} ส่งออกแล้ว", f"checkpoints are exported up to {number}")


def deployed(db: Connection, content: str | None) -> Line:
    """Whether there is something to do in this office, and the folder is in use."""
    count = deployed_processes(db)
    if content is not None and not was_deployed(db, content):
        return warning(
            "content", "มีไฟล์ของกระบวนงานที่ยังไม่ได้ติดตั้ง",
            "the folder of the content has what was not deployed yet",
            "krabuan lint DIR แล้ว krabuan deploy DIR หรือเริ่มบริการใหม่",
            "krabuan lint DIR, then krabuan deploy DIR, or start the service again",
        )  # fmt: skip
    if count == 0:
        return warning(
            "content", "ยังไม่มีกระบวนงานในระบบ", "no process is deployed", "krabuan deploy DIR", "krabuan deploy DIR",
        )  # fmt: skip
    return good("content", f"มี {count} กระบวนงาน", f"{count} processes are deployed")


def backup(db: Connection, now: datetime) -> Line:
    """When a backup was made last, as far as the audit log was told."""
    made = last_event(db, "backup-made")
    if made is None:
        return warning(
            "backup", "ไม่ทราบว่าเคยสำรองข้อมูล", "no backup is known of",
            f"krabuan backup หรือบอกด้วย krabuan backup --made ดู {SEE_BACKUP}",
            f"krabuan backup, or tell of one with krabuan backup --made: {SEE_BACKUP}",
        )  # fmt: skip
    age = now - made
    th, en = f"สำรองข้อมูลครั้งล่าสุด {made:%Y-%m-%d %H:%M} UTC", f"the last backup is of {made:%Y-%m-%d %H:%M} UTC"
    if age <= OLD_BACKUP:
        return good("backup", th, en)
    level = bad if age > VERY_OLD_BACKUP else warning
    return level("backup", th, en, f"สำรองข้อมูลทุกวัน ดู {SEE_BACKUP}", f"make one every day: {SEE_BACKUP}")
