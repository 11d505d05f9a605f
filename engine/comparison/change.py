"""What a comparison says: of what, what is different, and whether something protects less than before."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from engine.model.manual import Words

Kind = Literal["ADDED", "REMOVED", "CHANGED"]
Part = Literal["PROCESS", "ELEMENT", "FLOW", "FORM", "DECISION"]
LONGEST = 160  # characters of a text that a sentence quotes
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is different: `id` is that of the process, element, flow, form or decision; `process_id` the process around
    it, None for forms and decisions."""

    part: Part
    id: str
    process_id: str | None
    title: Words


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence in Thai and English. `code` is stable; `warning` says that something is checked less, later, or by
    more people than before."""

    code: str
    kind: Kind
    said: Words
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A change of a subject."""

    subject: Subject
    change: Change


def quoted(text: str | Words) -> Words:
    """A name or an expression as sentences quote it: in one line, cut where it is long. Of a text without one of the
    languages the other stands."""
    words = Words(text, text) if isinstance(text, str) else text
    return Words(f"“{short(words.th or words.en)}”", f"“{short(words.en or words.th)}”")


def short(text: str) -> str:
    """In one line, and no longer than LONGEST."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def added(code: str, what: Words, which: Words, warning: bool = False) -> Change:
    """There was none, or not this one."""
    return Change(code, "ADDED", Words(f"เพิ่ม{what.th} {which.th}", f"{what.en} added: {which.en}"), warning)


def removed(code: str, what: Words, which: Words, warning: bool = False) -> Change:
    """It is not there any more."""
    return Change(code, "REMOVED", Words(f"ตัด{what.th}ออก: {which.th}", f"{what.en} removed: {which.en}"), warning)


def edited(code: str, what: Words, warning: bool = False) -> Change:
    """It is different, and a sentence is no place to say how."""
    return Change(code, "CHANGED", Words(f"แก้ไข{what.th}", f"{what.en} changed"), warning)


def altered(code: str, what: Words, before: Words | None, after: Words | None, warning: bool = False) -> Change:
    """One value in the place of another; None is no value."""
    if before is None and after is not None:
        return added(code, what, after, warning)
    if after is None and before is not None:
        return removed(code, what, before, warning)
    assert before is not None and after is not None
    said = Words(f"{what.th}: {before.th} เป็น {after.th}", f"{what.en}: {before.en} to {after.en}")
    return Change(code, "CHANGED", said, warning)


def texts(code: str, what: Words, before: str | None, after: str | None, warning: bool = False) -> Iterator[Change]:
    """The change of a text that may be missing, if there is one."""
    if (before or None) != (after or None):
        yield altered(code, what, quoted(before) if before else None, quoted(after) if after else None, warning)


def paired(before: Mapping[str, T], after: Mapping[str, T]) -> Iterator[tuple[str, T | None, T | None]]:
    """(id, before, after) of everything that is in either, those of after first, in their order."""
    for id_, item in after.items():
        yield id_, before.get(id_), item
    for id_, item in before.items():
        if id_ not in after:
            yield id_, item, None


def gone_and_come(before: Sequence[Hashable], after: Sequence[Hashable]) -> tuple[list[int], list[int]]:
    """The positions of what is only in the first, and of what is only in the second; what is there twice counts
    twice."""

    def only(these: Sequence[Hashable], others: Sequence[Hashable]) -> list[int]:
        left = list(others)
        found = []
        for number, item in enumerate(these):
            if item in left:
                left.remove(item)
            else:
                found.append(number)
        return found

    return only(before, after), only(after, before)
