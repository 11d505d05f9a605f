"""Regular expressions: matches, replace, split, extract.

Patterns are those of XPath (DMN 1.5 refers to it). They run on RE2, whose time grows with the
length of the text and never with the pattern's ambiguity, so no pattern can hang an evaluation;
the price is that back-references (\\1 in a pattern) do not exist. \\d and \\w are ASCII, as in
Camunda 8: a Thai digit is matched by \\p{Nd}.
"""

from __future__ import annotations

from functools import lru_cache

import re2

from engine.feel.errors import Failure
from engine.feel.functions.arguments import text
from engine.feel.functions.define import builtin
from engine.feel.functions.regex_syntax import translate
from engine.feel.runtime import Run

_MAX_MEMORY = 2 << 20


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: str) -> re2._Regexp[str]:
    """Raises Failure when the pattern is none."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MAX_MEMORY
    try:
        return re2.compile(translate(pattern, flags), options)
    except re2.error:
        raise Failure(f'"{pattern}" is no pattern that can be used here') from None


def compiled(run: Run, pattern: object, flags: object = None) -> re2._Regexp[str]:
    wanted = text(pattern)
    if len(wanted) > run.budget.pattern:
        raise Failure(f"the pattern is longer than {run.budget.pattern} characters")
    letters = "" if flags is None else text(flags)
    if set(letters) - set("smixq"):
        raise Failure(f'"{letters}" has flags other than s, m, i, x, q')
    return _compiled(wanted, letters)


def _subject(run: Run, value: object) -> str:
    """The text to look through, its length paid for."""
    subject = text(value)
    run.step(1 + len(subject) // 100)
    return subject


@builtin("matches", "input", "pattern", "flags?")
def matches(run: Run, value: object, pattern: object, flags: object = None) -> object:
    """Whether some part of the text fits the pattern."""
    subject = _subject(run, value)
    return compiled(run, pattern, flags).search(subject) is not None


@builtin("replace", "input", "pattern", "replacement", "flags?")
def replace(run: Run, value: object, pattern: object, replacement: object, flags: object = None) -> object:
    """$1 to $9 in the replacement are the groups of the pattern, $0 the whole match, \\$ a dollar."""
    subject = _subject(run, value)
    expression = compiled(run, pattern, flags)
    pieces = _pieces(text(replacement), expression.groups, literal="q" in str(flags or ""))
    if expression.search("") is not None:
        raise Failure("the pattern fits nothing at all, so everything could be replaced")
    result: list[str] = []
    end = size = 0
    for match in expression.finditer(subject):
        run.step()
        new = "".join(p if isinstance(p, str) else match.group(p) or "" for p in pieces)
        result += [subject[end : match.start()], new]
        size += match.start() - end + len(new)
        run.size(size)
        end = match.end()
    result.append(subject[end:])
    run.size(size + len(subject) - end)
    return "".join(result)


def _pieces(replacement: str, groups: int, literal: bool) -> list[str | int]:
    """Texts and group numbers. A number takes as many digits as make a group there is."""
    if literal:
        return [replacement]
    pieces: list[str | int] = []
    at = 0
    while at < len(replacement):
        mark, after = replacement[at], replacement[at + 1 : at + 2]
        if mark == "\\":
            if after not in ("\\", "$"):
                raise Failure("a backslash in the replacement stands before $ or \\ only")
            pieces.append(after)
            at += 2
        elif mark == "$":
            if after not in tuple("0123456789"):
                raise Failure("a $ in the replacement needs the number of a group")
            end = at + 2
            while replacement[end : end + 1] in tuple("0123456789") and (int(replacement[at + 1 : end + 1]) <= groups):
                end += 1
            group = int(replacement[at + 1 : end])
            pieces.append(group if group <= groups else "")
            at = end
        else:
            pieces.append(mark)
            at += 1
    return pieces


@builtin("split", "string", "delimiter")
def split(run: Run, string: object, delimiter: object) -> object:
    """The parts between the places where the delimiter, a pattern, fits."""
    subject = _subject(run, string)
    parts: list[object] = []
    end = 0
    for match in compiled(run, delimiter).finditer(subject):
        run.step()
        if match.end() == match.start():
            continue
        parts.append(subject[end : match.start()])
        end = match.end()
    parts.append(subject[end:])
    return parts


@builtin("extract", "string", "pattern")
def extract(run: Run, string: object, pattern: object) -> object:
    """All parts of the text that fit the pattern."""
    found: list[object] = []
    for match in compiled(run, pattern).finditer(_subject(run, string)):
        run.step()
        found.append(match.group(0))
    return found
