"""The people of the tests' office: one of every kind."""

from engine.commands.add_person import AddPerson

PASSWORD = "correct horse"
ORGANISATION = """
units:
  - {key: clerks, th: กลุ่มธุรการ, en: Clerks}
  - {key: checkers, th: กลุ่มตรวจสอบ, en: Checkers}
positions:
  - {key: director, th: ผู้อำนวยการ, en: Director, unit: clerks, head: true}
"""
PEOPLE = (
    AddPerson("ann", "Ann", PASSWORD, groups=("clerks",)),
    AddPerson("ben", "Ben", PASSWORD, groups=("checkers",)),
    AddPerson("cat", "Cat", PASSWORD, groups=("director",)),
    AddPerson("admin", "Administrator", PASSWORD, roles=(("administrator", ""),)),
    AddPerson("owner", "Process owner", PASSWORD, roles=(("process-owner", "*"),)),
    AddPerson("auditor", "Auditor", PASSWORD, roles=(("auditor", ""),)),
    AddPerson("worker", "A worker's account", PASSWORD, roles=(("client", ""),)),
    AddPerson("stranger", "In no group", PASSWORD),
)
