"""What schemas of several nouns share: keys, moments, problems, searches; and schemas made from a noun's table."""

from __future__ import annotations

from typing import Any

from marshmallow import INCLUDE, Schema, ValidationError, fields, validate

from engine.queries.noun import Field, Kind, Noun

KEY_PATTERN = "^-?[0-9]+$"


class Whole(fields.Integer):
    """A whole number as JSON has it: no text, no 1.0, no true."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if type(value) is not int:
            raise self.make_error("invalid", input=value)
        return value


class Truth(fields.Boolean):
    """true or false, and nothing that stands for them."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if type(value) is not bool:
            raise self.make_error("invalid", input=value)
        return value


class Problem(Schema):
    """RFC 9457, with a stable code and the texts in both languages; further members depend on the code."""

    class Meta:
        unknown = INCLUDE  # so that the description allows them

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = Whole(required=True)
    detail = fields.String(required=True)
    instance = fields.String(required=True)
    code = fields.String()
    th = fields.String()
    en = fields.String()


class Page(Schema):
    """Which part of the list this is; `hasMoreTotalItems` says that the total is only a lower bound."""

    totalItems = Whole(required=True)
    hasMoreTotalItems = Truth(required=True)
    startCursor = fields.String(required=True, allow_none=True)
    endCursor = fields.String(required=True, allow_none=True)


class PageWanted(Schema):
    """One of `limit` alone, with `from`, with `after` or with `before`."""

    class Meta:
        include = {"from": Whole()}

    limit = Whole(metadata={"minimum": 1, "maximum": 10_000, "default": 100})
    after = fields.String(metadata={"description": "the endCursor of the page before"})
    before = fields.String(metadata={"description": "the startCursor of the page after"})


class SortWanted(Schema):
    """One field to sort by."""

    field = fields.String(required=True)
    order = fields.String(metadata={"enum": ["ASC", "DESC"], "default": "ASC"})


class Words(Schema):
    """A text in Thai and in English."""

    th = fields.String(required=True, allow_none=True)
    en = fields.String(required=True, allow_none=True)


def key(**options: Any) -> fields.String:
    """A key: decimal digits as text."""
    return fields.String(metadata={"pattern": KEY_PATTERN}, **options)


def moment(**options: Any) -> fields.String:
    """A date and time with its offset; answers always use UTC and `Z`."""
    return fields.String(metadata={"format": "date-time"}, **options)


def day(**options: Any) -> fields.String:
    """A day, such as 2026-04-10."""
    return fields.String(metadata={"format": "date"}, **options)


def shown(field: fields.Field[Any]) -> fields.Field[Any]:
    """Mark a field of an answer as always present."""
    field.required = True
    return field


def texts(**options: Any) -> fields.List[Any]:
    """A list of texts."""
    return fields.List(fields.String(validate=validate.Length(max=256)), **options)


def variables() -> fields.Dict:
    """Process variables by name."""
    return fields.Dict(keys=fields.String(validate=validate.Length(min=1, max=256)), load_default=dict, allow_none=True)


def tenant() -> fields.String:
    """There is one tenant; clients that name it are understood."""
    return fields.String(validate=validate.Equal("<default>"), allow_none=True, load_default=None)


def reference() -> Whole:
    """Camunda's operationReference: accepted, of no consequence."""
    return Whole(validate=validate.Range(min=1), allow_none=True)


def absent() -> fields.Raw:
    """What clients may name but Krabuan does not have: null is understood, anything else refused, never ignored."""
    return fields.Raw(allow_none=True, load_default=None, validate=_refuse)


def _refuse(value: Any) -> None:
    if value is not None:
        raise ValidationError("Krabuan does not support this; leave it out.")


def schema_of(noun: Noun, **extra: fields.Field[Any]) -> type[Schema]:
    """The schema of a noun's answer: every shown field, always present, and what the view adds."""
    members = {name: _shown_field(f) for name, f in noun.fields.items() if f.shown}
    return Schema.from_dict({**members, **{n: shown(f) for n, f in extra.items()}}, name=noun.name)


def result_of(item: type[Schema], name: str) -> type[Schema]:
    """The schema of a search's answer."""
    members: dict[str, Any] = {
        "items": fields.List(fields.Nested(item), required=True),
        "page": fields.Nested(Page, required=True),
    }
    return Schema.from_dict(members, name=f"{name}SearchResult")


def search_of(noun: Noun) -> type[Schema]:
    """The schema of a search's body. What filter, sort and page mean is checked where they are compiled."""
    filters: dict[str, Any] = {n: _filter_field(f.kind) for n, f in noun.fields.items() if f.filterable}
    together = () if noun.together is None else sorted(noun.together[0])
    filters |= {name: _special(noun.described.get(name)) for name in (*noun.specials, *together)}
    wanted = Schema.from_dict(filters, name=f"{noun.name}Filter")
    members: dict[str, Any] = {
        "filter": fields.Nested(wanted, unknown=INCLUDE, load_default=dict),
        "sort": fields.List(fields.Nested(SortWanted), load_default=list),
        "page": fields.Nested(PageWanted, unknown=INCLUDE, load_default=dict),
    }
    return Schema.from_dict(members, name=f"{noun.name}Search")


_TYPES: dict[Kind, Any] = {
    "key": key,
    "string": fields.String,
    "enum": fields.String,
    "integer": Whole,
    "moment": moment,
    "date": day,
    "boolean": Truth,
    "object": fields.Dict,
    "json": fields.Raw,
}


def _shown_field(f: Field) -> fields.Field[Any]:
    if f.kind == "strings":
        return fields.List(fields.String(), required=True)
    made: fields.Field[Any] = _TYPES[f.kind](required=True, allow_none=f.nullable)
    return made


def _special(said: str | None) -> fields.Field[Any]:
    return fields.Raw(metadata={} if said is None else {"description": said})


def _filter_field(kind: Kind) -> fields.Field[Any]:
    said = {"description": f"a value of kind {kind}, or an object of operators such as {{$in: [...]}}"}
    return fields.Raw(metadata=said)
