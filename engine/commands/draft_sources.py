"""The files that a deployed version of a process consists of: what a draft begins with, and what is taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, and_, func, select

from engine.commands.definitions import Definitions
from engine.errors import NotFound
from engine.model.diagram import Process
from engine.model.draft_files import path_fault, same_name
from engine.store.tables import decision_definition, decision_requirements, form_definition, process_definition

Files = list[tuple[str, str]]


def files_of_version(
    db: Connection, definitions: Definitions, process_id: str, version: int | None
) -> tuple[int, Files]:
    """The version and its files ((path, content)), the diagram first: what lies in its folder, and the forms and
    decisions that it names. With the newest version these are the newest; with an older one, what there was when it
    was deployed. Forms have their parts put in. Raises NotFound."""
    p = process_definition.c
    of = select(process_definition).where(p.process_id == process_id).order_by(p.version.desc())
    newest = db.execute(of.limit(1)).one_or_none()
    chosen = newest if version is None else db.execute(of.where(p.version == version)).one_or_none()
    if newest is None or chosen is None:
        raise NotFound(processDefinitionId=process_id, version=version)
    until = None if chosen.version == newest.version else chosen.deployment_key
    process = definitions.process(db, chosen.key).definition.process
    found = [(chosen.resource_name, chosen.xml)]
    found += _others(db, chosen, process, until)
    return chosen.version, _named(found, process_id)


def _others(db: Connection, chosen: Row[Any], process: Process, until: int | None) -> Files:
    f, r, p = form_definition.c, decision_requirements.c, process_definition.c
    lies_here = _folder(chosen.resource_name)
    own = process.id, _owner_of_forms(chosen.resource_name)
    forms, decisions = _linked(process)
    decided = select(decision_definition.c.requirements_key).where(decision_definition.c.decision_id.in_(decisions))
    models = set(db.execute(decided).scalars()) if decisions else set()

    def form_belongs(row: Row[Any]) -> bool:
        prefix, dot, _ = row.id.rpartition(".")
        return lies_here(row.resource_name) or (row.id in forms and (not dot or prefix in own))

    found = _newest(db, process_definition, p.process_id, p.xml, until, lambda row: lies_here(row.resource_name))
    found += _newest(db, form_definition, f.form_id, f.schema, until, form_belongs)
    belongs: Callable[[Row[Any]], bool] = lambda row: lies_here(row.resource_name) or (  # noqa: E731
        row.key in models and "/" not in row.resource_name
    )
    return found + _newest(db, decision_requirements, r.requirements_id, r.xml, until, belongs)


def _newest(
    db: Connection, table: Table, id_: Column[str], content: Column[str], until: int | None,
    belongs: Callable[[Row[Any]], bool],
) -> Files:  # fmt: skip
    """Of each id the newest version (of those deployed until then) that belongs to it."""
    c = table.c
    newest = select(id_.label("id"), func.max(c.version).label("version")).group_by(id_)
    last = (newest if until is None else newest.where(c.deployment_key <= until)).subquery()
    found = select(c.key, id_.label("id"), c.resource_name).join(
        last, and_(id_ == last.c.id, c.version == last.c.version)
    )
    keys = [row.key for row in db.execute(found) if belongs(row)]
    whole = select(c.resource_name, content.label("content")).where(c.key.in_(keys))
    rows = db.execute(whole.order_by(c.resource_name))
    return [(row.resource_name, row.content) for row in rows]


def _folder(name: str) -> Callable[[str], bool]:
    """Whether a file belongs to the folder of this one; files that lie in none belong to no folder."""
    parts = name.split("/")
    if len(parts) == 1:
        return lambda _other: False
    if parts[0] == "processes" and len(parts) > 2:
        beginnings = (f"processes/{parts[1]}/", f"forms/{parts[1]}/")
    else:
        beginnings = (name.rpartition("/")[0] + "/", "\0")
    return lambda other: other.startswith(beginnings)


def _owner_of_forms(name: str) -> str:
    parts = name.split("/")
    return parts[1] if parts[0] == "processes" and len(parts) > 2 else ""


def _linked(process: Process) -> tuple[set[str], set[str]]:
    """The ids of the forms and decisions that the diagram names; what an expression chooses is not among them."""
    nodes = process.nodes.values()
    forms = {node.human.form.id for node in nodes if node.human is not None and node.human.form is not None}
    if process.start_form is not None:
        forms.add(process.start_form.id)
    decisions = {node.called.id for node in nodes if node.type == "businessRuleTask" and node.called is not None}
    decisions |= {p.evidence.decision_id for n in nodes for p in n.control_points if p.evidence.decision_id is not None}
    return forms, decisions


def _named(found: Files, process_id: str) -> Files:
    """Each file once, under a path that a draft can have."""
    files: Files = []
    taken: dict[str, str] = {}
    for name, content in found:
        extension = name.rpartition(".")[2]
        path = name if path_fault(name) is None else f"{process_id}-{len(files) + 1}.{extension}"
        if taken.get(same_name(path)) == content:  # one file with several processes
            continue
        if same_name(path) in taken or path_fault(path) is not None:
            path = f"file-{len(files) + 1}.{extension}"
        taken[same_name(path)] = content
        files.append((path, content))
    return files
