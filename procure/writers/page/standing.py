"""How a finding came out, in the words and colours of the page, where a violation is of one kind, settled or not."""

from __future__ import annotations

import enum

from procure.engines.findings import Finding
from procure.reporting.standing import VIOLATIONS, Standing, standing
from procure.values.words import Words


class Kind(enum.Enum):
    """The value names the kind in the style and to the script."""

    VIOLATION = "violation"
    EXPOSURE = "exposure"
    UNKNOWN = "unknown"
    COMPLIANT = "compliant"
    NOT_APPLICABLE = "not-applicable"

    @property
    def words(self) -> Words:
        return _WORDS[self]


_WORDS = {
    Kind.VIOLATION: Words("违规", "violation"),
    Kind.EXPOSURE: Words("风险提示", "exposure"),
    Kind.UNKNOWN: Words("缺数据", "cannot tell"),
    Kind.COMPLIANT: Words("合规", "compliant"),
    Kind.NOT_APPLICABLE: Words("不适用", "not applicable"),
}
_OF = {
    **dict.fromkeys(VIOLATIONS, Kind.VIOLATION),
    Standing.EXPOSED: Kind.EXPOSURE,
    Standing.UNKNOWN: Kind.UNKNOWN,
    Standing.COMPLIANT: Kind.COMPLIANT,
    Standing.NOT_APPLICABLE: Kind.NOT_APPLICABLE,
}


def kind(finding: Finding) -> Kind:
    return _OF[standing(finding)]
