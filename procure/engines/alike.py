"""Names that may be of one thing: they stay apart, and a verdict that would differ if they were one is not settled.

The rows are placed once with the names apart and once for each way in which they may be one; what differs is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import attrs

from procure.engines.findings import Finding
from procure.log import naming
from procure.log.habits import Habits
from procure.policy.plan import Plan

#: Names of one group of which each two are tried as one, too.
_PAIRED = 4


@attrs.frozen
class Alike:
    """Names of a key column that may be of one thing."""

    key: str
    names: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(map(naming.key, self.names))


def alike(plan: Plan, values: Mapping[str, Iterable[Any]], habits: Habits) -> tuple[Alike, ...]:
    """The names in the key columns of totals that may be of one thing, and of which nobody said whether they are.
    `values` has what the columns say, by name."""
    found = []
    for key in plan.naming:
        column = plan.built.values[key].column
        name = plan.built.values[key].name
        code = column.code
        names = dict.fromkeys(
            value for value in values[name] if isinstance(value, str) and not (code and code.of(value))
        )
        apart = frozenset(map(naming.key, (*habits.apart.get(name, ()), *habits.apart.get(column.ready or name, ()))))
        found += [Alike(key, group) for group in naming.perhaps_one(names, apart)]
    return tuple(found)


def as_one(plan: Plan, found: Sequence[Alike]) -> Iterator[Plan]:
    """The plans by which these names are one: all of them, those of each column alone, and of a few names each two."""
    tried: list[list[Alike]] = [list(found)]
    keys = dict.fromkeys(each.key for each in found)
    if len(keys) > 1:
        tried += [[each for each in found if each.key == key] for key in keys]
    pairs = [list(combinations(each.names, 2)) if 2 < len(each.names) <= _PAIRED else [] for each in found]
    for n in range(max(map(len, pairs), default=0)):
        of_turn = zip(found, pairs, strict=True)
        tried.append([Alike(each.key, of[n]) if n < len(of) else each for each, of in of_turn])
    for groups in tried:
        one: dict[str, dict[str, str]] = {}
        for each in groups:
            one.setdefault(each.key, {}).update(dict.fromkeys(each.keys, naming.key(each.names[0])))
        yield attrs.evolve(plan, one=one)


def opened(finding: Finding, others: Iterable[Finding]) -> Finding:
    """The finding as it stands, not settled where it differs if names are one."""
    outcome = finding.judgement.outcome
    same = all(other.verdict is finding.verdict and (other.settled or not finding.settled) for other in others)
    if same:
        return finding
    breaches = tuple(attrs.evolve(breach, settled=False) for breach in outcome.breaches)
    outcome = attrs.evolve(outcome, settled=False, breaches=breaches)
    return attrs.evolve(finding, judgement=attrs.evolve(finding.judgement, outcome=outcome), by_names=True)
