"""All that people read of the content: where it stands, its Thai and its English.

The two are apart (a name and its `krabuan:text`, a label and its `label.en`), or in one text, Thai first, with a blank
line or ` | ` or ` / ` between them (documentation, decision tables, columns of a table, mails).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from lxml import etree

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_KRABUAN = "{https://krabuan.org/schema/1.0}"
_ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
_KEYS = {f"{_BPMN}{kind}" for kind in ("message", "signal", "error", "escalation")}  # named for machines
_READ = ("label", "description", "dateLabel", "timeLabel", "title", "text", "patternErrorMessage")
_MAIL = ("subject", "body")
_DECIDED = ("decision", "businessKnowledgeModel", "rule")
_BETWEEN = re.compile(r"\s*\n\s*\n\s*| \| | / ")
_QUOTED = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Said:
    """What stands at a place; English is empty where there is none."""

    where: str
    thai: str
    english: str


def in_one(where: str, text: str | None) -> Said:
    """A text that holds both languages: what stands before the first part without Thai letters is Thai."""
    parts = _BETWEEN.split((text or "").strip())
    english = [part for part in parts if not has_thai(_without_proper(part))]
    thai = [part for part in parts if part not in english]
    return Said(where, " ".join(thai), " ".join(english))


def has_thai(text: str) -> bool:
    """Whether a Thai letter, vowel, tone mark or digit stands in it."""
    return re.search("[\u0e01-\u0e5b]", text) is not None


def english_has_thai(text: str) -> bool:
    """The same of an English text, where a Thai short name may stand in brackets or quotation marks."""
    return has_thai(_without_proper(text))


def _without_proper(text: str) -> str:
    return re.sub(r"\([^()]*\)|\"[^\"]*\"|“[^”]*”", "", text)


def of_diagram(file: Path) -> Iterator[Said]:
    """Names, documentation, what the manual says, and the mails that the process writes."""
    for element in etree.parse(str(file)).iter(etree.Element):
        if element.tag.startswith(_BPMN):
            yield from _of_element(element)
        elif element.tag.startswith(_KRABUAN) and element.find(f"{_KRABUAN}text") is not None:
            where = f"{_owner(element)}, {etree.QName(element).localname}"
            yield Said(where, _in(element, "th"), _in(element, "en"))
        elif element.tag == f"{_ZEEBE}input" and element.get("target") in _MAIL:
            yield from _of_mail(element)


def _of_element(element: Any) -> Iterator[Said]:
    name, id_ = element.get("name"), element.get("id", "")
    if name and element.tag not in _KEYS:
        extension = element.find(f"{_BPMN}extensionElements")
        yield Said(id_, name, "" if extension is None else _in(extension, "en"))
    if element.tag in (f"{_BPMN}documentation", f"{_BPMN}text"):
        yield in_one(f"{element.getparent().get('id')}, {etree.QName(element).localname}", element.text)


def _of_mail(element: Any) -> Iterator[Said]:
    words = [word for word in _QUOTED.findall(element.get("source")) if re.search(r"[^\W\d_]{2}", word)]
    if words:
        thai = " ".join(word for word in words if has_thai(word))
        yield Said(f"{_owner(element)}, {element.get('target')}", thai, in_one("", " / ".join(words)).english)


def _owner(element: Any) -> str:
    while not element.tag.startswith(_BPMN) or element.tag == f"{_BPMN}extensionElements":
        element = element.getparent()
    return str(element.get("id"))


def _in(element: Any, language: str) -> str:
    found = (text.text for text in element.findall(f"{_KRABUAN}text") if text.get("lang") == language)
    return (next(found, None) or "").strip()


def of_form(file: Path) -> Iterator[Said]:
    """Titles, labels, descriptions, choices, columns, units beside a field."""
    yield from _of_component(json.loads(file.read_text(encoding="utf-8")), file.stem)


def _of_component(component: dict[str, Any], form: str) -> Iterator[Said]:
    where = f"{form}: {component['id']}"
    custom = component.get("properties", {})
    shown = {**component, **component.get("appearance", {}), **component.get("validate", {})}
    for name in (*_READ, "prefixAdorner", "suffixAdorner"):
        if shown.get(name) and not shown[name].startswith("="):
            english = custom.get(f"{name}.en") or (custom.get("label.en", "") if name == "dateLabel" else "")
            yield Said(f"{where}, {name}", shown[name], english)
    for choice in component.get("values", ()):
        yield Said(f"{where}, {choice['value']}", choice["label"], custom.get(f"option.en.{choice['value']}", ""))
    if isinstance(component.get("columns"), list):
        yield from (in_one(f"{where}, {column['key']}", column["label"]) for column in component["columns"])
    for inner in component.get("components", ()):
        yield from _of_component(inner, form)


def of_decisions(file: Path) -> Iterator[Said]:
    """Columns, and what each decision and each rule is about."""
    for element in etree.parse(str(file)).iter(etree.Element):
        kind, around = etree.QName(element).localname, element.getparent()
        if kind in _DECIDED:
            text = element.findtext("{*}description")
            yield in_one(f"{file.name}: {element.get('id')}, description", text)
        elif kind in ("input", "output") and around is not None and around.tag.endswith("}decisionTable"):
            yield in_one(f"{file.name}: {around.get('id')}, {element.get('id')}", element.get("label"))


def of_scenario(file: Path) -> Iterator[Said]:
    """Its title."""
    title = yaml.safe_load(file.read_text(encoding="utf-8"))["title"]
    yield Said(file.name, title["th"], title["en"])


def of_process(folder: Path, forms: Path) -> Iterator[Said]:
    """Everything of a folder of processes/ and of its forms."""
    for pattern, read in (("*.bpmn", of_diagram), ("*.dmn", of_decisions), ("scenarios/*.yaml", of_scenario)):
        for file in sorted(folder.glob(pattern)):
            yield from read(file)
    for file in sorted(forms.glob("*.form")):
        yield from of_form(file)
