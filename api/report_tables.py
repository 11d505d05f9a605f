"""The tables of a report on standard times, as files show them: headings and cells in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.reports.periods import month_said

Cell = str | int | float | None
_HOUR = 3600
_HEADINGS = {
    "number": ("ลำดับ", "No."), "item": ("รายการ", "Item"), "counted": ("ทำเสร็จ", "Done"), "kept": ("ทันเวลา", "In time"),
    "share": ("ร้อยละ", "Percent"), "time50": ("เวลาที่ใช้ มัธยฐาน (ชม.)", "Time taken, median (h)"),
    "time90": ("เวลาที่ใช้ เปอร์เซ็นไทล์ที่ 90 (ชม.)", "Time taken, 90th percentile (h)"),
    "wait50": ("รอผู้รับ มัธยฐาน (ชม. ทำการ)", "Waiting, median (office h)"),
    "wait90": ("รอผู้รับ เปอร์เซ็นไทล์ที่ 90 (ชม. ทำการ)", "Waiting, 90th percentile (office h)"),
    "work50": ("ทำงาน มัธยฐาน (ชม. ทำการ)", "Working, median (office h)"),
    "work90": ("ทำงาน เปอร์เซ็นไทล์ที่ 90 (ชม. ทำการ)", "Working, 90th percentile (office h)"),
    "open": ("งานค้าง", "Open"), "overdue": ("เกินกำหนด", "Overdue"),
}  # fmt: skip
COLUMNS = tuple(_HEADINGS)
_SHARE = ("counted", "kept", "share")
_NO_UNIT = ("ไม่ได้ระบุหน่วยงาน", "No unit")


@dataclass(frozen=True, slots=True)
class Part:
    """One table. `columns` are some of `COLUMNS`, of which each row has a cell or none. `chart` names the columns that
    a chart shows: against a hundred (`share`) or in hours."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, Cell]]
    chart: tuple[str, ...] = ()


def heading(column: str, language: str) -> str:
    """What a column is called."""
    return _HEADINGS[column][language == "en"]


def parts_of(report: Mapping[str, Any], language: str) -> list[Part]:
    """Every table of the report that has rows, the totals first."""
    pick = _picker(language)
    named = ("number", "item", *_SHARE)
    found = [
        Part(pick(("รวม", "Totals")), ("item", *_SHARE), _totals(report, pick)),
        Part(pick(("ตามขั้นตอน", "By step")), (*named, "time50", "time90"), _steps(report, pick), ("share",)),
        Part(
            pick(("ตามงาน", "By task")), (*named, "wait50", "wait90", "work50", "work90"), _tasks(report, pick),
            ("wait50", "work50"),
        ),
        Part(pick(("ตามหน่วยงาน", "By unit")), ("item", *_SHARE), _units(report, pick), ("share",)),
        Part(pick(("ตามบุคคล", "By person")), ("item", *_SHARE), _persons(report)),
        Part(pick(("ตามเดือน", "By month")), ("item", *_SHARE), _months(report, language), ("share",)),
        Part(pick(("ตามฉบับของกระบวนงาน", "By version")), ("item", *_SHARE), _versions(report), ("share",)),
        Part(pick(("การรอสิ่งอื่น", "Other waits")), ("item", "counted", "time50", "time90"), _waits(report, pick)),
        Part(pick(("งานค้างขณะนี้", "Open now")), ("number", "item", "open", "overdue"), _open(report, pick)),
    ]  # fmt: skip
    return [part for part in found if part.rows]


Pick = Callable[[tuple[str, str]], str]


def _picker(language: str) -> Pick:
    return lambda texts: texts[language == "en"]


def _name(of: Mapping[str, Any], pick: Pick) -> str:
    name, id_ = of["name"], str(of.get("elementId") or of.get("unit") or "")
    return pick((name["th"] or name["en"] or id_, name["en"] or name["th"] or id_))


def _share(of: Mapping[str, Any]) -> dict[str, Cell]:
    return {"counted": of["counted"], "kept": of["kept"], "share": of["sharePercent"]}


def _hours(spread: Mapping[str, Any], name: str) -> dict[str, Cell]:
    values = {"50": spread["medianSeconds"], "90": spread["p90Seconds"]}
    return {name + part: None if value is None else round(value / _HOUR, 2) for part, value in values.items()}


def _totals(report: Mapping[str, Any], pick: Pick) -> list[dict[str, Cell]]:
    names = {"steps": ("ขั้นตอน", "Steps"), "cases": ("เรื่อง", "Cases"), "tasks": ("งาน", "Tasks")}
    return [{"item": pick(said), **_share(report[n])} for n, said in names.items() if report[n] is not None]


def _steps(report: Mapping[str, Any], pick: Pick) -> list[dict[str, Cell]]:
    return [
        {"number": one["stepNumber"], "item": _name(one, pick), **_share(one), **_hours(one["time"], "time")}
        for one in report["bySteps"]
    ]


def _tasks(report: Mapping[str, Any], pick: Pick) -> list[dict[str, Cell]]:
    return [
        {
            "number": one["stepNumber"], "item": _name(one, pick), **_share(one),
            **_hours(one["officeWaiting"], "wait"), **_hours(one["officeWorking"], "work"),
        }
        for one in report["byTasks"]
    ]  # fmt: skip


def _units(report: Mapping[str, Any], pick: Pick) -> list[dict[str, Cell]]:
    return [{"item": _name(one, pick) or pick(_NO_UNIT), **_share(one)} for one in report["byUnits"]]


def _persons(report: Mapping[str, Any]) -> list[dict[str, Cell]]:
    return [{"item": one["displayName"] or one["username"], **_share(one)} for one in report["byPersons"] or ()]


def _months(report: Mapping[str, Any], language: str) -> list[dict[str, Cell]]:
    said = [month_said(one["month"])[language == "en"] for one in report["months"]]
    return [{"item": name, **_share(one)} for name, one in zip(said, report["months"], strict=True)]


def _versions(report: Mapping[str, Any]) -> list[dict[str, Cell]]:
    return [{"item": str(one["version"]), **_share(one)} for one in report["versions"]]


def _waits(report: Mapping[str, Any], pick: Pick) -> list[dict[str, Cell]]:
    return [
        {"item": _name(one, pick), "counted": one["counted"], **_hours(one, "time")} for one in report["waits"]
    ]


def _open(report: Mapping[str, Any], pick: Pick) -> list[dict[str, Cell]]:
    return [
        {"number": one["stepNumber"], "item": _name(one, pick), "open": one["open"], "overdue": one["overdue"]}
        for one in report["open"]["items"]
    ]
