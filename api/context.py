"""What a view uses: the running engine, who asks, and the two ways to the engine: `run` and `read`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast

from flask import current_app, g, request

from api.identity import Identity
from api.reads import cases_read
from api.replicas import FROM_REPLICA
from api.runtime import Runtime
from engine.commands.note_access import HOUR, NoteAccess
from engine.errors import InvalidArgument
from engine.model.access import NORMAL
from engine.model.actor import Actor
from engine.queries.instances import classified_of

Answer = TypeVar("Answer")
LONGEST_IDEMPOTENCY_KEY = 256


def runtime() -> Runtime:
    """The running engine of this application."""
    return cast(Runtime, current_app.extensions["krabuan"])


def identity() -> Identity:
    """Who asks; the request was let in because of it."""
    return cast(Identity, g.identity)


def actor() -> Actor:
    """Who acts in this request."""
    return identity().actor


def step_aside() -> None:
    """From here on the request waits for what happens, within a bound of its own: its place is for another."""
    if g.pop("placed", False):
        runtime().gate.leave()


def run(command: Any) -> Any:
    """Carry out a command for who asks; repeated with the same Idempotency-Key, it answers as the first time."""
    return runtime().bus.run(command, actor(), idempotency_key())


def run_secret(command: Any) -> Any:
    """As `run`, for what carries or answers a secret: such an answer is kept nowhere."""
    return runtime().bus.run(command, actor())


def read(query: Callable[..., Answer], *arguments: Any) -> Answer:
    """Ask a query for who asks: `query(db, actor, *arguments)` in one read transaction. That a classified case was read
    is in the audit log."""
    who, replica = actor(), runtime().replica
    if replica is not None and query in FROM_REPLICA:
        found = replica.ask(lambda db: query(db, who, *arguments))
    else:
        with runtime().database.read() as db:
            found = query(db, who, *arguments)
    if actor().clearance > NORMAL:
        note_cases(cases_read(query, found))
    return found


def read_noted(access: str, key: int, about: str, query: Callable[..., Answer], *arguments: Any) -> Answer:
    """As `read`, of a case: that an auditor read it is in the audit log before the answer goes out."""
    found = read(query, *arguments)
    if "auditor" in actor().roles:
        note(access, [key], about)
    return found


def note_cases(keys: Iterable[int]) -> None:
    """Write into the audit log which of these cases are classified, and that who asks read them; once in an hour."""
    hour, noted = runtime().clock.now().strftime(HOUR), runtime().noted
    new = noted.new(actor().id, keys, hour)
    if not new:
        return
    with runtime().database.read() as db:
        read = classified_of(db, new)
    if read:
        note("case-read", read, f"{request.method} {request.url_rule}")
        noted.remember(actor().id, read, hour)


def note(access: str, keys: Sequence[int | str], about: str) -> None:
    """Write into the audit log that who asks had access to this, before the answer goes out."""
    # whatever the token or the substitution is for: the note is ours, not asked for
    reader = replace(actor(), only=None, on_behalf_of=None, within=None)
    runtime().bus.run(NoteAccess(access, tuple(map(str, keys)), about), reader)


def if_match() -> int | None:
    """The revision that the request expects, from If-Match; None when it does not say."""
    value = request.headers.get("If-Match")
    if value is None or value.strip() == "*":
        return None
    text = value.strip().removeprefix("W/").strip('"')
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise InvalidArgument('If-Match is the ETag that a read answered, such as "3"')
    return int(text)


def idempotency_key() -> str | None:
    """The Idempotency-Key header."""
    value = request.headers.get("Idempotency-Key")
    if value is not None and not 1 <= len(value) <= LONGEST_IDEMPOTENCY_KEY:
        raise InvalidArgument(f"Idempotency-Key has 1 to {LONGEST_IDEMPOTENCY_KEY} characters")
    return value
