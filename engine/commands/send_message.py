"""A diagram sends a message to the other processes: a message event with the job type krabuan:message.

The job only writes down what is to be sent. It is published in a transaction of its own, which locks the cases that
wait for it, so that the sender's work is not held up by theirs; what was written down is published once, after a
crash too.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from engine.calendar.durations import parse_duration
from engine.calendar.errors import CalendarError
from engine.commands.alarms import Alarm
from engine.commands.applying import timer_row
from engine.commands.fire_timer import due_kind, finish
from engine.commands.job_inputs import JobNotDone
from engine.commands.publish_message import MAX_TTL_MS, PublishMessage, message_target, publish_message
from engine.commands.running import Running
from engine.commands.transaction import Transaction
from engine.model.jobs import ELEMENT, SENDS
from engine.store.instances import Instance

KIND = "MESSAGE"


def send_message(r: Running, instance: Instance, row: Row[Any], inputs: dict[str, Any]) -> None:
    """Inputs: `correlationKey`, a text (none: empty); `variables`, what the message brings; `timeToLive`, an ISO 8601
    duration for which it is kept for those who begin to wait later (none: not kept).

    Raises JobNotDone.
    """
    event = r.deployed(instance).definition.process.nodes[row.element_id].event
    if row.kind != ELEMENT or event is None or event.kind != "message" or event.name is None:
        raise JobNotDone(f"{row.element_id}: {SENDS} is the job of a message event whose message has a name")
    key, variables = inputs.get("correlationKey"), inputs.get("variables")
    if not isinstance(key, str | None) or len(key or "") > 256:
        raise JobNotDone(f"{row.element_id}: 'correlationKey' must be a text of at most 256 characters")
    if not isinstance(variables, dict | None):
        raise JobNotDone(f"{row.element_id}: 'variables' must have names and values")
    kept = _milliseconds(row.element_id, inputs.get("timeToLive"))
    payload = {"name": event.name, "correlation_key": key or "", "variables": variables or {}, "time_to_live_ms": kept}
    number = r.tx.key()
    # of no element: it is sent also when the case has ended
    r.writer.jobs[number] = timer_row(r.tx.now, number, instance, None, row.element_id, Alarm(KIND, r.tx.now, payload))
    r.tx.wake_at(r.tx.now)
    said = {"name": event.name, "correlationKey": key or ""}
    r.tx.record(instance, "message-sent", row.element_id, row.element_instance_key, **said)


def _milliseconds(element_id: str, told: Any) -> int:
    if told is None:
        return 0
    try:
        length = parse_duration(told if isinstance(told, str) else "")
        exact = not (length.years or length.months or length.sign < 0)
    except CalendarError:
        exact = False
    if not exact:
        raise JobNotDone(f"{element_id}: 'timeToLive' must be a duration in days, hours, minutes or seconds")
    kept = int((length.days * 86_400 + length.seconds) * 1000)
    if kept > MAX_TTL_MS:
        raise JobNotDone(f"{element_id}: 'timeToLive' is at most 366 days")
    return kept


@due_kind(KIND)
def _publish(tx: Transaction, row: Row[Any]) -> None:
    finish(tx, row.key)
    command = PublishMessage(**row.payload)
    publish_message(command, message_target(command, tx), tx)
