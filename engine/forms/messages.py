"""What the error codes of submitted data say, in Thai and English: the one place for it.

The codes are stable: the API answers them and the web shows these texts. Words in braces are
parameters of the error.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.forms.text import Text

MESSAGES: Mapping[str, Text] = {
    "required": Text("โปรดกรอกข้อมูลช่องนี้", "Please fill in this field."),
    "unknown-field": Text("แบบฟอร์มนี้ไม่มีช่องข้อมูลชื่อนี้", "This form has no field of this name."),
    "invalid-value": Text("ข้อมูลนี้อ่านไม่ได้", "This value cannot be read."),
    "invalid-object": Text("ข้อมูลส่วนนี้ต้องเป็นกลุ่มของช่องข้อมูล", "This must be a group of fields."),
    "invalid-list": Text("ข้อมูลส่วนนี้ต้องเป็นรายการ", "This must be a list."),
    "too-deep": Text("ข้อมูลซ้อนกันลึกเกินไป", "The data are nested too deep."),
    "too-large": Text("ข้อมูลที่ส่งมามากเกินไป", "Too much data were sent."),
    "too-complex": Text("ข้อมูลมากเกินกว่าจะตรวจสอบได้ในครั้งเดียว", "The data need too much work to check."),
    "expression-failed": Text(
        "คำนวณสูตรของช่องนี้ไม่สำเร็จ โปรดแจ้งเจ้าของกระบวนงาน",
        "The formula of this field could not be computed. Please tell the process owner.",
    ),
    "expression-unstable": Text(
        "สูตรของช่องนี้อ้างถึงกันเป็นวง โปรดแจ้งเจ้าของกระบวนงาน",
        "The formula of this field depends on itself. Please tell the process owner.",
    ),
    "invalid-text": Text("ช่องนี้ต้องเป็นข้อความ", "This must be a text."),
    "too-long": Text("ข้อความยาวเกินไป กรอกได้ไม่เกิน {max} ตัวอักษร", "Too long: {max} characters at most."),
    "too-short": Text("ข้อความสั้นเกินไป ต้องมีอย่างน้อย {min} ตัวอักษร", "Too short: {min} characters at least."),
    "pattern": Text("รูปแบบข้อมูลไม่ถูกต้อง", "This does not have the right form."),
    "invalid-email": Text("ที่อยู่อีเมลไม่ถูกต้อง", "This is not an e-mail address."),
    "invalid-phone": Text("หมายเลขโทรศัพท์ไม่ถูกต้อง", "This is not a telephone number."),
    "invalid-number": Text("โปรดกรอกเป็นตัวเลข", "Please enter a number."),
    "too-many-decimals": Text("ทศนิยมได้ไม่เกิน {places} ตำแหน่ง", "{places} decimal places at most."),
    "number-too-small": Text("ต้องไม่น้อยกว่า {min}", "This must be {min} or more."),
    "number-too-large": Text("ต้องไม่เกิน {max}", "This must be {max} or less."),
    "invalid-checkbox": Text("ช่องนี้ต้องเป็นเลือกหรือไม่เลือก", "This must be ticked or not ticked."),
    "not-an-option": Text("ค่านี้ไม่อยู่ในตัวเลือก", "This is not one of the choices."),
    "chosen-twice": Text("เลือกรายการเดียวกันซ้ำ", "The same entry is chosen twice."),
    "too-many": Text("มากเกินไป ได้ไม่เกิน {max} รายการ", "Too many: {max} at most."),
    "too-few-rows": Text("ต้องมีอย่างน้อย {min} รายการ", "There must be {min} rows or more."),
    "rows-fixed": Text("ต้องมี {count} รายการ เพิ่มหรือลบไม่ได้", "There must be exactly {count} rows."),
    "invalid-date": Text("วันที่ไม่ถูกต้อง", "This is not a date."),
    "invalid-time": Text("เวลาไม่ถูกต้อง", "This is not a time of day."),
    "invalid-datetime": Text("วันและเวลาไม่ถูกต้อง", "This is not a date with a time of day."),
    "offset-missing": Text("เวลาต้องระบุเขตเวลา เช่น +07:00", "The time must say its offset, such as +07:00."),
    "offset-not-expected": Text("เวลาต้องไม่ระบุเขตเวลา", "The time must not have an offset."),
    "year-not-believed": Text(
        "ปี {year} ไม่น่าเป็นไปได้ ข้อมูลต้องเก็บเป็นปีคริสต์ศักราช",
        "The year {year} cannot be right; data hold years of the common era.",
    ),
    "date-passed": Text("วันที่ต้องไม่ใช่วันที่ผ่านมาแล้ว", "The date must not lie in the past."),
    "invalid-file": Text("ไฟล์แนบไม่ถูกต้อง", "This is not an attached file."),
    "file-unknown": Text(
        "ไม่พบไฟล์นี้ในระบบ หรือไฟล์ไม่ใช่ของเรื่องนี้ โปรดนำออกแล้วแนบใหม่",
        "There is no such file, or it does not belong here. Please remove it and attach it again.",
    ),
    "file-kind": Text("ช่องนี้รับเฉพาะไฟล์ชนิด {kinds}", "Only files of these kinds are taken here: {kinds}."),
    "file-too-large": Text("ไฟล์ใหญ่เกินไป ช่องนี้รับไฟล์ไม่เกิน {max} MiB", "Too large: a file has {max} MiB at most."),
    "one-file-only": Text("แนบได้เพียงไฟล์เดียว", "Only one file may be attached."),
}


def message(code: str, params: Mapping[str, object]) -> Text:
    """The text of an error. A form's own text for a pattern wins. Raises KeyError for an unknown code."""
    own = params.get("message")
    if isinstance(own, Mapping) and "th" in own:
        return Text(str(own["th"]), str(own.get("en") or own["th"]))
    text = MESSAGES[code]
    return Text(_fill(text.th, params), _fill(text.en, params))


def _fill(text: str, params: Mapping[str, object]) -> str:
    """Put parameters in by replacement: values of a form must not act as format instructions."""
    for name, value in params.items():
        text = text.replace("{" + name + "}", str(value))
    return text
