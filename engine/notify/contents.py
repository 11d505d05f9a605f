"""What leaves of a notification: in the reader's language, and nothing that is too confidential to leave."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from engine.model.access import NORMAL
from engine.model.masking import without
from engine.model.telling import MAIL
from engine.notify.settings import Telling

# what is said of a case of a class that nothing is told of
_GUARDED = {
    "th": ("เรื่องที่มีชั้นความลับ เลขที่ {}", "มีเรื่องที่ต้องดำเนินการ กรุณาเข้าสู่ระบบเพื่ออ่านรายละเอียด"),
    "en": ("Classified case {}", "There is something for you to do. Please sign in to read what it is."),
}


def content_of(row: Any, language: str, quoted: Collection[str], telling: Telling) -> dict[str, Any]:
    """Of a row of a delivery with its notification, case and task: JSON-able, in one language, without the texts in
    `quoted`. Above the class set it says only that there is something, and the number of the case."""
    content = {
        "language": language, "to": (row.email or "") if row.channel == MAIL else "", "topic": row.topic,
        "link": link_of(row, telling), "guarded": False,
    }  # fmt: skip
    if (row.access_class or NORMAL) > telling.quoted_class:
        subject, text = _GUARDED[language]
        return content | {"guarded": True, "subject": subject.format(row.process_instance_key), "text": text}
    subject, text = (row.subject_en, row.body_en) if language == "en" else (row.subject, row.body)
    return content | {"subject": without(subject, quoted), "text": without(text, quoted)}


def link_of(row: Any, telling: Telling) -> str | None:
    """To the task, else to the case; None where there is neither, or nobody said where the service is."""
    if telling.public_url is None:
        return None
    if row.task_key is not None:
        return f"{telling.public_url}/tasks/{row.task_key}"
    return None if row.process_instance_key is None else f"{telling.public_url}/cases/{row.process_instance_key}"
