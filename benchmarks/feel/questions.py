"""What is measured: ten conditions as process owners write them, and a table of fifty rules."""

from __future__ import annotations

from xml.sax.saxutils import escape

SCOPE: dict[str, object] = {
    "วงเงิน": 650000,
    "risk_level": "high",
    "notify_owner": True,
    "travel": "train",
    "budget": 250000,
    "subject": "ขอเชิญประชุมราชการ ด่วนที่สุด",
    "aware_at": "2026-04-10T16:00:00+07:00",
    "reported_at": "2026-04-12T09:30:00+07:00",
    "approved": None,
    "people": [{"name": f"คนที่ {n}", "days": n % 6} for n in range(10)],
    "items": [{"name": f"รายการ {n}", "price": 1000 * n + 250} for n in range(10)],
    "factors": [{"level": "ต่ำ"}, {"level": "กลาง"}, {"level": "สูง"}],
    "province": "จังหวัด 17",
    "amount": 4200,
}
CONDITIONS = (
    "วงเงิน > 500000",
    'risk_level = "high" and notify_owner',
    'travel != "air" or budget <= 100000',
    "count(people[days > 3]) > 0",
    'date and time(aware_at) + duration("PT72H") > date and time(reported_at)',
    'some f in factors satisfies f.level = "สูง"',
    "วงเงิน in [500000..2000000)",
    'contains(lower case(subject), "ด่วน")',
    "if approved = null then false else approved",
    "sum(items.price) * 1.07 <= budget",
)
INPUTS = ("province", "amount")
ROWS = tuple((f'"จังหวัด {n // 2}"', "< 5000" if n % 2 else ">= 5000", f'"กลุ่ม {n}"') for n in range(50))
ANSWER = "กลุ่ม 35"


def table() -> bytes:
    """The table as a DMN file with one decision, `t`."""
    inputs = "".join(f"<input><inputExpression><text>{name}</text></inputExpression></input>" for name in INPUTS)
    rules = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in row[:-1])
        + f"<outputEntry><text>{escape(row[-1])}</text></outputEntry></rule>"
        for row in ROWS
    )
    logic = f'<decisionTable hitPolicy="UNIQUE">{inputs}<output/>{rules}</decisionTable>'
    head = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="urn:bench">'
    return f'{head}<decision id="t" name="t">{logic}</decision></definitions>'.encode()
