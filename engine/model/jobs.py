"""The kinds of jobs that workers take; what else stands in the job table (timers, reminders) comes due by itself."""

from __future__ import annotations

ELEMENT = "BPMN_ELEMENT"
EXECUTION_LISTENER = "EXECUTION_LISTENER"
TASK_LISTENER = "TASK_LISTENER"
FOR_WORKERS = (ELEMENT, EXECUTION_LISTENER, TASK_LISTENER)
SENDS = "krabuan:message"  # the job type of a message event that sends its message to the other processes
NO_EVENT = "UNSPECIFIED"  # the listener event of a job that is no listener's

# the Camunda API's type of incident when no retries are left
NO_RETRIES = {
    ELEMENT: "JOB_NO_RETRIES",
    EXECUTION_LISTENER: "EXECUTION_LISTENER_NO_RETRIES",
    TASK_LISTENER: "TASK_LISTENER_NO_RETRIES",
}


def event_name(event: str) -> str:
    """A listener's event as the API writes it: beforeAll is BEFORE_ALL."""
    return "".join(f"_{c}" if c.isupper() else c for c in event).upper()
