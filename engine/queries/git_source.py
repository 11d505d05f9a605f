"""What the Git source has of the processes that one owns, and how that stands to what is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from engine.errors import InvalidArgument, NotFound
from engine.model.actor import Actor
from engine.model.git import COMMIT_DIGITS, LONGEST_REFERENCE, GitCommit, GitReference
from engine.policy.permissions import Facts, allowed, require
from engine.ports import GitReading
from engine.queries.search import Search, page_facts, read_cursor, read_window
from engine.store.tables import model_draft as d
from engine.store.tables import moment_text
from engine.store.tables import process_definition as p

EDIT = "model-draft:edit"
_PLACES = ("processes", "forms")


@dataclass(frozen=True, slots=True)
class Published:
    """The commit that a published version was taken from; `newer` says that a version from elsewhere came after it."""

    commit_id: str
    newer: bool


def get_source(_db: Connection, actor: Actor, reading: GitReading) -> dict[str, Any]:
    """{available, references: [{name, kind, commitId, chosen}]}. Raises Forbidden for who owns no process."""
    require(actor, EDIT, Facts())
    found = [
        {"name": one.name, "kind": one.kind, "commitId": one.commit_id, "chosen": one.chosen}
        for one in reading.references()
    ]
    return {"available": True, "references": found}


def search_processes(db: Connection, actor: Actor, reading: GitReading, request: Search) -> dict[str, Any]:
    """A page {items, page} of the processes of the source that the actor owns, by id; the filter: {reference}, perhaps
    with {processDefinitionId}. Items: {processDefinitionId, state, publishedCommitId, publishedElsewhere}. Raises
    Forbidden, NotFound, InvalidArgument."""
    require(actor, EDIT, Facts())
    one = "processDefinitionId" in request.filter
    name, *ids = _filters(request, "reference", *(("processDefinitionId",) if one else ()))
    window = read_window(_forward(request))
    signature = f"git-processes:{name}"
    after = "" if window.after is None else read_cursor(window.after, signature, (str,))[0]
    reference = _reference(reading, name)
    tip = next(iter(reading.history(reference.commit_id)))
    folders = sorted(id_ for id_ in reading.folders(tip, _PLACES[0]) if not ids or id_ in ids)
    there = [id_ for id_ in folders if allowed(actor, EDIT, Facts(frozenset({id_})))]
    left = [id_ for id_ in there if id_ > after][window.offset : window.offset + window.limit]
    states = _states(reading, tip, {id_: published_of(db, id_) for id_ in left})
    return {"items": list(states), "page": page_facts(len(there), len(there), [[id_] for id_ in left], signature)}


def search_commits(db: Connection, actor: Actor, reading: GitReading, request: Search) -> dict[str, Any]:
    """A page {items, page} of the commits of a reference that changed a process, the newest first; the filter is
    {reference, processDefinitionId}. Items: {commitId, author, committedAt, message, published}. Along the first
    parents: what a merge brought in is the merge. Raises Forbidden, NotFound, InvalidArgument."""
    name, id_ = _filters(request, "reference", "processDefinitionId")
    require(actor, EDIT, Facts(frozenset({id_})))
    window = read_window(_forward(request))
    signature = f"git-commits:{name}:{id_}"
    after = None if window.after is None else read_cursor(window.after, signature, (str,))[0]
    found: list[GitCommit] = []
    passed = 0
    for commit in _changing(reading, _reference(reading, name).commit_id, id_):
        if after is not None or passed < window.offset:
            passed, after = passed + 1, None if commit.id == after else after
            continue
        found.append(commit)
        if len(found) > window.limit:
            break
    shown = found[: window.limit]
    published = published_of(db, id_)
    items = [_told(commit, published is not None and published.commit_id == commit.id) for commit in shown]
    page = page_facts(passed + len(found), passed + len(shown), [[one.id] for one in shown], signature)
    return {"items": items, "page": page}


def commit_of(
    _db: Connection, actor: Actor, reading: GitReading, name: str, commit_id: str, process_id: str
) -> GitCommit:
    """A commit of a reference, for who owns the process. Raises Forbidden, NotFound."""
    require(actor, EDIT, Facts(frozenset({process_id})))
    for commit in reading.history(_reference(reading, name).commit_id):
        if commit.id == commit_id:
            return commit
    raise NotFound(reference=name, commitId=commit_id[:COMMIT_DIGITS])


def published_of(db: Connection, process_id: str) -> Published | None:
    """What was published of it from the source last."""
    taken = select(d.c.git_commit, d.c.deployment_key).where(
        d.c.process_id == process_id, d.c.state == "PUBLISHED", d.c.git_commit.is_not(None)
    )
    last = db.execute(taken.order_by(d.c.deployment_key.desc()).limit(1)).one_or_none()
    if last is None:
        return None
    newest = db.execute(select(func.max(p.c.deployment_key)).where(p.c.process_id == process_id)).scalar()
    return Published(last.git_commit, newest is not None and newest > last.deployment_key)


def _states(
    reading: GitReading, tip: GitCommit, published: Mapping[str, Published | None]
) -> Iterator[dict[str, Any]]:
    wanted = {each.commit_id for each in published.values() if each is not None}
    known: dict[str, GitCommit] = {}
    if wanted:
        for commit in reading.history(tip.id):
            if commit.id in wanted:
                known[commit.id] = commit
                if len(known) == len(wanted):
                    break
    for id_, each in published.items():
        state = "NEVER_PUBLISHED"
        if each is not None:
            then = known.get(each.commit_id)
            same = then is not None and _trees(reading, then, id_) == _trees(reading, tip, id_)
            state = "NOT_ON_REFERENCE" if then is None else "UP_TO_DATE" if same else "AHEAD"
        yield {
            "processDefinitionId": id_, "state": state, "publishedCommitId": each and each.commit_id,
            "publishedElsewhere": each is not None and each.newer,
        }  # fmt: skip


def _changing(reading: GitReading, tip: str, process_id: str) -> Iterator[GitCommit]:
    """The commits that have the process otherwise than their first parent."""
    later: tuple[GitCommit, tuple[str | None, ...]] | None = None
    for commit in reading.history(tip):
        trees = _trees(reading, commit, process_id)
        if later is not None and later[1] != trees:
            yield later[0]
        later = commit, trees
    if later is not None and any(later[1]):
        yield later[0]


def _trees(reading: GitReading, commit: GitCommit, process_id: str) -> tuple[str | None, ...]:
    return tuple(reading.folders(commit, place).get(process_id) for place in _PLACES)


def _reference(reading: GitReading, name: str) -> GitReference:
    """A branch, else a tag, of that name. Raises NotFound."""
    for reference in reading.references():
        if reference.name == name:
            return reference
    raise NotFound(reference=name)


def _told(commit: GitCommit, published: bool) -> dict[str, Any]:
    return {
        "commitId": commit.id, "author": commit.author, "message": commit.message, "published": published,
        "committedAt": None if commit.committed_at is None else moment_text(commit.committed_at),
    }  # fmt: skip


def _filters(request: Search, *names: str) -> list[str]:
    """The values of these filters, all of which are needed. Raises InvalidArgument."""
    if set(request.filter) != set(names):
        raise InvalidArgument(f"filter has {' and '.join(names)}, and nothing else")
    values = [request.filter[name] for name in names]
    if not all(isinstance(value, str) and 0 < len(value) <= LONGEST_REFERENCE for value in values):
        raise InvalidArgument(f"filter: {' and '.join(names)} are texts of 1 to {LONGEST_REFERENCE} characters")
    return values


def _forward(request: Search) -> Mapping[str, Any]:
    if request.page.get("before") is not None:
        raise InvalidArgument("page: this list goes forward only")
    return request.page
