"""An office whose histories are covered by checkpoints, and how it is verified."""

from __future__ import annotations

from pathlib import Path

from engine.commands.create_document import CreateDocument
from engine.history.rows import Rows
from engine.history.signing import open_signer
from engine.jobs.checkpoints import PUBLIC_KEY, Checkpoints
from krabuan_verify.checkpoints import read_checkpoints
from krabuan_verify.findings import Report
from krabuan_verify.signatures import read_keys
from krabuan_verify.verify import verify
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

TWO = diagram(node("startEvent", "s") + user("a") + user("b") + node("endEvent", "e") + flows("s a", "a b", "b e"))


class Notary:
    """Makes the checkpoints of an office and verifies it against them."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder, self.key = office, folder / "checkpoints", folder / "signing-key.pem"
        self.checkpoints = Checkpoints(office.bus, open_signer(self.key), self.folder)

    def report(self, folder: Path | None = None) -> Report:
        keys = read_keys([(folder or self.folder) / PUBLIC_KEY])
        with self.office.database.read() as db:
            return verify(Rows(db), read_checkpoints(folder or self.folder, keys), keys)

    def found(self) -> list[str]:
        """The findings without their details."""
        return [str(finding).partition(" (")[0] for finding in self.report().findings]


def hand_in(office: Office, key: int, name: str, content: bytes = b"%PDF-1") -> str:
    """A document of a case; its id."""
    command = CreateDocument(f"{name}.pdf", content, "application/pdf", name, key)
    made: str = office.run(command, OWNER)["documentId"]
    return made
