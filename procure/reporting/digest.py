"""What a report says, computed once: every writer lays out these groups, sums and counts, and none has its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

import attrs

from procure.engines.findings import Finding, Notice
from procure.log.cells import Said
from procure.log.records import Log, Origin
from procure.log.rows import Row
from procure.policy.rules import Ruling
from procure.reporting import first
from procure.reporting.first import Coverage
from procure.reporting.groups import Group, grouped
from procure.reporting.impact import Impact, impact
from procure.reporting.leaving import Left
from procure.reporting.notices import CAUSES
from procure.reporting.standing import VIOLATIONS, Checked, Outcome, Standing, origin_of, purchase_of, standing
from procure.reporting.supplying import Blank, blanks
from procure.reporting.tasks import Task, tasks
from procure.reporting.totals import AccountTotal, totals
from procure.reporting.typed import Typed
from procure.reporting.waivers import Waived
from procure.values.words import Words

#: A change of answers that changes a verdict, question by question.
Flip = tuple[tuple[str, str], ...]


class Digested(Checked, Protocol):
    """A report, as far as the digest knows it."""

    @property
    def log(self) -> Log: ...
    @property
    def left_open(self) -> tuple[Left, ...]: ...
    @property
    def noted(self) -> tuple[Notice, ...]: ...
    @property
    def notices(self) -> tuple[Notice, ...]: ...
    @property
    def violations(self) -> tuple[Finding, ...]: ...
    @property
    def waived(self) -> Waived: ...
    @property
    def idle_waivers(self) -> tuple[Notice, ...]: ...


@attrs.frozen
class TableOutcome:
    """A table of the log, or a file, and how its rows came out: judged, not applicable and not read add up to all.
    `minor` is what its amounts come to in minor units, as far as they are known, `findings` are those of the judged
    that are to be confirmed. `mapping` is the one that it took of several, `why` says of a file that it could not be
    read at all."""

    file: str | None
    sheet: str | None
    sha256: str | None
    judged: int = 0
    not_applicable: int = 0
    rejected: int = 0
    minor: int = 0
    findings: int = 0
    mapping: str = ""
    why: Words | None = None

    @property
    def read(self) -> int:
        return self.judged + self.not_applicable

    @property
    def rows(self) -> int:
        return self.read + self.rejected


@attrs.frozen(slots=False, eq=False)
class Digest:
    """Everything that a report says, in the order in which a reader wants it."""

    report: Digested

    # -- the first screen --------------------------------------------------------------------------------------------

    @cached_property
    def title(self) -> Words:
        """Whose purchases, of which days, and by which policy."""
        return first.title(self.report.plan, self.report.read)

    @cached_property
    def lead(self) -> Words | None:
        """What a reader must know before the result: that little was judged, or that the log lacks the columns that
        show how was bought. None where there is nothing of the kind."""
        plan, unknown = self.report.plan, self.groups[Standing.UNKNOWN]
        little = first.little(plan, self.coverage, self.findings(Standing.NOT_APPLICABLE))
        if little is not None or not self.lacking:
            return little
        return first.lacking_words(plan, self.lacking, unknown, self.coverage.judged, bool(self.totals))

    @cached_property
    def lacking(self) -> tuple[str, ...]:
        """The columns that the log does not have, where most purchases cannot be judged without."""
        unknown = self.groups[Standing.UNKNOWN]
        return first.lacking(self.report.plan, self.report.read, unknown, self.coverage.judged)

    @cached_property
    def result(self) -> Words:
        """What was found, in one sentence."""
        report, found = self.report, self.report.waived
        return first.result(
            report.plan, self.groups, sum(map(found.whole, report.violations)), len(found.waive_nothing)
        )

    @cached_property
    def coverage(self) -> Coverage:
        """How much of the log was judged."""
        return first.coverage(self.report.plan, self.every, self.groups)

    @cached_property
    def covered(self) -> Words:
        """The same in words."""
        return first.coverage_words(self.report.plan, self.coverage)

    @cached_property
    def totals(self) -> tuple[AccountTotal, ...]:
        """The totals against the bands, the most money first."""
        return totals(self.report.plan, self.report.purchases)

    @cached_property
    def impact(self) -> Impact:
        """What each open question costs on this log."""
        return impact(self.report)

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """What to do next, the most telling first."""
        return tasks(self.report.plan, self.report.read, self.groups, self.missing, self.impact, self.causes)

    # -- how the rows came out ---------------------------------------------------------------------------------------

    @cached_property
    def groups(self) -> Mapping[Standing, Group]:
        """The rows by how they came out, each group in the order of the log."""
        rows: Mapping[Standing, list[Outcome]] = {each: [] for each in Standing}
        for row in self.every.rows:
            rows[standing(row)].append(row)
        return {each: Group.of(found) for each, found in rows.items()}

    def findings(self, *standings: Standing) -> tuple[Finding, ...]:
        """The purchases that came out so, in the order of these and then of the log."""
        rows = (row for each in standings for row in self.groups[each].rows)
        return tuple(row for row in rows if isinstance(row, Finding))

    @cached_property
    def every(self) -> Group:
        """All rows: those that could be read, then the others."""
        return Group.of((*self.report.purchases, *self.report.rejected))

    @cached_property
    def missing(self) -> list[tuple[tuple[str, ...], list[Finding]]]:
        """The data that would decide, and the purchases that wait for them: those of most purchases first."""
        return grouped(self.findings(Standing.UNKNOWN), lambda finding: finding.missing)

    @cached_property
    def blanks(self) -> tuple[Blank, ...]:
        """The cells to be supplied, those for which most verdicts wait first."""
        report = self.report
        typed = Typed(report.log, report.read)
        return blanks(typed, report.read, self.groups[Standing.UNKNOWN], report.left_open, self.every)

    def by_rule(self, findings: Sequence[Finding]) -> list[tuple[Ruling, list[Finding]]]:
        """Violations by the first rule that each breaches, in the order of the policy."""
        found: dict[str, list[Finding]] = {rule.id: [] for rule in self.report.plan.rules}
        for finding in findings:
            found[finding.relevant[0].rule.id].append(finding)
        return [(rule, found[rule.id]) for rule in self.report.plan.rules if found[rule.id]]

    def by_flips(self, findings: Iterable[Finding]) -> list[tuple[tuple[Flip, ...], list[Finding]]]:
        """Findings by the answers that would change them, the largest group first."""
        return grouped(findings, lambda finding: tuple(tuple(flip.items()) for flip in finding.flips))

    # -- the log -----------------------------------------------------------------------------------------------------

    @cached_property
    def tables(self) -> tuple[TableOutcome, ...]:
        """Every table that was read, and any other that rows are of."""
        known = {(each.file or None, each.sheet): (each.sha256, each.mapping) for each in self.report.read.sources}
        return (*_counted(self.every.rows, known, lambda origin: (origin.file, origin.sheet)), *self._unread)

    @cached_property
    def files(self) -> tuple[TableOutcome, ...]:
        """The same by file, in the order of the log."""
        read = self.report.read
        known: dict[_Table, tuple[str, str]] = {
            (source.file or None, None): (source.sha256, source.mapping) for source in read.sources
        }
        for origin in read.origins:
            known.setdefault((origin.file, None), ("", ""))
        return (*_counted(self.every.rows, known, lambda origin: (origin.file, None)), *self._unread)

    @property
    def _unread(self) -> Iterator[TableOutcome]:
        return (TableOutcome(each.origin.file, None, None, why=each.why) for each in self.report.read.unread)

    @cached_property
    def alone(self) -> bool:
        """Whether all rows are of one table, so that a row number says where one stood."""
        return len({(origin.file, origin.sheet) for origin in self.report.read.origins}) == 1

    def place(self, origin: Origin) -> Words:
        """File, sheet and row; the row alone where there is but one table."""
        if self.alone and origin.row is not None:
            return Words(f"第{origin.row}行", f"row {origin.row}")
        return Words(str(origin), str(origin))

    # -- the log as a whole ------------------------------------------------------------------------------------------

    @cached_property
    def causes(self) -> tuple[Notice, ...]:
        """What was not understood, each cause once."""
        return tuple(notice for notice in self.report.notices if notice.kind in CAUSES)

    @cached_property
    def gaps(self) -> tuple[Notice, ...]:
        """What the gaps of the log leave open, the most verdicts first."""
        return tuple(notice for notice in self.report.notices if notice.kind == "leaves-open")

    @cached_property
    def remarks(self) -> tuple[Notice, ...]:
        """Every other notice."""
        rest = (notice for notice in self.report.noted if notice.kind not in CAUSES)
        return (*self.report.idle_waivers, *rest)


def bought(purchase: Row) -> tuple[str, ...]:
    """What identifies a purchase for a reader: its id, date, unit, category and description, as far as it has them."""
    stated = (purchase.id, purchase.date, purchase.unit, purchase.category, purchase.description)
    return tuple(str(part) for part in stated if part and not isinstance(part, Said))


#: A table by its file and sheet; a file alone has no sheet.
_Table = tuple[str | None, str | None]


def _counted(
    rows: Iterable[Outcome], known: Mapping[_Table, tuple[str, str]], table: Callable[[Origin], _Table]
) -> tuple[TableOutcome, ...]:
    """How the rows of each table came out; `known` has sha256 and mapping of those that were read."""
    found: dict[_Table, list[Outcome]] = {each: [] for each in known}
    for row in rows:
        found.setdefault(table(origin_of(row)), []).append(row)
    return tuple(_source(each, *known.get(each, ("", "")), of) for each, of in found.items())


def _source(table: _Table, sha256: str, mapping: str, rows: Sequence[Outcome]) -> TableOutcome:
    standings = Counter(map(standing, rows))
    silent, rejected = standings[Standing.NOT_APPLICABLE], standings[Standing.REJECTED]
    findings = sum(standings[each] for each in VIOLATIONS)
    minor = sum(purchase_of(row).minor or 0 for row in rows)
    return TableOutcome(
        *table, sha256 or None, len(rows) - silent - rejected, silent, rejected, minor, findings, mapping
    )
