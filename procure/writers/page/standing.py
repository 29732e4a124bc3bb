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
    Kind.VIOLATION: Words("疑点", "to confirm"),
    Kind.EXPOSURE: Words("风险提示", "at risk"),
    Kind.UNKNOWN: Words("无法判断", "cannot be judged"),
    Kind.COMPLIANT: Words("合规", "compliant"),
    Kind.NOT_APPLICABLE: Words("未判断", "not judged"),
}
_OF = {
    **dict.fromkeys(VIOLATIONS, Kind.VIOLATION),
    Standing.EXPOSED: Kind.EXPOSURE,
    Standing.UNKNOWN: Kind.UNKNOWN,
    Standing.COMPLIANT: Kind.COMPLIANT,
    Standing.NOT_APPLICABLE: Kind.NOT_APPLICABLE,
}


def of_standing(standing: Standing) -> Kind:
    return _OF[standing]


def kind(finding: Finding) -> Kind:
    return _OF[standing(finding)]
