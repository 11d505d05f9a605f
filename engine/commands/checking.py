"""Check uploaded files together, before anything is written: every fault of every file at once.

Used by the deployment and by `krabuan lint`, which deploys nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import orjson

from engine.commands.decision_files import CheckedDecisions, DecisionFiles, DeployedModel
from engine.execution import examine
from engine.feel import to_json
from engine.forms import Form, InvalidForm, expand_parts, part_ids, read_form
from engine.model.diagram import Node, Process
from engine.model.faults import Fault

MAX_RESOURCES = 2000
MAX_FILE_NAME = 512  # characters
MAX_ID = 256


@dataclass(frozen=True, slots=True)
class Resource:
    """One uploaded file; its name's extension (.bpmn, .dmn, .form) decides what it is."""

    name: str
    content: bytes

    @property
    def checksum(self) -> str:
        """SHA-256 of the content, in hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """A form with its parts put in; `text` is what is stored."""

    form: Form
    text: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the stored text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(slots=True)
class Checked:
    """What the files contain, and their faults. With faults nothing of it is to be used; warnings only inform."""

    processes: list[tuple[Resource, Process]] = field(default_factory=list)
    decisions: list[tuple[Resource, CheckedDecisions]] = field(default_factory=list)
    forms: list[tuple[Resource, CheckedForm]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """What is deployed already: forms by id (the stored JSON text or None), decision ids, and the decision models
    with a namespace; which of some names are no groups and no persons; and what time it is, for dates that are written
    in diagrams."""

    form: Callable[[str], str | None] = lambda _form_id: None
    decision: Callable[[str], bool] = lambda _decision_id: False
    models: Callable[[str], Sequence[DeployedModel]] = lambda _namespace: ()
    strangers: Callable[[frozenset[str]], frozenset[str]] = lambda _names: frozenset()
    now: datetime | None = None


def check_resources(resources: Sequence[Resource], known: Known) -> Checked:
    """Read and check all files together."""
    checked = Checked()
    if not resources or len(resources) > MAX_RESOURCES:
        checked.faults.append(
            Fault(
                "-",
                None,
                "resources",
                f"ต้องมีไฟล์ ๑ ถึง {MAX_RESOURCES} ไฟล์",
                f"Between 1 and {MAX_RESOURCES} files are needed.",
            )
        )
        return checked
    for resource in resources:
        if len(resource.name) > MAX_FILE_NAME or "\x00" in resource.name:
            said = f"A file's name has at most {MAX_FILE_NAME} characters."
            checked.faults.append(Fault(resource.name[:MAX_FILE_NAME], None, "file-name", "ชื่อไฟล์ยาวเกินไป", said))
        _read(resource, known, checked)
    _check_names(resources, checked)
    files = DecisionFiles([r for r in resources if r.name.endswith(".dmn")], known.models)
    files.read()
    checked.faults += files.faults
    checked.decisions += files.checked.values()
    _read_forms([r for r in resources if r.name.endswith(".form")], known, checked)
    _check_unique(checked)
    for resource, process in checked.processes:
        _check_links(resource.name, process, known, checked)
        _check_recipients(resource.name, process, known, checked)
    return checked


def _read(resource: Resource, known: Known, checked: Checked) -> None:
    if resource.name.endswith(".bpmn"):
        found = examine(resource.content, resource.name, known.now)
        checked.faults += found.faults
        checked.warnings += found.warnings
        checked.processes += [(resource, process) for process in found.processes]
    elif not resource.name.endswith((".dmn", ".form")):
        checked.faults.append(
            Fault(
                resource.name, None, "file-kind", "รับเฉพาะไฟล์ .bpmn .dmn และ .form",
                "Only .bpmn, .dmn and .form files can be deployed.",
            )
        )  # fmt: skip


def _not_text(file: str) -> Fault:
    return Fault(file, None, "not-text", "ไฟล์ต้องเป็น UTF-8", "The file is not UTF-8.")


def _read_forms(resources: Sequence[Resource], known: Known, checked: Checked) -> None:
    sources = {}
    for resource in resources:
        try:
            sources[resource.name] = read_form(resource.content.decode("utf-8"), resource.name)
        except InvalidForm as broken:
            checked.faults += broken.faults
        except UnicodeDecodeError:
            checked.faults.append(_not_text(resource.name))
    parts = {str(s.get("id")): s for s in sources.values()}
    for resource in resources:
        source = sources.get(resource.name)
        if source is None:
            continue
        try:
            for part in _parts_needed(part_ids(source), parts, known):
                parts.setdefault(*part)
            whole = expand_parts(source, parts, resource.name)
            form = Form.build(whole, resource.name)
        except InvalidForm as broken:
            checked.faults += broken.faults
            continue
        text = orjson.dumps(to_json(whole), option=orjson.OPT_INDENT_2).decode()
        checked.forms.append((resource, CheckedForm(form, text)))


def _parts_needed(
    needed: Iterable[str], parts: Mapping[str, object], known: Known
) -> list[tuple[str, Mapping[str, object]]]:
    """The parts that are not among the files but deployed already (these have their own parts put in)."""
    found = []
    for part in needed:
        if part not in parts and (text := known.form(part)) is not None:
            found.append((part, read_form(text, part)))
    return found


def _check_names(resources: Sequence[Resource], checked: Checked) -> None:
    seen: set[str] = set()
    for name in (resource.name for resource in resources):
        if name in seen:
            said = "Two files have this name."
            checked.faults.append(Fault(name[:MAX_FILE_NAME], None, "file-name", "มีสองไฟล์ที่ใช้ชื่อนี้", said))
        seen.add(name)


def _check_unique(checked: Checked) -> None:
    ids = [("process", r.name, p.id) for r, p in checked.processes]
    ids += [("decision model", r.name, c.model.id) for r, c in checked.decisions]
    ids += [("decision", r.name, d) for r, c in checked.decisions for d in c.model.decisions]
    ids += [("form", r.name, f.form.id) for r, f in checked.forms]
    seen: set[tuple[str, str]] = set()
    for kind, file, id_ in ids:
        if len(id_) > MAX_ID:
            said = f"The id of a {kind} has at most {MAX_ID} characters."
            checked.faults.append(Fault(file, id_[:MAX_ID], "id-invalid", "รหัสยาวเกินไป", said))
        if kind == "decision model" and not id_:  # versions go by it; the readers see to the other kinds
            checked.faults.append(Fault(file, None, "id-missing", "ไม่มีรหัส (id)", f"The {kind} has no id."))
        if (kind, id_) in seen:
            checked.faults.append(
                Fault(
                    file, id_, "id-repeated", f"มีรหัส {id_} ซ้ำในชุดไฟล์", f"The {kind} id {id_} stands twice in the files."
                )
            )
        seen.add((kind, id_))


def _check_links(file: str, process: Process, known: Known, checked: Checked) -> None:
    """Forms and decisions that the diagram names must exist, and control points' fields in their forms."""
    forms = {f.form.id: f.form for _, f in checked.forms}
    decisions = {d for _, c in checked.decisions for d in c.model.decisions}

    def need_decision(node: Node, decision_id: str) -> None:
        if not decision_id.startswith("=") and decision_id not in decisions and not known.decision(decision_id):
            checked.faults.append(
                Fault(
                    file,
                    node.id,
                    "decision-missing",
                    f"ไม่พบตารางตัดสินใจ {decision_id}",
                    f"There is no decision {decision_id}.",
                )
            )

    for node in process.nodes.values():
        if node.type == "businessRuleTask" and node.called is not None:
            need_decision(node, node.called.id)
        for point in node.control_points:
            if point.evidence.decision_id is not None:
                need_decision(node, point.evidence.decision_id)
        linked = node.human.form if node.human is not None else None
        if linked is None or linked.id.startswith("="):
            continue
        form = forms.get(linked.id) or _known_form(linked.id, known)
        if form is None:
            checked.faults.append(
                Fault(file, node.id, "form-missing", f"ไม่พบแบบฟอร์ม {linked.id}", f"There is no form {linked.id}.")
            )
        else:
            checked.faults += _check_fields(file, node, process, form)


def _check_recipients(file: str, process: Process, known: Known, checked: Checked) -> None:
    """Whom a reminder names is a group or a person that is known by now; the organisation may follow."""
    owners = [(process.id, process.reminders), *((n.id, n.reminders) for n in process.nodes.values())]
    named = [(id_, word.removeprefix("role:")) for id_, own in owners for m in own for word in (*m.to, *m.reassign_to)]
    wanted = frozenset(word for _, word in named) - {"performer", "group", "head"}
    strangers = known.strangers(wanted) if wanted else frozenset()
    for id_, word in dict.fromkeys(named):
        if word in strangers:
            th, en = f"ไม่พบกลุ่มหรือบุคคล {word} ที่ต้องแจ้งเตือน", f"A reminder names {word}: there is no such group or person."
            checked.warnings.append(Fault(file, id_, "reminder-recipient", th, en, "warning"))


def _known_form(form_id: str, known: Known) -> Form | None:
    text = known.form(form_id)
    return None if text is None else Form.parse(text, form_id)


def _check_fields(file: str, node: Node, process: Process, form: Form) -> list[Fault]:
    reasons = {d.id: d.late_reasons_field for d in process.deadlines}
    faults = []
    for point in node.control_points:
        evidence = point.evidence
        wanted = [evidence.field, evidence.late_reasons_field]
        if evidence.deadline_id is not None:
            wanted.append(reasons.get(evidence.deadline_id))
        for name in wanted:
            if name is not None and name not in form.fields:
                faults.append(
                    Fault(
                        file, node.id, "control-point-field",
                        f"จุดควบคุม {point.id} อ้างถึงช่อง {name} ที่ไม่มีในแบบฟอร์ม {form.id}",
                        f"Control point {point.id} names the field {name}, which form {form.id} does not have.",
                    )
                )  # fmt: skip
    return faults
