"""What is known of a Git source: its references and its commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MOST_COMMITS = 2_000  # of one reference that are looked at, the newest
COMMIT_DIGITS = 40
LONGEST_REFERENCE = 256  # characters


@dataclass(frozen=True, slots=True)
class GitReference:
    """A branch or a tag, and the commit that it stands at; `chosen` is the branch that the repository stands at."""

    name: str
    kind: str  # BRANCH | TAG
    commit_id: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class GitCommit:
    """Names and messages are as somebody typed them: nothing proves who it was. `author` has no address of mail."""

    id: str
    tree: str
    parents: tuple[str, ...]
    author: str
    committed_at: datetime | None  # None for a moment that there is not
    message: str
