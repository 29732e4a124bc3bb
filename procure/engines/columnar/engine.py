"""The engine on polars, top to bottom: cells, evidence, ledger, positions, distinct facts, verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

import attrs
import polars as pl

from procure.engines.alike import Alike, alike, as_one
from procure.engines.check import Finder
from procure.engines.columnar import cells as reading
from procure.engines.columnar import directions, money, onepurchase, void
from procure.engines.columnar.chunks import beside, elementwise, in_threads
from procure.engines.columnar.codes import Coded, combine
from procure.engines.columnar.evidence import Cells
from procure.engines.columnar.facts import facts
from procure.engines.columnar.header import VERDICT_COLUMNS, FrameHeader, columns_of
from procure.engines.columnar.judging import Judged, RowOutcome, outcome
from procure.engines.columnar.money import Amounts
from procure.engines.placement import Placer
from procure.log.cells import MISSING
from procure.log.columns import Column
from procure.log.denomination import Denomination
from procure.log.directions import SIDES
from procure.log.faults import ESSENTIAL
from procure.log.habits import Habits, worded
from procure.log.ready import DENOMINATION, READY
from procure.policy.plan import Plan
from procure.policy.policy import Policy
from procure.policy.totals import ROWS
from procure.values.dates import century_shown
from procure.values.money import Currency
from procure.values.words import ProcureError, Words

#: The columns of verdicts, and their types.
TYPES: Mapping[str, Any] = {
    **dict.fromkeys(VERDICT_COLUMNS, pl.Categorical),
    "settled": pl.Boolean,
    "accumulated": pl.String,
}
#: The same for those who know no categories.
PLAIN: Mapping[str, Any] = {**dict.fromkeys(VERDICT_COLUMNS, pl.String), "settled": pl.Boolean}


def verdicts(
    columns: Mapping[str, pl.Series],
    header: FrameHeader,
    policy: Policy,
    any_year: bool,
    habits: Habits,
    there: Iterable[str] = (),
    names: Sequence[Alike] | None = None,
) -> pl.DataFrame:
    """The columns of verdicts for a log in its order. `columns` has those that the log has, by name, below
    this `header`. `there` are data that the log has besides those that are seen here, `names`
    those of the whole log that may be of one thing, where others than those that are seen here."""
    if not len(next(iter(columns.values()))):
        raise ProcureError(Words("采购记录是空的", "the log is empty"))
    judged = partial(_judged, header=header, policy=policy, any_year=any_year, habits=habits, there=there, names=names)
    left_out = void.rows(columns, columns_of(policy), habits.manner(policy.money, policy.decimal), habits)
    return judged(columns) if left_out is None else void.beside(columns, left_out, judged, TYPES)


def _judged(
    columns: Mapping[str, pl.Series],
    header: FrameHeader,
    policy: Policy,
    any_year: bool,
    habits: Habits,
    there: Iterable[str],
    names: Sequence[Alike] | None,
) -> pl.DataFrame:
    """The same of a log of which every row stands."""
    read, amounts = _read(columns, header, policy, habits)
    wanted = habits.one_purchase
    several = None if wanted is None else onepurchase.several(columns, header.purchase, policy, read)
    if wanted is not None and several is not None:
        read, amounts = onepurchase.merged(several, policy.built.columns, wanted.once, read, amounts)
    found = _standing(read, amounts, columns, policy, any_year, habits, there, names)
    return found if several is None else void.between(found, several.out, onepurchase.MERGED, TYPES)


def _standing(
    read: Mapping[str, Coded],
    amounts: Mapping[str, Amounts],
    columns: Mapping[str, pl.Series],
    policy: Policy,
    any_year: bool,
    habits: Habits,
    there: Iterable[str],
    names: Sequence[Alike] | None,
) -> pl.DataFrame:
    """The same of what was read, with a row for each purchase."""
    count = len(amounts[policy.built.amount].minor)
    log = Cells(
        {name: column.map(lambda cell: cell.value) for name, column in read.items()},
        {name: each.minor for name, each in amounts.items()},
        count,
    )
    plan = policy.plan({*data(read, amounts, columns, policy), *_met(policy, log), *there}, any_year)
    refused = _refused(read, amounts, columns, plan)
    found = _found(log, plan, refused)
    if names is None:
        names = alike(plan, {key: column.values for key, column in log.values.items()}, habits)
    for plan_ in as_one(plan, names) if names else ():
        other = _found(log, plan_, refused)
        differs = (found["verdict"].cast(pl.String) != other["verdict"].cast(pl.String)) | ~other["settled"]
        found = found.with_columns(pl.col("settled") & ~differs)
    return found


def _found(log: Cells, plan: Plan, refused: Coded) -> pl.DataFrame:
    """What is found by a plan of each row."""
    placer = Placer(plan)
    found = facts(log, plan, placer)
    judged = Judged(Finder(plan, placer), placer, plan)
    with beside(partial(_totals, plan, found.working, log.count)) as texts:
        outcomes = judged(found).map(partial(outcome, plan))
    if refused.codes is not None:
        outcomes = combine([refused, outcomes]).map(_rejected)
    return _answers(outcomes, log.count).with_columns(_accumulated(outcomes, texts(), log.count))


def _read(
    columns: Mapping[str, pl.Series], header: FrameHeader, policy: Policy, habits: Habits
) -> tuple[dict[str, Coded], dict[str, Amounts]]:
    """The cells of every column, read, and the amounts."""
    declared = worded(policy.built.columns, habits)
    manner = habits.manner(policy.money, policy.decimal)
    says = _counted(columns, declared, manner.currency)
    names = [name for name, column in declared.items() if column.type != "money" or column.blank == "none"]
    sums = [name for name, column in declared.items() if column.type == "money"]
    taxed = {ready: name for ready, name in header.taxed.items() if name in columns}
    parts = {**taxed, **dict(zip(SIDES, header.sides, strict=False))}
    sums += [name for name in parts.values() if name not in declared]
    declared = {**declared, **{name: READY[ready] for ready, name in parts.items() if name not in declared}}
    steps: list[Callable[[], Any]] = []
    for name in sums:
        in_what = header.units.get(name, "")
        series = columns.get(name)
        missing = pl.repeat(None, len(next(iter(columns.values()))), dtype=pl.Int64, eager=True)
        steps.append(
            partial(money.counted, declared[name], manner, missing if series is None else series, in_what, says)
        )
    there = [name for name in names if name in columns]
    steps += [partial(reading.coded, columns[name], manner.zone) for name in there]
    done = in_threads(lambda step: step(), steps)
    cells: dict[str, Coded] = dict(zip(there, done[len(sums) :], strict=True))
    if manner.century is None:
        dated = chain(*(column.values for name, column in cells.items() if declared[name].type == "date"))
        manner = attrs.evolve(manner, century=century_shown(dated, manner.day_first))
    read = {
        name: cells[name].map(reading.reader(declared[name], manner))
        if name in cells
        else reading.left_out(declared[name], manner)
        for name in names
    }
    amounts: dict[str, Amounts] = dict(zip(sums, done, strict=False))
    if "net" in taxed or "gross" in taxed:
        of_tax = {ready: amounts[name] for ready, name in taxed.items()}
        own = amounts[policy.built.amount] if header.own else None
        amounts[policy.built.amount] = money.on_basis(policy.meant, own, **of_tax)
    if header.sides:
        amounts[policy.built.amount] = money.balanced(*(amounts[name] for name in header.sides))
    amounts[policy.built.amount] = directions.directed(
        amounts[policy.built.amount], columns, columns_of(policy), manner, habits
    )
    return read, amounts


def _counted(columns: Mapping[str, pl.Series], declared: Mapping[str, Column], currency: Currency) -> Coded:
    """What the columns of the log say that the amounts of each row count; None of all where there are none that do."""
    names = {column.ready or name: name for name, column in declared.items()}
    there = {ready: columns[name] for ready in DENOMINATION if (name := names.get(ready, ready)) in columns}
    if not there:
        return Coded(None, (None,))
    each = [reading.coded(series) for series in there.values()]
    of = Denomination(currency, {ready: coded.values for ready, coded in zip(there, each, strict=True)})
    return combine(each).map(of)


def data(
    read: Mapping[str, Coded], amounts: Mapping[str, Amounts], columns: Mapping[str, Any], policy: Policy
) -> Iterable[str]:
    """The columns that say something, without which some question cannot be asked."""
    for name, column in policy.built.columns.items():
        if name not in columns:
            continue
        if column.blank == "none":
            yield name
        elif name in amounts:
            if amounts[name].minor.null_count() < len(amounts[name].minor):
                yield name
        elif any(cell.value is not MISSING for cell in read[name].values):
            yield name


def _met(policy: Policy, log: Cells) -> Iterator[str]:
    """What questions need of the rows, as far as it is there."""
    for name, need in policy.built.needs.items():
        rows = combine([log.column(column) for column in need.columns])
        found: Counter[tuple[Any, ...]] = Counter()
        for code, count in rows.numbers(log.count).value_counts().rows():
            found[rows.values[code]] += count
        if need.among(found):
            yield name


def _refused(read: Mapping[str, Coded], amounts: Mapping[str, Amounts], columns: Collection[str], plan: Plan) -> Coded:
    """Of each row that cannot be read at all the first column at fault, None of all others."""
    built = plan.built
    essential = [name for name, column in built.columns.items() if column.ready in ESSENTIAL]
    count = len(amounts[built.amount].minor)
    faulty = {
        name: column.series([each.fault for each in column.values], pl.Boolean, count)
        for name, column in read.items()
        if any(each.fault for each in column.values)
    }
    faulty |= {name: each.fault for name, each in amounts.items() if each.fault is not None}
    if not faulty or not all(name in columns for name in essential):
        return Coded(None, [None])
    silent = [
        amounts[name].minor.is_null()
        if name in amounts
        else read[name].series([each.value is MISSING for each in read[name].values], pl.Boolean, count)
        for name in essential
    ]
    names = [*plan.column_order[::-1]]
    code = pl.lit(0)
    for n, name in enumerate(names, 1):
        if name in faulty:
            code = pl.when(pl.lit(faulty[name])).then(n).otherwise(code)
    refused = pl.when(pl.all_horizontal(map(pl.lit, silent))).then(code).otherwise(0)
    return Coded(pl.select(refused).to_series(), [None, *names])


def _rejected(each: tuple[str | None, RowOutcome]) -> RowOutcome:
    """The outcome of a row, which may not have been readable."""
    fault, outcome = each
    return outcome if fault is None else RowOutcome("rejected", None, missing=fault)


def _answers(outcomes: Coded, count: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            name: outcomes.series([getattr(each, name) for each in outcomes.values], dtype, count)
            for name, dtype in TYPES.items()
            if name != "accumulated"
        }
    )


def _totals(plan: Plan, working: Mapping[str, pl.DataFrame], count: int) -> Mapping[str, pl.Series]:
    """The sums as text, by total."""
    found = {}
    for name, sums in working.items():
        currency = None if plan.working_measures[name].way.sum == ROWS else plan.built.currency
        found[name] = elementwise(sums, _text(sums.columns, currency).alias("accumulated"))
    return found


def _accumulated(outcomes: Coded, texts: Mapping[str, pl.Series], count: int) -> pl.Series:
    """For each row the total of the ladder that applies to it; none for a row that cannot be read."""
    names = [each.total for each in outcomes.values]
    if len(texts) == 1 and set(names) == set(texts):
        return next(iter(texts.values()))
    found = pl.repeat(None, count, dtype=pl.String, eager=True)
    for name, text in texts.items():
        here = outcomes.series([each == name for each in names], pl.Boolean, count)
        found = text.zip_with(here, found)
    return found.alias("accumulated")


def _text(columns: list[str], currency: Currency | None) -> pl.Expr:
    """Sums as the contract writes them."""
    low = _plain(pl.col("low"), currency)
    if "spread" not in columns:
        return low
    high = _plain(pl.col("low") + pl.col("spread"), currency)
    found = pl.when(pl.col("spread") > 0).then(pl.concat_str(low, pl.lit(".."), high)).otherwise(low)
    if "unread" not in columns:
        return found
    found = pl.when(pl.col("unread") > 0).then(pl.concat_str(low, pl.lit(".."))).otherwise(found)
    return pl.when(pl.col("sunk") > 0).then(None).otherwise(found)


def _plain(minor: pl.Expr, currency: Currency | None) -> pl.Expr:
    if currency is None or currency.decimals == 0:
        return minor.cast(pl.String)
    found: pl.Expr = (minor.cast(pl.Decimal(38, currency.decimals)) / 10**currency.decimals).cast(pl.String)
    return found
