"""Check what a person entered against the deployed form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.commands.transaction import Transaction
from engine.errors import FormInvalid, InvalidState
from engine.feel import Environment
from engine.forms import Form, Submission, message
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
) -> dict[str, Any]:
    """The variables to write. Raises FormInvalid with every error of the data."""
    submission = form_of(tx, called, deployment).submit(data, scope, env)
    refuse(submission)
    return dict(submission.values)


def refuse(submission: Submission) -> None:
    """Raise FormInvalid with every error of a submission that has any."""
    if not submission.errors:
        return
    errors: list[dict[str, object]] = []
    for error in submission.errors:
        said = message(error.code, error.params)
        errors.append({"field": error.field, "code": error.code, "th": said.th, "en": said.en})
    raise FormInvalid(errors)
