"""What a person asks of the office about their data: where they are, a copy, their erasure."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, texts
from engine.queries.personal_data import LONGEST, MOST

_LONGEST_REASON = 4_000


class PersonBody(Schema):
    """Whom it is about: an account, what identifies the person in cases (numbers, names, mail addresses), or both."""

    username = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=LONGEST))
    identifiers = texts(load_default=list, validate=validate.Length(max=MOST))


class PersonInquiryBody(PersonBody):
    """With `openCases`, the answer says what an erasure would do that does not pass over open cases."""

    openCases = Truth(load_default=False)


class PersonCopyBody(PersonBody):
    reason = fields.String(required=True, validate=validate.Length(max=_LONGEST_REASON))


class PersonErasureBody(PersonInquiryBody):
    reason = fields.String(required=True, validate=validate.Length(max=_LONGEST_REASON))


class WhyItStays(Schema):
    code = fields.String(required=True)
    th = fields.String(required=True)
    en = fields.String(required=True)


class CaseOfPerson(Schema):
    """`about`: it is about the person, so that an erasure takes its marked fields; otherwise an account had to do with
    it. `fields` are marked as personal data, `places` are others in which the person stands."""

    processInstanceKey = fields.String(required=True)
    processDefinitionId = fields.String(required=True)
    state = fields.String(required=True)
    about = Truth(required=True)
    fields_ = fields.List(fields.String(), required=True, data_key="fields")
    places = fields.List(fields.String(), required=True)
    stays = fields.List(fields.Nested(WhyItStays), required=True)


class PlaceOfPerson(Schema):
    place = fields.String(required=True)
    rows = Whole(required=True)


class AccountOfPerson(Schema):
    username = fields.String(required=True)
    stays = fields.List(fields.Nested(WhyItStays), required=True)


class PersonInquiry(Schema):
    """Where, never what. `openEvents` are events of the service's own history that name the person openly."""

    account = fields.Nested(AccountOfPerson, required=True, allow_none=True)
    cases = fields.List(fields.Nested(CaseOfPerson), required=True)
    elsewhere = fields.List(fields.Nested(PlaceOfPerson), required=True)
    openEvents = Whole(required=True)


class RefusedCase(Schema):
    processInstanceKey = fields.String(required=True)
    code = fields.String(required=True)
    th = fields.String(required=True)
    en = fields.String(required=True)


class PersonErasure(PersonInquiry):
    """What was found, and what of it was erased. `pseudonym` is the name of the account from now on."""

    erasureKey = fields.String(required=True)
    erased = fields.List(fields.String(), required=True)
    refused = fields.List(fields.Nested(RefusedCase), required=True)
    pseudonym = fields.String(required=True, allow_none=True)
