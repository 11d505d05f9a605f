"""The forms of a draft: shown as a task would show them, and tried out. Nothing is kept."""

from __future__ import annotations

from typing import Any

from flask import request

from api.blueprint import Room, argument_doc
from api.context import read, runtime
from api.schemas.draft_forms import DraftForm, FormTrial, FormTrialBody
from engine.commands.checking import CheckedForm
from engine.commands.deploy import known_in
from engine.commands.draft_forms import environment_of, form_in, tried
from engine.errors import InvalidArgument
from engine.queries.model_drafts import EDIT, get_files

blp = Room("draft forms", __name__, url_prefix="/v2", description="Forms that are worked on, as people will see them")
FORMS = "/model-drafts/<key:key>/forms"


@blp.operation("GET", f"{FORMS}/content", permission=EDIT, returns=DraftForm, errors=(404,),
               parameters=[argument_doc("path", "string", "which form")])  # fmt: skip
def shown(key: int) -> Any:
    """A form of a draft as a task would show it, its shared parts put in."""
    found = _form(key, request.args.get("path"))
    return {"formId": found.form.id, "schema": found.text}


@blp.operation("POST", f"{FORMS}/trial", permission=EDIT, body=FormTrialBody, returns=FormTrial, errors=(404,))
def trial(body: dict[str, Any], key: int) -> Any:
    """What the server would say of a submission of a draft's form: the variables that it would write, or its errors."""
    form = _form(key, body["path"])
    with runtime().database.read() as db:
        env = environment_of(db, runtime().bus.services, runtime().clock.now())
        return tried(form, body["variables"] or {}, body["submission"], env)


def _form(key: int, path: str | None) -> CheckedForm:
    files = read(get_files, key)
    if not path:
        raise InvalidArgument("path says which form")
    with runtime().database.read() as db:
        return form_in(files, known_in(db, runtime().bus.services.definitions, runtime().clock.now()), path)
