"""A form of a draft as a task would show it, and tried out: what becomes of what somebody would submit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.calendar.office import OfficeTime
from engine.commands.checking import CheckedForm, Known, check_resources
from engine.commands.publish_model_draft import resources_of
from engine.commands.transaction import Services
from engine.commands.values import variables_in
from engine.errors import InvalidArgument, NotFound
from engine.feel import Environment, to_json
from engine.forms import message
from engine.model.faults import Fault


class DraftFormBroken(InvalidArgument):
    """The file is a form with faults, or none at all: it can be neither shown nor tried."""

    code = "draft-form-broken"
    th = "แบบฟอร์มในฉบับร่างยังมีข้อผิดพลาด จึงยังแสดงหรือทดลองไม่ได้"

    def __init__(self, path: str, faults: list[Fault]) -> None:
        said = "; ".join(fault.en for fault in faults[:20]) or "the file is no form"
        super().__init__(f"{path}: {said}", path=path, faults=[fault.described() for fault in faults])


@dataclass(frozen=True, slots=True)
class Trial:
    """`values` are the variables that would be written, none where there are `errors` (dicts with field, code and
    message {th, en}); `hidden` names the fields that are not shown."""

    values: dict[str, Any]
    errors: list[dict[str, Any]]
    hidden: list[str]


def form_in(files: list[tuple[str, str]], known: Known, path: str) -> CheckedForm:
    """The form at a path of the files ((path, content)), with its shared parts put in, from the files or as they are
    deployed. Raises NotFound, DraftFormBroken with every fault."""
    forms = [resource for resource in resources_of(files) if resource.name.endswith(".form")]
    if path not in dict(files):
        raise NotFound(path=path)
    checked = check_resources(forms, known)
    found = next((form for resource, form in checked.forms if resource.name == path), None)
    if found is None:
        raise DraftFormBroken(path, [fault for fault in checked.faults if fault.file == path])
    return found


def environment_of(db: Connection, services: Services, now: datetime) -> Environment:
    """How expressions are evaluated outside a command: at this moment, with the organisation's calendar as it holds."""
    return Environment(now=now, zone=services.zone, calendar=OfficeTime(lambda: services.office(db, now)))


def tried(form: CheckedForm, case: Mapping[str, Any], data: Mapping[str, Any], env: Environment) -> Trial:
    """What the server would say of submitted data (as JSON has them) in a case with these variables. Whether an
    attached file exists is not asked: there is no case that it could belong to. Raises InvalidArgument for what is no
    value."""
    found = form.form.submit(variables_in(data), variables_in(case), env)
    errors = []
    for error in found.errors:
        said = message(error.code, error.params)
        errors.append({"field": error.field, "code": error.code, "message": {"th": said.th, "en": said.en}})
    return Trial({name: to_json(value) for name, value in found.values.items()}, errors, sorted(found.hidden))
