"""What a report says, as a paragraph in Thai and in English: the manuals ask for reports "in words and graphs".

Every sentence is made of figures of the report and of names of the diagram, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.calendar.thai import thai_digits
from engine.reports.periods import Period

FEW = 30  # below this, one more or less moves the share by several points
Report = Mapping[str, Any]
Said = tuple[str, str]


def say(report: Report, period: Period) -> dict[str, str]:
    """The paragraph in both languages; the Thai one with Thai digits."""
    said = [found for part in _PARTS for found in part(report, period)]
    return {"th": thai_digits(" ".join(th for th, _ in said)), "en": " ".join(en for _, en in said)}


def _main(report: Report, period: Period) -> list[Said]:
    th, en = period.said()
    name = _name(report)
    share, unit_th, unit_en = _share(report)
    who_th, who_en = _WHO[report["scope"]]
    if not share["counted"]:
        none_th = f"ใน{th} ไม่มี{unit_th}ที่มีเวลามาตรฐานและทำเสร็จแล้วของกระบวนงาน “{name[0]}”{who_th}"
        none_en = f"In {en}, no {unit_en} with a standard time was finished in “{name[1]}”{who_en}."
        return [(none_th, none_en)]
    counted, kept, percent = _n(share["counted"]), _n(share["kept"]), share["sharePercent"]
    told_th = f"ใน{th} กระบวนงาน “{name[0]}” มี{unit_th}ที่มีเวลามาตรฐานและทำเสร็จแล้ว {counted} {unit_th}{who_th}"
    told_th += f" ทันเวลามาตรฐาน {kept} {unit_th} คิดเป็นร้อยละ {percent}"
    told_en = f"In {en}, {counted} {unit_en}{_s(share)} with a standard time {_were(share)} finished in “{name[1]}”"
    told_en += f"{who_en}; {kept} of them within it, which is {percent}%."
    return [(told_th, told_en), *_target(report), *_few(share)]


def _target(report: Report) -> list[Said]:
    target = report["targetPercent"]
    if target is None:
        return [("คู่มือไม่ได้กำหนดเป้าหมายไว้", "The manual sets no target.")]
    shown = f"{target:g}"
    if report["targetMet"]:
        return [(f"เป็นไปตามเป้าหมายร้อยละ {shown}", f"The target of {shown}% was met.")]
    return [(f"ต่ำกว่าเป้าหมายร้อยละ {shown}", f"The target of {shown}% was missed.")]


def _few(share: Report) -> list[Said]:
    if share["counted"] >= FEW:
        return []
    return [("จำนวนน้อย จึงควรอ่านร้อยละด้วยความระมัดระวัง", "The number is small: read the share with care.")]


def _cases(report: Report, _period: Period) -> list[Said]:
    cases = report["cases"]
    if not cases or not cases["counted"]:
        return []
    th = f"เรื่องที่เสร็จสิ้น {_n(cases['counted'])} เรื่อง ทันเวลาทุกขั้นตอน {_n(cases['kept'])} เรื่อง"
    th += f" คิดเป็นร้อยละ {cases['sharePercent']}"
    en = f"Of {_n(cases['counted'])} completed case{_s(cases)}, {_n(cases['kept'])} kept every standard time"
    return [(th, f"{en} ({cases['sharePercent']}%).")]


def _worst(report: Report, _period: Period) -> list[Said]:
    items = report["bySteps"] if report["scope"] == "PROCESS" else report["byTasks"]
    late = [item for item in items if item["counted"] and item["kept"] < item["counted"]]
    if not late:
        return []
    worst = min(late, key=lambda item: (item["sharePercent"], -item["counted"]))
    th, en = _name(worst)
    missed = _n(worst["counted"] - worst["kept"])
    of = _n(worst["counted"])
    return [
        (
            f"ที่ทันเวลาน้อยที่สุดคือ “{th}” ไม่ทันเวลา {missed} จาก {of} ครั้ง",
            f"“{en}” was kept least: late {missed} of {of} times.",
        )
    ]


def _time(report: Report, _period: Period) -> list[Said]:
    time = report["time"]
    waiting, working = time["officeWaiting"], time["officeWorking"]
    if not waiting["counted"]:
        return []
    whole = waiting["totalSeconds"] + working["totalSeconds"]
    part = round(100 * waiting["totalSeconds"] / whole) if whole else 0
    th = f"งานครึ่งหนึ่งมีผู้รับภายใน {_span(waiting['medianSeconds'])[0]} ของเวลาทำการ"
    th += f" และทำเสร็จภายใน {_span(working['medianSeconds'])[0]} หลังจากนั้น"
    en = f"Half of the tasks were taken up within {_span(waiting['medianSeconds'])[1]} of office time"
    en += f" and done within {_span(working['medianSeconds'])[1]} after that."
    return [(th, en), (f"เวลาที่รอผู้รับคิดเป็นร้อยละ {part} ของเวลาทั้งหมด", f"Waiting makes up {part}% of the time.")]


def _versions(report: Report, _period: Period) -> list[Said]:
    measured = [one for one in report["versions"] if one["counted"]]
    if len(measured) < 2:
        return []
    before, after = measured[-2:]
    th = f"ฉบับที่ {after['version']} ทันเวลาร้อยละ {after['sharePercent']} ({_n(after['counted'])})"
    th += f" เทียบกับฉบับที่ {before['version']} ร้อยละ {before['sharePercent']} ({_n(before['counted'])})"
    en = f"Version {after['version']} kept {after['sharePercent']}% (of {_n(after['counted'])}),"
    en += f" version {before['version']} {before['sharePercent']}% (of {_n(before['counted'])})."
    return [(th, en)]


def _open(report: Report, _period: Period) -> list[Said]:
    of = report["open"]
    if not of["open"]:
        return [("ขณะนี้ไม่มีงานค้าง", "No task is open now.")]
    th = f"ขณะนี้มีงานค้าง {_n(of['open'])} งาน เกินกำหนด {_n(of['overdue'])} งาน"
    return [(th, f"Now {_n(of['open'])} task{'' if of['open'] == 1 else 's'} open, {_n(of['overdue'])} overdue.")]


_PARTS: Sequence[Callable[[Report, Period], list[Said]]] = (_main, _cases, _worst, _time, _versions, _open)
_WHO = {
    "PROCESS": ("", ""), "UNIT": (" เฉพาะของหน่วยงานที่คุณดูแล", " by the units that you head"),
    "OWN": (" เฉพาะที่คุณทำ", " by you"),
}  # fmt: skip


def _share(report: Report) -> tuple[Any, str, str]:
    return (report["tasks"], "งาน", "task") if report["steps"] is None else (report["steps"], "ขั้นตอน", "step")


def _name(of: Report) -> Said:
    name, id_ = of["name"], str(of.get("elementId") or of.get("processDefinitionId"))
    return name["th"] or name["en"] or id_, name["en"] or name["th"] or id_


def _n(number: int) -> str:
    return f"{number:,}"


def _s(share: Report) -> str:
    return "" if share["counted"] == 1 else "s"


def _were(share: Report) -> str:
    return "was" if share["counted"] == 1 else "were"


_UNITS = ((3600, "ชั่วโมง", "hour"), (60, "นาที", "minute"), (1, "วินาที", "second"))


def _span(seconds: int) -> Said:
    """The largest unit of which there is one at least, to one decimal."""
    length, th, en = next((unit for unit in _UNITS if seconds >= unit[0]), _UNITS[-1])
    number = f"{seconds / length:.1f}".removesuffix(".0")
    return f"{number} {th}", f"{number} {en}{'' if number == '1' else 's'}"
