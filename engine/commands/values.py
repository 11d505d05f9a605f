"""Variables as they come from outside, as FEEL values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from engine.errors import InvalidArgument
from engine.feel import FeelError, from_json

MAX_NAME = 256


def variables_in(given: Mapping[str, Any]) -> dict[str, Any]:
    """The variables with numbers as Decimal. Raises InvalidArgument for a name that cannot be one,
    or a value that is none of JSON's."""
    for name in given:
        if not isinstance(name, str) or not name or len(name) > MAX_NAME or "\x00" in name:
            raise InvalidArgument(f"a variable's name has 1 to {MAX_NAME} characters", variable=str(name)[:MAX_NAME])
    try:
        return cast(dict[str, Any], from_json(dict(given)))
    except (FeelError, TypeError, ValueError) as error:
        raise InvalidArgument(f"a variable's value is not JSON: {error}") from error
