"""Read uploaded XML without trusting it: no DOCTYPE, no entities, no network, bounded size and depth."""

from __future__ import annotations

from lxml import etree

from engine.model.faults import Fault

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 100
MAX_ELEMENTS = 100_000


class XmlRefused(Exception):
    """The file is not XML that we read; `fault` says why, for the person who uploaded it."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.en)


def parse_xml(content: bytes, file: str) -> etree._Element:
    """The root element of a file. Raises XmlRefused."""
    if len(content) > MAX_BYTES:
        raise _refused(file, "file-too-large", "ไฟล์มีขนาดใหญ่เกิน ๔ เมกะไบต์", "The file is larger than 4 MiB.")
    if not _is_utf_8(content):
        raise _refused(file, "xml-encoding", "ไฟล์ต้องเป็น UTF-8", "The file is not UTF-8.")
    if b"<!DOCTYPE" in content[:65536]:  # not even parsed: its entities might be expanded
        raise _refused(file, "xml-doctype", "ไม่รับไฟล์ที่มี DOCTYPE", "A file with a DOCTYPE is not accepted.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_pis=True, collect_ids=False, encoding="utf-8",  # whatever the file declares
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refused(
            file, "xml-malformed",
            f"ไฟล์ไม่ใช่ XML ที่ถูกต้อง: {error}", f"The file is not well-formed XML: {error}",
        ) from error  # fmt: skip
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refused(file, "xml-doctype", "ไม่รับไฟล์ที่มี DOCTYPE", "A file with a DOCTYPE is not accepted.")
    _check_shape(root, file)
    return root


def _is_utf_8(content: bytes) -> bool:
    """Whether the bytes are text as it is stored; UTF-16 of Latin letters would be, but for its zeros."""
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _check_shape(root: etree._Element, file: str) -> None:
    count, depth = 0, 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            count += 1
            depth += 1
            if depth > MAX_DEPTH or count > MAX_ELEMENTS:
                raise _refused(
                    file, "xml-too-complex",
                    "ไฟล์ซ้อนกันลึกหรือมีองค์ประกอบมากเกินกำหนด",
                    f"The file nests deeper than {MAX_DEPTH} or has more than {MAX_ELEMENTS} elements.",
                )  # fmt: skip
        else:
            depth -= 1


def _refused(file: str, rule: str, th: str, en: str) -> XmlRefused:
    return XmlRefused(Fault(file, None, rule, th, en))
