"""Make a draft of what the Git source has of a process at a commit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from engine.commands.draft_archives import Files, read_files
from engine.commands.model_drafts import EDIT, LONGEST_NAME, begin, check_name
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import NotFound
from engine.forms import part_ids
from engine.model.draft_files import kind_of
from engine.model.git import GitCommit
from engine.policy.permissions import Facts
from engine.ports import GitReading
from engine.store.tables import process_definition

SHARED = "forms/shared"  # where forms stand that are parts of those of several processes


@dataclass(frozen=True, slots=True)
class TakeFromGit:
    """`files` are (path, content), as `files_of_commit` reads them."""

    name: str
    process_id: str
    reference: str
    commit_id: str
    files: tuple[tuple[str, str], ...]

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {
            "name": self.name[:LONGEST_NAME], "processDefinitionId": self.process_id, "reference": self.reference,
            "commitId": self.commit_id, "files": [path for path, _ in self.files],
        }  # fmt: skip


def folders_of(process_id: str) -> tuple[str, str]:
    """Where the files of a process stand in a Git source: the same as in what `krabuan deploy` takes."""
    return f"processes/{process_id}", f"forms/{process_id}"


def files_of_commit(reading: GitReading, commit: GitCommit, process_id: str) -> tuple[Files, list[str]]:
    """The files ((path, content)) of a process and the shared parts of its forms; and the paths of what a draft does
    not hold, such as pictures, which is left out. Raises NotFound, InvalidState when the source is refused, and what
    `read_files` raises."""
    found = [each for folder in folders_of(process_id) for each in reading.files(commit, folder)]
    wanted = [(path, content) for path, content in found if kind_of(path) is not None]
    if not wanted:
        raise NotFound(processDefinitionId=process_id, commitId=commit.id)
    files = read_files(wanted)
    files += _parts(read_files([each for each in reading.files(commit, SHARED) if kind_of(each[0]) == "FORM"]), files)
    return files, [path for path, _ in found if kind_of(path) is None]


def _parts(shared: Files, files: Files) -> Files:
    """Those of the shared forms that the files put in, and those that these put in."""
    by_id = {json.loads(content).get("id"): (path, content) for path, content in shared}
    taken: dict[str, tuple[str, str]] = {}
    waiting: Sequence[tuple[str, str]] = [each for each in files if kind_of(each[0]) == "FORM"]
    while waiting:
        named = {part for _, content in waiting for part in part_ids(json.loads(content))}
        new = {part: by_id[part] for part in sorted(named - set(taken)) if part in by_id}
        taken |= new
        waiting = list(new.values())
    return list(taken.values())


def _target(command: TakeFromGit, _tx: Transaction) -> Target:
    return Target(Facts(frozenset({command.process_id})))


@handles(
    TakeFromGit, permission=EDIT, event=OfService("draft-made", lambda _, answer: answer["draftKey"]), target=_target
)
def take_from_git(command: TakeFromGit, _target: Target, tx: Transaction) -> dict[str, str]:
    """Answer {draftKey}; the draft is of the process, whether that is deployed already or not. Raises what `begin`
    raises."""
    key, p = tx.key(), process_definition.c
    newest = tx.db.execute(select(func.max(p.version)).where(p.process_id == command.process_id)).scalar()
    begin(
        tx, key, check_name(command.name), command.files, (command.process_id, newest),
        f"commit {command.commit_id} of {command.reference}", git=(command.reference, command.commit_id),
    )  # fmt: skip
    return {"draftKey": str(key)}
