"""Every row of the log in one class, so that rows and money add up to the log's: what a report rests on."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import attrs

from procure.engines.findings import Finding, Unjudged
from procure.log.cells import MISSING
from procure.log.onepurchase import Merged
from procure.log.rows import Rejected, Row, Rows
from procure.log.statuses import Void
from procure.policy.plan import Plan
from procure.reporting.standing import Checked
from procure.values.closed import by_identity
from procure.values.money import Currency
from procure.values.words import Words


@by_identity
class Class(enum.Enum):
    """What became of a row, in the order in which they are printed."""

    JUDGED = "judged"
    ZERO = "zero"
    REFUND = "refund"
    OUTSIDE = "outside"
    NOTHING_ASKED = "nothing-asked"
    MERGED = "merged"
    VOID = "void"
    IGNORED = "ignored-refund"
    SET_ASIDE = "set-aside"
    FOREIGN = "another-currency"
    NOT_READ = "not-read"


_LABELS: Mapping[Class, Words] = {
    Class.JUDGED: Words("已检查", "judged"),
    Class.ZERO: Words("金额为零（只计入累计）", "of zero, counted only"),
    Class.REFUND: Words("退款（只计入累计）", "refunds, counted only"),
    Class.OUTSIDE: Words("期间之外（只计入累计）", "outside the period, counted only"),
    Class.NOTHING_ASKED: Words("制度未作要求（只计入累计）", "of which nothing is asked, counted only"),
    Class.MERGED: Words("并入同一采购的首行", "merged into the first of their purchase"),
    Class.VOID: Words("作废", "void"),
    Class.IGNORED: Words("退款，不计入任何累计", "refunds that no total counts"),
    Class.SET_ASIDE: Words("搁置", "set aside"),
    Class.FOREIGN: Words("其他币种", "in another currency"),
    Class.NOT_READ: Words("未能读取", "not read"),
}

#: Those whose rows may be in another currency, and then are counted as that.
_OF_A_CURRENCY = frozenset(Class) - {Class.NOT_READ, Class.VOID, Class.SET_ASIDE}


@attrs.frozen
class ClassSum:
    """Rows of one class: how many, what their amounts come to in minor units, and how many of them have none that
    could be read, which count as rows and never as zero."""

    rows: int = 0
    minor: int = 0
    unread: int = 0

    def plus(self, amount: Any) -> ClassSum:
        if amount is MISSING:
            return ClassSum(self.rows + 1, self.minor, self.unread + 1)
        return ClassSum(self.rows + 1, self.minor + int(amount), self.unread)


@attrs.frozen
class Reconciliation:
    """The log in one currency: `log` is all of it, as it was read, and `parts` what became of it. `decimal` is the sign
    of the policy's amounts."""

    currency: Currency
    decimal: str
    log: ClassSum
    parts: Mapping[Class, ClassSum]


class Reconciled(Checked, Protocol):
    """A report, as far as this knows it."""

    @property
    def whole(self) -> Rows: ...
    @property
    def set_aside(self) -> tuple[Row | Rejected, ...]: ...
    @property
    def void(self) -> tuple[Void, ...]: ...
    @property
    def merged(self) -> tuple[Merged, ...]: ...


def reconciliations(report: Reconciled) -> tuple[Reconciliation, ...]:
    """That of the policy's currency, in which all rows stand; then of each other currency the rows whose amounts are in
    it, as far as they say in which."""
    amount = report.plan.built.amount
    found: dict[Class, ClassSum] = {}
    others: dict[Currency, ClassSum] = {}
    for row, of in _classified(report):
        found[of] = found.get(of, ClassSum()).plus(row[amount])
        if of is Class.FOREIGN:
            for currency, minor in _foreign(report.plan.built.currency, row, amount):
                others[currency] = others.get(currency, ClassSum()).plus(minor)
    log = ClassSum()
    for each in report.whole.values[amount]:
        log = log.plus(each)
    parts = {each: found[each] for each in Class if each in found}
    decimal = report.plan.policy.decimal
    own = Reconciliation(report.plan.built.currency, decimal, log, parts)
    return (own, *(Reconciliation(each, decimal, part, {Class.FOREIGN: part}) for each, part in others.items()))


def _classified(report: Reconciled) -> Iterator[tuple[Row, Class]]:
    """Each row as it was read, before it was made one with others of its purchase."""
    for row, of in _found(report):
        was = Row(report.whole, row.rows.kept[row.at])
        yield was, Class.FOREIGN if of in _OF_A_CURRENCY and _is_foreign(report.plan, was) else of


def _found(report: Reconciled) -> Iterator[tuple[Row, Class]]:
    for finding in report.purchases:
        yield finding.purchase, _class(report.plan, finding)
    for rejected in report.rejected:
        yield rejected.readable, Class.NOT_READ
    for each in report.merged:
        yield each.row, Class.MERGED
    for void in report.void:
        yield void.row, Class.VOID
    for aside in report.set_aside:
        yield (aside.readable if isinstance(aside, Rejected) else aside), Class.SET_ASIDE


def _is_foreign(plan: Plan, row: Row) -> bool:
    return any(True for _ in _foreign(plan.built.currency, row, plan.built.amount))


def _class(plan: Plan, finding: Finding) -> Class:
    row = finding.purchase
    match finding.unjudged:
        case None:
            return Class.JUDGED
        case Unjudged.OUTSIDE:
            return Class.OUTSIDE
        case Unjudged.UNCLAIMED:
            return Class.NOTHING_ASKED
    if row[plan.built.amount] == 0:
        return Class.ZERO
    measures = plan.working_measures.values()
    counts = not measures or any(finding.counts(measure) is not False for measure in measures)
    return Class.REFUND if counts else Class.IGNORED


def _foreign(own: Currency, row: Row, amount: str) -> Iterator[tuple[Currency, Any]]:
    """The other currency in which the amount of a row is, and its minor units, missing where the cell alone does not
    say them."""
    for fault in row.rows.faults.get(row.at, ()):
        if fault.column == amount and (currency := own.other(fault.reason)) is not None:
            minor = currency.marked(fault.value)
            yield currency, MISSING if minor is None else minor


def sentence(each: Reconciliation) -> Words:
    """A reconciliation on one line."""
    parts = [_part_words(each, part, _LABELS[of]) for of, part in each.parts.items()]
    log = _part_words(each, each.log, Words("台账", "the log"))
    return Words(f"{log.zh} = {' + '.join(w.zh for w in parts)}", f"{log.en} = {' + '.join(w.en for w in parts)}")


def _part_words(of: Reconciliation, part: ClassSum, label: Words) -> Words:
    rows = Words(f"{label.zh} {part.rows:,} 行", f"{label.en} {'1 row' if part.rows == 1 else f'{part.rows:,} rows'}")
    if part.unread == part.rows:
        return Words(f"{rows.zh}（金额未计）", f"{rows.en} (amounts not added up)")
    size = of.currency.shown(part.minor, of.decimal)
    unread = Words("", "")
    if part.unread:
        unread = Words(f"（其中 {part.unread:,} 行金额未计）", f" ({part.unread:,} of them without an amount)")
    return Words(f"{rows.zh} {size}{unread.zh}", f"{rows.en} {size}{unread.en}")
