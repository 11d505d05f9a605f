"""Variables as they come from outside, as FEEL values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from engine.errors import InvalidArgument
from engine.feel import FeelError, from_json
from engine.model.masking import MASK_TEXT, has_mask, is_mask

MAX_NAME = 256


def variables_in(given: Mapping[str, Any]) -> dict[str, Any]:
    """The variables with numbers as Decimal, without those sent back masked: these stay as they are.

    Raises InvalidArgument for a name that cannot be one, a value that is none of JSON's, or one with a mask in it.
    """
    for name in given:
        if not isinstance(name, str) or not name or len(name) > MAX_NAME or "\x00" in name:
            raise InvalidArgument(f"a variable's name has 1 to {MAX_NAME} characters", variable=str(name)[:MAX_NAME])
    own = {name: value for name, value in given.items() if not is_mask(value)}
    if has_mask(own):
        raise InvalidArgument(f"{MASK_TEXT} stands in the place of a value that is masked, and is none itself")
    try:
        return cast(dict[str, Any], from_json(own))
    except (FeelError, TypeError, ValueError) as error:
        raise InvalidArgument(f"a variable's value is not JSON: {error}") from error
