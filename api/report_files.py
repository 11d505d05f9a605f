"""A report on standard times as a file: CSV for machines and spreadsheets, XLSX with charts."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.csv_table import as_csv
from api.report_tables import COLUMNS, Cell, Part, heading, parts_of

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Report = Mapping[str, Any]
_WIDTHS = {"number": 8, "item": 60}


@dataclass(frozen=True, slots=True)
class FileKind:
    """How a report becomes a file: `write(report, language)` gives its bytes."""

    content_type: str
    write: Callable[[Report, str], bytes]


def write_csv(report: Report, language: str) -> bytes:
    """One table with the name of its part in the first column."""
    head = ["ตาราง" if language == "th" else "Table", *(heading(column, language) for column in COLUMNS)]
    parts = parts_of(report, language)
    return as_csv(head, ([part.title, *(row.get(c) for c in COLUMNS)] for part in parts for row in part.rows))


def write_xlsx(report: Report, language: str) -> bytes:
    """A sheet in words, and one for each table with a chart beside it."""
    # 2 MiB, which a service does without until somebody takes a report out
    import xlsxwriter

    made = io.BytesIO()
    # no strings become formulas, links or numbers
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        _write_words(book, report, language)
        for part in parts_of(report, language):
            _write_part(book, part, report, language, bold)
    return made.getvalue()


def _write_words(book: Workbook, report: Report, language: str) -> None:
    sheet = book.add_worksheet("สรุป" if language == "th" else "Summary")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100)
    name = report["name"]
    title = name[language] or name["th"] or name["en"] or report["processDefinitionId"]
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14, "text_wrap": True}))
    sheet.write_string(1, 0, report["period"]["name"][language])
    sheet.write_string(3, 0, report["text"][language], wrapped)
    sheet.set_row(3, 140)


def _write_part(book: Workbook, part: Part, report: Report, language: str, bold: Any) -> None:
    sheet = book.add_worksheet(part.title[:31])
    for at, column in enumerate(part.columns):
        sheet.set_column(at, at, _WIDTHS.get(column, 14))
        sheet.write_string(0, at, heading(column, language), bold)
        for line, row in enumerate(part.rows, 1):
            _write_cell(sheet, line, at, row.get(column))
    sheet.freeze_panes(1, 0)
    if part.chart:
        _add_chart(book, sheet, part, report, language)


def _write_cell(sheet: Worksheet, line: int, at: int, value: Cell) -> None:
    if isinstance(value, str):
        sheet.write_string(line, at, value)
    elif value is not None:
        sheet.write_number(line, at, value)


def _add_chart(book: Workbook, sheet: Worksheet, part: Part, report: Report, language: str) -> None:
    hours = part.chart != ("share",)
    chart = book.add_chart({"type": "bar", "subtype": "stacked"} if hours else {"type": "bar"})
    item, last = part.columns.index("item"), len(part.rows)
    for column in part.chart:
        at = part.columns.index(column)
        chart.add_series({
            "name": heading(column, language), "categories": [sheet.name, 1, item, last, item],
            "values": [sheet.name, 1, at, last, at], "data_labels": {"value": True},
        })  # fmt: skip
    target = report["targetPercent"]
    said = "เป้าหมายร้อยละ" if language == "th" else "Target percent"
    title = part.title if hours or target is None else f"{part.title} ({said} {target:g})"
    chart.set_title({"name": title})
    chart.set_y_axis({"reverse": True})
    if not hours:
        chart.set_x_axis({"min": 0, "max": 100})
        chart.set_legend({"none": True})
    chart.set_size({"width": 720, "height": max(280, 90 + 34 * last)})
    sheet.insert_chart(1, len(part.columns) + 1, chart)


KINDS_OF_FILES = {
    "csv": FileKind("text/csv; charset=utf-8", write_csv),
    "xlsx": FileKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
}
