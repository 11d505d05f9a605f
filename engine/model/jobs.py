"""The kinds of rows of the job table: jobs that workers take, and what comes due by itself (timers, reminders)."""

from __future__ import annotations

ELEMENT = "BPMN_ELEMENT"
EXECUTION_LISTENER = "EXECUTION_LISTENER"
TASK_LISTENER = "TASK_LISTENER"
FOR_WORKERS = (ELEMENT, EXECUTION_LISTENER, TASK_LISTENER)
# what comes due by itself: who looks among all of it names every kind, and finds it along the index of each
BY_ITSELF = (
    "BATCH", "CALENDAR", "DEADLINE", "MESSAGE", "NEW_TASK", "REMINDER", "SIGNAL", "SUBSTITUTION", "TIMER",
    "TIMER_START",
)  # fmt: skip
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
