"""What a file is by its first bytes, and whether that is what its name says."""

from __future__ import annotations

from collections.abc import Mapping

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# what files with these endings begin with; the signatures are those of the formats' own specifications
BEGINNINGS: Mapping[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "tif": (b"II*\x00", b"MM\x00*"),
    "tiff": (b"II*\x00", b"MM\x00*"),
    "zip": (_ZIP, b"PK\x05\x06"),
    "docx": (_ZIP, _OLE),  # with a password, Office wraps it in the older container
    "xlsx": (_ZIP, _OLE),
    "pptx": (_ZIP, _OLE),
    "odt": (_ZIP,),
    "ods": (_ZIP,),
    "odp": (_ZIP,),
    "doc": (_OLE,),
    "xls": (_OLE,),
    "ppt": (_OLE,),
}
# what machines run, whatever it is called
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\x00asm")


def contradiction(file_name: str, content: bytes) -> str | None:
    """What speaks against taking the file in: "program", or its ending when the content is no such file; else None.

    Endings that are not known say nothing. Nothing of a file that is taken in is believed when it is handed out.
    """
    if content.startswith(PROGRAMS):
        return "program"
    ending = file_name.rsplit(".", 1)[-1].lower() if "." in file_name else ""
    beginnings = BEGINNINGS.get(ending)
    return ending if beginnings is not None and not content.startswith(beginnings) else None
