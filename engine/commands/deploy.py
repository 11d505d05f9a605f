"""Deploy diagrams, decision tables and forms together: all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from engine.commands.bindings import bound_files, checksums_of
from engine.commands.checking import Checked, CheckedForm, Known, Resource, check_resources
from engine.commands.decision_files import CheckedDecisions, DeployedModel
from engine.commands.definitions import Definitions
from engine.commands.registry import OfService, Target, handles
from engine.commands.start_events import arm_start_events
from engine.commands.transaction import Transaction
from engine.dmn import Decision
from engine.errors import DeploymentRefused, SecondPersonNeeded
from engine.model.diagram import Process
from engine.policy.permissions import Facts
from engine.store.marks import ANY_FORM, add_marks, add_uses
from engine.store.tables import (
    decision_definition,
    decision_import,
    decision_requirements,
    deployment,
    form_definition,
    group_,
    person,
    process_definition,
)

TENANT = "<default>"


class DraftNeeded(SecondPersonNeeded):
    """Here a second person approves what is deployed: publish it from a draft."""

    code = "draft-needed"
    th = "หน่วยงานกำหนดให้บุคคลที่สองอนุมัติก่อนนำขึ้นใช้งาน โปรดเผยแพร่จากฉบับร่าง"


@dataclass(frozen=True, slots=True)
class Deploy:
    """Deploy these files.

    A content that a server brings with it has a `digest`, by which it is known again. What of it was deployed before as
    it is makes no new version: the one that was published since stays in use.
    """

    resources: tuple[Resource, ...]
    digest: str | None = None

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {
            "resources": [{"name": r.name, "sha256": hashlib.sha256(r.content).hexdigest()} for r in self.resources]
        }


def _target(command: Deploy, tx: Transaction) -> Target:
    checked = check_resources(command.resources, known_in(tx.db, tx.services.definitions, tx.now))
    if checked.faults:
        raise DeploymentRefused(checked.faults, checked.warnings)
    ids = {p.id for _, p in checked.processes}
    ids |= {f.form.id.rsplit(".", 1)[0] for _, f in checked.forms if "." in f.form.id}
    return Target(Facts(frozenset(ids - {"shared"})), rows={"checked": checked})


def known_in(db: Connection, definitions: Definitions, now: datetime) -> Known:
    """What the database has already."""

    def form(form_id: str) -> str | None:
        c = form_definition.c
        query = select(c.schema).where(c.form_id == form_id).order_by(c.version.desc()).limit(1)
        found: str | None = db.execute(query).scalar()
        return found

    def decision(decision_id: str) -> bool:
        return definitions.find_decision(db, decision_id) is not None

    def models(namespace: str) -> list[DeployedModel]:
        return definitions.models(db, namespace)

    def strangers(names: frozenset[str]) -> frozenset[str]:
        g, p, wanted = group_.c, person.c, sorted(names)
        known = select(g.key).where(g.key.in_(wanted)).union(select(p.username).where(p.username.in_(wanted)))
        return names - set(db.execute(known).scalars())

    return Known(form, decision, models, strangers, now)


@dataclass(frozen=True, slots=True)
class _Deployment:
    """What is going on: in which transaction, under which key, and which files make no new version if any version was
    like them."""

    tx: Transaction
    key: int
    kept: frozenset[str]


_EVENT = OfService("deployed", lambda _, answer: answer["deploymentKey"])


@handles(Deploy, permission="deployment:create", event=_EVENT, target=_target)
def deploy(command: Deploy, target: Target, tx: Transaction) -> dict[str, Any]:
    """Raises DeploymentRefused with every fault, DraftNeeded; warnings are answered."""
    if tx.services.second_publisher and not tx.actor.is_system:
        raise DraftNeeded()
    return deploy_checked(target, tx, command.digest)


def was_deployed(db: Connection, digest: str) -> bool:
    """Whether the content of this digest has been deployed, whatever came after it."""
    return db.execute(select(deployment.c.key).where(deployment.c.digest == digest).limit(1)).first() is not None


def deploy_checked(target: Target, tx: Transaction, digest: str | None = None) -> dict[str, Any]:
    """Deploy what `target` holds checked. An unchanged resource keeps its version; a process has changed when something
    that it is bound to by deployment has.

    Afterwards the newest version of each process is armed: its timers, messages, signals and conditions start it.
    """
    checked: Checked = target.rows["checked"]
    bound = bound_files(checked)
    checksums = checksums_of(checked, bound)
    kept = _kept(tx.db, checked, bound, checksums) if digest is not None else frozenset[str]()
    under = _Deployment(tx, tx.key(), kept)
    row = {"key": under.key, "deployed_at": tx.now, "deployed_by": tx.actor.name, "digest": digest}
    tx.db.execute(insert(deployment), row)
    items: list[dict[str, Any]] = []
    for resource, checked_form in checked.forms:
        items.append({"form": _form(under, resource, checked_form)})
    models: dict[str, int] = {}  # requirements keys by file
    for resource, decisions in checked.decisions:
        items += _decisions(under, resource, decisions, models)
    for resource, process in checked.processes:
        items.append({"processDefinition": _process(under, resource, process, checksums[resource.name])})
    slots = ("processDefinition", "decisionDefinition", "decisionRequirements", "form", "resource")
    deployments = [{slot: item.get(slot) for slot in slots} for item in items]
    warnings = [warning.described() for warning in checked.warnings]
    return {"deploymentKey": str(under.key), "tenantId": TENANT, "deployments": deployments, "warnings": warnings}


def _kept(
    db: Connection, checked: Checked, bound: Mapping[str, set[str]], checksums: Mapping[str, str]
) -> frozenset[str]:
    """Of what a server brings with it, the files that have no say where they were heard before: all but those of
    diagrams that are new, and what these are bound to, which they were checked with."""
    c = process_definition.c
    again: set[str] = set()
    for resource, process in checked.processes:
        known = select(c.key).where(c.process_id == process.id, c.checksum == checksums[resource.name]).limit(1)
        if db.execute(known).first() is None:
            again |= bound[resource.name]
    found = (*checked.forms, *checked.decisions, *checked.processes)
    return frozenset(resource.name for resource, _ in found) - again


def _form(under: _Deployment, resource: Resource, checked: CheckedForm) -> dict[str, Any]:
    form = checked.form
    row, _ = _version(
        under, form_definition, {"form_id": form.id}, checked.checksum,
        {
            "version_tag": form.version_tag or None, "resource_name": resource.name,
            "deployment_key": under.key, "schema": checked.text,
        },
    )  # fmt: skip
    add_marks(under.tx.db, form.id, form.marks)
    return {
        "formKey": str(row["key"]), "formId": form.id, "version": row["version"],
        "resourceName": resource.name, "tenantId": TENANT,
    }  # fmt: skip


def _process(under: _Deployment, resource: Resource, process: Process, checksum: str) -> dict[str, Any]:
    form = process.start_form
    row, is_new = _version(
        under, process_definition, {"process_id": process.id}, checksum,
        {
            "version_tag": process.version_tag, "name": process.name, "name_en": process.name_en or None,
            "resource_name": resource.name, "deployment_key": under.key,
            "xml": resource.content.decode("utf-8", errors="strict"), "start_form_id": form.id if form else None,
            "startable": process.none_start is not None and not process.facts.called_only,
            "deployed_at": under.tx.now, "state": "ACTIVE",
        },
    )  # fmt: skip
    if is_new:
        add_uses(under.tx.db, process.id, _forms_of(process))
        arm_start_events(under.tx, process, row["key"])
    return {
        "processDefinitionKey": str(row["key"]), "processDefinitionId": process.id,
        "processDefinitionVersion": row["version"], "resourceName": resource.name, "tenantId": TENANT,
    }  # fmt: skip


def _forms_of(process: Process) -> set[str]:
    """The ids of the forms that the process's tasks show; ANY_FORM when an expression chooses one."""
    linked = (node.human.form for node in process.nodes.values() if node.human is not None)
    return {ANY_FORM if form.id.startswith("=") else form.id for form in linked if form is not None}


def _decisions(
    under: _Deployment, resource: Resource, checked: CheckedDecisions, models: dict[str, int]
) -> list[dict[str, Any]]:
    """A decision model; those it imports are among `models` already, to which it is added."""
    model = checked.model
    requirements, is_new = _version(
        under, decision_requirements, {"requirements_id": model.id}, checked.checksum,
        {
            "name": model.name, "resource_name": resource.name, "deployment_key": under.key,
            "xml": resource.content.decode("utf-8", errors="strict"), "namespace": checked.namespace,
        },
    )  # fmt: skip
    models[resource.name] = requirements["key"]
    if is_new and checked.imports:
        imported = [models[one.file] if isinstance(one, CheckedDecisions) else one.key for one in checked.imports]
        rows = [{"importing_key": requirements["key"], "imported_key": one} for one in imported]
        under.tx.db.execute(insert(decision_import), rows)
    items: list[dict[str, Any]] = [
        {
            "decisionRequirements": {
                "decisionRequirementsKey": str(requirements["key"]), "decisionRequirementsId": model.id,
                "decisionRequirementsName": model.name, "version": requirements["version"],
                "resourceName": resource.name, "tenantId": TENANT,
            }
        }
    ]  # fmt: skip
    for decision in model.decisions.values():
        row = _decision_row(under, requirements["key"], decision, is_new)
        items.append(
            {
                "decisionDefinition": {
                    "decisionDefinitionKey": str(row["key"]), "decisionDefinitionId": decision.id,
                    "name": decision.name, "version": row["version"], "decisionRequirementsId": model.id,
                    "decisionRequirementsKey": str(requirements["key"]), "tenantId": TENANT,
                }
            }
        )  # fmt: skip
    return items


def _decision_row(under: _Deployment, requirements_key: int, decision: Decision, is_new: bool) -> Mapping[str, Any]:
    c = decision_definition.c
    if not is_new:
        same = select(c.key, c.version).where(c.decision_id == decision.id, c.requirements_key == requirements_key)
        return dict(under.tx.db.execute(same).mappings().one())
    latest = under.tx.db.execute(select(func.max(c.version)).where(c.decision_id == decision.id)).scalar() or 0
    row = {
        "key": under.tx.key(), "decision_id": decision.id, "version": latest + 1,
        "version_tag": decision.version_tag or None, "name": decision.name,
        "requirements_key": requirements_key, "deployment_key": under.key,
    }  # fmt: skip
    under.tx.db.execute(insert(decision_definition), row)
    return row


def _version(
    under: _Deployment, table: Table, identity: Mapping[str, str], checksum: str, values: Mapping[str, Any]
) -> tuple[Mapping[str, Any], bool]:
    """The row of a resource: the latest version if it is unchanged, else a new one; and whether it is new."""
    (id_name, id_value), c, tx = next(iter(identity.items())), table.c, under.tx
    query = select(c.key, c.version, c.checksum).where(c[id_name] == id_value).order_by(c.version.desc()).limit(1)
    latest = tx.db.execute(query).mappings().one_or_none()
    if latest is not None and latest["checksum"] == checksum:
        return dict(latest), False
    if values["resource_name"] in under.kept:
        earlier = tx.db.execute(query.where(c.checksum == checksum)).mappings().one_or_none()
        if earlier is not None:
            return dict(earlier), False
    row = {"key": tx.key(), id_name: id_value, "version": latest["version"] + 1 if latest else 1, "checksum": checksum}
    tx.db.execute(insert(table), row | dict(values))
    return row, True
