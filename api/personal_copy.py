"""The copy of a person's data as a file: JSON for machines, a page for people, and the documents."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, BinaryIO

import orjson

_HEADINGS = {
    "account": ("บัญชีผู้ใช้", "Account"), "cases": ("เรื่อง", "Cases"), "elsewhere": ("ข้อมูลอื่น", "Other data"),
    "documents": ("เอกสาร", "Documents"), "data": ("ข้อมูล", "Data"), "texts": ("ข้อความ", "Texts"),
    "history": ("ประวัติ", "History"),
    "groups": ("หน่วยงานและตำแหน่ง", "Groups"), "roles": ("บทบาท", "Roles"),
    "identities": ("การเข้าสู่ระบบจากที่อื่น", "Identities elsewhere"),
    "sessions": ("การเข้าสู่ระบบ", "Sessions"), "tokens": ("โทเคน API", "Tokens"), "clients": ("โปรแกรมที่ใช้แทน", "Clients"),
    "substitutions": ("การปฏิบัติงานแทน", "Substitutions"),
}  # fmt: skip
_PAGE = """<!doctype html><html lang="th"><head><meta charset="utf-8"><title>ข้อมูลส่วนบุคคล / Personal data</title>
<style>body{{font-family:Sarabun,sans-serif;margin:2rem;max-width:60rem}}
table{{border-collapse:collapse;margin:.3rem 0}}
th,td{{border:1px solid #999;padding:.2rem .5rem;text-align:left;vertical-align:top}}</style></head><body>
<h1>ข้อมูลส่วนบุคคลที่หน่วยงานเก็บไว้ / Personal data that the office holds</h1>
<p>พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 มาตรา 30 / Personal Data Protection Act B.E. 2562, section 30</p>
{body}</body></html>
"""


def write_zip(to: BinaryIO, content: dict[str, Any], documents: Iterable[tuple[str, bytes]]) -> None:
    """A ZIP with `data.json`, `data.html` and the documents."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", orjson.dumps(content, option=orjson.OPT_INDENT_2))
        archive.writestr("data.html", page(content))
        for name, bytes_ in documents:
            archive.writestr(name, bytes_)


def page(content: dict[str, Any]) -> str:
    """The content as a page without scripts; whatever it holds is shown as text."""
    body = "".join(_section(name, value, 2) for name, value in content.items() if value)
    return _PAGE.format(body=body)


def _section(name: str, value: Any, level: int) -> str:
    th, en = _HEADINGS.get(name, (name, name))
    title = escape(th) if th == en else f"{escape(th)} / {escape(en)}"
    return f"<h{level}>{title}</h{level}>{''.join(_shown(value, level))}"


def _shown(value: Any, level: int) -> Iterator[str]:
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        for one in value:
            yield from _shown(one, level)
    elif isinstance(value, dict):
        plain = {n: v for n, v in value.items() if n not in _HEADINGS}
        if plain:
            rows = (f"<tr><th>{escape(n)}</th><td>{_cell(v)}</td></tr>" for n, v in plain.items())
            yield f"<table>{''.join(rows)}</table>"
        yield from (_section(n, v, min(level + 1, 6)) for n, v in value.items() if n in _HEADINGS and v)
    else:
        yield f"<p>{_cell(value)}</p>"


def _cell(value: Any) -> str:
    return escape(value if isinstance(value, str) else orjson.dumps(value).decode())
