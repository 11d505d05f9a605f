"""How Thai offices write dates: Buddhist era, Thai months and digits, fiscal years. Conversion at the edge only."""

from __future__ import annotations

from datetime import date, datetime

ERA = 543  # the Buddhist era counts 543 years more than the common era
MONTHS = (
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
)
SHORT_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
WEEKDAYS = "จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์".split()
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_LATIN = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def thai_digits(text: str) -> str:
    """``text`` with 0 to 9 written in Thai digits."""
    return text.translate(_TO_THAI)


def latin_digits(text: str) -> str:
    """``text`` with Thai digits written as 0 to 9."""
    return text.translate(_TO_LATIN)


def fiscal_year(day: date) -> int:
    """The government's fiscal year of a day, as a Buddhist year: 1 October 2025 to 30 September 2026 is 2569."""
    return day.year + ERA + (1 if day.month >= 10 else 0)


def fiscal_year_days(year: int) -> tuple[date, date]:
    """The first and the last day of a fiscal year (a Buddhist year)."""
    return date(year - ERA - 1, 10, 1), date(year - ERA, 9, 30)


def fiscal_quarter(day: date) -> int:
    """1 (October to December) to 4 (July to September)."""
    return (day.month + 2) % 12 // 3 + 1


def thai_date(day: date, *, short: bool = False, weekday: bool = False, digits: bool = True) -> str:
    """``๑๐ เมษายน ๒๕๖๙``; ``short``: ``๑๐ เม.ย. ๖๙``; ``weekday``: with ``วันศุกร์ที่`` before it.

    ``digits`` False keeps 0 to 9. The day is written as it stands: convert a moment to the office's zone first.
    """
    month = (SHORT_MONTHS if short else MONTHS)[day.month - 1]
    year = day.year + ERA
    text = f"{day.day} {month} {year % 100:02d}" if short else f"{day.day} {month} {year}"
    if weekday:
        text = f"วัน{WEEKDAYS[day.weekday()]}ที่ {text}"
    return thai_digits(text) if digits else text


def thai_date_time(moment: datetime, *, short: bool = False, digits: bool = True) -> str:
    """``๑๐ เมษายน ๒๕๖๙ เวลา ๑๖.๐๐ น.``, in the zone that ``moment`` carries."""
    text = f"{thai_date(moment, short=short, digits=False)} เวลา {moment:%H.%M} น."
    return thai_digits(text) if digits else text
