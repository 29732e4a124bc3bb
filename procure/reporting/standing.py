"""How a row of the log came out: one word for verdict, certainty and exposure, and for what could not be read."""

from __future__ import annotations

import enum
from typing import Protocol, TypeAlias

from procure.engines.findings import Finding
from procure.engines.judge import Verdict
from procure.log.records import Origin
from procure.log.rows import Rejected, Row, Rows
from procure.policy.plan import Plan
from procure.values.closed import by_identity
from procure.values.words import Words

#: A row of the log as it was judged, or as it could not be read.
Outcome: TypeAlias = Finding | Rejected


class Checked(Protocol):
    """A report, as far as what it is made of knows it."""

    @property
    def plan(self) -> Plan: ...
    @property
    def read(self) -> Rows: ...
    @property
    def purchases(self) -> tuple[Finding, ...]: ...
    @property
    def rejected(self) -> tuple[Rejected, ...]: ...


@by_identity
class Standing(enum.Enum):
    """In the order in which somebody has to look at them."""

    SETTLED = "settled violation"
    DISPUTED = "disputed violation"
    EXPOSED = "exposure"
    UNKNOWN = "unknown"
    REJECTED = "not read"
    COMPLIANT = "compliant"
    NOT_APPLICABLE = "not applicable"


VIOLATIONS = frozenset({Standing.SETTLED, Standing.DISPUTED})
#: The purchases that somebody has to look at.
ATTENTION = VIOLATIONS | {Standing.EXPOSED, Standing.UNKNOWN}
_RANKS = {standing: rank for rank, standing in enumerate(Standing)}


#: What each is called, and what that means.
NAMES = {
    Standing.SETTLED: Words("疑点，各种读法一致", "to confirm, under every reading"),
    Standing.DISPUTED: Words("疑点，有争议", "to confirm, disputed"),
    Standing.EXPOSED: Words("风险提示", "at risk"),
    Standing.UNKNOWN: Words("无法判断，缺少数据", "cannot be judged: data missing"),
    Standing.REJECTED: Words("未能读取", "not read"),
    Standing.COMPLIANT: Words("合规", "compliant"),
    Standing.NOT_APPLICABLE: Words("未判断", "not judged"),
}
MEANINGS = {
    Standing.SETTLED: Words("所问各种读法下都不符合", "breached under every reading asked"),
    Standing.DISPUTED: Words(
        "默认口径下不符合，换一种读法则符合", "breached under the working reading, not under every other"
    ),
    Standing.EXPOSED: Words(
        "默认口径下符合，换一种读法则不符合",
        "compliant under the working reading, not if one answer changes",
    ),
    Standing.UNKNOWN: Words("补齐所缺数据即可判断", "what is missing would decide"),
    Standing.REJECTED: Words("一行都读不出", "nothing in the row can be read"),
    Standing.COMPLIANT: Words("默认口径下符合", "compliant under the working reading"),
    Standing.NOT_APPLICABLE: Words("制度不管这些行", "the policy does not speak to them"),
}


def standing(outcome: Outcome) -> Standing:
    if isinstance(outcome, Rejected):
        return Standing.REJECTED
    if outcome.verdict is Verdict.VIOLATION:
        return Standing.SETTLED if outcome.settled else Standing.DISPUTED
    if outcome.verdict is Verdict.COMPLIANT:
        return Standing.EXPOSED if outcome.exposed else Standing.COMPLIANT
    return Standing.UNKNOWN if outcome.verdict is Verdict.UNKNOWN else Standing.NOT_APPLICABLE


def certain(outcome: Outcome) -> bool | None:
    """Whether the verdict is the same under every reading left open; None where there is no verdict of which to say
    so."""
    if isinstance(outcome, Rejected) or outcome.verdict in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE):
        return None
    return outcome.settled


def gravity(finding: Finding) -> tuple[int, bool]:
    """By which findings are put in order, the gravest first; disputed compliance stands before the settled."""
    return _RANKS[standing(finding)], finding.settled


def purchase_of(outcome: Outcome) -> Row:
    """The purchase; of a row that could not be read, what it does say."""
    return outcome.readable if isinstance(outcome, Rejected) else outcome.purchase


def origin_of(outcome: Outcome) -> Origin:
    return outcome.origin if isinstance(outcome, Rejected) else outcome.purchase.origin
