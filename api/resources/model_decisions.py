"""Decisions of a draft, tried out before they are deployed: sample data in, result out. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from api.blueprint import Room
from api.context import read, runtime
from api.schemas.model_decisions import DecisionNeeds, DecisionOfDraftBody, DecisionTrial, DecisionTrialBody
from engine.commands.draft_decisions import DraftDecision
from engine.queries.model_drafts import EDIT, get_files

blp = Room("model decisions", __name__, url_prefix="/v2", description="Decisions of a draft, tried out")
PLACE = "/model-drafts/<key:key>/decisions"


@blp.operation("POST", f"{PLACE}/variables", permission=EDIT, body=DecisionOfDraftBody, returns=DecisionNeeds,
               errors=(404,))  # fmt: skip
def needs(body: dict[str, Any], key: int) -> Any:
    """The variables that a decision of a draft, and all that it requires, read."""
    with _decision(body, key) as decision:
        return {"variables": decision.needs()}


@blp.operation("POST", f"{PLACE}/evaluation", permission=EDIT, body=DecisionTrialBody, returns=DecisionTrial,
               errors=(404,))  # fmt: skip
def evaluate(body: dict[str, Any], key: int) -> Any:
    """What a decision of a draft, as it is saved, decides with sample data. Nothing is kept of it."""
    with _decision(body, key) as decision:
        return decision.tried(body["variables"] or {})


@contextmanager
def _decision(body: dict[str, Any], key: int) -> Iterator[DraftDecision]:
    files, services, now = read(get_files, key), runtime().bus.services, runtime().clock.now()
    with runtime().database.read() as db:
        yield DraftDecision(db, services, now, files, body["path"], body["decisionDefinitionId"])
