"""Who may do a task. To let more people do it is a warning."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.comparison.change import Change, added, altered, quoted, removed
from engine.model.diagram import Node
from engine.model.manual import Words

GROUP = Words("กลุ่มผู้มีสิทธิทำงาน", "Candidate group")
PERSON = Words("ผู้มีสิทธิทำงาน", "Candidate")
ASSIGNEE = Words("ผู้รับผิดชอบ", "Assignee")
NameOf = Callable[[str], Words]  # of a group by its key, or an empty text


def performers(before: Node, after: Node, name_of: NameOf) -> Iterator[Change]:
    """Of a user task, or of a call activity that says who does the task it calls."""
    for code, what, old, new in (
        ("candidate-group", GROUP, _groups(before), _groups(after)),
        ("candidate-user", PERSON, _users(before), _users(after)),
    ):
        yield from _candidates(code, what, old, new, name_of)
    was, is_ = _assignee(before), _assignee(after)
    if was != is_:
        yield altered("assignee", ASSIGNEE, _one(was, name_of), _one(is_, name_of))


def _candidates(code: str, what: Words, before: str, after: str, name_of: NameOf) -> Iterator[Change]:
    """Names with commas, or an expression. Of expressions nobody can say whether they let more people in."""
    if before == after:
        return
    if before.startswith("=") or after.startswith("="):
        yield altered(f"{code}-changed", what, _one(before, name_of), _one(after, name_of), True)
        return
    old, new = _split(before), _split(after)
    for one in new:
        if one not in old:
            yield added(f"{code}-added", what, named_key(one, name_of), bool(old))
    for one in old:
        if one not in new:
            yield removed(f"{code}-removed", what, named_key(one, name_of))


def _split(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _one(text: str, name_of: NameOf) -> Words | None:
    return named_key(text, name_of) if text else None


def named_key(key: str, name_of: NameOf) -> Words:
    """A group by its name in quotation marks, anything else as it is written."""
    known = name_of(key)
    return quoted(known if known != Words() else key)


def _groups(node: Node) -> str:
    if node.performers is not None:
        return node.performers.candidate_groups or ""
    return (node.human.candidate_groups or "") if node.human else ""


def _users(node: Node) -> str:
    return (node.human.candidate_users or "") if node.human else ""


def _assignee(node: Node) -> str:
    if node.performers is not None:
        return node.performers.assignee or ""
    return (node.human.assignee or "") if node.human else ""
