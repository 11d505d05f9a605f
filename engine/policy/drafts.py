"""Whose a draft of a process is."""

from __future__ import annotations

from engine.policy.permissions import Facts

OF_NONE = "*"  # in the place of a process: what who owns everything owns


def facts_of_draft(process_id: str | None, created_by: str) -> Facts:
    """A draft that began with a process is its owners'; one that began with nothing, of who made it and of who owns
    everything."""
    if process_id is not None:
        return Facts(frozenset({process_id}))
    return Facts(frozenset({OF_NONE}), person=created_by)
