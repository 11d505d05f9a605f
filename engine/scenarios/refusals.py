"""Compare what a step was refused with, with what its scenario expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import EngineError
from engine.scenarios.reasons import Reason, of_error, unequal


def not_as_refused(error: EngineError, refused: Mapping[str, Any] | str) -> list[Reason]:
    """What about the refusal is not as expected; empty when everything is."""
    wanted = {"code": refused} if isinstance(refused, str) else refused
    wrong = []
    if wanted.get("code") not in (None, error.code):
        said, code = of_error(error), wanted.get("code")
        th, en = f"ไม่รับเพราะ {said.th} แต่คาดว่า {code}", f"refused with {said.en}, expected {code}"
        wrong.append(Reason(th, en))
    if "controlPoints" in wanted:
        points: Any = error.members.get("controlPoints") or []
        found = sorted(p["id"] for p in points)
        if found != sorted(wanted["controlPoints"]):
            wrong.append(unequal("control points not satisfied", sorted(wanted["controlPoints"]), found))
    if "fields" in wanted:
        errors: Any = error.members.get("errors") or []
        fields = sorted({e["field"] for e in errors})
        if fields != sorted(wanted["fields"]):
            wrong.append(unequal("fields refused", sorted(wanted["fields"]), fields))
    return wrong
