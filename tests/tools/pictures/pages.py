"""The pages of `docs/processes/`: one of each folder, and the index. Written, never edited by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from engine.model.manual import Words
from tests.tools.pictures.contents import DOCS, ROOT, Contents, Diagram, FormUse, forms_of

WRITTEN = "<!-- Written by `./run pictures`; what is changed here is lost. -->"


def write_pages(every: Sequence[Contents]) -> None:
    """Write every page, and take away those of folders that are gone."""
    DOCS.mkdir(parents=True, exist_ok=True)
    pages = pages_of(every)
    for page in set(DOCS.glob("*.md")) - pages.keys():
        page.unlink()
    for page, text in pages.items():
        page.write_text(text, encoding="utf-8")


def differing(every: Sequence[Contents]) -> list[Path]:
    """The pages that are not as they would be written now, or should not be there."""
    pages = pages_of(every)
    wrong = set(DOCS.glob("*.md")) - pages.keys()
    wrong |= {page for page, text in pages.items() if not page.is_file() or page.read_text(encoding="utf-8") != text}
    return sorted(wrong)


def pages_of(every: Sequence[Contents]) -> Mapping[Path, str]:
    """The text of every page by its file."""
    pages = {DOCS / f"{contents.id}.md": _text(_page(contents)) for contents in every}
    return {**pages, DOCS / "README.md": _text(_index(every))}


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _page(contents: Contents) -> Iterator[str]:
    entry = contents.entry
    yield from (WRITTEN, "", f"# {_line(entry.name)}", "", f"*{_line(entry.name_en)}*", "")
    for words in entry.facts.texts.get("purpose", ()):
        yield from (f"{_line(words.th)}<br>*{_line(words.en)}*", "")
    source = f"../../processes/{contents.id}"
    yield f"- [สิ่งที่ตัดสินใจไว้ / What was decided, and why]({source}/README.md)"
    yield from ("- [กระบวนงานทั้งหมด / All processes](README.md)", "", "## แผนผัง / Diagrams", "")
    for diagram in contents.diagrams:
        yield from _diagram(contents, diagram)
    yield from ("## แบบฟอร์ม / Forms", "")
    yield from _table(contents)
    for form in contents.forms:
        yield from _form(contents, form)
    yield "ข้อมูลในภาพเป็นข้อมูลสมมุติจากสถานการณ์ทดสอบ / The data in the pictures are invented; they come from the scenarios."


def _diagram(contents: Contents, diagram: Diagram) -> Iterator[str]:
    names = [_both(Words(process.name, process.name_en)) for process in diagram.processes]
    file = diagram.file.relative_to(ROOT).as_posix()
    yield from (f"### {' · '.join(names)}", "", f"[`{diagram.file.name}`](../../{file})", "")
    yield from (f"![{names[0]}]({contents.id}/{diagram.picture})", "")


def _table(contents: Contents) -> Iterator[str]:
    yield from ("| ขั้นตอน / Step | งาน / Task | แบบฟอร์ม / Form |", "| --- | --- | --- |")
    for form in contents.forms:
        tasks = "<br>".join(_both(words).replace("|", "\\|") for words in form.names)
        yield f"| {form.number or '·'} | {tasks} | [`{form.id}`](#{_anchor(form)}) |"
    yield ""


def _form(contents: Contents, form: FormUse) -> Iterator[str]:
    first = form.names[0]
    yield from (
        f'<a id="{_anchor(form)}"></a>',
        "",
        f"### {form.number} {_line(first.th)}".replace("###  ", "### "),
        "",
    )
    yield from (f"*{_line(first.en)}*", "", f"![{_both(first)}]({contents.id}/{form.picture})", "")


def _index(every: Sequence[Contents]) -> Iterator[str]:
    yield from (WRITTEN, "", "# กระบวนงานที่มีแผนผังและแบบฟอร์ม", "", "*The documented processes, in pictures*", "")
    yield "แผนผังและแบบฟอร์มทุกฉบับ กรอกด้วยข้อมูลสมมุติจากสถานการณ์ทดสอบ วาดโดยโปรแกรมจริง"
    yield "*Every diagram and every form, filled in with invented data from the scenarios, drawn by the application itself.*"
    yield from ("", "| กระบวนงาน / Process | | แผนผัง / Diagrams | แบบฟอร์ม / Forms |", "| --- | --- | --: | --: |")
    for contents in every:
        entry = contents.entry
        link = f"[{_line(entry.name)}]({contents.id}.md)"
        yield f"| {link} | {_line(entry.name_en)} | {len(contents.diagrams)} | {len(contents.forms)} |"
    diagrams, forms = (sum(len(found) for found in each) for each in zip(*map(_parts, every), strict=True))
    yield from (f"| รวม | Together | {diagrams} | {forms} |", "", "## ส่วนที่ใช้ร่วมกัน / Reusable parts", "")
    yield "อยู่ในแบบฟอร์มที่ใช้ส่วนนั้น / Drawn in the forms that use them."
    yield ""
    for part in forms_of("shared"):
        yield f"- `{part}`"


def _parts(contents: Contents) -> tuple[tuple[Diagram, ...], tuple[FormUse, ...]]:
    return contents.diagrams, contents.forms


def _anchor(form: FormUse) -> str:
    return form.id.replace(".", "-")


def _both(words: Words) -> str:
    return f"{_line(words.th)} / {_line(words.en)}" if words.en else _line(words.th)


def _line(text: str) -> str:
    return " ".join(text.split())
