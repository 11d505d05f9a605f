"""Trying out drafts: their scenarios are played in memory, on the files as they stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from api.blueprint import Room
from api.context import read, runtime
from api.schemas.draft_trials import DraftTrial, DraftTrialBody
from api.trying import turn
from engine.errors import NotFound
from engine.model.diagram import Process
from engine.queries.model_drafts import EDIT, get_draft, get_files
from engine.scenarios.coverage import Taken
from engine.scenarios.deployed import Deployed, read_deployed
from engine.scenarios.reasons import Reason
from engine.scenarios.run import Outcome
from engine.scenarios.trial import MOST_SCENARIOS, Files, TooManyScenarios, Trial, open_trial, scenarios_of

blp = Room(
    "draft trials", __name__, url_prefix="/v2", description="What scenarios say of a draft before it is deployed"
)


@blp.operation("POST", "/model-drafts/<key:key>/trial", permission=EDIT, body=DraftTrialBody, returns=DraftTrial,
               errors=(404, 409))  # fmt: skip
def try_out(body: dict[str, Any], key: int) -> Any:
    """Play the scenarios of a draft, or one of them, on its files as they stand: in memory, with made-up accounts and a
    clock of its own. Nothing is kept and nobody is told."""
    revision = read(get_draft, key)["revision"]
    files = read(get_files, key, revision)
    chosen = _chosen(files, key, body["path"])
    with turn():
        trial = open_trial(files, deployed())
        try:
            played = [_outcome(path, trial.play(path, text)) for path, text in chosen]
            return {
                "revision": revision,
                "scenarios": played,
                "coverage": [_covered(trial, *p) for p in trial.processes],
            }
        finally:
            trial.close()


def deployed() -> Deployed:
    """What the office has, to try things out over."""
    with runtime().database.read() as db:
        return read_deployed(db, runtime().bus.services.definitions)


def _chosen(files: Files, key: int, path: str | None) -> Files:
    """Raises NotFound, TooManyScenarios."""
    found = scenarios_of(files)
    if path is not None:
        found = [one for one in found if one[0] == path]
        if not found:
            raise NotFound(draftKey=str(key), path=path)
    if len(found) > MOST_SCENARIOS:
        raise TooManyScenarios(f"{MOST_SCENARIOS} at a time at most")
    return found


def _outcome(path: str, outcome: Outcome) -> dict[str, Any]:
    return {
        "path": path, "title": {"th": outcome.title.get("th"), "en": outcome.title.get("en")},
        "passed": outcome.passed, "step": None if outcome.passed else outcome.step, "line": outcome.line,
        "reasons": reasons_of(outcome.why), "taken": taken_of(outcome.taken), "waiting": list(outcome.waiting),
    }  # fmt: skip


def reasons_of(why: Iterable[Reason]) -> list[dict[str, Any]]:
    """As answers carry them: [{line, message {th, en}}]."""
    return [{"line": one.line, "message": {"th": one.th, "en": one.en}} for one in why]


def taken_of(taken: Taken) -> list[dict[str, Any]]:
    """As answers carry it: [{processDefinitionId, elementId, count}]."""
    return [
        {"processDefinitionId": process_id, "elementId": element_id, "count": count}
        for process_id, elements in taken.items()
        for element_id, count in elements.items()
    ]


def _covered(trial: Trial, path: str, process: Process) -> dict[str, Any]:
    reached, total = trial.coverage.percent([process])
    return {
        "processDefinitionId": process.id, "path": path, "reached": reached, "total": total,
        "missing": trial.coverage.missing([process]).get(process.id, []),
    }  # fmt: skip
