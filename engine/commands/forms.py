"""Check what a person entered against the deployed form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.commands.transaction import Transaction
from engine.errors import FormInvalid, InvalidState
from engine.feel import Environment
from engine.forms import FieldError, Form, message
from engine.model.work import Called


def form_of(tx: Transaction, called: Called, deployment: int) -> Form:
    """The form that a start event or a task shows. Raises InvalidState when it is not deployed."""
    key = tx.services.definitions.find_form(tx.db, called.id, called, deployment)
    if key is None:
        raise InvalidState(f"the form {called.id} is not deployed")
    return tx.services.definitions.form(tx.db, key)


def check_form(
    tx: Transaction,
    env: Environment,
    called: Called,
    deployment: int,
    data: Mapping[str, Any],
    scope: Mapping[str, Any],
) -> tuple[Form, dict[str, Any]]:
    """The form, and the variables to write. Raises FormInvalid with every error of the data."""
    form = form_of(tx, called, deployment)
    submission = form.submit(data, scope, env)
    refuse(submission.errors)
    return form, dict(submission.values)


def refuse(found: Sequence[FieldError]) -> None:
    """Raise FormInvalid with every error of a submission that has any."""
    if not found:
        return
    errors: list[dict[str, object]] = []
    for error in found:
        said = message(error.code, error.params)
        errors.append({"field": error.field, "code": error.code, "th": said.th, "en": said.en})
    raise FormInvalid(errors)
