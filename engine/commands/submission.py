"""What a person submits of a task's form, checked against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.commands.files_of_forms import Attached, checked_files, held_files
from engine.commands.forms import refuse
from engine.commands.masking import own_of
from engine.commands.running import Running
from engine.forms import Form
from engine.store.instances import Instance
from engine.store.tasks import Task


@dataclass(frozen=True, slots=True)
class Submitted:
    """`values` are what is to be written; `hidden` are the fields that the form does not show for them; `files` the
    documents that are attached and not the case's yet (files_of_forms.py)."""

    values: Mapping[str, Any]
    form: Form | None = None
    hidden: frozenset[str] = frozenset()
    files: Sequence[Attached] = ()


def checked_against_form(
    r: Running, instance: Instance, task: Task, data: Mapping[str, Any], kept: frozenset[str]
) -> Submitted:
    """Any data where the task has no form. What is `kept` is checked as the case holds it, and is not among the values.
    Raises FormInvalid."""
    if task.form_key is None:
        return Submitted(data)
    form = r.tx.services.definitions.form(r.tx.db, task.form_key)
    scope = r.case(instance).scope_of(task.key)
    held = {name: value for name, value in form.current(scope).items() if name in kept}
    submission = form.submit({**data, **held}, scope, r.environment())
    refuse(submission.errors)
    values = own_of(submission.values, kept)
    files = checked_files(r.tx, form, values, instance, held_files(form, scope), task.key)
    return Submitted(values, form, submission.hidden, files)
