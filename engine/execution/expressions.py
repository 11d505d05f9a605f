"""Evaluate a diagram's expressions, and turn what goes wrong into an incident that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.execution.failures import ElementFailure
from engine.feel import Environment, FeelError, parse_expression, to_json

MAX_NAME = 256  # characters of what is kept in a column: names, keys, codes, ids
MAX_ADDRESS = 2048


def is_feel(text: str) -> bool:
    """Whether a text of the dialect is FEEL rather than static."""
    return text.lstrip().startswith("=")


def evaluate(feel: str, scope: Mapping[str, Any], env: Environment, what: str, error_type: str) -> tuple[Any, str]:
    """The value of a FEEL expression (without `=`), and what it complained about ("" for nothing).

    `what` names the expression's place for the message of a failure. Raises ElementFailure when the
    expression cannot be evaluated at all (its budget is exceeded).
    """
    try:
        outcome = parse_expression(feel).evaluate(scope, env)
    except FeelError as error:
        raise ElementFailure(error_type, f"{what}: '{feel}': {error}") from error
    return outcome.value, "; ".join(w.message for w in outcome.warnings)


def value_of(text: str, scope: Mapping[str, Any], env: Environment, what: str, error_type: str) -> tuple[Any, str]:
    """The value of a text that is FEEL when it begins with `=`, else the text itself."""
    if is_feel(text):
        return evaluate(text.lstrip()[1:], scope, env, what, error_type)
    return text, ""


def json_of(feel: str, scope: Mapping[str, Any], env: Environment, what: str) -> Any:
    """The value of a FEEL expression as it is kept in a variable: temporal values become text."""
    value, _ = evaluate(feel, scope, env, what, "IO_MAPPING_ERROR")
    return plain(value)


def plain(value: Any) -> Any:
    """A FEEL value as a variable keeps it: numbers stay decimal, temporal values become ISO text."""
    if value is None or isinstance(value, (bool, str, Decimal)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    return to_json(value)


def failed(error_type: str, what: str, text: str, wanted: str, got: Any, hint: str) -> ElementFailure:
    """The incident for a value of the wrong type; `hint` says which variable was missing."""
    shown = repr(to_json(got))[:200] if got is not None else "null"
    because = f" ({hint})" if hint else ""
    return ElementFailure(error_type, f"{what}: '{text}' must give {wanted}, but gave {shown}{because}")


def boolean(feel: str, scope: Mapping[str, Any], env: Environment, what: str) -> bool:
    """A condition; anything but true or false is an incident."""
    value, hint = evaluate(feel, scope, env, what, "EXTRACT_VALUE_ERROR")
    if not isinstance(value, bool):
        raise failed("EXTRACT_VALUE_ERROR", what, feel, "true or false", value, hint)
    return value


def _fits(value: str, what: str, source: str, limit: int) -> str:
    """The text, if it can be kept. Raises ElementFailure for one that is too long or holds a NUL."""
    if len(value) > limit or "\x00" in value:
        raise failed("EXTRACT_VALUE_ERROR", what, source, f"at most {limit} characters without NUL", value, "")
    return value


def text(source: str, scope: Mapping[str, Any], env: Environment, what: str) -> str:
    """A text; a number is written out, as a correlation key may be one."""
    value, hint = value_of(source, scope, env, what, "EXTRACT_VALUE_ERROR")
    if isinstance(value, Decimal):
        value = format(value.normalize(), "f")
    if not isinstance(value, str) or value == "":
        raise failed("EXTRACT_VALUE_ERROR", what, source, "a text", value, hint)
    return _fits(value, what, source, MAX_NAME)


def optional_text(
    source: str | None, scope: Mapping[str, Any], env: Environment, what: str, limit: int = MAX_NAME
) -> str | None:
    """A text, or None when the attribute is absent or gives null or an empty text."""
    if source is None or source == "":
        return None
    value, hint = value_of(source, scope, env, what, "EXTRACT_VALUE_ERROR")
    if value is None or value == "":
        if hint:  # a missing variable is a mistake of the diagram, not "nobody"
            raise failed("EXTRACT_VALUE_ERROR", what, source, "a text", value, hint)
        return None
    if not isinstance(value, str):
        raise failed("EXTRACT_VALUE_ERROR", what, source, "a text", value, hint)
    return _fits(value, what, source, limit)


def names(source: str | None, scope: Mapping[str, Any], env: Environment, what: str) -> tuple[str, ...]:
    """A list of names: comma-separated text, or a FEEL list of texts."""
    if source is None or source == "":
        return ()
    value, hint = value_of(source, scope, env, what, "EXTRACT_VALUE_ERROR")
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",")]
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return tuple(_fits(item, what, source, MAX_NAME) for item in value if item)
    raise failed("EXTRACT_VALUE_ERROR", what, source, "a list of texts", value, hint)


def integer(source: str, scope: Mapping[str, Any], env: Environment, what: str, low: int, high: int) -> int:
    """A whole number within bounds, written as a number or as FEEL."""
    value, hint = value_of(source, scope, env, what, "EXTRACT_VALUE_ERROR")
    if isinstance(value, str) and value.strip().lstrip("-").isdecimal():
        value = Decimal(int(value))
    whole = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
    if not whole or value != int(value) or not low <= value <= high:
        raise failed("EXTRACT_VALUE_ERROR", what, source, f"a whole number from {low} to {high}", value, hint)
    return int(value)
