"""What people are told about, and how each may want to be told."""

from __future__ import annotations

from collections.abc import Mapping

# a task was given to you by somebody; one waits for your group; one came back to you; you are asked to help with one,
# to sign one, to decide on a request; its time is nearly over, is over; a term that a law sets; what a diagram itself
# writes; you stand in for somebody; a comment mentions you
TOPICS = (
    "task-assigned", "task-open", "task-returned", "help-asked", "signature-asked", "decision-asked", "reminder",
    "escalation", "statutory", "message", "substitution", "mention",
)  # fmt: skip
# of these nobody wants to hear once the task is done
OF_OPEN_TASKS = frozenset(
    {"task-assigned", "task-open", "task-returned", "help-asked", "signature-asked", "reminder", "escalation"}
)
# for what people choose: group -> topics
GROUPS: Mapping[str, tuple[str, ...]] = {
    "tasks": ("task-assigned", "task-returned", "help-asked", "signature-asked", "decision-asked", "substitution"),
    "open": ("task-open",),
    "reminders": ("reminder", "escalation"),
    "statutory": ("statutory",),
    "messages": ("message",),
    "mentions": ("mention",),
}
GROUP_OF: Mapping[str, str] = {topic: group for group, topics in GROUPS.items() for topic in topics}
LANGUAGES = ("th", "en")

PENDING, PACKED, SENT, FAILED, DROPPED = "PENDING", "PACKED", "SENT", "FAILED", "DROPPED"
# kinds of channels: of a webhook and a person's push channel the channel is the kind and a key, such as webhook:7
MAIL, PUSH, WEBHOOK = "mail", "push", "webhook"
CHANNELS = (MAIL, PUSH)  # for which people choose


def kind_of(channel: str) -> str:
    """The kind of a channel."""
    return channel.partition(":")[0]
