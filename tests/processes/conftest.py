"""The content of processes/, deployed once for all tests; each scenario is played once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.scenarios.coverage import Coverage
from engine.scenarios.run import Outcome, Suite, open_suite

PROCESSES = Path(__file__).resolve().parents[2] / "processes"
FOLDERS = sorted(file.parent for file in PROCESSES.glob("*/*.bpmn"))
NAMES = list(dict.fromkeys(folder.name for folder in FOLDERS))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The processes are dealt out to the workers one by one: together they would be the longest file by far."""
    for item in items:
        named = getattr(item, "callspec", None)
        if named is not None and named.params.get("folder") in NAMES:
            item.add_marker(pytest.mark.xdist_group(named.params["folder"]))


class Played:
    """Plays a scenario when somebody first asks how it went."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self.coverage: dict[str, Coverage] = {name: Coverage() for name in NAMES}
        self._outcomes = {(faulty.folder, faulty.file): faulty for faulty in suite.faulty}

    def outcome(self, folder: str, file: str) -> Outcome:
        """How it went."""
        if (folder, file) not in self._outcomes:
            scenario = next(one for one in self.suite.scenarios[folder] if one.file == file)
            self._outcomes[folder, file] = self.suite.play_one(folder, scenario, self.coverage[folder])
        return self._outcomes[folder, file]


@pytest.fixture(scope="session")
def played() -> Iterator[Played]:
    """All content, and its scenarios."""
    suite = open_suite(PROCESSES)
    yield Played(suite)
    suite.close()
