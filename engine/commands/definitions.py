"""What is deployed, parsed once per version and shared by every instance and thread of this process.

A deployed version never changes, so what is cached by key stays true; which version is the latest
is asked of the database each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select, tuple_

from engine.commands.decision_files import DeployedModel
from engine.dmn import DecisionModel, parse_decisions
from engine.errors import NotFound
from engine.execution import Definition, build, read_processes
from engine.forms import Form
from engine.model.work import Called
from engine.store.tables import (
    decision_definition,
    decision_import,
    decision_requirements,
    form_definition,
    process_definition,
)


@dataclass(frozen=True, slots=True)
class DeployedProcess:
    """One version of a process, ready to run."""

    key: int
    process_id: str
    version: int
    version_tag: str | None
    deployment_key: int
    definition: Definition


@dataclass(frozen=True, slots=True)
class DeployedDecision:
    """One version of a decision with the model it belongs to. `versions` has the key and version of every decision
    that it may need, by id: those of its model and of the models this one imports."""

    key: int
    decision_id: str
    name: str
    version: int
    requirements_key: int
    requirements_id: str
    model: DecisionModel
    versions: Mapping[str, tuple[int, int]]


class Definitions:
    """The cache. Two threads that parse the same version at once do the work twice, no more."""

    def __init__(self) -> None:
        self._processes: dict[int, DeployedProcess] = {}
        self._forms: dict[int, Form] = {}
        self._models: dict[int, DecisionModel] = {}
        self._versions: dict[int, dict[str, tuple[int, int]]] = {}

    def copy(self) -> Definitions:
        """A cache that knows what this one knows and goes its own way from here."""
        other = Definitions()
        other._processes = dict(self._processes)
        other._forms, other._models = dict(self._forms), dict(self._models)
        other._versions = dict(self._versions)
        return other

    def process(self, db: Connection, key: int) -> DeployedProcess:
        """A process version by its key. Raises NotFound."""
        if key not in self._processes:
            row = db.execute(select(process_definition).where(process_definition.c.key == key)).one_or_none()
            if row is None:
                raise NotFound(processDefinitionKey=str(key))
            self._processes[key] = _parsed(row)
        return self._processes[key]

    def form(self, db: Connection, key: int) -> Form:
        """A form version by its key. Raises NotFound."""
        if key not in self._forms:
            row = db.execute(select(form_definition).where(form_definition.c.key == key)).one_or_none()
            if row is None:
                raise NotFound(formKey=str(key))
            self._forms[key] = Form.parse(row.schema, row.resource_name)
        return self._forms[key]

    def find_process(
        self, db: Connection, process_id: str, called: Called | None = None, deployment: int = 0
    ) -> int | None:
        """The key of the version that a process id and binding mean; None when there is none."""
        c = process_definition.c
        return _find(db, process_definition, c.process_id == process_id, called, deployment)

    def find_version(self, db: Connection, process_id: str, version: int) -> int | None:
        """The key of a numbered version; None when there is none."""
        c = process_definition.c
        return db.execute(select(c.key).where(c.process_id == process_id, c.version == version)).scalar()

    def find_form(self, db: Connection, form_id: str, called: Called | None, deployment: int) -> int | None:
        """The key of the form version that a form id and binding mean; None when there is none."""
        return _find(db, form_definition, form_definition.c.form_id == form_id, called, deployment)

    def find_resource(self, db: Connection, resource_id: str, called: Called, deployment: int) -> int | None:
        """The key of the process, form or decision model that an id and binding mean; None when there is none."""
        r = decision_requirements.c
        found = self.find_process(db, resource_id, called, deployment)
        if found is None:
            found = self.find_form(db, resource_id, called, deployment)
        if found is None and called.binding != "versionTag":  # a decision model has no tag of its own
            found = _find(db, decision_requirements, r.requirements_id == resource_id, called, deployment)
        return found

    def find_decision(
        self, db: Connection, decision_id: str, called: Called | None = None, deployment: int = 0
    ) -> DeployedDecision | None:
        """The decision version that a decision id and binding mean; None when there is none."""
        c = decision_definition.c
        key = _find(db, decision_definition, c.decision_id == decision_id, called, deployment)
        return None if key is None else self.decision(db, key)

    def decision(self, db: Connection, key: int) -> DeployedDecision:
        """A decision version by its key. Raises NotFound."""
        d, r = decision_definition.c, decision_requirements.c
        row = db.execute(
            select(d.key, d.decision_id, d.name, d.version, d.requirements_key, r.requirements_id)
            .join(decision_requirements, r.key == d.requirements_key)
            .where(d.key == key)
        ).one_or_none()
        if row is None:
            raise NotFound(decisionDefinitionKey=str(key))
        model = self._model(db, row.requirements_key)
        return DeployedDecision(
            row.key, row.decision_id, row.name or row.decision_id, row.version,
            row.requirements_key, row.requirements_id, model, self._versions[row.requirements_key],
        )  # fmt: skip

    def models(self, db: Connection, namespace: str) -> list[DeployedModel]:
        """The newest version of every decision model, of those that have this namespace."""
        c = decision_requirements.c
        newest = select(c.requirements_id, func.max(c.version)).group_by(c.requirements_id)
        query = select(c.key, c.requirements_id, c.resource_name, c.checksum).order_by(c.key)
        query = query.where(c.namespace == namespace, tuple_(c.requirements_id, c.version).in_(newest))
        return [
            DeployedModel(row.key, row.requirements_id, row.resource_name, row.checksum, self._model(db, row.key))
            for row in db.execute(query).all()
        ]

    def _model(self, db: Connection, key: int) -> DecisionModel:
        """A version of a decision model, with the very versions that it imports, however long the chain of these."""
        waiting = [key]
        while waiting:
            at = waiting[-1]
            imported = [] if at in self._models else _imported(db, at)
            missing = [one for one in imported if one not in self._models]
            if missing:
                waiting += missing
                continue
            if at not in self._models:
                self._read_model(db, at, imported)
            waiting.pop()
        return self._models[key]

    def _read_model(self, db: Connection, key: int, imported: Sequence[int]) -> None:
        r, d = decision_requirements.c, decision_definition.c
        row = db.execute(select(r.xml, r.resource_name).where(r.key == key)).one()
        model = parse_decisions(row.xml.encode(), row.resource_name, [self._models[one] for one in imported])
        versions: dict[str, tuple[int, int]] = {}
        for one in imported:
            versions |= self._versions[one]
        own = db.execute(select(d.decision_id, d.key, d.version).where(d.requirements_key == key))
        versions |= {one.decision_id: (one.key, one.version) for one in own}
        # the versions first: another thread that finds the model finds them too
        self._versions[key] = versions
        self._models[key] = model


def _imported(db: Connection, key: int) -> list[int]:
    c = decision_import.c
    return list(db.execute(select(c.imported_key).where(c.importing_key == key).order_by(c.imported_key)).scalars())


def _parsed(row: Any) -> DeployedProcess:
    processes, _ = read_processes(row.xml.encode(), row.resource_name)
    process = next(p for p in processes if p.id == row.process_id)
    return DeployedProcess(row.key, row.process_id, row.version, row.version_tag, row.deployment_key, build(process))


def _find(
    db: Connection, table: Table, of_id: ColumnElement[bool], called: Called | None, deployment: int
) -> int | None:
    """latest: the newest; deployment: deployed together (what had not changed is the version of before), else
    the newest; versionTag: newest with it."""
    c = table.c
    query = select(c.key).where(of_id).order_by(c.version.desc()).limit(1)
    if "state" in c:
        query = query.where(c.state == "ACTIVE")
    if called is not None and called.binding == "versionTag":
        query = query.where(c.version_tag == called.version_tag)
    elif called is not None and called.binding == "deployment":
        for then in (c.deployment_key == deployment, c.deployment_key < deployment):
            together: int | None = db.execute(query.where(then)).scalar()
            if together is not None:
                return together
    found: int | None = db.execute(query).scalar()
    return found
