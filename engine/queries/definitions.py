"""What is deployed: processes, forms, decisions. Everybody who is signed in may read it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from engine.errors import InvalidArgument, NotFound
from engine.model.actor import Actor
from engine.policy.permissions import Facts, allowed, require
from engine.queries.noun import TENANT, Context, Field, Noun, Special, truth
from engine.queries.search import Search, search
from engine.store.tables import decision_definition as dd
from engine.store.tables import decision_requirements as dr
from engine.store.tables import form_definition as fd
from engine.store.tables import process_definition as pd


def _latest(table: Table, identifier: str) -> Special:
    """The filter isLatestVersion: whether no version of the same id is newer."""
    other = table.alias()

    def condition(value: Any, _context: Context) -> ColumnElement[bool]:
        if not isinstance(value, bool):
            raise InvalidArgument("filter: isLatestVersion is true or false")
        newest = select(func.max(other.c.version)).where(other.c[identifier] == table.c[identifier])
        same = table.c.version == newest.scalar_subquery()
        return same if value else ~same

    return condition


PROCESS_DEFINITION = Noun(
    "ProcessDefinition",
    pd,
    "processDefinitionKey",
    {
        "processDefinitionKey": Field(pd.c.key, "key"),
        "processDefinitionId": Field(pd.c.process_id, "string"),
        "name": Field(pd.c.name, "string", nullable=True),
        "version": Field(pd.c.version, "integer"),
        "versionTag": Field(pd.c.version_tag, "string", nullable=True),
        "resourceName": Field(pd.c.resource_name, "string"),
        "tenantId": TENANT,
        "hasStartForm": Field(truth(pd.c.start_form_id.is_not(None)), "boolean", sortable=False),
        "state": Field(pd.c.state, "enum"),
        "nameEn": Field(pd.c.name_en, "string", nullable=True),
        "startable": Field(pd.c.startable, "boolean", filterable=False),
    },
    {"isLatestVersion": _latest(pd, "process_id")},
)
DECISION_DEFINITION = Noun(
    "DecisionDefinition",
    dd.join(dr, dr.c.key == dd.c.requirements_key),
    "decisionDefinitionKey",
    {
        "decisionDefinitionKey": Field(dd.c.key, "key"),
        "decisionDefinitionId": Field(dd.c.decision_id, "string"),
        "name": Field(func.coalesce(dd.c.name, dd.c.decision_id), "string"),
        "version": Field(dd.c.version, "integer"),
        "decisionRequirementsKey": Field(dr.c.key, "key"),
        "decisionRequirementsId": Field(dr.c.requirements_id, "string"),
        "decisionRequirementsName": Field(func.coalesce(dr.c.name, dr.c.requirements_id), "string"),
        "decisionRequirementsVersion": Field(dr.c.version, "integer"),
        "tenantId": TENANT,
    },
    {"isLatestVersion": _latest(dd, "decision_id")},
)
DECISION_REQUIREMENTS = Noun(
    "DecisionRequirements",
    dr,
    "decisionRequirementsKey",
    {
        "decisionRequirementsKey": Field(dr.c.key, "key"),
        "decisionRequirementsId": Field(dr.c.requirements_id, "string"),
        "decisionRequirementsName": Field(func.coalesce(dr.c.name, dr.c.requirements_id), "string"),
        "version": Field(dr.c.version, "integer"),
        "resourceName": Field(dr.c.resource_name, "string"),
        "tenantId": TENANT,
    },
)
FORM = Noun(
    "Form",
    fd,
    "formKey",
    {
        "formKey": Field(fd.c.key, "key"),
        "formId": Field(fd.c.form_id, "string"),
        "schema": Field(fd.c.schema, "string"),
        "version": Field(fd.c.version, "integer"),
        "tenantId": TENANT,
    },
)


def search_definitions(db: Connection, actor: Actor, noun: Noun, request: Search) -> dict[str, Any]:
    """Definitions of one kind. `startable` is whether the actor may start it by hand."""
    require(actor, "definition:read", Facts())
    found = search(db, noun, request)
    for item in found["items"]:
        _startable_by(actor, item)
    return found


def get_definition(db: Connection, actor: Actor, noun: Noun, key: int) -> dict[str, Any]:
    """One definition. Raises NotFound."""
    require(actor, "definition:read", Facts())
    found = noun.one(db, noun.fields[noun.key].column == key)
    if found is None:
        raise NotFound(**{noun.key: str(key)})
    _startable_by(actor, found)
    return found


def get_xml(db: Connection, actor: Actor, noun: Noun, key: int) -> str:
    """The deployed XML. Raises NotFound."""
    require(actor, "definition:read", Facts())
    xml = pd.c.xml if noun is PROCESS_DEFINITION else dr.c.xml
    found: str | None = db.execute(
        select(xml).select_from(noun.source).where(noun.fields[noun.key].column == key)
    ).scalar()
    if found is None:
        raise NotFound(**{noun.key: str(key)})
    return found


def get_start_form(db: Connection, actor: Actor, key: int) -> dict[str, Any] | None:
    """The form shown when a person starts the process: the newest of its id. Raises NotFound."""
    require(actor, "definition:read", Facts())
    row = db.execute(select(pd.c.start_form_id, pd.c.deployment_key).where(pd.c.key == key)).one_or_none()
    if row is None:
        raise NotFound(processDefinitionKey=str(key))
    newest = FORM.select().where(fd.c.form_id == row.start_form_id).order_by(fd.c.version.desc()).limit(1)
    found = db.execute(newest).first()
    return None if found is None else FORM.shape(found)


def get_form(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """A form by its key. Raises NotFound."""
    return get_definition(db, actor, FORM, key)


def _startable_by(actor: Actor, item: dict[str, Any]) -> None:
    if item.get("startable"):
        facts = Facts(process_ids=frozenset({item["processDefinitionId"]}))
        item["startable"] = item["state"] == "ACTIVE" and allowed(actor, "process-instance:create", facts)
