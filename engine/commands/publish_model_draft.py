"""Publish a draft: deploy all its files together. Or discard it: its history stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from engine.commands.checking import Resource
from engine.commands.deploy import Deploy, deploy_checked
from engine.commands.draft_approval import ask_for_approval
from engine.commands.model_drafts import EDIT, change, draft_target, open_draft
from engine.commands.registry import NO_INSTANCE, OfService, Target, handler_of, handles
from engine.commands.second_person import check_reason
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, StaleRevision
from engine.model.draft_files import DEPLOYED_KINDS, kind_of
from engine.policy.permissions import require
from engine.store.drafts import file_contents

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


_DISCARDED = OfService("draft-discarded", lambda command, _: command.draft_key)


@handles(PublishModelDraft, permission=EDIT, event=NO_INSTANCE, target=draft_target)
def publish_model_draft(command: PublishModelDraft, target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer what Deploy answers, and {draftKey, state}. Where a second person has to approve it, nothing is deployed
    yet: the draft is AWAITING_APPROVAL and cannot be changed, those who may approve it are told, and deploymentKey is
    None.

    Raises DraftClosed, StaleRevision, ReasonNeeded, InvalidArgument when there is nothing to deploy, Forbidden without
    the permission to deploy each process that is in it, DeploymentRefused with every fault; then nothing is changed.
    """
    row = open_draft(target)
    if row.revision != command.revision:
        raise StaleRevision(draftKey=str(row.key), revision=row.revision, updatedBy=row.updated_by)
    reason = check_reason(command.reason)
    deployment, found = prepared(tx, row)
    if tx.services.second_publisher:
        return ask_for_approval(tx, row, reason, found)
    tx.record_service("draft-published", str(row.key), **command.told())
    return published(tx, row, reason, deployment, found)


def prepared(tx: Transaction, row: Row[Any]) -> tuple[Deploy, Target]:
    """The deployment of the draft's files, checked, and what it acts on. Raises as PublishModelDraft."""
    resources = resources_of(file_contents(tx.db, row.key))
    if not resources:
        raise InvalidArgument("the draft has no diagram, no decision table and no form")
    deployment = Deploy(resources)
    found = handler_of(Deploy).target(deployment, tx)
    require(tx.actor, DEPLOY, found.facts)
    return deployment, found


def published(tx: Transaction, row: Row[Any], reason: str, deployment: Deploy, found: Target) -> dict[str, Any]:
    """Deploy it, and close the draft; what Deploy answers, and {draftKey, state}."""
    answer = deploy_checked(found, tx)
    tx.record_service("deployed", answer["deploymentKey"], **deployment.told())
    key = int(answer["deploymentKey"])
    change(tx, row, state="PUBLISHED", deployment_key=key, reason=reason)
    return {**answer, "draftKey": str(row.key), "state": "PUBLISHED"}


@handles(DiscardModelDraft, permission=EDIT, event=_DISCARDED, target=draft_target)
def discard_model_draft(_command: DiscardModelDraft, target: Target, tx: Transaction) -> None:
    """Raises DraftClosed."""
    change(tx, open_draft(target), state="DISCARDED")
