"""Jobs that Krabuan does itself: krabuan:mail tells people, krabuan:message sends a message to the other processes,
krabuan:log writes to history."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, update

from engine.commands.applying import add_incident
from engine.commands.job_inputs import JobNotDone
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.running import Running, running
from engine.commands.send_message import send_message
from engine.commands.targets import job_target
from engine.commands.telling import plain, tell
from engine.commands.transaction import Transaction
from engine.commands.work_done import work_done
from engine.errors import NotFound
from engine.model.jobs import NO_RETRIES, SENDS
from engine.notify.recipients import Recipient, named
from engine.notify.send import Notice
from engine.store.instances import Instance
from engine.store.scopes import visible_variables
from engine.store.tables import deadline

log = logging.getLogger("krabuan.process")
MAX_RECIPIENTS = 200


@dataclass(frozen=True, slots=True)
class RunBuiltinJob:
    """Do a job of a built-in type."""

    job_key: int


def _target(command: RunBuiltinJob, tx: Transaction) -> Target:
    try:
        return job_target(command, tx)
    except NotFound:
        return Target(rows={"job": None})


@handles(RunBuiltinJob, permission="system:run", event=NO_INSTANCE, target=_target)
def run_builtin_job(command: RunBuiltinJob, target: Target, tx: Transaction) -> bool:
    """Whether there was something to do. A job whose inputs are not usable becomes an incident."""
    row, instance = target.rows["job"], target.instance
    if row is None or instance is None or row.state != "PENDING" or instance.state != "ACTIVE":
        return False
    r = running(tx)
    try:
        TYPES[row.type](r, instance, row, visible_variables(tx.db, row.element_instance_key))
    except JobNotDone as error:
        r.writer.close_job(row.key, "FAILED")
        add_incident(
            r, instance, tx.key(), row.element_instance_key, row.element_id, NO_RETRIES[row.kind], str(error), row.key
        )
        return True
    work_done(r, instance, row, {})
    return True


def _mail(r: Running, instance: Instance, row: Row[Any], inputs: dict[str, Any]) -> None:
    """Inputs: `to` (a key or a list of keys of groups or persons), `subject`, `body`; `deadline` (the id of a
    deadline of the case) when the mail warns of one: the clock's own record then shows who was told when.
    """
    to = inputs.get("to")
    names = [part.strip() for part in to.split(",") if part.strip()] if isinstance(to, str) else to
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        raise JobNotDone(f"{row.element_id}: 'to' must name groups or persons, but is {to!r}")
    subject, body = inputs.get("subject"), inputs.get("body")
    if not isinstance(subject, str) or not isinstance(body, str):
        raise JobNotDone(f"{row.element_id}: 'subject' and 'body' must be texts")
    clock = _clock(r, instance, row, inputs.get("deadline"))
    wanted: list[Recipient] = named(r.tx.db, [n.removeprefix("role:") for n in names[:MAX_RECIPIENTS]])
    topic = "message" if clock is None else "statutory"
    notice = Notice(topic, row.element_id, plain(subject), plain(body), instance.key, event=f"job-{row.key}")
    told = tell(r.tx, wanted, notice)
    r.tx.record(
        instance, "mail-sent", row.element_id, row.element_instance_key, to=[t.name for t in told], subject=subject
    )
    if clock is not None:
        line = {"at": r.tx.now.isoformat(), "to": [t.name for t in told]}
        r.tx.db.execute(update(deadline).where(deadline.c.key == clock.key).values(warnings=[*clock.warnings, line]))


def _clock(r: Running, instance: Instance, row: Row[Any], clock_id: Any) -> Row[Any, Any] | None:
    """The latest clock of the case that the mail warns of; None for a mail that warns of none."""
    if clock_id is None:
        return None
    c = deadline.c
    query = select(c.key, c.warnings).where(c.process_instance_key == instance.key, c.deadline_id == clock_id)
    clock = r.tx.db.execute(query.order_by(c.key.desc()).limit(1)).one_or_none()
    if clock is None:
        raise JobNotDone(f"{row.element_id}: the case has no deadline {clock_id!r}")
    return clock


def _log(r: Running, instance: Instance, row: Row[Any], inputs: dict[str, Any]) -> None:
    """Input: `message`."""
    message = str(inputs.get("message", ""))[:4000]
    log.info("%s %s: %s", instance.process_id, instance.key, message)
    r.tx.record(instance, "logged", row.element_id, row.element_instance_key, message=message)


TYPES: dict[str, Callable[[Running, Instance, Row[Any], dict[str, Any]], None]] = {
    "krabuan:mail": _mail,
    SENDS: send_message,
    "krabuan:log": _log,
}
