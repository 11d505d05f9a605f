"""Read the files of a catalogue. Every fault is told with its file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.calendar.durations import parse_duration
from engine.calendar.errors import CalendarError
from engine.catalogue.entries import TEXTS, Entry, PrintedStep
from engine.errors import DeploymentRefused, InvalidArgument
from engine.model.faults import Fault
from engine.model.lined import Lined, Unreadable, read_lined
from engine.model.manual import Words

_CALENDARS = ("calendar", "working", "hours", "recurring", "event", "unstated")
_STAGES = ("input_analysis", "plan_design", "manage", "monitor", "conclude")
_PROCESS = frozenset(
    "id source title owner_unit purpose customers stakeholders outputs legal_basis internal_problems kpis"
    " quality_standard technology value_chain roles steps deadlines forms scoring bpmn_notes source_notes efficiency"
    " plan_alignment requirement_priority flows".split()
)
_STEP = frozenset(
    "no key title detail sub_steps duration roles control_points risks quality documents decision further_decisions"
    " flow".split()
)
_DURATION = frozenset("text_th iso8601 calendar min_iso8601 note".split())
Roles = Mapping[str, Mapping[str, str]]  # Organisation.roles


def read_catalogue(folder: Path, groups: frozenset[str], roles: Roles) -> dict[str, Entry]:
    """The documented processes by id. `groups` are the keys of the organisation, parties outside the office among them;
    `roles` say what a file calls otherwise.

    Raises InvalidArgument when there is no file, DeploymentRefused with everything that is wrong in them.
    """
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise InvalidArgument(f"{folder} holds no .yaml file")
    faults: list[Fault] = []
    entries = [_File(file, groups, roles, faults).entry() for file in files]
    if faults:
        raise DeploymentRefused(faults)
    return {entry.id: entry for entry in entries if entry is not None}


class _File:
    """One file while it is read."""

    def __init__(self, file: Path, groups: frozenset[str], roles: Roles, faults: list[Fault]) -> None:
        self._file, self._groups, self._faults = file, groups, faults
        self._called = dict(roles.get("", {})) | dict(roles.get(file.stem, {}))

    def entry(self) -> Entry | None:
        try:
            content = read_lined(self._file.name, self._file.read_text(encoding="utf-8"))
        except Unreadable as error:
            self._fault(error.place, error.th, error.en)
            return None
        except UnicodeDecodeError:
            self._fault(self._file.name, "ไฟล์ไม่ใช่ข้อความ UTF-8", "the file is no text in UTF-8")
            return None
        self._only(content, _PROCESS)
        if content.get("id") != self._file.stem:
            self._fault(content.at("id"), f"id ต้องเป็น {self._file.stem}", f"id must be {self._file.stem}")
        stages = self._stages(content)
        steps = [self._step(step, stages) for step in self._items(content, "steps")]
        known = [step.key for step in steps]
        for step in steps:
            if known.count(step.key) > 1:
                self._fault(step.place, f"มีขั้นตอน {step.key} ซ้ำ", f"the step {step.key} is there twice")
        targets = [item.get("target_percent") for item in self._items(content, "quality_standard")]
        return Entry(
            self._file.name, self._file.stem, self._number(content),
            self._words(content, "title"), next((str(t) for t in targets if t is not None), ""),
            {name: tuple(self._texts(content, key)) for key, name in TEXTS.items()}, tuple(steps),
            tuple(self._fields(content)),
        )  # fmt: skip

    def _step(self, step: Lined, stages: Mapping[str, str]) -> PrintedStep:
        self._only(step, _STEP)
        number, key = str(step.get("no", "")), step.get("key")
        if not isinstance(key, str) or not key:
            self._fault(step.place, "ขั้นตอนไม่มี key", "the step has no key")
        time = self._duration(step)
        quality = self._words(step, "quality").th if step.get("quality") else ""
        documents = [d for d in self._items(step, "documents") if d.get("printed") is not False]
        calendar = time.get("calendar")
        if calendar == "unstated":  # where the manual prints a length it prints วัน, not วันทำการ
            calendar = "calendar" if time.get("iso8601") else None
        return PrintedStep(
            step.place, str(key), number, self._words(step, "title"),
            self._words(step, "detail").th if step.get("detail") else "", tuple(self._texts(step, "sub_steps")),
            time.get("iso8601"), time.get("min_iso8601"), calendar, stages.get(number), tuple(self._roles(step)),
            tuple(self._texts(step, "control_points")), tuple(self._texts(step, "risks")), quality,
            tuple(str(d.get("th", "")) for d in documents),
        )  # fmt: skip

    def _duration(self, step: Lined) -> Lined:
        said = step.get("duration")
        if not isinstance(said, Lined):
            self._fault(step.at("duration"), "ขั้นตอนไม่มี duration", "the step has no duration")
            return Lined({}, step.place)
        self._only(said, _DURATION)
        if said.get("calendar") not in _CALENDARS:
            what = said.get("calendar")
            th, en = f"ไม่รู้จักวิธีนับ {what}", f"calendar is one of {', '.join(_CALENDARS)}, not {what}"
            self._fault(said.at("calendar"), th, en)
        for name in ("iso8601", "min_iso8601"):
            if said.get(name) is not None and not _is_length(said[name]):
                th, en = f"{said[name]} ไม่ใช่ระยะเวลา เช่น P7D", f"{said[name]} is no duration such as P7D"
                self._fault(said.at(name), th, en)
        return said

    def _roles(self, step: Lined) -> Iterator[str]:
        said = step.get("roles")
        for role in said if isinstance(said, list) else ():
            key = self._called.get(str(role), str(role))
            if key not in self._groups:
                th, en = f"ไม่มีหน่วยงาน {role} ใน organisation.yaml", f"organisation.yaml has no {role}"
                self._fault(step.at("roles"), th, en)
            yield key

    def _number(self, content: Lined) -> str:
        source = content.get("source")
        if not isinstance(source, Lined):
            self._fault(content.at("source"), "ไม่ได้ระบุ source", "source is missing")
            return ""
        number = str(source.get("process_no", "-"))
        return "" if number == "-" else number

    def _stages(self, content: Lined) -> dict[str, str]:
        found: dict[str, str] = {}
        for item in self._items(content, "value_chain"):
            if item.get("stage") not in _STAGES:
                th, en = f"ไม่รู้จักช่วง {item.get('stage')}", f"there is no stage {item.get('stage')}"
                self._fault(item.place, th, en)
            found.update({str(number): str(item.get("stage")) for number in item.get("steps") or ()})
        return found

    def _fields(self, content: Lined) -> Iterator[str]:
        for form in self._items(content, "forms"):
            for field in self._items(form, "fields"):
                if field.get("printed") is not False:
                    yield self._words(field, "label").th

    def _items(self, content: Lined, name: str) -> list[Lined]:
        items = content.get(name) or []
        if not isinstance(items, list) or not all(isinstance(item, Lined) for item in items):
            self._fault(content.at(name), f"{name} ต้องเป็นรายการ", f"{name} must be a list of mappings")
            return []
        return items

    def _texts(self, content: Lined, name: str) -> Iterator[Words]:
        for item in self._items(content, name):
            yield self._said(item, item.place)

    def _words(self, content: Lined, name: str) -> Words:
        return self._said(content.get(name), content.at(name))

    def _said(self, said: Any, place: str) -> Words:
        if not isinstance(said, Lined) or not isinstance(said.get("th"), str) or not isinstance(said.get("en"), str):
            self._fault(place, "ต้องมีข้อความ th และ en", "there must be texts th and en")
            return Words()
        return Words(said["th"], said["en"])

    def _only(self, content: Lined, known: frozenset[str]) -> None:
        for name in content:
            if name not in known:
                self._fault(content.at(name), f"ไม่รู้จัก {name}", f"{name} is not known here")

    def _fault(self, place: str, th: str, en: str) -> None:
        self._faults.append(Fault(place, None, "catalogue", th, en))


def _is_length(said: Any) -> bool:
    """A duration, or a repetition of one."""
    try:
        parse_duration(str(said).split("/")[-1])
    except CalendarError:
        return False
    return True
