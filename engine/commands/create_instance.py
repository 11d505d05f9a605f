"""Start a process instance: by hand, by a start form, by an API client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.commands.definitions import DeployedProcess
from engine.commands.files_of_forms import Attached, checked_files, hand_in
from engine.commands.forms import check_form
from engine.commands.new_instance import new_instance
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.running import running
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InvalidArgument, NotFound
from engine.feel import to_json
from engine.forms import Form
from engine.model.work import Called
from engine.policy.permissions import Facts
from engine.store.instances import Instance

MAX_BUSINESS_ID = 256


@dataclass(frozen=True, slots=True)
class CreateInstance:
    """Start an instance of a process, named by `definition_key` or by `process_id`.

    With `process_id`: `version` -1 is the latest, else that number; or the latest with
    `version_tag`. `by_form` says that a person filled in the start form: the data are checked
    against it. `start_element` begins at another start event than the none start event.
    """

    process_id: str | None = None
    definition_key: int | None = None
    version: int = -1
    version_tag: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    business_id: str | None = None
    tags: tuple[str, ...] = ()
    start_element: str | None = None
    by_form: bool = False


def _target(command: CreateInstance, tx: Transaction) -> Target:
    deployed = _deployed(command, tx)
    facts = Facts(frozenset({deployed.process_id}), access_class=deployed.definition.process.access_class)
    return Target(facts, rows={"deployed": deployed})


def _deployed(command: CreateInstance, tx: Transaction) -> DeployedProcess:
    definitions, key = tx.services.definitions, command.definition_key
    if key is None:
        if command.process_id is None:
            raise InvalidArgument("a process definition id or key is needed")
        if command.version >= 0:
            key = definitions.find_version(tx.db, command.process_id, command.version)
        else:
            tagged = Called(command.process_id, "versionTag", command.version_tag) if command.version_tag else None
            key = definitions.find_process(tx.db, command.process_id, tagged)
    if key is None:
        raise NotFound(processDefinitionId=command.process_id)
    return definitions.process(tx.db, key)


@handles(CreateInstance, permission="process-instance:create", event=NO_INSTANCE, target=_target)
def create_instance(command: CreateInstance, target: Target, tx: Transaction) -> dict[str, Any]:
    """Insert the instance, record its start, and run it until every token waits."""
    deployed: DeployedProcess = target.rows["deployed"]
    process = deployed.definition.process
    if command.start_element is None and process.none_start is None:
        raise InvalidArgument("the process has no none start event; a message, signal or timer starts it")
    if command.start_element is not None and command.start_element not in {n.id for n in process.starts()}:
        raise InvalidArgument(f"{command.start_element} is no start event of the process")
    if command.business_id is not None and len(command.business_id) > MAX_BUSINESS_ID:
        raise InvalidArgument(f"a business id has at most {MAX_BUSINESS_ID} characters")
    variables: Mapping[str, Any] = variables_in(command.variables)
    form: Form | None = None
    if command.by_form and process.start_form is not None:
        env = running(tx).environment()
        form, variables = check_form(tx, env, process.start_form, deployed.deployment_key, variables, {})
    instance = new_instance(tx, deployed, command.business_id, tags=command.tags)
    files: Sequence[Attached] = () if form is None else checked_files(tx, form, variables, instance)
    tx.record(instance, "instance-created", None, instance.key, variables=to_json(variables), version=deployed.version)
    hand_in(tx, instance, files)
    running(tx).begin(instance, variables, command.start_element)
    tx.announce("process-instance", {"processInstanceKey": str(instance.key)})
    return {
        "processInstanceKey": str(instance.key),
        "processDefinitionKey": str(deployed.key),
        "processDefinitionId": deployed.process_id,
        "processDefinitionVersion": deployed.version,
        "businessId": instance.business_id,
        "tags": list(command.tags),
    }


def begin_by_event(
    tx: Transaction, deployed: DeployedProcess, element_id: str, variables: Mapping[str, Any],
    start_message: tuple[str, str] | None = None, events: Sequence[Mapping[str, Any]] = (),
) -> Instance:  # fmt: skip
    """Start an instance at a message, signal, timer or conditional start event. `events` tells history of
    several that had to come."""
    instance = new_instance(tx, deployed, None, start_message=start_message)
    tx.record(
        instance,
        "instance-created",
        element_id,
        instance.key,
        variables=to_json(dict(variables)),
        version=deployed.version,
        **({"events": list(events)} if events else {}),
    )
    running(tx).begin(instance, variables, element_id)
    tx.announce("process-instance", {"processInstanceKey": str(instance.key)})
    return instance
