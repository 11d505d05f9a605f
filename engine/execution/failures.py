"""What stops an element without stopping the engine: an incident in the making."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model.faults import Fault


class ElementFailure(Exception):
    """An element cannot go on. `error_type` is one of the Camunda API's incident types.

    Raised before anything is changed by the step, so that repairing the cause and resolving the
    incident simply runs the step again.
    """

    def __init__(self, error_type: str, message: str) -> None:
        self.error_type = error_type
        self.message = message
        super().__init__(message)


class NotWaiting(Exception):
    """The element instance does not wait for what was delivered: a doubled or late delivery."""


class NotPossible(Exception):
    """An operation on a running case was refused, for each of these reasons; nothing of it counts."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.en for fault in self.faults))
