"""The interventions that may wait for a second person: each command as data, and the data as the command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from engine.commands.cancel_instance import CancelInstance
from engine.commands.change_due_time import ChangeDueTime
from engine.commands.extend_deadline import ExtendDeadline, check_extension
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.modify_instance import Activation, ModifyInstance, Move, Selection
from engine.commands.registry import Target
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.transaction import Transaction
from engine.commands.waive_control_point import WaiveControlPoint, check_waiver_request
from engine.feel import to_json

Data = Mapping[str, Any]
# what people are told that somebody asks for, in Thai and in English
NAMES: Mapping[str, tuple[str, str]] = {
    "cancel": ("ยกเลิกเรื่อง", "cancel the case"),
    "modify": ("ย้ายขั้นตอนของเรื่อง", "move the case by hand"),
    "migrate": ("ย้ายเรื่องไปยังฉบับอื่น", "carry the case over to another version"),
    "changeTimer": ("เปลี่ยนเวลาที่ตั้งไว้", "change the time of a timer"),
    "resolve": ("แก้เหตุขัดข้อง", "try again what an incident stopped"),
    "waive": ("ยกเว้นจุดควบคุม", "waive a control point"),
    "extend": ("ขยายกำหนดเวลา", "extend a deadline"),
}


def kind_of(command: Any) -> str:
    """The kind (of krabuan:intervention) that a command is. Raises KeyError for another command."""
    return _KINDS[type(command)]


def as_data(command: Any) -> dict[str, Any]:
    """The command as JSON. The revision that its sender saw is not part of it: it is judged when it is approved."""
    said = {name: value for name, value in asdict(command).items() if name != "rev"}
    if isinstance(command, ChangeDueTime | ExtendDeadline):
        said["due_at"] = command.due_at.isoformat()
    return cast(dict[str, Any], to_json(said))


def as_command(kind: str, data: Data) -> Any:
    """The command that `as_data` wrote."""
    return _READERS[kind](data)


def check_request(command: Any, target: Target, tx: Transaction) -> None:
    """Raises what says already now that the command could not be carried out, where its kind can tell."""
    if isinstance(command, WaiveControlPoint):
        check_waiver_request(command, target, tx)
    elif isinstance(command, ExtendDeadline):
        check_extension(command, target, tx)


def _activation(data: Data) -> Activation:
    return Activation(data["element_id"], tuple((scope, v) for scope, v in data["variables"]), data["ancestor"])


def _modification(data: Data) -> ModifyInstance:
    moves = (Move(Selection(**m["source"]), _activation(m["target"]), m["ancestor"]) for m in data["move"])
    ends = (Selection(**s) for s in data["terminate"])
    begun = tuple(_activation(a) for a in data["activate"])
    return ModifyInstance(data["key"], begun, tuple(moves), tuple(ends), data["reason"])


def _migration(data: Data) -> MigrateInstance:
    mapping = tuple((source, target) for source, target in data["mapping"])
    return MigrateInstance(data["key"], data["target_definition_key"], mapping, data["reason"])


def _due_time(data: Data) -> ChangeDueTime:
    due = datetime.fromisoformat(data["due_at"])
    return ChangeDueTime(data["element_instance_key"], due, data["timer"], data["reason"])


def _extension(data: Data) -> ExtendDeadline:
    due = datetime.fromisoformat(data["due_at"])
    return ExtendDeadline(data["deadline_key"], due, data["reason"], data["document_id"])


_KINDS: Mapping[type, str] = {
    CancelInstance: "cancel",
    ModifyInstance: "modify",
    MigrateInstance: "migrate",
    ChangeDueTime: "changeTimer",
    ResolveIncident: "resolve",
    WaiveControlPoint: "waive",
    ExtendDeadline: "extend",
}
_READERS: Mapping[str, Callable[[Data], Any]] = {
    "cancel": lambda data: CancelInstance(data["key"], data["reason"]),
    "modify": _modification,
    "migrate": _migration,
    "changeTimer": _due_time,
    "resolve": lambda data: ResolveIncident(data["incident_key"], data["reason"]),
    "waive": lambda data: WaiveControlPoint(data["task_key"], data["control_point_id"], data["reason"]),
    "extend": _extension,
}
