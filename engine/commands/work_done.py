"""The work of a job is done: the element, or the listener that held it up, goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.commands.running import Running
from engine.commands.task_listeners import allow
from engine.errors import InvalidArgument
from engine.model.jobs import ELEMENT, TASK_LISTENER
from engine.store.instances import Instance


def work_done(
    r: Running, instance: Instance, row: Any, results: Mapping[str, Any], corrections: Mapping[str, Any] | None = None
) -> None:
    """Close the job and run the case. Raises NotWaiting when it does not wait for the job, InvalidArgument for
    corrections that only the listener of a user task makes, and for variables from one, which sets none."""
    if row.kind == TASK_LISTENER:
        if results:
            raise InvalidArgument("the listener of a user task sets no variables")
        allow(r, instance, row, corrections or {})
        return
    if corrections:
        raise InvalidArgument("only the listener of a user task corrects it")
    r.writer.close_job(row.key, "COMPLETED")
    case = r.case(instance)
    if row.kind == ELEMENT:
        case.complete(row.element_instance_key, results)
    else:
        case.complete_listener(row.element_instance_key, row.key, results)
    r.settle(instance)
