"""How grave a finding is: one word for verdict, exposure and all, in the order in which a reader wants them."""

from __future__ import annotations

import enum

from procure.engines.findings import Finding
from procure.engines.judge import Verdict
from procure.values.words import Words


class Standing(enum.Enum):
    """The gravest first."""

    VIOLATION = "violation"
    EXPOSURE = "exposure"
    UNKNOWN = "unknown"
    COMPLIANT = "compliant"
    NOT_APPLICABLE = "not-applicable"

    @property
    def words(self) -> Words:
        return _WORDS[self]

    @property
    def attention(self) -> bool:
        return self in (Standing.VIOLATION, Standing.EXPOSURE, Standing.UNKNOWN)


_WORDS = {
    Standing.VIOLATION: Words("违规", "violation"),
    Standing.EXPOSURE: Words("风险提示", "exposure"),
    Standing.UNKNOWN: Words("缺数据", "cannot tell"),
    Standing.COMPLIANT: Words("合规", "compliant"),
    Standing.NOT_APPLICABLE: Words("不适用", "not applicable"),
}
_OF = {
    Verdict.VIOLATION: Standing.VIOLATION,
    Verdict.UNKNOWN: Standing.UNKNOWN,
    Verdict.COMPLIANT: Standing.COMPLIANT,
    Verdict.NOT_APPLICABLE: Standing.NOT_APPLICABLE,
}
_RANKS = {standing: rank for rank, standing in enumerate(Standing)}


def standing(finding: Finding) -> Standing:
    return Standing.EXPOSURE if finding.exposed else _OF[finding.verdict]


def certain(finding: Finding) -> bool | None:
    """Whether the verdict is settled; None where there is none to settle."""
    judged = finding.verdict in (Verdict.VIOLATION, Verdict.COMPLIANT)
    return finding.settled if judged else None


def gravity(finding: Finding) -> int:
    """Violations first, and the settled ones before the disputed; disputed compliance before the settled."""
    found = standing(finding)
    return 2 * _RANKS[found] + (finding.settled is not (found is Standing.VIOLATION))
