"""A form of a draft as a task would show it, and tried out."""

from __future__ import annotations

from marshmallow import Schema, fields

from api.schemas.base import Words, variables
from api.schemas.model_drafts import draft_path


class DraftForm(Schema):
    """`schema` is the form-js JSON text with its shared parts put in."""

    formId = fields.String(required=True)
    schema = fields.String(required=True)


class FormTrialBody(Schema):
    """`variables` are those of the case that the form would be filled in for, `submission` what would be submitted."""

    path = draft_path()
    variables = variables()
    submission = fields.Dict(keys=fields.String(), required=True)


class FormTrialError(Schema):
    """`field` is the place as people write it: `people[0].name`, rows from 0; empty for the submission as a whole."""

    field = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.Nested(Words, required=True)


class FormTrial(Schema):
    """`values` are the variables that would be written, none where there are errors; `hidden` names the fields that are
    not shown."""

    values = fields.Dict(keys=fields.String(), required=True)
    errors = fields.List(fields.Nested(FormTrialError), required=True)
    hidden = fields.List(fields.String(), required=True)
