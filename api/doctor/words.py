"""The lines of the health of the service, in the words of the doctor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What is counted, and what to do when it is not well: (Thai, English)."""

    what: tuple[str, str]
    mend: tuple[str, str]


HEALTH = {
    "clock": Words(
        ("นาฬิกาของเครื่อง", "the clock, against what was written"),
        ("นาฬิกาถูกตั้งย้อนหลัง หรือเครื่องอื่นเดินเร็วกว่า ตั้งเวลาทุกเครื่องด้วย NTP",
         "it was set back, or another machine's goes ahead: let NTP set all"),
    ),
    "alarms": Words(
        ("งานตามเวลาที่ถึงกำหนดแล้วยังไม่ทำ", "work that is due and not done"),
        ("ดูว่าบริการทำงานอยู่ แล้วดูบันทึกของระบบ", "see whether a service or worker runs, then look at its log"),
    ),
    "jobs": Words(
        ("งานที่รอโปรแกรมอื่นรับ", "jobs that no program has taken"),
        ("ตรวจว่าโปรแกรมนั้นทำงานอยู่และโทเคนยังใช้ได้", "see whether that program runs, and its token is in force"),
    ),
    "incidents": Words(
        ("เหตุขัดข้องที่ยังไม่แก้", "open incidents"),
        ("แก้ที่ต้นเหตุ แล้วลองใหม่ที่หน้าเหตุขัดข้อง", "mend the cause, then retry on the page of incidents"),
    ),
    "operations": Words(("การดำเนินการหลายเรื่องที่ยังไม่เสร็จ", "operations on many cases that have not ended"), ("-", "-")),
    "notifications": Words(
        ("การแจ้งเตือนที่ถึงเวลาแล้วยังไม่ส่ง", "notifications that are due and not sent"),
        ("ตรวจเครื่องส่งจดหมายและเครือข่าย ดู docs/how-to/send-mail.md",
         "look at the mail server and the network: docs/how-to/send-mail.md"),
    ),
    "deadLetters": Words(
        ("การแจ้งเตือนที่ส่งไม่สำเร็จ", "what could not be sent"),
        ("ส่งใหม่ หรือเลิกส่ง พร้อมเหตุผล ที่หน้าช่องทางแจ้งเตือน",
         "send it again, or give it up with a reason, on the page of channels"),
    ),
    "webhooks": Words(
        ("โปรแกรมปลายทางที่ไม่รับข้อมูล", "programs that accept nothing"),
        ("ตรวจโปรแกรมปลายทาง แล้วเปิดใช้อีกครั้ง", "look at the program, then switch its webhook on again"),
    ),
    "checkpoint": Words(
        ("การลงลายมือชื่อประวัติครั้งล่าสุด", "when history was signed last"),
        ("ดูว่าบริการทำงานอยู่ ตรวจกุญแจและโฟลเดอร์ที่ส่งออก ดู docs/how-to/prove-the-history.md",
         "see whether a service runs, then look at key and folder: docs/how-to/prove-the-history.md"),
    ),
    "tokens": Words(
        ("โทเคนที่ใช้มานานกว่าหนึ่งปี", "tokens in force that are older than a year"),
        ("ออกโทเคนใหม่ให้โปรแกรมนั้น แล้วเพิกถอนโทเคนเดิม", "make a new one for that program, and revoke the old one"),
    ),
}  # fmt: skip


def word_of(name: str, count: int | None, at: str | None) -> tuple[str, str]:
    """What a line of the health says, in Thai and in English."""
    th, en = HEALTH[name].what if name in HEALTH else (name, name)
    counted = "" if count is None else f": {count}"
    since = "" if at is None else f" ({at[:16].replace('T', ' ')} UTC)"
    return f"{th}{counted}{since}", f"{en}{counted}{since}"
