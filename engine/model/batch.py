"""What a batch operation may be about: by its type the states a case is in, and whether only cases nobody called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """The cases an operation is for: in one of `states`; with `roots`, called by no other; with `broken`, those with
    open incidents. Each case needs `permission`."""

    permission: str
    states: tuple[str, ...]
    roots: bool = False
    broken: bool = False


CANCEL, DELETE, MIGRATE = "CANCEL_PROCESS_INSTANCE", "DELETE_PROCESS_INSTANCE", "MIGRATE_PROCESS_INSTANCE"
MODIFY, RESOLVE = "MODIFY_PROCESS_INSTANCE", "RESOLVE_INCIDENT"
SUSPEND, RESUME = "SUSPEND_PROCESS_INSTANCE", "RESUME_PROCESS_INSTANCE"
CHOICES: Mapping[str, Choice] = {
    CANCEL: Choice("process-instance:cancel", ("ACTIVE", "SUSPENDED"), roots=True),
    DELETE: Choice("process-instance:delete", ("COMPLETED", "TERMINATED"), roots=True),
    MIGRATE: Choice("process-instance:migrate", ("ACTIVE",)),
    MODIFY: Choice("process-instance:modify", ("ACTIVE",)),
    RESOLVE: Choice("incident:resolve", ("ACTIVE",), broken=True),
    SUSPEND: Choice("process-instance:suspend", ("ACTIVE",), roots=True),
    RESUME: Choice("process-instance:suspend", ("SUSPENDED",), roots=True),
}
UNFINISHED = ("CREATED", "ACTIVE", "SUSPENDED")  # the states of an operation that can still be cancelled
