"""Which version a binding means: of a called process, a decision and a form, over several deployments."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.store import tables as t
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

S, E = node("startEvent", "s"), node("endEvent", "e")
DEPLOYMENT = 'bindingType="deployment"'


def leaf(task: str, tag: str = "") -> tuple[str, bytes]:
    """A process with one task; its id tells the version."""
    box = f'<bpmn:extensionElements><zeebe:versionTag value="{tag}"/></bpmn:extensionElements>' if tag else ""
    return "leaf.bpmn", diagram(box + S + user(task) + flows(f"s {task}"), process_id="leaf")


def caller(binding: str, name: str = "c", process: str = "leaf", id: str = "p") -> tuple[str, bytes]:
    called = f'<zeebe:calledElement processId="{process}" {binding}/>'
    return f"{id}.bpmn", diagram(S + node("callActivity", "c", called, attributes=f'name="{name}"') + flows("s c"), process_id=id)


def called_task(office: Office, process_id: str = "p") -> str:
    """The task that a new case waits at, wherever it is."""
    office.start(process_id)
    found: str = [r.element_id for r in office.rows(t.user_task, everything=True) if r.state == "CREATED"][-1]
    return found


def versions(office: Office) -> dict[str, int]:
    """The newest version of each process."""
    return {r.process_id: r.version for r in office.rows(t.process_definition, everything=True)}


@pytest.mark.parametrize("binding", ["", 'bindingType="latest"'])
def test_latest_is_the_newest_when_the_call_is_entered(office: Office, binding: str) -> None:
    office.deploy(leaf("v1"), caller(binding))
    assert called_task(office) == "v1"
    office.deploy(leaf("v2"))
    assert called_task(office) == "v2"


def test_a_version_tag_is_the_newest_that_has_it(office: Office) -> None:
    office.deploy(leaf("v1", "A"), caller('bindingType="versionTag" versionTag="A"'))
    office.deploy(leaf("v2", "A"))
    office.deploy(leaf("v3", "B"))
    assert called_task(office) == "v2"


def test_deployment_is_what_was_deployed_together(office: Office) -> None:
    office.deploy(leaf("v1"), caller(DEPLOYMENT))
    office.deploy(leaf("v2"))
    assert called_task(office) == "v1"


def test_what_had_not_changed_was_deployed_together_all_the_same(office: Office) -> None:
    office.deploy(leaf("v1"), caller(DEPLOYMENT))
    office.deploy(leaf("v1"), caller(DEPLOYMENT, "renamed"))
    office.deploy(leaf("v2"))
    assert (versions(office), called_task(office)) == ({"leaf": 2, "p": 2}, "v1")


def test_a_process_that_is_bound_to_what_changes_changes_with_it(office: Office) -> None:
    office.deploy(leaf("v1"), caller(DEPLOYMENT))
    office.deploy(leaf("v2"), caller(DEPLOYMENT))
    assert (versions(office), called_task(office)) == ({"leaf": 2, "p": 2}, "v2")


def test_so_does_one_that_is_bound_to_it_by_way_of_another(office: Office) -> None:
    files = caller(DEPLOYMENT, process="mid"), caller(DEPLOYMENT, id="mid")
    office.deploy(leaf("v1"), *files)
    office.deploy(leaf("v2"), *files)
    assert (versions(office), called_task(office)) == ({"leaf": 2, "mid": 2, "p": 2}, "v2")


def test_processes_that_are_bound_to_each_other_keep_their_versions_while_nothing_changes(office: Office) -> None:
    files = caller(DEPLOYMENT, process="q"), caller(DEPLOYMENT, process="p", id="q")
    office.deploy(*files)
    office.deploy(*files)
    assert versions(office) == {"p": 1, "q": 1}


@pytest.mark.parametrize("binding", ["", 'bindingType="versionTag" versionTag="A"'])
def test_one_that_is_bound_in_another_way_keeps_its_version(office: Office, binding: str) -> None:
    office.deploy(leaf("v1", "A"), caller(binding))
    office.deploy(leaf("v2", "A"), caller(binding))
    assert (versions(office), called_task(office)) == ({"leaf": 2, "p": 1}, "v2")


def test_deployment_means_the_newest_while_there_was_none(office: Office) -> None:
    office.deploy(caller(DEPLOYMENT))
    office.deploy(leaf("v1"))
    office.deploy(leaf("v2"))
    assert called_task(office) == "v2"


def form(label: str) -> tuple[str, bytes]:
    body: dict[str, Any] = {"schemaVersion": 16, "type": "default", "id": "p.f"}
    body["components"] = [{"type": "textfield", "key": "a", "id": "Field_a", "label": label}]
    return "p.f.form", orjson.dumps(body)


def test_a_form_is_bound_likewise(office: Office) -> None:
    def shown() -> int:
        office.start()
        keys = {r.key: r.version for r in office.rows(t.form_definition, everything=True)}
        version: int = keys[office.task("a").form_key]
        return version

    def process(name: str) -> tuple[str, bytes]:
        uses = f'<zeebe:formDefinition formId="p.f" {DEPLOYMENT}/>'
        return "p.bpmn", diagram(S + user("a", uses) + node("endEvent", "e", attributes=f'name="{name}"') + flows("s a", "a e"))

    office.deploy(form("1"), process("x"))
    office.deploy(form("1"), process("y"))
    office.deploy(form("2"))
    assert (versions(office), shown()) == ({"p": 2}, 1)
    office.deploy(form("3"), process("y"))
    assert (versions(office), shown()) == ({"p": 3}, 3)


def test_what_a_server_brings_runs_with_what_it_was_checked_with(office: Office) -> None:
    """A called process that was published since stays in use, unless a new diagram that is bound to its file comes."""

    def bring(digest: str, *files: tuple[str, bytes]) -> None:
        office.run(Deploy(tuple(Resource(*file) for file in files), digest), OWNER)

    bring("1", leaf("a"), caller(DEPLOYMENT))
    office.deploy(leaf("b"))
    bring("2", leaf("a"), caller(DEPLOYMENT), ("q.bpmn", diagram(S + E + flows("s e"), process_id="q")))
    assert versions(office) == {"leaf": 2, "p": 1, "q": 1}
    bring("3", leaf("a"), caller(DEPLOYMENT, name="called"))
    assert versions(office) == {"leaf": 3, "p": 2, "q": 1}
    assert called_task(office) == "a"
