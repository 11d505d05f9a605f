"""What reading a form or a submission can answer besides a form and its values."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow import ValidationError

from engine.model.faults import Fault


class InvalidForm(Exception):
    """A form file is broken. `faults` names everything that is wrong with it, not only the first."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.file}: {fault.en}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with submitted data.

    `field` is the place as people write it: `amount`, `address.street`, `people[0].name` (rows count
    from 0). `code` is a key of messages.py; `params` fill its text.
    """

    field: str
    code: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of submitted data.

    `values` are the variables to write, as FEEL values (numbers are `Decimal`), empty whenever there
    are errors. `hidden` names the fields that their condition hid, as they are named in errors.
    """

    values: dict[str, object]
    errors: tuple[FieldError, ...]
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Problem:
    """Code and parameters of an error on their way through marshmallow, which knows the place."""

    code: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)


def refused(code: str, **params: object) -> ValidationError:
    """The exception by which a field refuses a value."""
    return ValidationError([Problem(code, params)])
