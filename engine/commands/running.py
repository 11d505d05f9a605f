"""Run process instances inside a transaction: load, act, follow what it causes in others, write.

A child instance is started and its caller resumed in the same transaction, under the lock of their
common root. What lies outside the hierarchy (messages, signals, mail) becomes a job.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, select

from engine.commands import applying, decisions
from engine.commands.definitions import DeployedProcess
from engine.commands.new_instance import new_instance
from engine.commands.task_rows import Again
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.execution import FORMAT, Case, DecisionOutcome, NotWaiting, Stored, load, save
from engine.execution import effects as fx
from engine.feel import Environment, from_json
from engine.model.work import Called
from engine.store.instances import Instance
from engine.store.prepared import Prepared
from engine.store.tables import process_instance, user_task, variable
from engine.store.writer import Writer

# what other commands have to do once everything has come to rest, before the rows are written
BEFORE_WRITE: list[Callable[[Running], None]] = []
_v, _u = variable.c, user_task.c
_VARIABLES = Prepared(
    select(_v.scope_key, _v.name, _v.value).where(_v.process_instance_key == bindparam("b_instance"))
)
_OF_SCOPE = Prepared(select(_v.name, _v.value).where(_v.scope_key == bindparam("b_scope")))
_PERFORMED = Prepared(
    select(_u.element_id, _u.completed_by, _u.completed_at)
    .where(_u.process_instance_key == bindparam("b_instance"), _u.state == "COMPLETED")
    .order_by(_u.completed_at)
)


_MANY_TOKENS = 40_000  # characters of state: a few hundred tokens, of which a command moves one or two


class _ScopesOnDemand:
    """The variables of an instance with many scopes, each read when it is looked at."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def get(self, scope: int, /) -> dict[str, Any]:
        """The variables of a scope; a scope that is not stored has none."""
        rows = _OF_SCOPE.rows(self._db, {"b_scope": scope})
        return {name: from_json(orjson.loads(value)) for name, value in rows}

    def __contains__(self, scope: object, /) -> bool:
        return True


class Running:
    """The cases that one command moves. Made once per transaction, by `running`."""

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx
        self.writer = Writer(tx.now)
        self.performed: dict[int, dict[str, tuple[str, datetime]]] = {}  # in this command, by element
        # by user task: in whose name it is completed, and through which substitute, where another does it in effect
        self.completing: dict[int, tuple[str, str | None]] = {}
        # by element: whom its next task is for, and until when, where it is done again
        self.again: dict[str, Again] = {}
        self.told: set[int] = set()  # user tasks of whose beginning this command tells by itself
        self._cases: dict[int, Case] = {}
        tx.at_end(self._write)

    # ---- for the handlers --------------------------------------------------------------------

    def case(self, instance: Instance) -> Case:
        """The case of a locked instance. Raises InvalidState when the instance has ended."""
        if instance.key not in self._cases:
            if instance.state != "ACTIVE" or instance.execution is None:
                raise InvalidState(processInstanceKey=str(instance.key), state=instance.state)
            self._cases[instance.key] = load(
                instance.execution, self.deployed(instance).definition, instance.key, self,
                self.environment(), self._variables(instance),
            )  # fmt: skip
        return self._cases[instance.key]

    def deployed(self, instance: Instance) -> DeployedProcess:
        """The process version of an instance."""
        return self.tx.services.definitions.process(self.tx.db, instance.definition_key)

    def environment(self) -> Environment:
        """How expressions are evaluated in this command: its moment, the office's zone."""
        return self.tx.environment()

    def begin(
        self, instance: Instance, variables: Mapping[str, Any], start: str | None, assigned: fx.Assigned | None = None
    ) -> None:
        """Start a new instance (inserted already) and everything that it causes."""
        self.prepare(instance).start(variables, start, assigned)
        self.settle(instance)

    def prepare(self, instance: Instance) -> Case:
        """The case of a new instance (inserted already), not yet begun."""
        definition = self.deployed(instance).definition
        self._cases[instance.key] = Case(definition, instance.key, self, self.environment(), {})
        return self._cases[instance.key]

    def settle(self, instance: Instance) -> None:
        """Apply what a case did, and what that causes in its children and its caller."""
        case = self._cases[instance.key]
        while case.effects:
            effects = list(case.effects)
            case.effects.clear()
            applying.apply_all(self, instance, case, effects)
            for effect in effects:
                self._follow(instance, case, effect)

    # ---- what one instance causes in another ---------------------------------------------------

    def _follow(self, instance: Instance, case: Case, effect: fx.Effect) -> None:
        match effect:
            case fx.CallRequested():
                self._call(instance, effect)
            case fx.CallEnded():
                self._cancel_children(effect.task_key)
            case fx.EscalationUncaught():
                self._escalate_to_caller(instance, effect)
            case fx.ErrorUncaught():
                self._error_to_caller(instance, effect)
            case fx.InstanceEnded(completed=True):
                self._answer_to_caller(instance, effect)
            case _:
                pass

    def _call(self, instance: Instance, effect: fx.CallRequested) -> None:
        called = effect.node.called
        assert called is not None
        found = self.tx.services.definitions.find_process(
            self.tx.db, effect.process_id, called, self.deployed(instance).deployment_key
        )
        case = self._cases[instance.key]
        if found is None or self._depth(instance) > 20:
            what = "is not deployed" if found is None else "calls itself too deeply"
            case.fail(effect.task_key, "CALLED_ELEMENT_ERROR", f"process {effect.process_id} {what}")
            return
        deployed = self.tx.services.definitions.process(self.tx.db, found)
        if deployed.definition.process.none_start is None:
            text = f"process {effect.process_id} has no none start event"
            case.fail(effect.task_key, "CALLED_ELEMENT_ERROR", text)
            return
        business_id = instance.business_id if effect.inherit_business_id else effect.business_id
        child = new_instance(self.tx, deployed, business_id, parent=instance, element_instance_key=effect.task_key)
        self.tx.record(
            instance, "child-started", effect.node.id, effect.task_key, child=str(child.key), processId=child.process_id
        )
        self.begin(child, effect.variables, None, effect.assigned)

    def _answer_to_caller(self, instance: Instance, effect: fx.InstanceEnded) -> None:
        if instance.parent_key is None or instance.parent_element_instance_key is None:
            return
        parent = self.tx.relative(instance.parent_key)
        if parent.state != "ACTIVE":
            return
        self.case(parent).complete_call(instance.parent_element_instance_key, effect.variables)
        self.settle(parent)

    def _error_to_caller(self, instance: Instance, effect: fx.ErrorUncaught) -> None:
        assert instance.parent_key is not None and instance.parent_element_instance_key is not None
        parent = self.tx.relative(instance.parent_key)
        self.case(parent).throw_error_at(
            instance.parent_element_instance_key, effect.code, effect.message, effect.variables
        )
        self.settle(parent)

    def _escalate_to_caller(self, instance: Instance, effect: fx.EscalationUncaught) -> None:
        if instance.parent_key is None or instance.parent_element_instance_key is None:
            return
        parent = self.tx.relative(instance.parent_key)
        if parent.state == "ACTIVE":
            self.case(parent).escalate_at(instance.parent_element_instance_key, effect.code, effect.variables)
            self.settle(parent)

    def _cancel_children(self, element_instance_key: int) -> None:
        pi = process_instance.c
        query = select(pi.key).where(pi.parent_element_instance_key == element_instance_key, pi.ended_at.is_(None))
        for key in self.tx.db.execute(query).scalars().all():
            self.cancel(self.tx.relative(key))

    def cancel(self, instance: Instance) -> None:
        """Terminate an instance and its children."""
        if instance.state == "ACTIVE":
            self.case(instance).cancel_all()
            self.settle(instance)

    def _depth(self, instance: Instance) -> int:
        depth, at = 0, instance
        while at.parent_key is not None:
            depth, at = depth + 1, self.tx.relative(at.parent_key)
        return depth

    # ---- the host of the cases -----------------------------------------------------------------

    def new_key(self) -> int:
        """A new key."""
        return self.tx.key()

    def decide(self, case: Case, decision_id: str, called: Called, scope: Mapping[str, Any]) -> DecisionOutcome:
        """Evaluate a decision by its id and binding."""
        deployment = self.deployed(self.tx.relative(case.key)).deployment_key
        return decisions.decide(self.tx, self.environment(), decision_id, called, deployment, scope)

    def resource_key(self, case: Case, resource_id: str, called: Called) -> int | None:
        """The key of the deployed file that an id and binding mean, or None."""
        deployment = self.deployed(self.tx.relative(case.key)).deployment_key
        return self.tx.services.definitions.find_resource(self.tx.db, resource_id, called, deployment)

    def form_key(self, case: Case, form_id: str, called: Called) -> int | None:
        """The key of the form that an id and binding mean, or None."""
        deployment = self.deployed(self.tx.relative(case.key)).deployment_key
        return self.tx.services.definitions.find_form(self.tx.db, form_id, called, deployment)

    def case_facts(self, case: Case) -> Mapping[str, Any]:
        """The `case` context of expressions: who started it when, who completed what when."""
        instance = self.tx.relative(case.key)
        rows = _PERFORMED.rows(self.tx.db, {"b_instance": case.key})
        done: dict[str, tuple[str, datetime]] = {element: (by, at) for element, by, at in rows}
        done |= self.performed.get(case.key, {})
        return {
            "key": str(instance.key),
            "businessId": instance.business_id,
            "startedBy": instance.started_by,
            "startedAt": instance.started_at.isoformat(),
            "performers": {element: by for element, (by, _) in done.items()},
            "completedAt": {element: at.isoformat() for element, (_, at) in done.items()},
        }

    def outer_catches(self, case: Case, code: str) -> bool:
        """Whether a calling instance has a boundary event for this error."""
        instance = self.tx.relative(case.key)
        if instance.parent_key is None or instance.parent_element_instance_key is None:
            return False
        parent = self.tx.relative(instance.parent_key)
        return self.case(parent).catches(instance.parent_element_instance_key, code)

    # ---- loading and writing -------------------------------------------------------------------

    def _variables(self, instance: Instance) -> Stored:
        if instance.execution is not None and len(instance.execution) > _MANY_TOKENS:
            return _ScopesOnDemand(self.tx.db)
        rows = _VARIABLES.rows(self.tx.db, {"b_instance": instance.key})
        found: dict[int, dict[str, Any]] = {}
        for scope_key, name, value in rows:
            found.setdefault(scope_key, {})[name] = from_json(orjson.loads(value))
        return found

    def _write(self) -> None:
        for action in BEFORE_WRITE:
            action(self)
        for key, case in self._cases.items():
            instance = self.tx.relative(key)
            instance.execution = save(case) if instance.state == "ACTIVE" else None
            instance.execution_format = FORMAT
        there, labels = self.tx.services.labels, list(self.writer.labels)
        self.writer.flush(self.tx.batch, there)
        self.tx.after_commit(lambda: there.committed(labels))


def running(tx: Transaction) -> Running:
    """The Running of this transaction."""
    if "running" not in tx.cache:
        tx.cache["running"] = Running(tx)
    found: Running = tx.cache["running"]
    return found


__all__ = ["NotWaiting", "Running", "running"]
