"""What the engine needs from outside, as protocols; `engine/adapters/` and the tests implement them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from engine.model.git import GitCommit, GitReference


class Clock(Protocol):
    """The only source of the present moment."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class Wakeup(Protocol):
    """Told after a commit that work is due, so that nobody has to poll."""

    def wake_at(self, moment: datetime) -> None:
        """Work may be due at `moment` (aware); called after the commit, may be called often."""
        ...


class Queue(Protocol):
    """Work that any node of a cluster may do: given in the transaction that marks it as given, done at least once."""

    def hand_over(self, driver: Any, portions: Sequence[Sequence[int]]) -> None:
        """Have the due rows with these keys done, each portion by one node; `driver` is the driver's own connection, in
        whose transaction they are given."""
        ...

    def is_empty(self, driver: Any) -> bool:
        """Whether nothing that was given waits or is being done."""
        ...


class TimeStamper(Protocol):
    """An authority that says what was there at which time (RFC 3161)."""

    def stamp(self, data: bytes) -> bytes:
        """The verified time stamp of the data, a TimeStampResp in DER. Raises OSError when there is none to be had."""
        ...


class Announcer(Protocol):
    """Told after a commit what changed, for live updates; losing one announcement is harmless."""

    def announce(self, topic: str, data: dict[str, object]) -> None:
        """`topic` is user-task, process-instance or calendar-change; `data` is JSON-able."""
        ...


@dataclass(frozen=True, slots=True)
class Item:
    """One notification as it leaves: texts in the reader's language, with what must not leave left out. `guarded` says
    that it is of a case of which nothing may be told: the texts say only that there is something."""

    notification_key: int
    topic: str  # one of engine/model/telling.py
    subject: str
    text: str
    link: str | None
    guarded: bool
    told_at: datetime
    process_instance_key: int | None
    task_key: int | None
    event: Mapping[str, Any] | None = None  # for programs: a CloudEvent


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes to one person by one channel at once. Sent again, it has the same key and the same content."""

    key: int
    channel: str  # mail | push | webhook:<key>
    username: str  # empty where the channel is nobody's
    to: str  # the address, where the channel has one
    language: str  # th | en
    items: tuple[Item, ...]  # one at least
    packed_at: datetime


class NotNow(OSError):
    """It was not accepted, and may be later: not before `after` is over, where that is known. The text quotes nothing
    of it. Not `tried`: it was not even sent, and nothing is counted."""

    def __init__(self, said: str, after: timedelta | None, *, tried: bool = True) -> None:
        super().__init__(said)
        self.after, self.tried = after, tried


class Refused(Exception):
    """It will never be accepted, however often it is sent; the text says why, and quotes nothing of it."""


class Courier(Protocol):
    """Carries parcels of one kind of channel; called outside any transaction, one parcel at a time."""

    def deliver(self, parcel: Parcel) -> None:
        """Returns when it was accepted. Raises OSError when it was not and may be later, Refused when it never will."""
        ...

    def rest(self) -> None:
        """Nothing more is to be carried for now: let connections go. Raises nothing."""
        ...


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What a server said at once: the names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]


class Poster(Protocol):
    """Sends by HTTP to hosts that an administrator allowed, and to no other."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """The answer, whatever its status. Raises Refused when the address is not allowed, and OSError when there was
        no answer in time; then the other side may have got it."""
        ...


class Pusher(Protocol):
    """Sends short messages to people's own channels, at hosts that an administrator allowed."""

    def push(self, address: str, title: str, body: str) -> None:
        """`address` is as apprise writes it. Raises as Courier.deliver does."""
        ...


class KeySource(Protocol):
    """Makes keys that never repeat and grow with time."""

    def next(self) -> int:
        """A new positive 63-bit key."""
        ...


class PasswordHasher(Protocol):
    """Hashes passwords with argon2id."""

    def hash(self, password: str) -> str:
        """A salted hash of the password."""
        ...

    def verify(self, hashed: str, password: str) -> bool:
        """Whether the password belongs to the hash; takes as long for a wrong one."""
        ...


class Scanner(Protocol):
    """Knows malicious files."""

    def scan(self, content: bytes) -> str | None:
        """What the file is known as when it is malicious, else None. Raises OSError when that cannot be found out."""
        ...


class Vault(Protocol):
    """Keeps secrets so that a copy of the database alone does not tell them."""

    def seal(self, text: str, about: str) -> str:
        """The text in a form that only this key opens; `about` says what it belongs to."""
        ...

    def open(self, sealed: str, about: str) -> str:
        """What was sealed about the same thing. Raises ValueError when that was another key, thing or text."""
        ...

    def mark(self, text: str, about: str) -> str:
        """64 hex digits by which a text is known again and which tell nothing of it to who lacks the key."""
        ...


class GitReading(Protocol):
    """A Git source, open. What is refused raises InvalidState, whatever is asked."""

    def references(self) -> Sequence[GitReference]:
        """Branches, then tags, each by name."""
        ...

    def history(self, commit_id: str) -> Iterator[GitCommit]:
        """The commit, its first parent, that one's first parent ..., MOST_COMMITS at most."""
        ...

    def folders(self, commit: GitCommit, path: str) -> Mapping[str, str]:
        """The folders that stand in a folder, by name, each with what is the same as long as nothing in it changes."""
        ...

    def files(self, commit: GitCommit, path: str) -> Sequence[tuple[str, bytes]]:
        """Path and content of every file in and below a folder; nothing when there is none."""
        ...


class GitSource(Protocol):
    """A Git repository that an administrator named."""

    def open(self) -> AbstractContextManager[GitReading]:
        """For one thread. Raises InvalidState when it is refused."""
        ...


Addresses = Sequence[str]
