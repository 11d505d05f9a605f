"""A table that shows data of the case."""

from __future__ import annotations

from typing import ClassVar

from engine.forms.field import DisplayField
from engine.forms.properties import Properties


class Table(DisplayField):
    """Shows the list `dataSource` under the headings of `columns` or `columnsExpression`. Holds no value."""

    type_name = "table"
    expressions: ClassVar[tuple[str, ...]] = ("dataSource", "columnsExpression")

    @classmethod
    def check(cls, properties: Properties) -> None:
        """Besides expressions: the table needs data, and columns of one kind."""
        super().check(properties)
        if not properties.text("dataSource"):
            properties.wrong("dataSource", " FEEL ที่ให้รายการข้อมูล", "FEEL that gives a list")
        columns, expression = properties.raw("columns"), properties.raw("columnsExpression")
        if (columns is None) == (expression is None) or not isinstance(columns, list | None):
            properties.fault(
                "form-table-columns",
                "ตารางต้องมี columns หรือ columnsExpression อย่างใดอย่างหนึ่ง",
                "a table needs either columns (a list) or columnsExpression",
            )


FIELD = Table
