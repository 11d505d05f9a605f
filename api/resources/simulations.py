"""Walking a draft by hand: one step after another, on the engine itself, in memory."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from api.blueprint import Room
from api.context import read, runtime
from api.resources.draft_trials import deployed, reasons_of, taken_of
from api.schemas.simulations import Simulation, SimulationBody
from api.trying import turn
from engine.queries.filters import read_moment
from engine.queries.model_drafts import EDIT, get_draft, get_files
from engine.scenarios.simulate import Walk, before, process_of, walk
from engine.scenarios.trial import open_trial

blp = Room("simulations", __name__, url_prefix="/v2", description="Walking a draft step by step before it is deployed")


@blp.operation("POST", "/model-drafts/<key:key>/simulation", permission=EDIT, body=SimulationBody, returns=Simulation,
               errors=(404, 409))  # fmt: skip
def simulate(body: dict[str, Any], key: int) -> Any:
    """Play what was chosen so far of a case of a draft, in memory; tell where it stands and what can be chosen next.
    Nothing is kept, and nobody is told."""
    at = runtime().clock.now() if body["at"] is None else read_moment("at", body["at"])
    revision = read(get_draft, key)["revision"]
    files = read(get_files, key, revision)
    with turn():
        trial = open_trial(files, deployed())
        try:
            path, process = process_of(trial, body["processDefinitionId"])
            start = body["start"]
            found = before(trial, process, at) if start is None else walk(trial, process, at, start, body["steps"])
        finally:
            trial.close()
    return {"revision": revision, "processDefinitionId": process.id, "path": path, "at": utc(at)} | _told(found)


def utc(moment: datetime) -> str:
    """As answers have it, and as a request may say it again."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _told(found: Walk) -> dict[str, Any]:
    refused = {"step": found.step, "reasons": reasons_of(found.why)} if found.why else None
    return found.described() | {"taken": taken_of(found.taken), "refused": refused}
