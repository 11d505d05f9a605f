"""Files of a draft: what their paths may be, and what each of them is."""

from __future__ import annotations

import unicodedata

MAX_PATH = 512  # characters
KINDS = {".bpmn": "BPMN", ".dmn": "DMN", ".form": "FORM", ".yaml": "SCENARIO", ".md": "TEXT", ".txt": "TEXT"}
DEPLOYED_KINDS = frozenset({"BPMN", "DMN", "FORM"})
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


def kind_of(path: str) -> str | None:
    """BPMN, DMN, FORM, SCENARIO or TEXT, by the extension; None for what a draft does not hold."""
    stem, dot, extension = path.rpartition("/")[2].rpartition(".")
    return KINDS.get(dot + extension) if stem else None


def path_fault(path: str) -> str | None:
    """Why this is no path of a file in a draft, in English; None when it is one.

    Paths are relative, with `/` between names: `processes/leave/leave.bpmn`. Every system can unpack them, none of them
    leads out of the folder that they are unpacked in.
    """
    if not 1 <= len(path) <= MAX_PATH:
        return f"a path has 1 to {MAX_PATH} characters"
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in path):
        return "a path has no control characters"
    if any(sign in path for sign in '\\:*?"<>|'):
        return "a path is relative, with / between its names, and without any of \\ : * ? \" < > |"
    names = path.split("/")
    if any(not name or name[0] == "." or name[-1] in ". " or name[0] == " " for name in names):
        return "no name in a path is empty, begins with a dot or ends with one, or has spaces around it"
    if any(name.partition(".")[0].lower() in _DEVICES for name in names):
        return "a name in this path is that of a device"
    if kind_of(path) is None:
        return f"a draft holds files that end in {', '.join(KINDS)}"
    return None


def same_name(path: str) -> str:
    """What two paths have in common that some file systems cannot tell from each other."""
    return unicodedata.normalize("NFC", path).casefold()
