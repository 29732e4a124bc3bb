"""The findings of one check, grouped and counted. A report judges nothing."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

from procure.engines.findings import Finding, Notice
from procure.engines.judge import LEAST_CERTAIN_FIRST, Breach, Verdict
from procure.engines.ledger import Posted
from procure.log.corrections import Correction
from procure.log.onepurchase import Merged
from procure.log.records import Log, Purchase
from procure.log.rows import CellFault, Rejected, Row, Rows
from procure.log.statuses import Void
from procure.policy.plan import Plan
from procure.policy.policy import Policy
from procure.policy.rules import Ruling
from procure.reporting import leaving, waivers
from procure.reporting.causes import Cause, causes
from procure.reporting.digest import Digest
from procure.reporting.explain import Explanation, explain
from procure.reporting.frames import UnderReading, columns, library, under_readings
from procure.reporting.impact import Impact
from procure.reporting.keys import keys
from procure.reporting.lacking import Lacked, Lacking
from procure.reporting.leaving import Left, left_open
from procure.reporting.patterns import DAYS, PERCENT, Patterns, patterns
from procure.reporting.phrases import breach_message, done
from procure.reporting.receipt import Receipt
from procure.reporting.reconciling import Reconciliation, reconciliations
from procure.reporting.totals import AccountTotal
from procure.reporting.waivers import Waived, Waiver
from procure.values.words import Lang, ProcureError, Words

#: What an office entered beside findings, by the purchase's key and the rule's id; see `carry`.
Entered = Mapping[tuple[str, str], Mapping[str, object]]
NOTHING_ENTERED: Entered = {}


@attrs.frozen(repr=False)
class Confirm:
    """A finding for an office to confirm: one purchase, and one rule that it does not seem to meet."""

    finding: Finding
    breach: Breach

    @property
    def purchase(self) -> Row:
        return self.finding.purchase

    @property
    def rule(self) -> Ruling:
        return self.breach.rule

    @property
    def settled(self) -> bool:
        """Whether the rule is breached under every reading left open."""
        return self.breach.settled

    @property
    def done(self) -> Words:
        """What the log shows of it."""
        return done(self.finding.plan, self.purchase, self.rule.shows)

    def __str__(self) -> str:
        return f"{self.purchase.origin}: {self.rule.id}: {breach_message(self.finding, self.breach).en}"

    def __repr__(self) -> str:
        return f"<Confirm {self}>"


@attrs.frozen(slots=False, repr=False)
class Report:
    """What `check` found. `purchases` has a finding for every row that was read, in the order of the log."""

    policy: Policy
    #: The policy as it faced this log.
    plan: Plan = attrs.field(repr=False)
    log: Log = attrs.field(repr=False)
    #: The rows of the log as the policy's columns read them.
    read: Rows = attrs.field(repr=False)
    purchases: tuple[Finding, ...] = attrs.field(repr=False)
    #: What a reader must know of the log as a whole; see `notices`.
    noted: tuple[Notice, ...] = attrs.field(repr=False)
    any_year: bool
    #: Where each row of the log stands in the ledger.
    postings: Sequence[Posted] = attrs.field(repr=False)
    #: The rows that were set aside, as if they were not there.
    set_aside: tuple[Row | Rejected, ...] = attrs.field(default=(), repr=False)
    #: The rows that are void, each with the word that says so: they count in nothing.
    void: tuple[Void, ...] = attrs.field(default=(), repr=False)
    #: The rows that are not the first of their purchase, where rows of one purchase are one.
    merged: tuple[Merged, ...] = attrs.field(default=(), repr=False)
    entered: Entered = attrs.field(factory=dict, repr=False)
    #: The cells that were corrected, and what became of each.
    corrections: tuple[Correction, ...] = attrs.field(default=(), repr=False)
    #: How the check was asked for, where the command line or the page was asked.
    receipt: Receipt | None = attrs.field(default=None, repr=False)
    #: The exceptions on record; see `waive`.
    waivers: tuple[Waiver, ...] = attrs.field(default=(), repr=False)
    #: What stands together under a cut, where that was asked for; see `patterned`.
    patterns: Patterns | None = attrs.field(default=None, repr=False)
    #: The rows as they were read, before any was left out.
    whole: Rows = attrs.field(repr=False, kw_only=True)
    #: The day of the check: what makes two reports on the same log differ, and nothing else does.
    checked_on: dt.date = attrs.field(factory=dt.date.today)

    @property
    def rows(self) -> tuple[Row | Rejected, ...]:
        """Every row of the log, whether it could be read or not."""
        return self.read.all

    @cached_property
    def left_open(self) -> tuple[Left, ...]:
        """What the gaps of the log leave open: by column, the one first that leaves most verdicts open."""
        return left_open(self.plan, self.read, self.purchases)

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """What a reader must know of the log as a whole: what its gaps leave open, then the rest."""
        return (*leaving.notices(self.plan, self.read, self.left_open), *self.idle_waivers, *self.noted)

    @property
    def idle_waivers(self) -> tuple[Notice, ...]:
        """The exceptions that waive nothing, each with why."""
        return tuple(Notice("idle-waiver", words) for words in waivers.notices(self.waived))

    @cached_property
    def waived(self) -> Waived:
        """The exceptions beside the violations that they are for."""
        return waivers.waived(self.plan, self.violations, self.waivers, lambda: self.keys)

    def patterned(self, days: int = DAYS, percent: int = PERCENT) -> Report:
        """The same report with what stands together under a cut within so many days, and what is so many hundredths
        below one: patterns, apart from the findings."""
        return attrs.evolve(self, patterns=patterns(self.plan, self.purchases, days, percent))

    def recorded(
        self,
        receipt: Receipt | None,
        corrections: tuple[Correction, ...] = (),
        entered: Entered = NOTHING_ENTERED,
    ) -> Report:
        """The same, with how the check was asked for, and what an office corrected and entered."""
        return attrs.evolve(self, receipt=receipt, corrections=corrections, entered=entered)

    def waive(self, recorded: str | os.PathLike[str] | Sequence[Waiver]) -> Report:
        """The same report with recorded exceptions: of a `waivers.toml`, or made in Python. A waived violation is still
        listed and counted; it does not make the exit status 1. Raises `ProcureError` for a record that cannot be read,
        or is of another policy, and for a duty or a column that the policy does not have."""
        entries = waivers.of_policy(self.policy, recorded)
        return attrs.evolve(self, waivers=(*self.waivers, *entries))

    @cached_property
    def reconciliation(self) -> tuple[Reconciliation, ...]:
        """Every row in one class, so that rows and money add up to the log's: in the policy's currency, then in each
        other one."""
        return reconciliations(self)

    @property
    def aside(self) -> Words | None:
        """The rows that were set aside and the files that could not be read, in words; None where there are none."""
        aside = [leaving.aside(self.plan, self.set_aside)] if self.set_aside else []
        every = [*aside, *([leaving.unread(self.read.unread)] if self.read.unread else [])]
        return Words("".join(each.zh for each in every), " ".join(each.en for each in every)) if every else None

    def write(self, path: str | os.PathLike[str], lang: Lang = "zh") -> None:
        """Write the report to a file, in the format that the path's ending names, whole or not at all. Raises
        `ProcureError` for an ending that is not known and a place that cannot be written to."""
        from procure import writers  # what writes a report knows it, and is not needed to judge

        writers.write(self, path, lang)

    def __repr__(self) -> str:
        return f"<Report {self.policy.id}: {self.digest.result.en} {self.digest.covered.en}>"

    def summary(self, lang: Lang = "zh") -> str:
        """The first screen as text: the result, how much of the log it covers, the totals of most money, what to do
        next."""
        from procure import writers

        return writers.text.screen(self, lang)

    def totals(self) -> tuple[AccountTotal, ...]:
        """The totals against the bands, the most money first; amounts in minor units (fen, pence, cents)."""
        return self.digest.totals

    def readings(self) -> tuple[UnderReading, ...]:
        """For each purchase that is judged, each question left open and each reading of it, the verdict if that one
        question is answered so."""
        return tuple(under_readings(self))

    def to_polars(self) -> Any:
        """A polars DataFrame: a row for every row of the log, in its order, `at` its number there. Raises
        `ProcureError` where polars is not installed."""
        return library("polars").DataFrame(columns(self), infer_schema_length=None)

    def to_pandas(self) -> Any:
        """The same as a pandas DataFrame. Raises `ProcureError` where pandas is not installed."""
        return library("pandas").DataFrame(columns(self))

    def to_arrow(self) -> Any:
        """The same as a pyarrow Table. Raises `ProcureError` where pyarrow is not installed."""
        return library("pyarrow").table(columns(self))

    def _repr_html_(self) -> str:
        """For a notebook: the summary and the first findings."""
        from procure import writers

        return writers.page.fragment(self)

    @cached_property
    def left_over(self) -> tuple[tuple[str, Mapping[str, object]], ...]:
        """What was entered beside what is no finding of this report, by the key of the purchase and the rule."""
        there = {(self.keys[each.purchase.at], each.rule.id) for each in self.findings} if self.entered else set()
        return tuple((" ".join(key), said) for key, said in self.entered.items() if key not in there)

    @cached_property
    def findings(self) -> tuple[Confirm, ...]:
        """What is to be confirmed: one for each purchase and rule, those under every reading first."""
        return tuple(Confirm(finding, breach) for finding in self.violations for breach in finding.relevant)

    @cached_property
    def keys(self) -> Sequence[str]:
        """By what each row is known in another month's log."""
        return keys(self.plan, self.read)

    @property
    def void_keys(self) -> Sequence[str]:
        """The same of the rows that are void."""
        return keys(self.plan, self.whole.only([each.row.at for each in self.void]))

    @cached_property
    def digest(self) -> Digest:
        """What every writer of this report lays out."""
        return Digest(self)

    def impact(self) -> Impact:
        """What each open question costs on this log, and in which order to ask them."""
        return self.digest.impact

    def explain(self, purchase: Row | Purchase) -> Explanation:
        """Why a purchase was judged as it was. Raises `ProcureError` for one that is not of this report."""
        finding = next((found for found in self.purchases if self._is(found, purchase)), None)
        if finding is None:
            raise ProcureError(Words("本报告没有这笔采购", "this purchase is not of this report"))
        return explain(finding, self.rows, self.lacking(finding))

    @cached_property
    def _lacked(self) -> Lacked:
        return Lacked(self.plan, self.rows)

    def lacking(self, finding: Finding) -> Lacking | None:
        """What a violation lacked: what was asked for at the time and the log does not show; None of a purchase that is
        no violation."""
        return self._lacked(finding)

    def _is(self, finding: Finding, purchase: Row | Purchase) -> bool:
        at, built = self.read.kept[finding.purchase.at], self.log.purchases
        return finding.purchase == purchase or (at < len(built) and built[at] is purchase)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.purchases)

    def __len__(self) -> int:
        return len(self.purchases)

    def with_verdict(self, verdict: Verdict, settled: bool | None = None) -> tuple[Finding, ...]:
        """The findings of one verdict, in the order of the log; settled or disputed ones only if asked."""
        return tuple(f for f in self.purchases if f.verdict is verdict and settled in (None, f.settled))

    @cached_property
    def violations(self) -> tuple[Finding, ...]:
        """Violations of the working interpretation, the settled ones first."""
        return tuple(sorted(self.with_verdict(Verdict.VIOLATION), key=lambda f: not f.settled))

    @cached_property
    def exposures(self) -> tuple[Finding, ...]:
        """Compliant purchases that one other answer would change."""
        return tuple(f for f in self.purchases if f.exposed)

    @cached_property
    def unknown(self) -> tuple[Finding, ...]:
        return self.with_verdict(Verdict.UNKNOWN)

    @cached_property
    def compliant(self) -> tuple[Finding, ...]:
        return self.with_verdict(Verdict.COMPLIANT)

    @cached_property
    def not_applicable(self) -> tuple[Finding, ...]:
        return self.with_verdict(Verdict.NOT_APPLICABLE)

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        return self.read.rejected

    @property
    def cell_faults(self) -> tuple[CellFault, ...]:
        """The cells that could not be understood, row by row: each is one missing datum of a row that is judged by what
        else it says, or of one that is rejected."""
        return tuple(fault for faults in self.read.faults.values() for fault in faults)

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """Why cells were not understood, each cause once, and the words that may mean several things."""
        return causes(self.read)

    @property
    def judged(self) -> int:
        """How many purchases the policy speaks to."""
        return len(self.purchases) - len(self.not_applicable)

    @property
    def exit_status(self) -> int:
        """0: all judged and compliant, or waived; 1: violations that are not waived; 3: none, but something unknown,
        rejected or set aside, a file not read, or less than half of the rows or of the money judged."""
        if not all(map(self.waived.whole, self.violations)):
            return 1
        aside = self.rejected or self.set_aside or self.read.unread
        return 3 if self.unknown or aside or self.digest.coverage.little else 0


@attrs.frozen(slots=False)
class Reports:
    """What `check` found by several versions of one policy: a report for each, in which purchases of other days are
    counted and not judged."""

    by_version: Mapping[str, Report]

    @cached_property
    def purchases(self) -> tuple[Finding, ...]:
        """The finding of every row that was read, by the version that was in force on its day. A row without a day is
        judged by each: of what they find the least certain stands."""
        found: dict[int, Finding] = {}
        for report in self.by_version.values():
            for finding in report:
                at = report.read.kept[finding.purchase.at]
                before = found.get(at)
                if before is None or _certainty(finding) < _certainty(before):
                    found[at] = finding
        return tuple(found[at] for at in sorted(found))

    def patterned(self, days: int = DAYS, percent: int = PERCENT) -> Reports:
        """The same with patterns; see `Report.patterned`."""
        return Reports({name: report.patterned(days, percent) for name, report in self.by_version.items()})

    def recorded(
        self,
        receipt: Receipt | None,
        corrections: tuple[Correction, ...] = (),
        entered: Entered = NOTHING_ENTERED,
    ) -> Reports:
        """The same, with how the check was asked for, and what an office corrected and entered."""
        return Reports({name: one.recorded(receipt, corrections, entered) for name, one in self.by_version.items()})

    def waive(self, recorded: str | os.PathLike[str] | Sequence[Waiver]) -> Reports:
        """The same with recorded exceptions; see `Report.waive`."""
        return Reports({name: report.waive(recorded) for name, report in self.by_version.items()})

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.purchases)

    def __len__(self) -> int:
        return len(self.purchases)

    def explain(self, purchase: Row) -> Explanation:
        """Why a purchase was judged as it was, by the version of its day."""
        for report in self.by_version.values():
            if any(finding.purchase is purchase for finding in report):
                return report.explain(purchase)
        raise ProcureError(Words("本报告没有这笔采购", "this purchase is not of this report"))

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """The rows that none of the versions can read."""
        each = [{one.read.kept[row.readable.at]: row for row in one.rejected} for one in self.by_version.values()]
        return tuple(row for at, row in each[0].items() if all(at in rows for rows in each))

    @property
    def exit_status(self) -> int:
        """As of one report."""
        verdicts = {finding.verdict for finding in self.purchases}
        waived = {id(report.plan): report.waived for report in self.by_version.values()}
        violations = [finding for finding in self.purchases if finding.verdict is Verdict.VIOLATION]
        if not all(waived[id(finding.plan)].whole(finding) for finding in violations):
            return 1
        aside = any(report.set_aside or report.read.unread for report in self.by_version.values())
        return 3 if Verdict.UNKNOWN in verdicts or self.rejected or aside or verdicts <= {Verdict.NOT_APPLICABLE} else 0

    def write(self, path: str | os.PathLike[str], lang: Lang = "zh") -> None:
        """Write each report to a file of its own: `findings.csv` becomes `findings-2019.csv`, `findings-2020.csv`."""
        for name, report in self.by_version.items():
            report.write(of_version(path, name), lang)


def of_version(path: str | os.PathLike[str], version: str) -> Path:
    """The file for the report by one version: `findings-2019.csv`; the path itself where there is but one."""
    file = Path(path)
    return file.with_name(f"{file.stem}-{version}{file.suffix}") if version else file


def _certainty(finding: Finding) -> tuple[int, bool]:
    return LEAST_CERTAIN_FIRST.index(finding.verdict), finding.settled
