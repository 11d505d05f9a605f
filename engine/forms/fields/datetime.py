"""A date, a time of day, or both; stored as the ISO text that form-js makes."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import re2

from engine.forms.errors import refused
from engine.forms.field import ValueField
from engine.forms.properties import Properties
from engine.forms.run import Run
from engine.forms.text import two_languages

# [0-9], not \d: Python's own functions would read Thai digits.
DATE = re2.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
TIME = re2.compile(r"^([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(Z|[+-][0-9]{2}:[0-9]{2})?$")
YEARS = range(1800, 2400)
"""Years of the common era that are believed. A Buddhist year (2569) in stored data is a mistake of
the sender that would move every clock of the case by 543 years."""


class DateTime(ValueField):
    """Value: a text, "2026-04-10", "16:00+07:00" or "2026-04-10T16:00+07:00".

    `timeSerializingFormat` says what follows a time: an offset (`utc_offset`), Z (`utc_normalized`;
    another offset is taken too, it says the same) or nothing (`no_timezone`).
    """

    type_name = "datetime"

    def setup(self, properties: Properties) -> None:
        """Read the kind, what follows a time, whether past days are refused, and the label, which
        form-js calls `dateLabel` or `timeLabel` here.
        """
        for name in ("dateLabel", "timeLabel"):
            if not self.label.th and properties.text(name):
                english = "label.en" if "label.en" in self.custom else f"{name}.en"
                self.label = two_languages(properties.text(name), self.custom, english)
        self.kind = properties.choice("subtype", ("date", "datetime", "time"))
        format_of_time = properties.choice("timeSerializingFormat", ("no_timezone", "utc_offset", "utc_normalized"))
        self.zoned = self.kind != "date" and format_of_time != "no_timezone"
        self.no_past = properties.flag("disallowPassedDates")

    def clean(self, value: object, run: Run) -> object:
        """Errors: `invalid-date`, `invalid-time`, `invalid-datetime`, `offset-missing`,
        `offset-not-expected`, `year-not-believed`, `date-passed`.
        """
        wrong = f"invalid-{self.kind}"
        if not isinstance(value, str):
            raise refused(wrong)
        day_text, _, time_text = value.partition("T") if self.kind == "datetime" else self._one(value)
        try:
            if self.kind != "date":
                self._check_time(time_text, wrong)
            if self.kind != "time":
                self._check_day(day_text, wrong, run)
            if self.kind == "datetime":
                datetime.fromisoformat(value)
        except ValueError as error:
            raise refused(wrong) from error
        return value

    def _one(self, value: str) -> tuple[str, str, str]:
        return ("", "", value) if self.kind == "time" else (value, "", "")

    def _check_time(self, text: str, wrong: str) -> None:
        match = TIME.search(text)
        if match is None:
            raise refused(wrong)
        time.fromisoformat(text)
        if self.zoned and match.group(2) is None:
            raise refused("offset-missing")
        if not self.zoned and match.group(2) is not None:
            raise refused("offset-not-expected")

    def _check_day(self, text: str, wrong: str, run: Run) -> None:
        if not DATE.search(text):
            raise refused(wrong)
        day = date.fromisoformat(text)
        if day.year not in YEARS:
            raise refused("year-not-believed", year=day.year)
        if self.no_past and day < run.env.now.astimezone(ZoneInfo(run.env.zone)).date():
            raise refused("date-passed")


FIELD = DateTime
