"""What changed between two reports: purchases added, changed and removed; verdicts of other purchases that changed
because of them, and why; findings new, gone and standing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import attrs

from procure.engines.findings import Finding
from procure.log.cells import Said
from procure.log.columns import Column
from procure.log.rows import Rejected, Row
from procure.reporting.members import members
from procure.reporting.phrases import said, span_of, sum_of
from procure.reporting.report import Report
from procure.values.words import ProcureError, Words

T = TypeVar("T")
_BLANK = Words("", "")

#: A purchase by its key, and the id of a rule that it does not seem to meet.
Found = tuple[str, str]


@attrs.frozen
class ReportRow:
    """A row of a report, as far as two reports are compared: how it was judged, and what it says, by column. `label` is
    its id or its place, `named` whether it has an id; `verdict` that of the report, `rejected` or `void`; `rules` are
    those that it does not seem to meet under the working interpretation; `bands` are by ladder."""

    key: str
    label: str
    named: bool
    verdict: str
    settled: bool
    rules: tuple[str, ...]
    amount: str | None
    totals: Mapping[str, str | None]
    missing: tuple[str, ...] = ()
    bands: Mapping[str, str | None] = attrs.field(factory=dict)
    cells: Mapping[str, Words] = attrs.field(factory=dict, repr=False)

    @property
    def judged(self) -> tuple[object, ...]:
        """All that a verdict is."""
        return self.verdict, self.settled, self.rules, self.missing


@attrs.frozen
class Snapshot:
    """The rows of one report by their keys, in its order. `shares` has for a row the keys of those that make up its
    totals; nobody knows that of a report that was read from a file."""

    entries: Mapping[str, ReportRow]
    shares: Callable[[str], frozenset[str]]

    @property
    def findings(self) -> frozenset[Found]:
        """What is to be confirmed."""
        each = (entry for entry in self.entries.values() if entry.verdict == "violation")
        return frozenset((entry.key, rule) for entry in each for rule in entry.rules)


@attrs.frozen
class Change:
    """A purchase that is not as it was: None where it is not there. `cells` has what changed: the column, what it said
    and what it says."""

    before: ReportRow | None
    after: ReportRow | None
    cells: tuple[tuple[str, Words, Words], ...] = ()

    @property
    def kind(self) -> str:
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def entry(self) -> ReportRow:
        found = self.after or self.before
        assert found is not None
        return found


@attrs.frozen
class Turned:
    """A purchase that says what it said, and is judged otherwise: the totals and the bands that differ, before and
    after, and the changed purchases that its totals count."""

    before: ReportRow
    after: ReportRow
    totals: tuple[tuple[str, str | None, str | None], ...]
    bands: tuple[tuple[str, str | None, str | None], ...]
    by: tuple[ReportRow, ...]


@attrs.frozen
class Changes:
    """The difference of two reports."""

    changes: tuple[Change, ...]
    turned: tuple[Turned, ...]
    new: tuple[Found, ...]
    gone: tuple[Found, ...]
    standing: tuple[Found, ...]
    before: Snapshot = attrs.field(repr=False)
    after: Snapshot = attrs.field(repr=False)

    @property
    def none(self) -> bool:
        """Whether nothing changed."""
        return not (self.changes or self.turned)

    def label(self, key: str) -> str:
        """The id or the place of a purchase."""
        return (self.after.entries.get(key) or self.before.entries[key]).label


def changes(before: Snapshot, after: Snapshot) -> Changes:
    """Compare two reports, whose rows are known by their keys; one whose key is new is known by its id, where that is
    its own in both."""
    before = _renamed(before, after)
    each = dict.fromkeys([*before.entries, *after.entries])
    changed = tuple(change for key in each if (change := _change(before.entries.get(key), after.entries.get(key))))
    touched = {change.entry.key: change.entry for change in changed}
    same = (key for key in before.entries if key in after.entries and key not in touched)
    turned = tuple(
        _turned(before, after, key, touched) for key in same if before.entries[key].judged != after.entries[key].judged
    )
    was, is_ = before.findings, after.findings
    return Changes(
        changed, turned, _ordered(is_ - was, each), _ordered(was - is_, each), _ordered(was & is_, each), before, after
    )


def _renamed(before: Snapshot, after: Snapshot) -> Snapshot:
    """The first with the keys of the second, of purchases whose unit or year changed, but not their id."""
    was, now = (_by_id(snapshot) for snapshot in (before, after))
    names = {
        was[id]: now[id]
        for id in was
        if id in now and was[id] != now[id] and was[id] not in after.entries and now[id] not in before.entries
    }
    back = {new: old for old, new in names.items()}
    entries = {
        names.get(key, key): attrs.evolve(entry, key=names.get(key, key)) for key, entry in before.entries.items()
    }
    return Snapshot(entries, lambda key: frozenset(names.get(each, each) for each in before.shares(back.get(key, key))))


def _by_id(snapshot: Snapshot) -> Mapping[str, str]:
    """The keys of those whose id no other has."""
    named = [entry for entry in snapshot.entries.values() if entry.named]
    often = Counter(entry.label for entry in named)
    return {entry.label: entry.key for entry in named if often[entry.label] == 1}


def _ordered(found: Iterable[Found], keys: Iterable[str]) -> tuple[Found, ...]:
    place = {key: at for at, key in enumerate(keys)}
    return tuple(sorted(found, key=lambda each: (place[each[0]], each[1])))


def _change(before: ReportRow | None, after: ReportRow | None) -> Change | None:
    if before is None or after is None:
        return Change(before, after)
    differ = tuple(_differ(before.cells, after.cells, _BLANK))
    return Change(before, after, differ) if differ else None


def _differ(before: Mapping[str, T], after: Mapping[str, T], nothing: T) -> Iterator[tuple[str, T, T]]:
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name, nothing), after.get(name, nothing)
        if was != now:
            yield name, was, now


def _turned(before: Snapshot, after: Snapshot, key: str, touched: Mapping[str, ReportRow]) -> Turned:
    one, other = before.entries[key], after.entries[key]
    shares = before.shares(key) | after.shares(key)
    return Turned(
        one,
        other,
        tuple(_differ(one.totals, other.totals, None)),
        tuple(_differ(one.bands, other.bands, None)),
        tuple(entry for name, entry in touched.items() if name in shares),
    )


# -- reports ---------------------------------------------------------------------------------------------------------


def snapshot(report: Report) -> Snapshot:
    """A report as it is compared with that of another log: by the keys of its purchases, those that are void, too."""
    found = _snapshot(report, report.keys, lambda row: said(report.plan, row))
    entries = dict(found.entries)
    for row, key in zip((each.row for each in report.void), report.void_keys, strict=True):
        entries.setdefault(key, _entry(report, key, row, None, said(report.plan, row)))
    return Snapshot(entries, found.shares)


def placed(report: Report) -> Snapshot:
    """A report as it is compared with another on the same log: by the places of its purchases, which say the same."""
    return _snapshot(report, [str(at) for at in range(len(report.rows))], lambda row: {})


def _snapshot(report: Report, keys: Sequence[str], cells: Callable[[Row], Mapping[str, Words]]) -> Snapshot:
    found = {finding.purchase.at: finding for finding in report.purchases}
    entries = {}
    for at, key in enumerate(keys):
        row = report.rows[at]
        purchase = row.readable if isinstance(row, Rejected) else row
        entries[key] = _entry(report, key, purchase, found.get(at), cells(purchase), "rejected")
    places = {key: at for at, key in enumerate(keys)}

    def shares(key: str) -> frozenset[str]:
        finding = found.get(places[key]) if key in places else None
        if finding is None:
            return frozenset()
        each = (members(finding, measure, report.rows) for measure in report.plan.working_measures.values())
        return frozenset(keys[member.purchase.at] for of_total in each for member in of_total)

    return Snapshot(entries, shares)


def _entry(
    report: Report, key: str, row: Row, finding: Finding | None, cells: Mapping[str, Words], other: str = "void"
) -> ReportRow:
    """A row with what is found of it; `other` says what it is where that is nothing."""
    identity, minor = row.id, row.minor
    named = identity is not None and not isinstance(identity, Said)
    label = str(identity) if named else f"#{row.origin.row if row.origin.row is not None else row.at + 1}"
    amount = None if minor is None else report.policy.money.plain(minor)
    if finding is None:
        return ReportRow(key, label, named, other, False, (), amount, {}, cells=cells)
    totals = {name: sum_of(report.plan, measure, finding.total(measure))
              for name, measure in report.plan.working_measures.items()}  # fmt: skip
    return ReportRow(
        key, label, named, finding.verdict.value, finding.settled,
        tuple(breach.rule.id for breach in finding.breaches if breach.working is not False), amount, totals,
        finding.missing,
        {ladder: span_of(bands) for ladder, bands in finding.bands.items()}, cells,
    )  # fmt: skip


def saved(text: str, name: str, columns: Mapping[str, Column]) -> Snapshot:
    """A report that was written as JSON, by a policy with these columns. Raises `ProcureError` for a text that is no
    such report."""
    try:
        body = json.loads(text)
        judged = [(each, each["verdict"]) for each in body["purchases"]]
        rejected = [(each, "rejected") for log in body["logs"] for each in log["rejected"]]
        void = [(each, "void") for each in body["void"]]
        entries: dict[str, ReportRow] = {}
        for each, verdict in [*judged, *rejected, *void]:
            entries.setdefault(each["key"], _saved(each, verdict, columns))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ProcureError(
            Words(
                f"{name}：不是 procure check --format json 写出的报告",
                f"{name}: it is no report that procure check --format json wrote",
            )
        ) from None
    return Snapshot(entries, lambda key: frozenset())


def _saved(each: Mapping[str, Any], verdict: str, columns: Mapping[str, Column]) -> ReportRow:
    cells = {name: _shown(columns.get(name), text) for name, text in each["cells"].items()}
    identity = each["id"]
    label = identity or ("#?" if each["row"] is None else f"#{each['row']}")
    if verdict in ("rejected", "void"):
        return ReportRow(each["key"], label, identity is not None, verdict, False, (), each["amount"], {}, cells=cells)
    return ReportRow(
        each["key"], label, identity is not None, verdict, each["settled"], tuple(_breached(each)), each["amount"],
        each["totals"], tuple(each["missing"]), each["bands"], cells,
    )  # fmt: skip


def _shown(column: Column | None, text: str) -> Words:
    if column is None or not column.words:
        return Words(text, text)
    words = text.split("|")
    return column.shown(frozenset(words) if len(words) > 1 else text)


def _breached(each: Mapping[str, Any]) -> Iterator[str]:
    """The rules that it does not seem to meet under the working interpretation."""
    for breach in each["breaches"]:
        if breach["working"] is not False:
            yield breach["rule"]
