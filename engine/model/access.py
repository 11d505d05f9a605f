"""The confidentiality classes of Thai official correspondence, and what a person has to be cleared for.

The Rule on Maintenance of Official Secrets B.E. 2544 (2001) knows three classes above the ordinary: ลับ, ลับมาก,
ลับที่สุด. A class is its rank here: 0 for what is ordinary, and the higher the less may see it.
"""

from __future__ import annotations

NORMAL, CONFIDENTIAL, SECRET, TOP_SECRET = range(4)
# ปกติ ลับ ลับมาก ลับที่สุด as diagrams and forms write them, by rank
CLASSES = ("normal", "confidential", "secret", "topSecret")
SHOWN = ("NORMAL", "CONFIDENTIAL", "SECRET", "TOP_SECRET")  # as the API shows them; by rank


def rank_of(word: str | None) -> int | None:
    """The rank of a class by either of its names; None when there is no such class."""
    for names in (CLASSES, SHOWN):
        if word in names:
            return names.index(word)
    return None
