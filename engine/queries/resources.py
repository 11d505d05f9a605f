"""Deployed files by the key of what they hold. Everybody who is signed in may read them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, String, cast, null, select, union_all

from engine.errors import NotFound
from engine.model.actor import Actor
from engine.policy.permissions import Facts, require
from engine.queries.noun import TENANT, Field, Noun
from engine.queries.search import Search, search
from engine.store.tables import decision_requirements as dr
from engine.store.tables import form_definition as fd
from engine.store.tables import process_definition as pd

_NO_TAG = cast(null(), String).label("version_tag")
_FILES = union_all(
    select(
        pd.c.key, pd.c.process_id.label("id"), pd.c.resource_name, pd.c.version, pd.c.version_tag, pd.c.deployment_key
    ),
    select(dr.c.key, dr.c.requirements_id, dr.c.resource_name, dr.c.version, _NO_TAG, dr.c.deployment_key),
    select(fd.c.key, fd.c.form_id, fd.c.resource_name, fd.c.version, fd.c.version_tag, fd.c.deployment_key),
).subquery("resource")

RESOURCE = Noun(
    "Resource",
    _FILES,
    "resourceKey",
    {
        "resourceKey": Field(_FILES.c.key, "key"),
        "resourceId": Field(_FILES.c.id, "string"),
        "resourceName": Field(_FILES.c.resource_name, "string"),
        "version": Field(_FILES.c.version, "integer"),
        "versionTag": Field(_FILES.c.version_tag, "string", nullable=True),
        "deploymentKey": Field(_FILES.c.deployment_key, "key", shown=False),
        "tenantId": TENANT,
    },
)


def search_resources(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """Deployed files: processes, decision requirements, forms."""
    require(actor, "definition:read", Facts())
    return search(db, RESOURCE, request)


def get_resource(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """What a key of a deployment means: process, decision requirements or form. Raises NotFound."""
    require(actor, "definition:read", Facts())
    found = RESOURCE.one(db, _FILES.c.key == key)
    if found is None:
        raise NotFound(resourceKey=str(key))
    return found


def get_content(db: Connection, actor: Actor, key: int) -> tuple[str, str]:
    """What was deployed, as text, and its media type; of a form, the JSON that is shown (its parts filled in). Raises
    NotFound."""
    get_resource(db, actor, key)
    for table, column, kind in (
        (pd, pd.c.xml, "text/xml"), (dr, dr.c.xml, "text/xml"), (fd, fd.c.schema, "application/json"),
    ):  # fmt: skip
        text: str | None = db.execute(select(column).where(table.c.key == key)).scalar()
        if text is not None:
            return text, kind
    raise NotFound(resourceKey=str(key))
