"""Correct what was entered when a case began, through its start form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.files_of_forms import checked_files, hand_in, held_files
from engine.commands.forms import form_of, refuse
from engine.commands.masking import kept_of
from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.targets import instance_target
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InvalidState
from engine.feel import to_json


@dataclass(frozen=True, slots=True)
class CorrectVariables:
    """Change some answers of the start form; the others stay as the case has them."""

    process_instance_key: int
    variables: Mapping[str, Any] = field(default_factory=dict)
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """The corrected answers."""
        return {"variables": to_json(dict(self.variables))}


@handles(CorrectVariables, permission="variable:correct", event="variables-corrected", target=instance_target)
def correct_variables(command: CorrectVariables, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when the case has ended or has no start form, FormInvalid for wrong answers,
    AboveClearance.

    Deadlines and timers that count from a corrected answer move, and history says so.
    """
    instance = target.instance
    assert instance is not None
    r = running(tx)
    deployed, case = r.deployed(instance), r.case(instance)
    start_form = deployed.definition.process.start_form
    if start_form is None:
        raise InvalidState("the process has no start form")
    form = form_of(tx, start_form, deployed.deployment_key)
    held = case.variables.local(instance.key)
    kept_of(tx, instance, command.variables)
    submission = form.submit({**form.current(held), **variables_in(command.variables)}, held, r.environment())
    refuse(submission.errors)
    values = submission.values
    hand_in(tx, instance, checked_files(tx, form, values, instance, held_files(form, held)))
    case.set_variables(instance.key, values, local=True)
    r.settle(instance)
