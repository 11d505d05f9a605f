"""The Git source of processes: looked at, and taken from into drafts."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from api.blueprint import Room
from api.context import read, run, runtime
from api.schemas.git_source import (
    GitCommitResult,
    GitCommitSearch,
    GitDraft,
    GitDraftBody,
    GitProcessResult,
    GitProcessSearch,
    GitSource,
)
from engine.commands.take_from_git import TakeFromGit, files_of_commit
from engine.errors import NotFound
from engine.ports import GitReading
from engine.queries.git_source import commit_of, get_source, search_commits, search_processes
from engine.queries.model_drafts import EDIT, may_begin
from engine.queries.search import Search

blp = Room("git source", __name__, url_prefix="/v2", description="A Git repository that drafts are taken from")


@blp.operation("GET", "/git-source", permission=EDIT, returns=GitSource, errors=(409,))
def get_one() -> Any:
    """Whether there is a Git source, and its branches and tags."""
    read(may_begin)
    if runtime().git is None:
        return {"available": False, "references": []}
    with _open() as reading:
        return read(get_source, reading)


@blp.operation("POST", "/git-source/processes/search", permission=EDIT, body=GitProcessSearch, returns=GitProcessResult,
               errors=(404, 409))  # fmt: skip
def processes(body: dict[str, Any]) -> Any:
    """Search the processes that the source has, of those that one owns."""
    read(may_begin)
    with _open() as reading:
        return read(search_processes, reading, Search(body["filter"], (), body["page"]))


@blp.operation("POST", "/git-source/commits/search", permission=EDIT, body=GitCommitSearch, returns=GitCommitResult,
               errors=(404, 409))  # fmt: skip
def commits(body: dict[str, Any]) -> Any:
    """Search the commits of a branch or tag that changed a process."""
    read(may_begin)
    with _open() as reading:
        return read(search_commits, reading, Search(body["filter"], (), body["page"]))


@blp.operation("POST", "/git-source/drafts", permission=EDIT, body=GitDraftBody, returns=GitDraft, status=201,
               errors=(404, 409))  # fmt: skip
def take(body: dict[str, Any]) -> Any:
    """Make a draft of the files of a process at a commit."""
    read(may_begin)
    reference, process_id = body["reference"], body["processDefinitionId"]
    with _open() as reading:
        commit = read(commit_of, reading, reference, body["commitId"], process_id)
        files, left_out = files_of_commit(reading, commit, process_id)
    made = run(TakeFromGit(body["name"], process_id, reference, commit.id, tuple(files)))
    return {**made, "leftOut": left_out}


def _open() -> AbstractContextManager[GitReading]:
    source = runtime().git
    if source is None:
        raise NotFound("no Git source is named")
    return source.open()
