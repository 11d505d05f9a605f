"""Files of a draft as one zip archive; and uploaded files and archives read as files of a draft, whatever was uploaded.

An archive is read in memory and never unpacked to the disk. Nothing is believed that it says of itself: sizes are
counted while reading.
"""

from __future__ import annotations

import io
import json
import stat
import zipfile
import zlib
from collections.abc import Sequence

from lxml import etree

from engine.commands.model_drafts import (
    LARGEST_DRAFT,
    LARGEST_FILE,
    MOST_FILES,
    DraftFileTooLarge,
    DraftPathInvalid,
    check_path,
)
from engine.errors import InvalidArgument
from engine.model.draft_files import kind_of, same_name

Files = list[tuple[str, str]]
LARGEST_ARCHIVE = 16 << 20  # bytes
MOST_ENTRIES = 1_000  # folders too
GREATEST_RATIO = 200  # of what an entry holds to what it takes, for what is larger than FREE
FREE = 64 << 10
_EPOCH = (1980, 1, 1, 0, 0, 0)  # so that the same files make the same archive
_OF_SYSTEMS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})  # what desktops add by themselves


class ArchiveRefused(InvalidArgument):
    """This archive cannot be read as files of a draft; nothing was imported."""

    code = "archive-refused"
    th = "อ่านไฟล์บีบอัดนี้เป็นฉบับร่างไม่ได้ ยังไม่มีการนำเข้าใด ๆ"


class ArchiveTooLarge(ArchiveRefused):
    """This archive holds more than a draft may; nothing was imported."""

    code = "archive-too-large"
    th = "ไฟล์บีบอัดนี้มีข้อมูลมากเกินกว่าที่ฉบับร่างเก็บได้ ยังไม่มีการนำเข้าใด ๆ"


class DraftFileUnreadable(InvalidArgument):
    """This file is damaged, or says more than it may; nothing was imported."""

    code = "draft-file-unreadable"
    th = "ไฟล์นี้เสียหายหรือมีเนื้อหาที่ไม่อนุญาต ยังไม่มีการนำเข้าใด ๆ"


def packed(files: Sequence[tuple[str, str]]) -> bytes:
    """The files ((path, content)) as a zip archive; the same files always make the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files):
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)
    return out.getvalue()


def read_uploads(uploads: Sequence[tuple[str, bytes]]) -> Files:
    """The files of one archive, or the uploaded files ((name, content)) themselves.

    Raises ArchiveRefused, ArchiveTooLarge, DraftPathInvalid, DraftFileTooLarge, DraftFileUnreadable.
    """
    archives = [content for name, content in uploads if name.lower().endswith(".zip")]
    if archives and len(uploads) > 1:
        raise ArchiveRefused("send one archive, or files, and not both")
    raw = _unpacked(archives[0]) if archives else uploads
    if not raw:
        raise ArchiveRefused("there is no file in it")
    return read_files(raw)


def read_files(raw: Sequence[tuple[str, bytes]]) -> Files:
    """The files ((path, content)), as text. Raises DraftPathInvalid, DraftFileTooLarge, DraftFileUnreadable."""
    _check_names([check_path(path) for path, _ in raw])
    return [(path, _text(path, content)) for path, content in raw]


def _check_names(paths: Sequence[str]) -> None:
    seen: set[str] = set()
    for path in paths:
        if same_name(path) in seen:
            raise DraftPathInvalid(f"{path}: another file has this name, perhaps in letters of another case", path=path)
        seen.add(same_name(path))


def _unpacked(data: bytes) -> list[tuple[str, bytes]]:
    if len(data) > LARGEST_ARCHIVE:
        raise ArchiveTooLarge(f"an archive has {LARGEST_ARCHIVE >> 20} MiB at most")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise ArchiveTooLarge(f"an archive has {MOST_ENTRIES} entries at most")
            wanted = [entry for entry in entries if _check_entry(entry)]
            if len(wanted) > MOST_FILES:
                raise ArchiveTooLarge(f"a draft has {MOST_FILES} files at most")
            if sum(entry.file_size for entry in wanted) > LARGEST_DRAFT:
                raise ArchiveTooLarge(f"a draft has {LARGEST_DRAFT >> 20} MiB at most")
            return [(entry.orig_filename, _content(archive, entry)) for entry in wanted]
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
        raise ArchiveRefused(f"it is no sound zip archive: {type(error).__name__}") from error


def _check_entry(entry: zipfile.ZipInfo) -> bool:
    """Whether it is a file to be read. Raises what says that it may be neither read nor left out."""
    name = entry.orig_filename
    if name.startswith("__MACOSX/") or name.rpartition("/")[2].lower() in _OF_SYSTEMS:
        return False
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ArchiveRefused(f"{name[:100]} is a link or a device", path=name[:512])
    if entry.flag_bits & 0x1:
        raise ArchiveRefused("it is encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ArchiveRefused("it is compressed in a way other than deflate")
    if not name.isascii() and not entry.flag_bits & 0x800:
        raise ArchiveRefused("its names are not marked as UTF-8", path=name[:512])
    if name.endswith("/"):
        check_path(f"{name}folder.txt")
        return False
    check_path(name)
    if kind == stat.S_IFDIR:
        raise ArchiveRefused(f"{name[:100]} is a folder with the name of a file", path=name)
    if entry.file_size > LARGEST_FILE:
        raise DraftFileTooLarge(f"{name}: a file has {LARGEST_FILE >> 20} MiB at most", path=name)
    if entry.file_size > FREE and entry.file_size > GREATEST_RATIO * max(entry.compress_size, 1):
        raise ArchiveTooLarge(f"{name} is compressed more than files of a process are", path=name)
    return True


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) != entry.file_size:
        raise ArchiveRefused(f"{entry.orig_filename} is not as long as the archive says", path=entry.orig_filename)
    return content


def _text(path: str, content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise DraftFileTooLarge(f"{path}: a file has {LARGEST_FILE >> 20} MiB at most", path=path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DraftFileUnreadable(f"{path}: the file is not UTF-8", path=path) from None
    if "\0" in text:
        raise DraftFileUnreadable(f"{path}: the file holds a NUL character", path=path)
    kind = kind_of(path)
    if kind in ("BPMN", "DMN"):
        _check_xml(path, content)
    elif kind == "FORM":
        _check_json(path, text)
    return text


def _check_xml(path: str, content: bytes) -> None:
    """Well-formed, and nothing in it that a parser would fetch or multiply."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DraftFileUnreadable(f"{path}: no sound XML: {str(error)[:200]}", path=path) from None
    about = root.getroottree().docinfo
    if getattr(about, "doctype", "") or getattr(about, "internalDTD", None) is not None:
        raise DraftFileUnreadable(f"{path}: a DOCTYPE, and with it entities, is not allowed", path=path)


def _check_json(path: str, text: str) -> None:
    try:
        sound = isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        sound = False
    if not sound:
        raise DraftFileUnreadable(f"{path}: a form is a JSON object", path=path)
