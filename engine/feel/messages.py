"""What people are told, in English and Thai. Positions and names are filled in by who tells it."""

from __future__ import annotations

WANTED = {
    "a name": "ชื่อ",
    "an expression": "นิพจน์",
    "a type": "ชนิดข้อมูล",
    "the name of an iteration variable": "ชื่อตัวแปรวนรอบ",
    "an operator or the end": "ตัวดำเนินการหรือจุดสิ้นสุด",
    "a comma or the end": "เครื่องหมายจุลภาคหรือจุดสิ้นสุด",
    "the end": "จุดสิ้นสุด",
}
"""What the parser may be waiting for; symbols and keywords are the same in both languages."""

HINTS = {
    "'": ('a text is written in double quotes: "…"', 'ข้อความต้องอยู่ในเครื่องหมายคำพูดคู่ "…"'),
    "“": ('a text is written in straight double quotes: "…"', 'ข้อความต้องอยู่ในเครื่องหมายคำพูดแบบตรง "…"'),
    "”": ('a text is written in straight double quotes: "…"', 'ข้อความต้องอยู่ในเครื่องหมายคำพูดแบบตรง "…"'),
    "&": ("both conditions together are written: a and b", "เงื่อนไขที่ต้องจริงทั้งคู่เขียนว่า a and b"),
    "|": ("one of two conditions is written: a or b", "เงื่อนไขอย่างใดอย่างหนึ่งเขียนว่า a or b"),
    "!": ("the opposite is written: not(a); unequal is written: a != b", "นิเสธเขียนว่า not(a) ส่วนไม่เท่ากับเขียนว่า a != b"),
    "%": ("a remainder is written: modulo(a, b)", "เศษจากการหารเขียนว่า modulo(a, b)"),
    ";": ("list items are separated by commas", "คั่นรายการด้วยเครื่องหมายจุลภาค"),
    "==": ("equality is written with one =", "เท่ากับเขียนด้วยเครื่องหมาย = ตัวเดียว"),
}
"""What people write who know other languages, by the text they wrote."""

UNCLOSED = {
    '"': ("the text is not closed: a double quote is missing", "ข้อความไม่มีเครื่องหมายคำพูดปิดท้าย"),
    "@": ("the text after @ is not closed", "ข้อความหลัง @ ไม่มีเครื่องหมายคำพูดปิดท้าย"),
    "/": ("the comment is not closed: */ is missing", "คำอธิบายไม่มี */ ปิดท้าย"),
    "`": ("the name in backticks is not closed", "ชื่อในเครื่องหมาย ` ไม่มีตัวปิดท้าย"),
}

BUDGETS = {
    "steps": ("the expression needs more than {limit} steps", "นิพจน์ใช้ขั้นตอนการคำนวณเกิน {limit} ขั้น"),
    "seconds": ("the expression runs longer than {limit} seconds", "นิพจน์ใช้เวลาคำนวณเกิน {limit} วินาที"),
    "size": (
        "a value has more than {limit} elements or characters",
        "ข้อมูลมีสมาชิกหรืออักขระเกิน {limit}",
    ),
    "depth": ("functions call each other more than {limit} deep", "ฟังก์ชันเรียกซ้อนกันเกิน {limit} ชั้น"),
    "nesting": ("the expression is nested too deeply", "นิพจน์ซ้อนกันลึกเกินไป"),
}

WARNINGS = {
    "no-variable": "ไม่มีตัวแปรชื่อ {name}",
    "no-entry": "ไม่มีรายการที่ขอ{name}",
    "no-function": "เรียกฟังก์ชันไม่ได้{name}",
    "bad-argument": "ค่าที่ส่งให้ฟังก์ชันใช้ไม่ได้",
    "bad-type": "ชนิดข้อมูลไม่ตรงกัน",
    "bad-condition": "เงื่อนไขไม่ได้เป็นจริงหรือเท็จ",
    "arithmetic": "คำนวณไม่ได้ เช่น หารด้วยศูนย์ หรือผลเกินขอบเขต",
}
"""What a warning's code says in Thai; the English message says more."""


def warning_th(code: str, message: str, name: str | None) -> str:
    """The warning in Thai, with the English detail behind it where Thai is only general."""
    text = WARNINGS.get(code, "คำนวณค่าไม่ได้")
    if code == "no-variable":
        return text.format(name=name or "")
    shown = text.format(name=f": {name}" if name else "")
    return shown if name else f"{shown} ({message})"
