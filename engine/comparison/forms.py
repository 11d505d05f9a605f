"""One form before and after, field by field."""

from __future__ import annotations

from collections.abc import Iterator

from engine.comparison.change import Change, Difference, Subject, added, altered, edited, paired, quoted, removed
from engine.comparison.processes import CLASSES
from engine.forms import Form
from engine.forms.form import Field
from engine.forms.text import Text
from engine.model.manual import Words
from engine.model.marks import Mark

FIELD = Words("ช่อง", "Field")
_NO_MARK = Mark()


def form_differences(before: Form | None, after: Form | None) -> Iterator[Difference]:
    """All of one form whose text is not the same; None where it is not there."""
    form = after or before
    assert form is not None
    title = quoted(Words(form.title.th or form.id, form.title.en or form.id))
    subject = Subject("FORM", form.id, None, Words(f"แบบฟอร์ม {title.th}", f"Form {title.en}"))
    if before is None or after is None:
        change = Change("form-added", "ADDED", Words("แบบฟอร์มใหม่", "A new form")) if before is None else Change(
            "form-removed", "REMOVED", Words("ไม่มีแบบฟอร์มนี้ในฉบับหลัง", "The form is not in the later version")
        )  # fmt: skip
        yield Difference(subject, change)
        return
    found = [change for name, was, is_ in paired(before.fields, after.fields) for change in _field(name, was, is_)]
    if before.title != after.title:
        found.insert(0, altered("title", Words("ชื่อ", "Title"), _quoted(before.title), _quoted(after.title)))
    if not found:
        found.append(edited("form-terms", Words("ส่วนอื่นของแบบฟอร์ม", "Other parts of the form")))
    yield from (Difference(subject, change) for change in found)


def _quoted(text: Text) -> Words:
    return quoted(Words(text.th, text.en))


def _field(name: str, before: Field | None, after: Field | None) -> Iterator[Change]:
    if before is None and after is not None:
        yield added("field-added", FIELD, _called(name, after))
    elif after is None and before is not None:
        yield removed("field-removed", FIELD, _called(name, before), before.required)
    elif before is not None and after is not None and before != after:
        yield from _changes(name, before, after)


def _called(name: str, field: Field) -> Words:
    return quoted(Words(field.label.th or name, field.label.en or name))


def _changes(name: str, before: Field, after: Field) -> Iterator[Change]:
    which = _called(name, after)

    def of(th: str, en: str) -> Words:
        return Words(f"{th}ของช่อง {which.th}", f"{en} of field {which.en}")

    if before.required != after.required:
        said = Words(f"ช่อง {which.th} ต้องกรอก", f"Field {which.en} must be filled in")
        if before.required:
            said = Words(f"ช่อง {which.th} ไม่ต้องกรอกก็ได้", f"Field {which.en} need no longer be filled in")
        yield Change("field-required", "CHANGED", said, before.required)
    if before.label != after.label:
        yield altered("field-label", of("ป้ายชื่อ", "Label"), _quoted(before.label), _quoted(after.label))
    if before.type != after.type:
        yield altered("field-type", of("ชนิด", "Kind"), quoted(before.type), quoted(after.type))
    yield from _mark(before.mark or _NO_MARK, after.mark or _NO_MARK, of("ชั้นความลับ", "Class"), which)
    if before.options != after.options:
        yield edited("field-options", of("ตัวเลือก", "Choices"))
    rest = ("description", "read_only", "computed", "conditional", "properties")
    if any(getattr(before, part) != getattr(after, part) for part in rest):
        yield edited("field-terms", of("การตั้งค่า", "Settings"))


def _mark(before: Mark, after: Mark, what: Words, which: Words) -> Iterator[Change]:
    if before.access_class != after.access_class:
        lower = after.access_class < before.access_class
        yield altered("field-class", what, CLASSES[before.access_class], CLASSES[after.access_class], lower)
    if before.personal != after.personal:
        said = Words(f"ช่อง {which.th} เป็นข้อมูลส่วนบุคคล", f"Field {which.en} is personal data")
        if before.personal:
            said = Words(f"ช่อง {which.th} ไม่ถือเป็นข้อมูลส่วนบุคคลแล้ว", f"Field {which.en} is no longer personal data")
        yield Change("field-personal", "CHANGED", said, before.personal)
