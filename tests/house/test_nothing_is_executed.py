"""Nothing that somebody supplies is executed: the service has no way to run programs, code or templates."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT, imports, name, python_files

FILES = list(python_files("engine", "api", "krabuan_verify"))
RUNNERS = ("subprocess", "pty", "multiprocessing", "pickle", "marshal", "shelve", "code", "codeop", "runpy")
CALLS = frozenset({"eval", "exec", "compile", "__import__", "system", "popen", "render_template_string", "full_load"})


def test_no_program_and_no_pickle() -> None:
    """But for one of ours, which sends push messages in a process that can do less than this one."""
    found = {name(path) for path in FILES for one in imports(path) if one.module.split(".")[0] in RUNNERS}
    assert found == {"engine/adapters/push.py"}
    used = re.findall(r"subprocess\.(\w+)\(\s*(.*)", (ROOT / "engine/adapters/push.py").read_text(encoding="utf-8"))
    assert used == [("run", '[sys.executable, "-I", str(_PROCESS)], input=json.dumps(told).encode(), capture_output=True,')]


def _calls(path: Path) -> set[str]:
    called = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                called.add(node.func.id)
            elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                called.add(node.func.attr if node.func.value.id in ("os", "builtins", "flask", "yaml") else "")
    return called


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_code_out_of_texts(path: Path) -> None:
    assert not _calls(path) & CALLS


def test_pages_write_no_html_of_their_own() -> None:
    """Nor speak to other windows, but for what was copied from a diagram: to tabs of this site, and to no other."""
    wrong = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in (ROOT / "web" / "src").rglob("*.ts*")
        for word in ("dangerouslySetInnerHTML", ".innerHTML", "insertAdjacentHTML", "document.write", "eval(", "postMessage")
        if word in path.read_text(encoding="utf-8")
    ]
    assert wrong == ["web/src/modeler/clipboard.ts: postMessage"]
    speaking = re.findall(r"(\w+)\??\.postMessage", (ROOT / "web/src/modeler/clipboard.ts").read_text(encoding="utf-8"))
    assert set(speaking) == {"tabs"}


def test_nothing_is_unpacked_to_the_disk() -> None:
    """What is inside of an archive costs nothing here, but for one kind: a process that its owner brings in as an archive
    is read in memory, each entry up to a limit (tests/api/test_process_archives.py). Four modules write archives: the
    copy of a person's data, the files of a process, a case as evidence, and a backup. What Git compressed is unpacked up to a
    limit, too (tests/git/test_hostile.py). A backup alone is unpacked to the disk, by whoever runs the machine: file by file
    to places that the archive does not choose, as large as its manifest says (tests/cli/test_hostile_backups.py). Archives of
    histories are written and read line by line, each up to a limit."""
    openers = ("zipfile", "tarfile", "gzip", "bz2", "lzma", "zlib")
    reader, writer = "engine/commands/draft_archives.py", "api/personal_copy.py"
    found = {name(path) for path in FILES for one in imports(path) if one.module.split(".")[0] in openers}
    evidence, git = "api/evidence_bundle.py", "engine/adapters/git/inflate.py"
    backup, restore = "api/backup/write.py", "api/backup/read.py"
    histories = {"engine/jobs/archives.py", "engine/history/archive.py", "krabuan_verify/archives.py"}
    assert found == {reader, writer, evidence, git, backup, restore, *histories}
    assert not re.findall(r"extract|unpack_archive|\.path\b", (ROOT / restore).read_text(encoding="utf-8"))
    assert re.findall(r"zipfile\.ZipFile\((.*)\)", (ROOT / backup).read_text(encoding="utf-8")) == [
        'out, "w", zipfile.ZIP_DEFLATED, compresslevel=1'
    ]
    for reads in ("engine/history/archive.py", "krabuan_verify/archives.py"):
        text = (ROOT / reads).read_text(encoding="utf-8")
        assert re.findall(r"opened\.?(\w*\(.*?\))", text) == ["readline(LONGEST_LINE)"]
    assert re.findall(r"\.(decompress\w*\(.*)", (ROOT / git).read_text(encoding="utf-8")) == [
        "decompressobj(), bytearray()", "decompress(piece, most + 1 - len(out))",
    ]  # fmt: skip
    assert re.findall(r"zipfile\.ZipFile\((.*)\)", (ROOT / evidence).read_text(encoding="utf-8")) == [
        'out, "w", zipfile.ZIP_DEFLATED'
    ]
    used = re.findall(r"zipfile\.(.*)", (ROOT / writer).read_text(encoding="utf-8"))
    assert used == ['ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:']
    text = (ROOT / reader).read_text(encoding="utf-8")
    assert re.findall(r"zipfile\.ZipFile\((.*)\)", text) == ['out, "w", zipfile.ZIP_DEFLATED', "io.BytesIO(data)"]
    assert set(re.findall(r"archive\.(\w+)\(", text)) == {"writestr", "infolist", "open"}
    assert re.findall(r"zlib\.(\w+)", text) == ["error"]


def test_pages_keep_nothing_but_language_display_for_whom_one_acts_and_unsent_drafts() -> None:
    """Of an account also which tours it has seen here. For whom one acts in one tab, as long as one is signed in. Of a case, only what was typed into a form, until the
    server has it."""
    words = ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches.open")
    using = {
        path.relative_to(ROOT / "web" / "src").as_posix()
        for path in (ROOT / "web" / "src").rglob("*.ts*")
        if any(word in path.read_text(encoding="utf-8") for word in words)
    }
    assert using == {
        "i18n/index.tsx", "app/appearance.ts", "app/actingFor.ts", "app/keptDrafts.ts", "app/knownHere.ts",
    }  # fmt: skip
