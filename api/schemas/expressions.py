"""Expressions in FEEL, as an editor of them needs them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, Words

LONGEST_EXPRESSION = 10_000  # characters
MOST_NAMES = 2_000
KINDS = ("EXPRESSION", "UNARY_TESTS")


class FunctionParameter(Schema):
    name = fields.String(required=True)
    optional = Truth(required=True)


class FunctionSignature(Schema):
    """With `variadic` the last parameter takes all further arguments."""

    parameters = fields.List(fields.Nested(FunctionParameter), required=True)
    variadic = Truth(required=True)


class ExpressionFunction(Schema):
    name = fields.String(required=True)
    signatures = fields.List(fields.Nested(FunctionSignature), required=True)
    help = fields.Nested(Words, required=True)


class ExpressionFunctions(Schema):
    functions = fields.List(fields.Nested(ExpressionFunction), required=True)


class ExpressionBody(Schema):
    """`expression` is without the = by which a diagram marks it; `names` are those of variables that have blanks or
    operators in them."""

    expression = fields.String(required=True, validate=validate.Length(max=LONGEST_EXPRESSION))
    kind = fields.String(load_default="EXPRESSION", validate=validate.OneOf(KINDS))
    names = fields.List(
        fields.String(validate=validate.Length(min=1, max=256)),
        load_default=list,
        validate=validate.Length(max=MOST_NAMES),
    )


class ExpressionFault(Schema):
    """`position` counts characters (code points) from 0, `line` and `column` from 1."""

    position = Whole(required=True)
    line = Whole(required=True)
    column = Whole(required=True)
    message = fields.Nested(Words, required=True)


class ExpressionRead(Schema):
    """`fault` is null for correct FEEL; `names` are the variables that it reads."""

    fault = fields.Nested(ExpressionFault, required=True, allow_none=True)
    names = fields.List(fields.String(), required=True)
