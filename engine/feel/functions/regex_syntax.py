"""XPath's regular expressions in RE2's syntax."""

from __future__ import annotations

import re

from engine.feel.errors import Failure

_BLOCKS = {
    "IsBasicLatin": (0x00, 0x7F),
    "IsLatin-1Supplement": (0x80, 0xFF),
    "IsLatinExtended-A": (0x100, 0x17F),
    "IsLatinExtended-B": (0x180, 0x24F),
    "IsGreek": (0x370, 0x3FF),
    "IsCyrillic": (0x400, 0x4FF),
    "IsThai": (0xE00, 0xE7F),
    "IsLao": (0xE80, 0xEFF),
    "IsGeneralPunctuation": (0x2000, 0x206F),
}
_ESCAPED_CLASSES = {
    "i": (r"\p{L}_:", False),
    "I": (r"\p{L}_:", True),
    "c": (r"\p{L}\p{N}\p{M}._:\-", False),
    "C": (r"\p{L}\p{N}\p{M}._:\-", True),
}
_MAX_DEPTH = 20


def translate(pattern: str, flags: str) -> str:
    """The pattern for RE2. Raises Failure for back-references and malformed classes; what RE2
    itself refuses is left to it."""
    modes = "".join(flag for flag in "ims" if flag in flags)
    prefix = f"(?{modes})" if modes else ""
    if "q" in flags:
        return prefix + re.escape(pattern)
    if "x" in flags:
        pattern = _without_blanks(pattern)
    return prefix + _Translator(pattern, "s" in flags).whole()


def _without_blanks(pattern: str) -> str:
    """Blanks mean nothing outside classes with the flag x."""
    kept: list[str] = []
    depth = 0
    for at, char in enumerate(pattern):
        escaped = at > 0 and pattern[at - 1] == "\\"
        if char == "[" and not escaped:
            depth += 1
        elif char == "]" and not escaped and depth:
            depth -= 1
        if depth or char not in " \t\n\r":
            kept.append(char)
    return "".join(kept)


class _Translator:
    def __init__(self, pattern: str, dot_all: bool) -> None:
        self.pattern = pattern
        self.at = 0
        self.dot = "." if dot_all else r"[^\n\r]"

    def whole(self) -> str:
        out: list[str] = []
        while self.at < len(self.pattern):
            char = self.pattern[self.at]
            if char == "\\":
                out.append(self._escape(inside=False))
            elif char == "[":
                out.append(self._class(0))
            else:
                self.at += 1
                out.append(self.dot if char == "." else char)
        return "".join(out)

    def _escape(self, inside: bool) -> str:
        """One escape, as it is written in or outside a class."""
        letter = self.pattern[self.at + 1 : self.at + 2]
        self.at += 2
        if letter == "":
            raise Failure("the pattern ends with a backslash")
        if letter.isdigit():
            raise Failure("back-references are not supported in patterns")
        if letter in "pP":
            return self._property(letter, inside)
        if letter in _ESCAPED_CLASSES:
            members, negative = _ESCAPED_CLASSES[letter]
            if inside and negative:
                raise Failure(f"\\{letter} is not supported inside brackets")
            return members if inside else f"[{'^' if negative else ''}{members}]"
        return "\\" + letter

    def _property(self, letter: str, inside: bool) -> str:
        end = self.pattern.find("}", self.at)
        if self.pattern[self.at : self.at + 1] != "{" or end < 0:
            raise Failure(f"\\{letter} needs a name in braces")
        name = self.pattern[self.at + 1 : end]
        self.at = end + 1
        if not name.startswith("Is"):
            return f"\\{letter}{{{name}}}"
        if name not in _BLOCKS:
            raise Failure(f"the block {name} is not known")
        low, high = _BLOCKS[name]
        members = f"\\x{{{low:X}}}-\\x{{{high:X}}}"
        if inside and letter == "P":
            raise Failure(f"\\P{{{name}}} is not supported inside brackets")
        return members if inside else f"[{'^' if letter == 'P' else ''}{members}]"

    def _class(self, depth: int) -> str:
        """A class in brackets; what it subtracts (`[a-z-[aeiou]]`) is taken out of its ranges."""
        if depth > _MAX_DEPTH:
            raise Failure("the pattern is nested too deeply")
        self.at += 1
        negative = self.pattern[self.at : self.at + 1] == "^"
        self.at += negative
        members: list[str] = []
        while True:
            char = self.pattern[self.at : self.at + 1]
            if char == "":
                raise Failure("a bracket in the pattern is not closed")
            if char == "]" and members:
                self.at += 1
                return f"[{'^' if negative else ''}{''.join(members)}]"
            if char == "-" and self.pattern[self.at + 1 : self.at + 2] == "[":
                self.at += 1
                return self._subtracted(members, negative, depth)
            if char == "[":
                raise Failure("an opening bracket inside brackets needs a backslash")
            if char == "\\":
                members.append(self._escape(inside=True))
            else:
                members.append(char)
                self.at += 1

    def _subtracted(self, members: list[str], negative: bool, depth: int) -> str:
        without = self._class(depth + 1)
        if self.pattern[self.at : self.at + 1] != "]":
            raise Failure("a bracket in the pattern is not closed")
        self.at += 1
        if negative or without.startswith("[^"):
            raise Failure("this subtraction of classes is not supported")
        left = _ranges("".join(members))
        for low, high in _ranges(without[1:-1]):
            left = [part for one in left for part in _cut(one, low, high)]
        if not left:
            raise Failure("a class in the pattern is empty")
        return "[" + "".join(f"\\x{{{low:X}}}-\\x{{{high:X}}}" for low, high in left) + "]"


def _ranges(members: str) -> list[tuple[int, int]]:
    """The ranges of plain characters in a class. Raises Failure for anything else."""
    if "\\" in members:
        raise Failure("escapes are not supported where classes are subtracted")
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(members):
        if members[at + 1 : at + 2] == "-" and at + 2 < len(members):
            found.append((ord(members[at]), ord(members[at + 2])))
            at += 3
        else:
            found.append((ord(members[at]), ord(members[at])))
            at += 1
    return found


def _cut(one: tuple[int, int], low: int, high: int) -> list[tuple[int, int]]:
    parts = [(one[0], min(one[1], low - 1)), (max(one[0], high + 1), one[1])]
    return [part for part in parts if part[0] <= part[1]]
