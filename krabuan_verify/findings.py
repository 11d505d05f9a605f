"""What verifying finds, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` is changed, removed, added or reordered; the rest says where, as far as there is a where."""

    what: str
    case: int | None = None
    event: int | None = None
    field: str | None = None
    document: str | None = None
    checkpoint: int | None = None
    certificate: int | None = None
    archive: int | None = None
    person: str | None = None
    key: str | None = None
    file: str | None = None
    detail: str = ""

    def __str__(self) -> str:
        places = (
            ("checkpoint", self.checkpoint), ("certificate", self.certificate), ("archive", self.archive),
            ("case", self.case),
            ("event", self.event), ("document", self.document), ("field", self.field), ("person", self.person),
            ("key", self.key), ("file", self.file),
        )  # fmt: skip
        where = ", ".join(f"{name} {value}" for name, value in places if value is not None)
        where = where.replace("case 0", "service", 1) if self.case == 0 else where
        return f"{where}: {self.what}" + (f" ({self.detail})" if self.detail else "")


@dataclass(slots=True)
class Report:
    """All that was found. `uncovered`: events later than the last checkpoint of their case; `erased`: names and keys
    of people and cases that events use and that are gone (None when none were given); `documents`: None likewise;
    `ends`: in words, that the source ends before the checkpoints do, None where it does not."""

    findings: list[Finding] = field(default_factory=list)
    cases: int = 0
    events: int = 0
    uncovered: int = 0
    checkpoints: int = 0
    later_checkpoints: int = 0
    documents: int | None = None
    erased: int | None = None
    ends: str | None = None
    filed: int = 0  # cases whose history begins in an archive that was not given
    deleted: dict[int, int] = field(default_factory=dict)  # cases by retention: the number of the certificate

    @property
    def valid(self) -> bool:
        """Whether nothing was changed, removed, added or reordered."""
        return not self.findings

    def deletions(self) -> list[str]:
        """What is missing rightly, case by case."""
        return [f"case {case}: deleted by retention, certificate {n}" for case, n in sorted(self.deleted.items())]

    def __str__(self) -> str:
        text = (
            f"{self.cases} cases with {self.events} events and {self.documents or 0} documents verified against "
            f"{self.checkpoints} checkpoints: {len(self.findings)} findings; "
            f"{self.uncovered} later events are not covered by a checkpoint yet"
        )
        if self.later_checkpoints:
            text += f"; {self.later_checkpoints} later checkpoints are not among those given"
        if self.deleted:
            text += f"; {len(self.deleted)} cases were deleted by retention"
        if self.filed:
            text += f"; {self.filed} histories begin in archives that were not given"
        if self.documents is None:
            text += "; documents were not given"
        if self.erased is None:
            return text + "; names and keys were not given"
        return text + f"; {self.erased} names and keys of people and cases are erased"
