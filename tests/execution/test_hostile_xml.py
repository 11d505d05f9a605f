"""Files that want to do harm, or are broken: one clear fault, never an exception, never a partial reading."""

from __future__ import annotations

import pytest

from engine.execution import lint, read_processes
from tests.execution.bench import HEAD, diagram, flows, node, user

PLAIN = diagram(node("startEvent", "s") + node("endEvent", "e") + flows("s e"))
SECRET = "/etc/passwd"


def rules(xml: bytes) -> list[str]:
    processes, faults = read_processes(xml, "test.bpmn")
    if not faults:
        faults = [fault for process in processes for fault in lint(process, "test.bpmn")]
    else:
        assert all(f.th and f.en for f in faults)
    return [f.rule for f in faults]


def _with_doctype(doctype: str, use: str = "") -> bytes:
    text = PLAIN.decode().replace('name="p"', f'name="{use}"')
    return f"<?xml version='1.0'?>{doctype}{text}".encode()


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
DOCTYPES = {
    "bare": _with_doctype("<!DOCTYPE definitions>"),
    "external": _with_doctype(f'<!DOCTYPE d SYSTEM "file://{SECRET}">'),
    "network": _with_doctype('<!DOCTYPE d SYSTEM "http://127.0.0.1:1/x.dtd">'),
    "external entity": _with_doctype(f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{SECRET}">]>', "&x;"),
    "parameter entity": _with_doctype(f'<!DOCTYPE d [<!ENTITY % x SYSTEM "file://{SECRET}"> %x;]>'),
    "bomb": _with_doctype(f'<!DOCTYPE d [<!ENTITY l0 "lol">{LAUGHS}]>', "&l11;"),
    "quadratic": _with_doctype(f'<!DOCTYPE d [<!ENTITY a "{"a" * 100_000}">]>', "&a;" * 1000),
    "default attribute": _with_doctype('<!DOCTYPE d [<!ATTLIST d isExecutable CDATA "true">]>'),
    "after a long comment": _with_doctype(f"<!--{'x' * 70_000}--><!DOCTYPE d>"),
}


@pytest.mark.parametrize("name", DOCTYPES)
def test_a_doctype_is_refused_whatever_it_declares(name: str) -> None:
    assert rules(DOCTYPES[name]) == ["xml-doctype"]


@pytest.mark.parametrize(
    "xml",
    [
        b"", b" ", b"hello", b"{}", b"<", b"<bpmn:definitions", PLAIN[:-5], PLAIN + PLAIN, PLAIN + b"trailing",
        PLAIN.replace(b'name="p"', b'name="&nobody;"'), PLAIN.replace(b'name="p"', b'name="&#0;"'),
        PLAIN.replace(b'name="p"', b'name="\x01"'),
        PLAIN.replace(b'name="p"', b'name="p" name="q"'), PLAIN.replace(b"bpmn:process", b"nobody:process"),
        b'<?xml version="1.0" encoding="utf-7"?>' + PLAIN.replace(b"<", b"+ADw-"),
    ],
)  # fmt: skip
def test_what_is_no_xml_is_malformed(xml: bytes) -> None:
    assert rules(xml) == ["xml-malformed"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "tis-620", "cp1252"])
def test_other_encodings_than_utf_8_are_refused_by_name(encoding: str) -> None:
    thai = "é" if encoding == "cp1252" else "กระบวน"
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + PLAIN.decode().replace('name="p"', f'name="{thai}"')
    assert rules(text.encode(encoding)) == ["xml-encoding"]


@pytest.mark.parametrize("xml", [b"\x00", PLAIN + b"\x00", PLAIN.replace(b'name="p"', b'name="\x00"'), b"\xff" + PLAIN])
def test_bytes_that_are_no_text_are_refused(xml: bytes) -> None:
    assert rules(xml) == ["xml-encoding"]


@pytest.mark.parametrize("declared", ["utf-16", "tis-620", "nonsense"])
def test_what_a_file_declares_does_not_change_how_its_bytes_are_read(declared: str) -> None:
    xml = f'<?xml version="1.0" encoding="{declared}"?>'.encode() + PLAIN.replace(b'name="p"', 'name="กระบวน"'.encode())
    processes, _ = read_processes(xml, "x.bpmn")
    assert [p.name for p in processes] in ([], ["กระบวน"])


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf", b'<?xml version="1.0" encoding="UTF-8"?>'])
def test_utf_8_is_read_with_and_without_its_mark(prefix: bytes) -> None:
    assert rules(prefix + PLAIN.replace(b'name="p"', 'name="กระบวน"'.encode())) == []


def test_entities_of_xml_itself_are_text() -> None:
    processes, faults = read_processes(PLAIN.replace(b'name="p"', b'name="&lt;b&gt;&amp;&#x0E01;"'), "x.bpmn")
    assert (faults, processes[0].name) == ([], "<b>&ก")


@pytest.mark.parametrize("depth", [101, 250, 5_000, 50_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    inside = "<bpmn:extensionElements>" * depth + "</bpmn:extensionElements>" * depth
    assert rules(diagram(inside))[0] in ("xml-too-complex", "xml-malformed")


def test_large_files_are_refused() -> None:
    assert rules(diagram("<!--" + "x" * (4 * 1024 * 1024) + "-->")) == ["file-too-large"]
    assert rules(diagram('<bpmn:group id="x"/>' * 100_001)) == ["xml-too-complex"]


def test_a_huge_attribute_is_read_or_refused_in_time() -> None:
    assert rules(diagram(node("startEvent", "s", attributes=f'name="{"x" * 3_000_000}"') + node("endEvent", "e") + flows("s e"))) == []
    assert rules(diagram(node("startEvent", "s" * 300) + node("endEvent", "e")))[0] == "id-invalid"


def test_many_attributes_and_namespaces_are_read() -> None:
    spaces = "".join(f' xmlns:n{i}="urn:{i}" n{i}:a="{i}"' for i in range(500))
    assert rules(PLAIN.replace(b"<bpmn:process ", f"<bpmn:process{spaces} ".encode())) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (node("startEvent", "s") + user("s") + flows("s s"), "id-repeated"),
        (node("startEvent", "s") + node("endEvent", "e") + flows("s e") * 2, "id-repeated"),
        (node("startEvent", "f1") + node("endEvent", "e") + flows("f1 e"), "id-repeated"),
        (node("startEvent", "p") + node("endEvent", "e") + flows("p e"), "id-repeated"),
        (node("startEvent", "") + node("endEvent", "e"), "id-missing"),
        (node("startEvent", "#process") + node("endEvent", "e") + flows("#process e"), "id-invalid"),
        (node("startEvent", "s") + user("s#instance") + flows("s s#instance"), "id-invalid"),
        (node("startEvent", "a b") + node("endEvent", "e"), "id-invalid"),
        (node("startEvent", "a&#10;b") + node("endEvent", "e"), "id-invalid"),
        (node("startEvent", "a&#x202E;b") + node("endEvent", "e"), "id-invalid"),
    ],
)
def test_ids_that_would_hide_another_element(body: str, expected: str) -> None:
    assert expected in rules(diagram(body))


@pytest.mark.parametrize("name", ["Start", "End", "Root", "start", "process", "format", "tasks", "__class__", "case"])
def test_ids_that_equal_words_of_the_machinery_are_only_ids(run, name: str) -> None:
    xml = diagram(node("startEvent", "s") + user(name) + user("Start2") + node("endEvent", "e") + flows(f"s {name}", f"{name} Start2", "Start2 e"))
    case = run(xml).start()
    assert case.waiting == [name]
    assert case.complete(name).complete("Start2").ended.completed


def test_two_processes_of_one_file_may_not_share_an_id() -> None:
    inside = "<bpmn:process id='{0}' isExecutable='true'><bpmn:startEvent id='{1}'/></bpmn:process>"
    two = f"{HEAD}{inside.format('p', 's')}{inside.format('p', 't')}</bpmn:definitions>"
    assert "id-repeated" in rules(two.encode())


@pytest.mark.parametrize("value", ["true", "1", " true"])
def test_an_executable_process_is_found_however_truth_is_written(value: str) -> None:
    assert rules(PLAIN.replace(b'isExecutable="true"', f'isExecutable="{value}"'.encode())) == []


@pytest.mark.parametrize("value", ["false", "0", "yes", ""])
def test_a_file_without_an_executable_process_says_so(value: str) -> None:
    assert rules(PLAIN.replace(b'isExecutable="true"', f'isExecutable="{value}"'.encode())) == ["no-executable-process"]


@pytest.mark.parametrize(
    "root", [b"<html/>", b"<definitions/>", b'<definitions xmlns="urn:x"/>', PLAIN.replace(b"bpmn:definitions", b"bpmn:process")]
)
def test_other_files_are_no_bpmn(root: bytes) -> None:
    assert rules(root) == ["not-bpmn"]


@pytest.mark.parametrize("value", ["true", "1", "false", "0"])
def test_an_interrupting_event_interrupts_however_truth_is_written(run, value: str) -> None:
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
    boundary = node("boundaryEvent", "t", body=timer, attributes=f'attachedToRef="a" cancelActivity="{value}"')
    case = run(diagram(node("startEvent", "s") + user("a") + boundary + user("v") + flows("s a", "t v"))).start().trigger("t")
    assert case.waiting == (["v"] if value in ("true", "1") else ["a", "v"])
