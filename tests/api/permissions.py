"""Who may do what: docs/reference/permissions.md, from the table that tests/api/test_permissions.py asks over HTTP.

    python -m tests.api.permissions            writes the page
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from api.description import describe
from tests.api.matrix.cells import NOBODY, RELATIONS, Cell, Row
from tests.api.matrix.changes import CHANGES
from tests.api.matrix.reads import READS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "permissions.md"
ROWS: tuple[Row, ...] = (*READS, *CHANGES)
COLUMNS = {  # role -> what it is called here
    "staff": "staff<br>เจ้าหน้าที่",
    "process-owner": "process owner<br>เจ้าของกระบวนงาน",
    "auditor": "auditor<br>ผู้ตรวจสอบ",
    "administrator": "administrator<br>ผู้ดูแลระบบ",
    "client": "program<br>โปรแกรม",
}
_HEAD = """# Who may do what

ตารางนี้บอกว่าใครทำอะไรได้บ้าง ทุกแถวสร้างจากตารางทดสอบเดียวกันกับที่ใช้ถามระบบจริง ทั้งฝ่ายที่ทำได้และฝ่ายที่ทำไม่ได้ สิ่งที่ตารางไม่ได้เขียนว่าทำได้ คือทำไม่ได้

Generated from the tests by `python -m tests.api.permissions`; do not edit. Every row is asked over HTTP in an office at work,
by an account of each role, for what is its own, its group's, other people's, and above the class that it is cleared for:
who may succeeds, who may not is refused, learns nothing and changes nothing. What no row allows is refused.

| in a cell | ในช่อง | |
|---|---|---|
| own | ของตน | staff: cases that the person started, tasks assigned to the person. Process owner: the processes owned and their cases. Everybody: the account's own sessions, keys, notices, documents, requests. |
| group | ของกลุ่ม | cases and tasks of a group that the person belongs to |
| all | ทั้งหมด | everything of the kind, other people's too |
| - | ไม่ได้ | refused |

- Whoever belongs to a group is staff too, whatever else the person is. What staff may is not repeated in the other columns.
- Whoever takes part in a case (started it, has one of its tasks) may there what staff may, whatever the role: this is *own* in
  the columns of auditors, administrators and programs. Give auditors no tasks.
- *class*: yes, where it is about a case. Above the class that the account is cleared for, everybody is told that there is
  no such case, whatever the row says ([Who sees what, and why](../explanation/who-sees-what.md)).
- *permission* is what the description of the API names (`x-permission`), and what a key for programs can be limited to.
- Without signing in, everything is refused but what stands under the permission *none*. An account with neither a group nor
  a role may see and change itself: its password, its sessions, its keys.

"""


def page() -> str:
    """The whole page."""
    described = describe()
    operations = {
        f"{method.upper()} {path.removeprefix('/v2')}": operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
        if method != "parameters"
    }
    found = [(operations[row.operation]["tags"][0], row, operations[row.operation]) for row in ROWS]
    said = {tag["name"]: tag["description"] for tag in described["tags"]}
    order = list(said)
    found.sort(key=lambda item: (order.index(item[0]), item[1].path, item[1].method, item[1].note))
    lines = [_HEAD.rstrip("\n"), ""]
    for tag, of_tag in groupby(found, key=lambda item: item[0]):
        lines += [f"## {tag[0].upper()}{tag[1:]}", "", f"{said[tag]}.", ""]
        lines += [f"| operation | permission | {' | '.join(COLUMNS.values())} | class |", "|---|---|---|---|---|---|---|---|"]
        lines += [_line(row, operation) for _, row, operation in of_tag]
        lines.append("")
    return "\n".join(lines)


def _line(row: Row, operation: dict[str, Any]) -> str:
    said = operation["summary"].replace("\n", " ").replace("|", "\\|")
    note = f" *({row.note})*" if row.note else ""
    permission = "*none*" if operation["x-permission"] is None else f"`{operation['x-permission']}`"
    cells = " | ".join(_cell(row, role) for role in COLUMNS)
    return f"| `{row.operation}`<br>{said}{note} | {permission} | {cells} | {'yes' if row.of_case else '-'} |"


def _cell(row: Row, role: str) -> str:
    """What a role may; what it may only because its group makes it staff is left out."""
    if NOBODY in row.may:
        return "all"
    relations = [relation for relation in RELATIONS if Cell(role, relation) in row.may]
    if "other" in relations:
        return "all"
    if role != "staff" and Cell("staff", "group") in row.may:
        relations = [relation for relation in relations if relation != "group"]
    return ", ".join(relations) or "-"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
