"""Processes as archives: out and in again unchanged; what would do harm stays out, and nothing is imported with it."""

from __future__ import annotations

import io
import json
import stat
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from api.runtime import Runtime
from engine.commands import draft_archives
from engine.commands.draft_archives import packed, read_uploads
from engine.model.actor import SYSTEM
from tests.api.conftest import Caller
from tests.api.test_model_drafts import FORM, NARROW, ORDER, PROCESS, code, deploy, made, paths

Callers = Callable[[str | None], Caller]
DIAGRAM = "processes/leave/leave.bpmn"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.fixture
def owner(office: Runtime, caller: Callers) -> Caller:
    office.bus.run(NARROW, SYSTEM)
    deploy(office, **{f"processes/{PROCESS}/order.bpmn": ORDER, f"forms/{PROCESS}/check.form": FORM})
    return caller("owner")


def send(who: Caller, *files: tuple[str, bytes | str], **fields: str) -> Any:
    parts = [(io.BytesIO(c.encode() if isinstance(c, str) else c), name) for name, c in files]
    return who("POST", "/model-drafts/import", data={"files": parts, **fields})


def archive(*entries: tuple[str | zipfile.ZipInfo, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made_:
        for name, content in entries:
            made_.writestr(name, content)
    return out.getvalue()


def special(name: str, mode: int) -> zipfile.ZipInfo:
    """An entry that says that it is a link, a device ..."""
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (mode | 0o644) << 16
    return entry


def test_a_draft_goes_out_and_comes_in_again_unchanged(owner: Caller) -> None:
    draft = made(owner, processDefinitionId=PROCESS)
    body = {"path": "processes/ลา/อ่าน.md", "content": "หมายเหตุ\n", "revision": None}
    assert owner("PUT", f"{draft}/files/content", body).status_code == 200
    taken = owner("GET", f"{draft}/archive")
    assert (taken.status_code, taken.mimetype) == (200, "application/zip")
    answer = send(owner, ("process.zip", taken.data), name="กลับเข้ามา")
    assert answer.status_code == 201, answer.text
    again = f"/model-drafts/{answer.get_json()['draftKey']}"
    assert paths(owner, again) == paths(owner, draft) and owner.get(again)["name"] == "กลับเข้ามา"
    assert owner("GET", f"{again}/archive").data == taken.data
    done = owner.post(f"{again}/publication", {"revision": owner.get(again)["revision"], "reason": "the same again"})
    items = [item["processDefinition"] for item in done["deployments"] if item["processDefinition"]]
    assert items[0]["processDefinitionVersion"] == 1  # an unchanged file keeps its version


def test_a_deployed_version_can_be_taken_out_by_everybody(owner: Caller, caller: Callers) -> None:
    (version,) = owner.post("/process-definitions/search", {})["items"]
    taken = caller("ann")("GET", f"/process-definitions/{version['processDefinitionKey']}/archive")
    with zipfile.ZipFile(io.BytesIO(taken.data)) as found:
        assert found.namelist() == [f"forms/{PROCESS}/check.form", f"processes/{PROCESS}/order.bpmn"]
        assert found.read(f"processes/{PROCESS}/order.bpmn").decode() == ORDER
    assert code(owner("GET", "/process-definitions/1/archive"), 404) == "not-found"


def test_single_files_make_a_draft_named_after_them(owner: Caller) -> None:
    answer = send(owner, ("order.bpmn", ORDER))
    found = owner.get(f"/model-drafts/{answer.get_json()['draftKey']}")
    assert (found["name"], [f["path"] for f in found["files"]], found["basedOn"]) == ("order", ["order.bpmn"], None)
    both = send(owner, ("order.bpmn", ORDER), ("check.form", FORM)).get_json()["draftKey"]
    assert paths(owner, f"/model-drafts/{both}") == ["check.form", "order.bpmn"]


def test_what_desktops_add_is_left_out(owner: Caller) -> None:
    content = archive((DIAGRAM, ORDER), ("__MACOSX/._leave.bpmn", b"\0\1"), ("processes/.DS_Store", b"\0"), ("empty/", ""))
    answer = send(owner, ("leave.zip", content))
    assert paths(owner, f"/model-drafts/{answer.get_json()['draftKey']}") == [DIAGRAM]


def lying() -> bytes:
    """An entry that holds more than it says."""
    content = bytearray(archive((DIAGRAM, ORDER)))
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 10)
    return bytes(content)


def encrypted() -> bytes:
    content = bytearray(archive((DIAGRAM, ORDER)))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


ARCHIVES: dict[str, tuple[bytes, str]] = {
    "leads up": (archive(("../leave.bpmn", ORDER)), "draft-path-invalid"),
    "leads up inside": (archive(("processes/../../leave.bpmn", ORDER)), "draft-path-invalid"),
    "folder leads up": (archive(("../x/", ""), (DIAGRAM, ORDER)), "draft-path-invalid"),
    "absolute": (archive(("/etc/leave.bpmn", ORDER)), "draft-path-invalid"),
    "drive": (archive(("C:/leave.bpmn", ORDER)), "draft-path-invalid"),
    "backslashes": (archive(("..\\leave.bpmn", ORDER)), "draft-path-invalid"),
    "NUL in a name": (archive((DIAGRAM, ORDER)).replace(b"leave.bpmn", b"leav\0.bpmn"), "draft-path-invalid"),
    "device by name": (archive(("con.bpmn", ORDER)), "draft-path-invalid"),
    "hidden": (archive((".git/hooks.txt", "x")), "draft-path-invalid"),
    "program": (archive((DIAGRAM, ORDER), ("run.sh", "x")), "draft-path-invalid"),
    "archive in it": (archive(("inner.zip", archive((DIAGRAM, ORDER)))), "draft-path-invalid"),
    "the same name by case": (archive((DIAGRAM, ORDER), (DIAGRAM.upper().replace(".BPMN", ".bpmn"), ORDER)),
                              "draft-path-invalid"),
    "link": (archive((special(DIAGRAM, stat.S_IFLNK), "/etc/passwd")), "archive-refused"),
    "device": (archive((special(DIAGRAM, stat.S_IFCHR), "")), "archive-refused"),
    "pipe": (archive((special(DIAGRAM, stat.S_IFIFO), "")), "archive-refused"),
    "other compression": (archive((DIAGRAM, ORDER), method=zipfile.ZIP_BZIP2), "archive-refused"),
    "encrypted": (encrypted(), "archive-refused"),
    "lies about its size": (lying(), "archive-refused"),
    "cut off": (archive((DIAGRAM, ORDER))[:-30], "archive-refused"),
    "no archive": (b"PK\x03\x04 not at all", "archive-refused"),
    "empty": (archive(), "archive-refused"),
    "bomb": (archive((DIAGRAM, b" " * (1 << 20))), "archive-too-large"),
    "many bombs": (archive(*((f"a/{n}.md", b" " * (1 << 20)) for n in range(40))), "archive-too-large"),
    "large file": (archive((DIAGRAM, bytes(range(256)) * (9 << 10))), "draft-file-too-large"),
    "too many files": (archive(*((f"a/{n}.md", "x") for n in range(201))), "archive-too-large"),
    "too many entries": (archive(*((f"a/{n}/", "") for n in range(1001))), "archive-too-large"),
    "broken XML": (archive((DIAGRAM, ORDER[:-20])), "draft-file-unreadable"),
    "entities": (archive((DIAGRAM, f"<!DOCTYPE d [<!ENTITY l0 'lol'>{LAUGHS}]><d>&l11;</d>")), "draft-file-unreadable"),
    "outside entity": (archive((DIAGRAM, '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>')),
                       "draft-file-unreadable"),
    "bare doctype": (archive((DIAGRAM, "<!DOCTYPE d><d/>")), "draft-file-unreadable"),
    "deep XML": (archive((DIAGRAM, "<a>" * 5000 + "</a>" * 5000)), "draft-file-unreadable"),
    "no UTF-8": (archive(("notes.md", b"\xa1\xff")), "draft-file-unreadable"),
    "NUL in a text": (archive(("notes.md", "a\0b")), "draft-file-unreadable"),
    "broken form": (archive(("a.form", "[1]")), "draft-file-unreadable"),
    "deep form": (archive(("a.form", "[" * 60_000)), "draft-file-unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_harmful_archive_is_refused_whole(name: str, owner: Caller) -> None:
    content, expected = ARCHIVES[name]
    answer = send(owner, ("process.zip", content))
    assert code(answer, 400) == expected
    assert answer.get_json()["th"] and answer.get_json()["en"]
    assert owner.post("/model-drafts/search", {})["items"] == []


def test_two_entries_of_one_name_are_refused(owner: Caller) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = archive((DIAGRAM, ORDER), (DIAGRAM, ORDER))
    assert code(send(owner, ("process.zip", content)), 400) == "draft-path-invalid"


def test_names_that_are_not_marked_as_unicode_are_refused(owner: Caller) -> None:
    content = bytearray(archive(("ลา.md", "x")))
    for mark, at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        content[content.index(mark) + at] &= ~0x08
    assert code(send(owner, ("process.zip", bytes(content))), 400) == "archive-refused"


def test_sums_are_limited_where_no_single_file_is_too_large(owner: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_archives, "LARGEST_DRAFT", len(ORDER) + 1)
    assert code(send(owner, ("p.zip", archive((DIAGRAM, ORDER), ("a.md", "xy")))), 400) == "archive-too-large"
    monkeypatch.setattr(draft_archives, "LARGEST_ARCHIVE", 100)
    assert code(send(owner, ("p.zip", archive((DIAGRAM, ORDER)))), 400) == "archive-too-large"


def test_what_is_no_import_is_refused(owner: Caller, caller: Callers) -> None:
    assert code(owner("POST", "/model-drafts/import", {"files": []}), 400) == "invalid-argument"
    assert code(owner("POST", "/model-drafts/import", data={"name": "x"}), 400) == "invalid-argument"
    assert code(send(owner, ("a.md", "x"), other="x"), 400) == "invalid-argument"
    assert code(send(owner, ("a.zip", archive((DIAGRAM, ORDER))), ("a.md", "x")), 400) == "archive-refused"
    assert code(send(owner, ("a.exe", "x")), 400) == "draft-path-invalid"
    assert code(send(owner, ("a.md", "x"), name="x" * 300), 400) == "invalid-argument"
    assert send(caller("ann"), ("a.zip", b"PK")).status_code == 403
    assert owner.post("/model-drafts/search", {})["items"] == []


def test_the_same_files_make_the_same_archive() -> None:
    files = [("b.md", "ข"), ("a.form", json.dumps({"id": "a"}))]
    assert packed(files) == packed(files[::-1])
    assert read_uploads([("x.zip", packed(files))]) == sorted(files)
