"""What leaves of a notification: in the reader's language, by the template of its topic, and nothing that is too
confidential to leave."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from engine.model.access import NORMAL
from engine.model.masking import without
from engine.model.telling import MAIL
from engine.notify.send import one_line
from engine.notify.settings import Telling
from engine.notify.templates import built_in, rendered
from engine.store.tables import notification_template

log = logging.getLogger("krabuan.notify")
# what is said of a case of a class that nothing is told of
_GUARDED = {
    "th": ("เรื่องที่มีชั้นความลับ เลขที่ {}", "มีเรื่องที่ต้องดำเนินการ โปรดเข้าสู่ระบบเพื่ออ่านรายละเอียด"),
    "en": ("Classified case {}", "There is something for you to do. Please sign in to read what it is."),
}
LONGEST = 20_000  # characters of a text that leaves


@dataclass(frozen=True, slots=True)
class Contents:
    """How what is packed together is told: the templates by topic and language, the office's zone."""

    templates: Mapping[tuple[str, str], tuple[str, str]]
    telling: Telling
    zone: str

    def of(self, row: Any, language: str, quoted: Collection[str]) -> dict[str, Any]:
        """Of a row of a delivery with its notification, case, task and person: JSON-able, in one language, without the
        texts in `quoted`. Above the class set it says only that there is something, and the number of the case."""
        content = {
            "language": language, "to": (row.email or "") if row.channel == MAIL else "", "topic": row.topic,
            "link": link_of(row, self.telling), "guarded": False,
        }  # fmt: skip
        if (row.access_class or NORMAL) > self.telling.quoted_class:
            return content | guarded(row.process_instance_key, language)
        values = {name: without(text, quoted) for name, text in self._values(row, language).items()}
        subject, text = self._told(row.topic, language, values)
        return content | {"subject": one_line(subject), "text": text.strip()[:LONGEST]}

    def _told(self, topic: str, language: str, values: Mapping[str, str]) -> tuple[str, str]:
        """By the office's template; where that fails, by ours: a slip in it must keep no notification back."""
        own, ours = self.templates.get((topic, language)), built_in(topic, language)
        if own is not None:
            try:
                return rendered(own[0], values), rendered(own[1], values)
            except ValueError:
                log.exception("the template of %s in %s cannot be used", topic, language)
        return rendered(ours[0], values), rendered(ours[1], values)

    def _values(self, row: Any, language: str) -> dict[str, str]:
        english = language == "en"
        due = "" if row.task_due_at is None else f"{row.task_due_at.astimezone(ZoneInfo(self.zone)):%Y-%m-%d %H:%M}"
        return {
            "person": row.display_name,
            "subject": row.subject_en if english else row.subject,
            "body": row.body_en if english else row.body,
            "process": (row.process_name_en if english else None) or row.process_name or "",
            "task": (row.task_name_en if english else None) or row.task_name or "",
            "business_id": row.business_id or "",
            "case": "" if row.process_instance_key is None else str(row.process_instance_key),
            "due": due,
        }


def guarded(case: int, language: str) -> dict[str, Any]:
    """What is said of a case of which nothing may be told."""
    subject, text = _GUARDED[language]
    return {"guarded": True, "subject": subject.format(case), "text": text}


def templates_of(db: Connection) -> dict[tuple[str, str], tuple[str, str]]:
    """Subject and text by topic and language, of those that an administrator wrote."""
    t = notification_template.c
    rows = db.execute(select(t.topic, t.language, t.subject, t.text))
    return {(row.topic, row.language): (row.subject, row.text) for row in rows}


def link_of(row: Any, telling: Telling) -> str | None:
    """To the task, else to the case; None where there is neither, or nobody said where the service is."""
    if telling.public_url is None:
        return None
    if row.task_key is not None:
        return f"{telling.public_url}/tasks/{row.task_key}"
    return None if row.process_instance_key is None else f"{telling.public_url}/cases/{row.process_instance_key}"
