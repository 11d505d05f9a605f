"""Read the marks of a field from its custom properties."""

from __future__ import annotations

from engine.forms.properties import Properties
from engine.model.access import CLASSES, rank_of
from engine.model.marks import CLASS, PERSONAL, Mark


def mark_of(properties: Properties) -> Mark | None:
    """The field's mark; None when it has none. A word that is neither is noted as a fault."""
    custom = properties.custom()
    word, personal = custom.get(CLASS), custom.get(PERSONAL)
    if word is not None and word not in CLASSES:
        listed = ", ".join(CLASSES)
        properties.wrong(CLASS, f"อย่างใดอย่างหนึ่งใน {listed}", f"one of {listed}")
    if personal not in (None, "true", "false"):
        properties.wrong(PERSONAL, " true หรือ false", "true or false")
    mark = Mark(rank_of(word) or 0 if word in CLASSES else 0, personal == "true")
    return None if mark == Mark() else mark
