"""What changed between two reports: purchases added, changed and removed; verdicts of other purchases that changed
because of them, and why; findings new, gone and standing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from procure.log.cells import Said
from procure.log.rows import Rejected, Row
from procure.reporting.members import members
from procure.reporting.phrases import column_name, shown, sum_of
from procure.reporting.report import Report
from procure.values.words import ProcureError, Words

#: A purchase by its key, and the id of a rule that it does not seem to meet.
Found = tuple[str, str]


@attrs.frozen
class Entry:
    """A row of a report, as far as two reports are compared: how it was judged, and what it says. `label` is its id or
    its place; `verdict` that of the report, or `rejected`; `rules` are those that bear on a violation."""

    key: str
    label: str
    verdict: str
    settled: bool
    rules: tuple[str, ...]
    amount: str | None
    totals: Mapping[str, str | None]
    missing: tuple[str, ...] = ()
    cells: Mapping[str, str] = attrs.field(factory=dict, repr=False)

    @property
    def judged(self) -> tuple[object, ...]:
        """All that a verdict is."""
        return self.verdict, self.settled, self.rules, self.missing


@attrs.frozen
class Snapshot:
    """The rows of one report by their keys, in its order. `shares` has for a row the keys of those that make up its
    totals; nobody knows that of a report that was read from a file. `cells` says whether what the rows say is known."""

    entries: Mapping[str, Entry]
    shares: Callable[[str], frozenset[str]]
    cells: bool = True

    @property
    def findings(self) -> frozenset[Found]:
        """What is to be confirmed."""
        each = (entry for entry in self.entries.values() if entry.verdict == "violation")
        return frozenset((entry.key, rule) for entry in each for rule in entry.rules)


@attrs.frozen
class Change:
    """A purchase that is not as it was: None where it is not there. `cells` has what changed: the column, what it said
    and what it says."""

    before: Entry | None
    after: Entry | None
    cells: tuple[tuple[str, str, str], ...] = ()

    @property
    def kind(self) -> str:
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def entry(self) -> Entry:
        found = self.after or self.before
        assert found is not None
        return found


@attrs.frozen
class Turned:
    """A purchase that says what it said, and is judged otherwise: the totals that differ, before and after, and the
    changed purchases that they count."""

    before: Entry
    after: Entry
    totals: tuple[tuple[str, str | None, str | None], ...]
    by: tuple[Entry, ...]


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
    """Compare two reports, whose rows are known by their keys."""
    each = dict.fromkeys([*before.entries, *after.entries])
    changed = tuple(
        change
        for key in each
        if (change := _change(before.entries.get(key), after.entries.get(key), before.cells and after.cells))
    )
    touched = {change.entry.key: change.entry for change in changed}
    same = (key for key in before.entries if key in after.entries and key not in touched)
    turned = tuple(
        _turned(before, after, key, touched) for key in same if before.entries[key].judged != after.entries[key].judged
    )
    was, is_ = before.findings, after.findings
    return Changes(
        changed, turned, _ordered(is_ - was, each), _ordered(was - is_, each), _ordered(was & is_, each), before, after
    )


def _ordered(found: Iterable[Found], keys: Iterable[str]) -> tuple[Found, ...]:
    place = {key: at for at, key in enumerate(keys)}
    return tuple(sorted(found, key=lambda each: (place[each[0]], each[1])))


def _change(before: Entry | None, after: Entry | None, known: bool) -> Change | None:
    if before is None or after is None:
        return Change(before, after)
    names = dict.fromkeys([*before.cells, *after.cells]) if known else {}
    cells = [(name, before.cells.get(name, ""), after.cells.get(name, "")) for name in names]
    if not known:
        cells = [("amount", before.amount or "", after.amount or "")]
    differ = tuple(cell for cell in cells if cell[1] != cell[2])
    return Change(before, after, differ) if differ else None


def _turned(before: Snapshot, after: Snapshot, key: str, touched: Mapping[str, Entry]) -> Turned:
    one, other = before.entries[key], after.entries[key]
    names = dict.fromkeys([*one.totals, *other.totals])
    totals = ((name, one.totals.get(name), other.totals.get(name)) for name in names)
    shares = before.shares(key) | after.shares(key)
    return Turned(
        one,
        other,
        tuple(total for total in totals if total[1] != total[2]),
        tuple(entry for name, entry in touched.items() if name in shares),
    )


# -- reports ---------------------------------------------------------------------------------------------------------


def snapshot(report: Report, by_place: bool = False) -> Snapshot:
    """A report as it is compared: by the keys of its purchases, or by their place in the log, where it is the same
    log."""
    keys = [str(at) for at in range(len(report.rows))] if by_place else list(report.keys)
    found = {finding.purchase.at: finding for finding in report.purchases}
    entries = {}
    for at, key in enumerate(keys):
        row = report.rows[at]
        purchase = row.readable if isinstance(row, Rejected) else row
        finding = found.get(at)
        minor = purchase.minor
        entries[key] = Entry(
            key,
            _label(purchase),
            "rejected" if finding is None else finding.verdict.value,
            finding is not None and finding.settled,
            () if finding is None else tuple(breach.rule.id for breach in finding.relevant),
            None if minor is None else report.policy.money.plain(minor),
            {} if finding is None else {
                name: sum_of(report.plan, measure, finding.total(measure))
                for name, measure in report.plan.working_measures.items()
            },
            () if finding is None else finding.missing,
            _cells(report, purchase),
        )  # fmt: skip

    places = {key: at for at, key in enumerate(keys)}

    def shares(key: str) -> frozenset[str]:
        finding = found.get(places[key]) if key in places else None
        if finding is None:
            return frozenset()
        each = (members(finding, measure, report.rows) for measure in report.plan.working_measures.values())
        return frozenset(keys[member.purchase.at] for of_total in each for member in of_total)

    return Snapshot(entries, shares)


def _label(row: Row) -> str:
    identity = row.id
    if identity is not None and not isinstance(identity, Said):
        return str(identity)
    return f"#{row.origin.row if row.origin.row is not None else row.at + 1}"


def _cells(report: Report, row: Row) -> Mapping[str, str]:
    """What a row says, by the English name of each column."""
    return {
        column_name(report.plan, name).en: _text(report, name, row[name])
        for name in row.rows.values
        if not (isinstance(row[name], Said) and row[name].value in ("missing", "one"))
    }


def _text(report: Report, name: str, value: Any) -> str:
    return value.value if isinstance(value, Said) else shown(report.plan, report.read.columns[name], value).en


def saved(text: str, name: str) -> Snapshot:
    """A report that was written as JSON. Its purchases are known by their ids, those without one by their row; of what
    they say it tells the amounts alone. Raises `ProcureError` for a text that is no such report."""
    try:
        body = json.loads(text)
        purchases = body["purchases"]
        often = Counter(each["id"] for each in purchases)
        entries = dict(_saved(each, often) for each in purchases)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ProcureError(
            Words(
                f"{name}：不是 procure check --format json 写出的报告",
                f"{name}: it is no report that procure check --format json wrote",
            )
        ) from None
    return Snapshot(entries, lambda key: frozenset(), cells=False)


def _saved(each: Mapping[str, Any], often: Mapping[Any, int]) -> tuple[str, Entry]:
    place = f"#{each['row']}" if each["row"] is not None else "#?"
    named = each["id"] is not None and often[each["id"]] == 1
    key = each["id"] if named else f"{each['sheet'] or ''}{place}"
    rules = tuple(_relevant(each))
    entry = Entry(
        key, each["id"] or place, each["verdict"], each["settled"], rules, each["amount"], each["totals"],
        tuple(each["missing"]),
    )  # fmt: skip
    return key, entry


def _relevant(each: Mapping[str, Any]) -> Iterator[str]:
    """The rules that bear on the verdict; of a compliant purchase no rule does, as far as a file tells."""
    for breach in each["breaches"]:
        if breach["working"] is not False:
            yield breach["rule"]
