"""The simple types of XML Schema that the tables use: whether a text is a value of one (XML Schema 1.0, part 2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
# a name without colon (Namespaces in XML 1.0, 3rd edition): Thai letters and vowels may stand in it, blanks may not
_NAME = re.compile(f"[{_START}][{_START}\\-.0-9\u00b7\u0300-\u036f\u203f\u2040]*")
_INTEGER = re.compile(r"[+-]?[0-9]{1,100}")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN")
_LARGEST_INT = 2**31 - 1

Prefixes = Mapping[str | None, str]


def _is_qname(text: str, prefixes: Prefixes) -> bool:
    prefix, colon, name = text.rpartition(":")
    if not _NAME.fullmatch(name) or (colon and prefix not in prefixes):
        return False
    return not colon or _NAME.fullmatch(prefix) is not None


def _is_int(text: str, _: Prefixes) -> bool:
    return _INTEGER.fullmatch(text) is not None and -_LARGEST_INT - 1 <= int(text) <= _LARGEST_INT


def _is_whole_or_feel(text: str, _: Prefixes) -> bool:
    return text.startswith("=") or _INTEGER.fullmatch(text) is not None


_CHECKS: dict[str, Callable[[str, Prefixes], bool]] = {
    "ID": lambda text, _: _NAME.fullmatch(text) is not None,
    "IDREF": lambda text, _: _NAME.fullmatch(text) is not None,
    "QName": _is_qname,
    "boolean": lambda text, _: text in ("true", "false", "1", "0"),
    "integer": lambda text, _: _INTEGER.fullmatch(text) is not None,
    "int": _is_int,
    "double": lambda text, _: _DOUBLE.fullmatch(text) is not None,
    "integerOrFeel": _is_whole_or_feel,
}
# how a type is described to the person who reads the fault: Thai, English
WORDS: dict[str, tuple[str, str]] = {
    "ID": ("รหัสที่ขึ้นต้นด้วยตัวอักษรหรือ _ และไม่มีช่องว่าง", "an id: a letter or _ first, no blanks and no colon"),
    "IDREF": ("รหัสขององค์ประกอบ", "the id of an element"),
    "QName": ("ชื่ออ้างอิงที่ประกาศคำนำหน้าไว้แล้ว", "a name whose prefix is declared"),
    "boolean": ("ค่า true หรือ false", "true or false"),
    "integer": ("จำนวนเต็ม", "a whole number"),
    "int": ("จำนวนเต็มไม่เกิน 32 บิต", "a whole number of 32 bits"),
    "double": ("ตัวเลข", "a number"),
    "integerOrFeel": ("จำนวนเต็มหรือนิพจน์ FEEL ที่ขึ้นต้นด้วย =", "a whole number, or FEEL that begins with ="),
}


def is_value(type_: str, text: str, prefixes: Prefixes) -> bool:
    """Whether a text, blanks around it left out, is a value of a simple type. `string` and `anyURI` are any text."""
    check = _CHECKS.get(type_)
    return check is None or check(text.strip(" \t\r\n"), prefixes)
