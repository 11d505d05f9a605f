"""Reading the properties of one form-js component, collecting what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import re2

from engine.feel import Expression, FeelSyntaxError, parse_expression
from engine.feel.candidates import NameCandidates
from engine.forms.text import Text, two_languages
from engine.model.faults import Fault

Component = Mapping[str, object]
MAX_PATTERN = 1_000
PATTERN_MEMORY = 1 << 20
"""Bytes one compiled pattern may take; re2 is linear in time but a{1000}{1000} is large."""


MAX_LOOKED_AT = 300_000
"""Names handed to all the expressions of a form together: what reading it may cost."""


@dataclass(slots=True)
class Faults:
    """The faults of one form file, in the order they were found."""

    file: str
    found: list[Fault] = field(default_factory=list)
    looked_at: int = 0

    def add(self, element: str | None, rule: str, th: str, en: str) -> None:
        """Note a fault of the component `element`."""
        self.found.append(Fault(self.file, element, rule, th, en))


def _options() -> re2.Options:
    options = re2.Options()
    options.max_mem = PATTERN_MEMORY
    options.log_errors = False
    return options


class Properties:
    """The properties of one component. Wrong ones are noted as faults and read as absent."""

    def __init__(self, component: Component, faults: Faults, names: NameCandidates | None = None) -> None:
        self.component = component
        self.faults = faults
        self.names = names

    @property
    def element(self) -> str | None:
        """How faults call the component: its id, else its key or path."""
        for name in ("id", "key", "path"):
            value = self.component.get(name)
            if isinstance(value, str) and value:
                return value
        return None

    def fault(self, rule: str, th: str, en: str) -> None:
        """Note a fault of this component."""
        self.faults.add(self.element, rule, th, en)

    def wrong(self, name: str, th: str, en: str) -> None:
        """Note that property `name` does not hold what it must."""
        self.fault("form-property", f"คุณสมบัติ {name} ต้องเป็น{th}", f"the property {name} must be {en}")

    def raw(self, name: str) -> object:
        """A property, or one inside another: "validate.min". None when there is none."""
        value: object = self.component
        for part in name.split("."):
            if not isinstance(value, Mapping):
                return None
            value = value.get(part)
        return value

    def text(self, name: str) -> str:
        """A text property; "" when absent."""
        value = self.raw(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.wrong(name, "ข้อความ", "a text")
            return ""
        return value

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """One of the allowed texts; the first when absent."""
        value = self.raw(name)
        if value is None:
            return allowed[0]
        if value not in allowed:
            listed = ", ".join(allowed)
            self.wrong(name, f"อย่างใดอย่างหนึ่งใน {listed}", f"one of {listed}")
            return allowed[0]
        return str(value)

    def flag(self, name: str) -> bool:
        """A true or false property; false when absent."""
        value = self.raw(name)
        if value is None or isinstance(value, bool):
            return value is True
        self.wrong(name, " true หรือ false", "true or false")
        return False

    def number(self, name: str) -> Decimal | None:
        """A number. form-js's editor writes some as texts ("2"), so those are read too."""
        value = self.raw(name)
        if value is None or value == "":
            return None
        if isinstance(value, Decimal):
            return value
        if isinstance(value, str) and value.strip().lstrip("-").replace(".", "", 1).isascii():
            try:
                return Decimal(value.strip())
            except ArithmeticError:
                pass
        self.wrong(name, "ตัวเลข", "a number")
        return None

    def whole(self, name: str) -> int | None:
        """A whole number that is not negative."""
        value = self.number(name)
        if value is None:
            return None
        if value != value.to_integral_value() or not 0 <= value <= 10**9:
            self.wrong(name, "จำนวนเต็มที่ไม่ติดลบ", "a whole number that is not negative")
            return None
        return int(value)

    def limit(self, name: str) -> Decimal | Expression | None:
        """A number, or FEEL that gives one."""
        value = self.raw(name)
        return self.feel(name) if isinstance(value, str) and value.startswith("=") else self.number(name)

    def switch(self, name: str) -> bool | Expression:
        """True or false, or FEEL that gives it."""
        value = self.raw(name)
        if isinstance(value, str) and value.startswith("="):
            return self.feel(name) or False
        return self.flag(name)

    def feel(self, name: str) -> Expression | None:
        """An expression ("=..."); None when absent or wrong."""
        value = self.raw(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str) or not value.startswith("="):
            self.wrong(name, " FEEL ที่ขึ้นต้นด้วย =", "FEEL that begins with =")
            return None
        names = self._names_in(value)
        if names is None:
            return None
        try:
            return parse_expression(value[1:], names)
        except FeelSyntaxError as error:
            self.fault(
                "form-feel",
                f"นิพจน์ FEEL ของ {name} ไม่ถูกต้อง: {value} ({error.th})",
                f"the FEEL expression of {name} is not correct: {value} ({error})",
            )
            return None

    def _names_in(self, text: str) -> list[str] | None:
        """The names of fields that an expression may mean; None, and one fault for the whole form, when
        that has become too much to read.
        """
        names = [] if self.names is None else self.names.in_text(text)
        before = self.faults.looked_at
        self.faults.looked_at += len(names)
        if self.faults.looked_at <= MAX_LOOKED_AT:
            return names
        if before <= MAX_LOOKED_AT:
            said = "the form has too many names and expressions"
            self.faults.add(None, "form-too-large", "แบบฟอร์มมีชื่อและนิพจน์มากเกินไป", said)
        return None

    def pattern(self, name: str) -> re2._Regexp[str] | None:
        """A regular expression, compiled to run in linear time; None when absent or wrong."""
        value = self.text(name)
        if not value:
            return None
        try:
            if len(value) > MAX_PATTERN:
                raise re2.error(f"longer than {MAX_PATTERN} characters")
            return re2.compile(value, _options())
        except re2.error as error:
            reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
            self.fault(
                "form-pattern",
                f"รูปแบบ (pattern) ใช้ไม่ได้: {value} ({reason})",
                f"the pattern cannot be used: {value} ({reason}); look-around and back references are not supported",
            )
            return None

    def custom(self) -> dict[str, str]:
        """form-js's custom properties: names and texts."""
        value = self.raw("properties")
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.wrong("properties", "กลุ่มของชื่อและข้อความ", "names with texts")
            return {}
        return {str(name): str(item) for name, item in value.items()}

    def label(self, name: str = "label") -> Text:
        """A text in Thai (the property) and English (the custom property "label.en")."""
        return two_languages(self.raw(name), self.custom(), f"{name}.en")
