"""Everybody whom the processes name is in the demo organisation, so that each can be played through from the inbox."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from engine.commands.import_organisation import read_organisation
from engine.model.diagram import Process
from engine.model.organisation import Organisation
from tests.processes.conftest import NAMES, PROCESSES, Played

LITERAL = re.compile(r'"([a-z][a-z0-9_]*)"')


@pytest.fixture(scope="module")
def organisation() -> Organisation:
    return read_organisation((PROCESSES / "organisation.yaml").read_text(encoding="utf-8"))


def named(process: Process) -> Iterator[str]:
    """The groups that tasks are offered to; of a FEEL list those that it names literally."""
    for node in process.nodes.values():
        for group in node.human.named_groups if node.human is not None else ():
            yield from LITERAL.findall(group) if group.startswith("=[") else () if group.startswith("=") else (group,)


@pytest.mark.parametrize("folder", NAMES)
def test_everybody_who_acts_is_in_it(played: Played, organisation: Organisation, folder: str) -> None:
    groups = {group.key for group in organisation.groups}
    for process in played.suite.processes[folder]:
        assert set(named(process)) - groups == set()
        assert process.facts.owner_unit in groups
        assert process.facts.source in organisation.documents
