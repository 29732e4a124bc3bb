"""Which column of a frame is which of a policy's: as for a file's header, whose first row the names are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import attrs

from procure.log import headers
from procure.log.columns import Column
from procure.log.directions import REMARKS
from procure.log.habits import Habits, OnePurchase
from procure.log.headers import Known
from procure.log.onepurchase import no_column
from procure.log.reading import COUNTING, all_columns, always_of
from procure.log.ready import READY
from procure.log.units import Counted, key
from procure.policy.policy import Policy
from procure.values.words import ProcureError, Words

#: The name of a column by which rows are merged, and which the policy does not have.
BESIDE = "one purchase"

#: What a frame is given, in this order.
VERDICT_COLUMNS = ("verdict", "settled", "flips", "breached", "missing", "tier", "accumulated")


@attrs.frozen
class FrameHeader:
    """For each column of the policy the place of its column, those that say in what amounts are counted besides; what
    the header of each column of amounts says of that; and whether the amount has a column of its own, beside those with
    tax and without."""

    fields: Mapping[str, int]
    units: Mapping[str, Counted]
    own: bool
    #: The names of the columns of amounts with tax and without, and of the tax, by ready name.
    taxed: Mapping[str, str]
    #: The names of those of debits and credits, where the amounts are made of these.
    sides: tuple[str, ...] = ()
    #: The name of the column by which rows are one purchase, where they are merged, and its place where that is none of
    #: the policy's.
    purchase: str = ""
    beside: int | None = None

    @property
    def cells(self) -> Mapping[str, int]:
        """The place of every column that is looked at."""
        return self.fields if self.beside is None else {**self.fields, self.purchase: self.beside}


def columns_of(policy: Policy) -> Mapping[str, Column]:
    """The columns that are read: those of a policy, and those that say whether a row counts."""
    return all_columns(policy.built.columns, always_of(policy.meant, (*COUNTING, *REMARKS)))


def of(names: Sequence[str], habits: Habits, policy: Policy) -> FrameHeader:
    """The header that these names make; raises `ProcureError` where they make none."""
    taken = [name for name in names if name in VERDICT_COLUMNS]
    if taken:
        raise ProcureError(
            Words(
                f"数据框已有“{'、'.join(taken)}”列，结论会覆盖它；请先改名或删去",
                f"the frame has a column {', '.join(taken)} already, which the verdicts would replace: "
                "rename or drop it",
            )
        )
    columns_read = columns_of(policy)
    known = Known.of(columns_read, policy.money, columns_read.keys() - policy.built.columns.keys(), habits.ignored)
    found = headers.find([(0, names)], headers.asked(habits.columns, known.columns), known, first=True)
    problem = found.problem() if found is not None and found.fields else _no_header(names)
    if found is None or problem:
        raise ProcureError(problem or _no_header(names))
    purchase, beside = _purchase(habits.one_purchase, names, found)
    sides = known.sides if found.fields.keys() >= set(known.sides) else ()
    return FrameHeader(found.fields, found.units, found.own, known.taxed, sides, purchase, beside)


def _purchase(wanted: OnePurchase | None, names: Sequence[str], found: headers.Header) -> tuple[str, int | None]:
    """The column by which rows are one purchase: one of the policy, or its place beside these."""
    if wanted is None:
        return "", None
    ready = {found.known.ready(name): name for name in found.fields}
    name = wanted.column if wanted.column in found.fields else ready.get(wanted.column)
    if name is not None:
        return name, None
    tiers = READY[wanted.column].headers if wanted.column in READY else ()
    headed = {key(wanted.column), *map(key, chain.from_iterable(tiers))}
    at = next((at for at, text in enumerate(names) if key(text) in headed), None)
    if at is None:
        raise no_column(wanted.column, names)
    given = next((name for name, place in found.fields.items() if place == at), None)
    return (BESIDE, at) if given is None else (given, None)


def _no_header(names: Sequence[str]) -> Words:
    return Words(f"认不出任何一列：{'、'.join(names)}", f"no column is known among: {', '.join(names)}")
