"""The people of an organisation's file: checked, each fault with its line."""

from __future__ import annotations

from typing import Any

from engine.commands.add_person import USERNAME, check_role
from engine.commands.import_organisation import items_of
from engine.commands.organisation_files import fault_at
from engine.errors import InvalidArgument
from engine.model.access import CLASSES, rank_of
from engine.model.faults import Fault
from engine.model.lined import Lined
from engine.model.organisation import PersonEntry

LONGEST_NAME, LONGEST_EMAIL = 1024, 256
_MEMBERS = {"account", "name", "email", "groups", "roles", "clearance"}


def people_of(content: Lined, groups: frozenset[str], faults: list[Fault]) -> list[PersonEntry]:
    """The people of the file; `groups` are all that they can belong to."""
    found: dict[str, PersonEntry] = {}
    for item in items_of(content, "people", faults):
        checked = _Checked(item, groups, faults)
        entry = checked.entry()
        if entry.account and entry.account.lower() in found:
            checked.wrong(f"มีบัญชี {entry.account} ซ้ำ", f"the account {entry.account} is there twice")
        found[entry.account.lower()] = entry
    return list(found.values())


class _Checked:
    """One item of the list, and where its faults go."""

    def __init__(self, item: Lined, groups: frozenset[str], faults: list[Fault]) -> None:
        self._item, self._groups, self._faults = item, groups, faults
        self._account = item.get("account")

    def wrong(self, th: str, en: str) -> None:
        key = self._account if isinstance(self._account, str) and self._account else None
        self._faults.append(fault_at(self._item.place, key, th, en))

    def entry(self) -> PersonEntry:
        """What it says; where it is wrong, something that is never used."""
        if unknown := sorted(set(self._item) - _MEMBERS):
            self.wrong(f"ไม่รู้จัก {', '.join(unknown)}", f"there is no {', '.join(unknown)}")
        account = self._text("account", 256)
        if account is not None and not USERNAME.fullmatch(account):
            self.wrong(
                "ชื่อบัญชีใช้ได้เฉพาะอักษรละติน ตัวเลข และ _ ~ @ . + -",
                "an account's name has Latin letters, digits and _ ~ @ . + - only",
            )
        name = self._text("name", LONGEST_NAME)
        if name == "":
            self.wrong("ต้องมีชื่อที่แสดง (name)", "a name is needed")
        email = self._text("email", LONGEST_EMAIL)
        if email and (email.count("@") != 1 or any(c.isspace() for c in email) or email[0] == "@" or email[-1] == "@"):
            self.wrong(f"ที่อยู่อีเมล {email} ไม่ถูกต้อง", f"{email} is no mail address")
        if missing := [member for member in ("account", "name") if member not in self._item]:
            self.wrong(f"ไม่มี {', '.join(missing)}", f"{', '.join(missing)} is missing")
        return PersonEntry(account or "", name or "", email, self._memberships(), self._roles(), self._clearance())

    def _text(self, member: str, longest: int) -> str | None:
        value = self._item.get(member)
        if value is None:
            return "" if member in self._item else None
        if not isinstance(value, str) or len(value) > longest or "\0" in value:
            said = f"{member} is a text of at most {longest} characters, a number in quotes"
            self.wrong(f"{member} ต้องเป็นข้อความไม่เกิน {longest} ตัวอักษร", said)
            return None
        return value.strip()

    def _list(self, member: str) -> list[Any] | None:
        if member not in self._item:
            return None
        value = self._item[member]
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(f"{member} ต้องเป็นรายการ", f"{member} is a list")
            return []
        return value

    def _memberships(self) -> frozenset[str] | None:
        given = self._list("groups")
        if given is None:
            return None
        for key in given:
            if not isinstance(key, str) or key not in self._groups:
                self.wrong(f"ไม่มีกลุ่ม {key}", f"there is no group {key}")
        return frozenset(map(str, given))

    def _roles(self) -> frozenset[tuple[str, str]] | None:
        """`auditor`, `process-owner:room-request`, or {role: process-owner, process: room-request}."""
        given = self._list("roles")
        if given is None:
            return None
        found = set()
        for item in given:
            if isinstance(item, Lined) and set(item) == {"role", "process"}:
                role = (str(item["role"]), str(item["process"]))
            else:
                name, _, process = str(item).partition(":")
                role = (name, process)
            try:
                check_role(*role)
            except InvalidArgument as error:
                self.wrong(f"บทบาท {':'.join(filter(None, role))} ไม่ถูกต้อง", error.detail or error.en)
            found.add(role)
        return frozenset(found)

    def _clearance(self) -> int | None:
        if "clearance" not in self._item:
            return None
        given = self._item["clearance"] or CLASSES[0]
        rank = rank_of(given) if isinstance(given, str) else None
        if rank is None:
            self.wrong(f"ไม่มีชั้นความลับ {given}", f"there is no class {given}; the classes are {', '.join(CLASSES)}")
        return rank
