"""What is done to running cases by those who answer for them; each keeps its reason in history."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import if_match, run
from api.schemas.instances import ReasonBody
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance

blp = Room("operations", __name__, url_prefix="/v2", description="Operations on running cases")
SUSPEND = "process-instance:suspend"


@blp.operation(
    "POST",
    "/process-instances/<key:key>/suspension",
    permission=SUSPEND,
    body=ReasonBody,
    status=204,
    errors=(404, 409),
)
def suspend(body: dict[str, Any], key: int) -> None:
    """Hold a case with everything it called: timers, jobs, tasks and messages wait; statutory clocks go on."""
    run(SuspendInstance(key, body["reason"], rev=if_match()))


@blp.operation(
    "POST",
    "/process-instances/<key:key>/resumption",
    permission=SUSPEND,
    body=ReasonBody,
    status=204,
    errors=(404, 409),
)
def resume(body: dict[str, Any], key: int) -> None:
    """Go on with a suspended case; what fell due meanwhile is done now."""
    run(ResumeInstance(key, body["reason"], rev=if_match()))
