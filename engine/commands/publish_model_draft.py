"""Publish a draft: deploy all its files together. Or discard it: its history stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.commands.model_drafts import EDIT, draft_target, open_draft
from engine.commands.registry import OfService, Target, handler_of, handles
from engine.commands.second_person import check_reason
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, StaleRevision
from engine.model.draft_files import DEPLOYED_KINDS, kind_of
from engine.policy.permissions import require
from engine.store.drafts import file_contents
from engine.store.tables import model_draft

DEPLOY = "deployment:create"


@dataclass(frozen=True, slots=True)
class PublishModelDraft:
    """`revision` is that of the draft as the publisher saw it."""

    draft_key: int
    revision: int
    reason: str

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {"revision": self.revision, "reason": self.reason.strip()}


@dataclass(frozen=True, slots=True)
class DiscardModelDraft:
    """Nobody works on it any more."""

    draft_key: int

    def told(self) -> dict[str, Any]:
        """Nothing but which."""
        return {}


def resources_of(files: list[tuple[str, str]]) -> tuple[Resource, ...]:
    """Those of the files ((path, content)) that are deployed: no scenarios, no texts."""
    return tuple(Resource(path, content.encode()) for path, content in files if kind_of(path) in DEPLOYED_KINDS)


_PUBLISHED = OfService("draft-published", lambda command, _: command.draft_key)
_DISCARDED = OfService("draft-discarded", lambda command, _: command.draft_key)


@handles(PublishModelDraft, permission=EDIT, event=_PUBLISHED, target=draft_target)
def publish_model_draft(command: PublishModelDraft, target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer what Deploy answers, and {draftKey, state}.

    Raises DraftClosed, StaleRevision, ReasonNeeded, InvalidArgument when there is nothing to deploy, Forbidden without
    the permission to deploy each process that is in it, DeploymentRefused with every fault; then nothing is changed.
    """
    row = open_draft(target)
    if row.revision != command.revision:
        raise StaleRevision(draftKey=str(row.key), revision=row.revision, updatedBy=row.updated_by)
    reason = check_reason(command.reason)
    resources = resources_of(file_contents(tx.db, row.key))
    if not resources:
        raise InvalidArgument("the draft has no diagram, no decision table and no form")
    deploy, deployment = handler_of(Deploy), Deploy(resources)
    found = deploy.target(deployment, tx)
    require(tx.actor, DEPLOY, found.facts)
    answer = deploy.act(deployment, found, tx)
    tx.record_service("deployed", answer["deploymentKey"], **deployment.told())
    published = {
        "state": "PUBLISHED", "deployment_key": int(answer["deploymentKey"]), "reason": reason,
        "updated_by": tx.actor.name, "updated_at": tx.now,
    }  # fmt: skip
    tx.db.execute(update(model_draft).where(model_draft.c.key == row.key).values(**published))
    return {**answer, "draftKey": str(row.key), "state": "PUBLISHED"}


@handles(DiscardModelDraft, permission=EDIT, event=_DISCARDED, target=draft_target)
def discard_model_draft(_command: DiscardModelDraft, target: Target, tx: Transaction) -> None:
    """Raises DraftClosed."""
    row = open_draft(target)
    changed = {"state": "DISCARDED", "updated_by": tx.actor.name, "updated_at": tx.now}
    tx.db.execute(update(model_draft).where(model_draft.c.key == row.key).values(**changed))
