"""The texts of mails as an administrator may write them: Jinja's syntax, of which little is let in.

A template names values, all of them plain texts, chooses between texts (`if`) and applies a few filters. There are no
loops, calls, attributes or calculations, so that what comes out is never longer than what goes in allows, and done in
no time; the sandbox stands around that besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.errors import InvalidArgument
from engine.model.manual import Words
from engine.model.telling import LANGUAGES, TOPICS

# what stands for what; the texts are for the sample
VALUES: Mapping[str, Words] = {
    "person": Words("สมศรี ตัวอย่าง", "Somsri Tuayang"),  # whom it is to
    "subject": Words("ใกล้ครบกำหนด: ตรวจสอบข้อเท็จจริง", "Due soon: Verify the facts"),  # what the system would say
    "body": Words("กำหนดเสร็จ ๑๐ เมษายน ๒๕๖๙ เวลา ๑๖.๐๐ น.", "Due 2026-04-10 16:00"),
    "process": Words("การแจ้งเหตุละเมิดข้อมูลส่วนบุคคล", "Personal data breach notification"),
    "task": Words("ตรวจสอบข้อเท็จจริง", "Verify the facts"),
    "business_id": Words("กษ ๐๑๐๑/๒๕๖๙", "MOAC 0101/2569"),  # of the case
    "case": Words("2251799813685249", "2251799813685249"),  # its key
    "due": Words("2026-04-10 16:00", "2026-04-10 16:00"),  # of the task, in the office's time
}
LONGEST_SUBJECT, LONGEST_TEXT = 300, 4000  # characters
_FILTERS = frozenset({"default", "d", "upper", "lower", "capitalize", "trim", "length", "truncate"})
_TESTS = frozenset({"defined", "undefined", "none", "eq", "ne"})
_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.Filter, nodes.Test,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Keyword,
)  # fmt: skip
_SUBJECT = "{{ subject }}"
_TEXTS = {
    "th": "{{ body }}{% if business_id %}\nเรื่อง {{ business_id }}{% endif %}",
    "en": "{{ body }}{% if business_id %}\nCase {{ business_id }}{% endif %}",
}


class _Environment(ImmutableSandboxedEnvironment):
    """Without anything that a template could call or look into."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.tests = {name: self.tests[name] for name in _TESTS}


_ENVIRONMENT = _Environment()


class TemplateRefused(InvalidArgument):
    """The template cannot be used; `errors` say where and why."""

    code = "template-refused"
    th = "ใช้แม่แบบนี้ไม่ได้ โปรดดูตำแหน่งและสาเหตุที่แจ้ง"


def built_in(topic: str, language: str) -> tuple[str, str]:
    """Subject and text. What a diagram writes itself is told as it is."""
    return _SUBJECT, "{{ body }}" if topic == "message" else _TEXTS[language]


def check(subject: str, text: str) -> None:
    """Raises TemplateRefused with `errors` [{field, code, th, en}] unless both can be rendered."""
    errors = [*_wrong("subject", subject, LONGEST_SUBJECT), *_wrong("text", text, LONGEST_TEXT)]
    if "\n" in subject.strip():
        errors.append(_error("subject", "line-break", "หัวเรื่องต้องอยู่ในบรรทัดเดียว", "A subject is one line."))
    if errors:
        raise TemplateRefused("; ".join(e["en"] for e in errors), errors=errors)


def rendered(template: str, values: Mapping[str, str]) -> str:
    """The text. `values` are all of VALUES. Raises ValueError for a template that `check` refuses."""
    try:
        return _ENVIRONMENT.from_string(_parsed(template)).render(values)
    except TemplateError as error:
        raise ValueError(str(error)) from error


def sample(language: str) -> dict[str, str]:
    """A value of each name, of nobody and no case."""
    return {name: words.th if language == "th" else words.en for name, words in VALUES.items()}


def known(topic: str, language: str) -> bool:
    """Whether there is such a template."""
    return topic in TOPICS and language in LANGUAGES


@lru_cache(maxsize=256)
def _parsed(template: str) -> nodes.Template:
    return _ENVIRONMENT.parse(template)


def _wrong(field: str, template: str, longest: int) -> list[dict[str, str]]:
    if not template.strip():
        return [_error(field, "required", "จำเป็นต้องระบุ", "It must not be empty.")]
    if len(template) > longest:
        return [_error(field, "too-long", f"ยาวเกิน {longest} ตัวอักษร", f"It has more than {longest} characters.")]
    try:
        tree = _ENVIRONMENT.parse(template)
    except (TemplateError, RecursionError) as error:
        line = getattr(error, "lineno", None) or 1
        return [_error(field, "syntax", f"บรรทัดที่ {line} เขียนไม่ถูกต้อง", f"Line {line}: {error}"[:300])]
    found = [(node.lineno, what) for node in tree.find_all(nodes.Node) if (what := _forbidden(node)) is not None]
    if not found:
        return _failing(field, template)
    return [
        _error(field, "not-allowed", f"บรรทัดที่ {line}: ใช้ {what} ไม่ได้", f"Line {line}: {what} is not allowed.")
        for line, what in found[:10]
    ]


def _failing(field: str, template: str) -> list[dict[str, str]]:
    """What only shows when it is rendered, such as a filter with too many arguments, or too deep nesting."""
    try:
        for language in LANGUAGES:
            rendered(template, sample(language))
    except Exception as error:  # whatever it is, it must not come up when a mail is to be made
        return [_error(field, "syntax", "เขียนไม่ถูกต้อง", f"It cannot be rendered: {error}"[:300])]
    return []


def _forbidden(node: nodes.Node) -> str | None:
    """What a node is that no template may have, as its author would call it."""
    if isinstance(node, nodes.Name):
        return None if node.name in VALUES else node.name
    if isinstance(node, nodes.Filter):
        return None if node.name in _FILTERS else f"|{node.name}"
    if isinstance(node, nodes.Test):
        return None if node.name in _TESTS else f"is {node.name}"
    return None if isinstance(node, _NODES) else type(node).__name__.lower()


def _error(field: str, code: str, th: str, en: str) -> dict[str, str]:
    return {"field": field, "code": code, "th": th, "en": en}
