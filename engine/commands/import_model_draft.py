"""Make a draft of files from outside: of an archive, or of single files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.model_drafts import EDIT, LONGEST_NAME, begin, check_name
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ImportModelDraft:
    """`files` are (path, content), as engine/commands/draft_archives.py reads them; `source` is what was uploaded."""

    name: str
    files: tuple[tuple[str, str], ...]
    source: str

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {"name": self.name[:LONGEST_NAME], "source": self.source, "files": [path for path, _ in self.files]}


@handles(
    ImportModelDraft, permission=EDIT, event=OfService("draft-made", lambda _, answer: answer["draftKey"])
)
def import_model_draft(command: ImportModelDraft, _target: Target, tx: Transaction) -> dict[str, str]:
    """Answer {draftKey}; the draft is of no process until it is published. Raises what `begin` raises."""
    key = tx.key()
    begin(tx, key, check_name(command.name), command.files, None, f"imported: {command.source}")
    return {"draftKey": str(key)}
