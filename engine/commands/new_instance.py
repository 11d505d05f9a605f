"""A new process instance as a row: whose it is, of which version and class, before anything has run."""

from __future__ import annotations

from engine.commands.definitions import DeployedProcess
from engine.commands.transaction import Transaction
from engine.execution import FORMAT
from engine.model.chain import genesis
from engine.store.instances import Instance


def new_instance(
    tx: Transaction,
    deployed: DeployedProcess,
    business_id: str | None,
    *,
    parent: Instance | None = None,
    element_instance_key: int | None = None,
    start_message: tuple[str, str] | None = None,
    tags: tuple[str, ...] = (),
    access_class: int = 0,
) -> Instance:
    """Insert a new instance of a process version, not yet begun. It has the confidentiality class of its process, of
    its caller or `access_class`, whichever is highest."""
    key = tx.key()
    instance = Instance(
        key=key, root_key=parent.root_key if parent else key,
        parent_key=parent.key if parent else None, parent_element_instance_key=element_instance_key,
        definition_key=deployed.key, process_id=deployed.process_id, version=deployed.version,
        business_id=business_id or None, state="ACTIVE", execution=None, execution_format=FORMAT, rev=1,
        started_at=tx.now, started_by=tx.actor.name, ended_at=None, incidents=0,
        start_message=start_message[0] if start_message else None,
        start_correlation_key=start_message[1] if start_message else None,
        tags=list(tags), history_sequence=0, history_head=genesis(key),
        access_class=max(access_class, deployed.definition.process.access_class, parent.access_class if parent else 0),
    )  # fmt: skip
    tx.add_instance(instance)
    return instance
