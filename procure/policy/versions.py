"""Several versions of one policy side by side: each purchase is judged by the one that was in force on its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import attrs

from procure.policy.limits import Limit
from procure.policy.policy import Policy
from procure.values.faults import Faults
from procure.values.words import ProcureError, Words


@attrs.frozen(slots=False)
class Versions:
    """The versions of one policy by their names, the earliest first. One that does not say until when it is in force is
    so until the next.

    Raises `PolicyError` for versions of different policies or currencies, and for days on which two are in force.
    """

    written: Mapping[str, Policy]
    #: As they judge: each until the next.
    policies: Mapping[str, Policy] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        ordered = sorted(self.written.items(), key=lambda item: item[1].in_force.since or dt.date.min)
        faults = Faults()
        for key in ("id", "currency"):
            if len({getattr(policy, key) for _, policy in ordered}) > 1:
                each = ", ".join(f"{name}: {getattr(policy, key)}" for name, policy in ordered)
                faults.add((key,), f"各版本不同（{each}）", f"the versions differ ({each})")
        found = dict(ordered)
        for (before, one), (after, other) in pairwise(ordered):
            since, until = other.in_force.since, one.in_force.until
            if since is None or (until is not None and since <= until):
                zh = f"{before} 至 {until or '未写明'}，{after} 自 {since or '未写明'}"
                en = f"{before} until {until or 'not stated'}, {after} from {since or 'not stated'}"
                faults.add((after, "in-force"), f"与 {before} 同日有效（{zh}）", f"two are in force at once ({en})")
            elif until is None:
                found[before] = _until(one, since - dt.timedelta(1))
        faults.raise_any(ordered[0][1].id)
        object.__setattr__(self, "policies", found)

    @property
    def id(self) -> str:
        return next(iter(self.policies.values())).id

    def __iter__(self) -> Iterator[Policy]:
        return iter(self.policies.values())

    def with_given(self, **given: Any) -> Versions:
        """The versions with these limits and lists, each with those that it declares. Raises `ProcureError` for one
        that no version has."""
        known = {name for policy in self for name in _given(policy)}
        names = {name: name if name in known else name.replace("_", "-") for name in given}
        strange = [name for name, meant in names.items() if meant not in known]
        if strange:
            which = ", ".join(strange)
            raise ProcureError(Words(f"没有哪一版须给出“{which}”", f"no version is given a limit or list {which!r}"))
        return self._each(
            lambda policy: policy.with_given(
                **{names[name]: value for name, value in given.items() if names[name] in _given(policy)}
            )
        )

    def adopt(self, answers: Mapping[str, str]) -> Versions:
        """The versions as an office has settled them; an answer goes to those that ask the question."""
        for question in answers:
            if not any(question in policy.built.questions for policy in self):
                next(iter(self)).adopt({question: answers[question]})
        return self._each(
            lambda policy: policy.adopt({q: r for q, r in answers.items() if q in policy.built.questions})
        )

    def as_of(self, day: dt.date) -> Versions | None:
        """The versions published by a day; None where none was."""
        known = {name: found for name, one in self.written.items() if (found := as_of(one, day)) is not None}
        return Versions(known) if known else None

    def _each(self, change: Callable[[Policy], Policy]) -> Versions:
        return Versions({name: change(policy) for name, policy in self.written.items()})


def of_year(policy: Policy | Versions, year: str | None) -> tuple[Policy | Versions, bool]:
    """What judges the purchases of a budget year alone, in force or not; and whether those of every year are judged.
    Raises `ProcureError` for what is no year, and for every year by several versions."""
    if year is None:
        return policy, False
    if year == "all":
        if isinstance(policy, Versions):
            raise ProcureError(
                Words(
                    "--year all 须指明用哪一版：--policy 文件夹/版本",
                    "--year all needs one version: name its folder, --policy FOLDER/VERSION",
                )
            )
        return policy, True
    if not year.isdecimal() or not 1900 <= int(year) <= 2200:
        raise ProcureError(Words(f"--year {year}：须为年份或 all", f"--year {year}: it must be a year, or all"))
    if isinstance(policy, Policy):
        return policy.in_year(int(year)), False
    within = {name: one.within(int(year)) for name, one in policy.policies.items()}
    known = {name: one for name, one in within.items() if one is not None}
    if not known:
        raise ProcureError(
            Words(f"--year {year}：该年没有任何一版有效", f"--year {year}: no version is in force in that year")
        )
    return Versions(known), False


def _given(policy: Policy) -> set[str]:
    """The limits and lists that the user gives."""
    limits = {name for name, entries in policy.limits.items() if any(entry.given for entry in entries)}
    return limits | {name for name, declared in policy.lists.items() if declared.given}


def as_of(policy: Policy, day: dt.date) -> Policy | None:
    """The policy as it stood published on a day, without the limits published later; None where it was not published
    itself."""
    force = policy.in_force
    if _published(force.published, force.since) > day:
        return None
    limits = {name: _known(entries, day) for name, entries in policy.limits.items()}
    return policy if limits == policy.limits else attrs.evolve(policy, limits=limits, built=None)


def _known(entries: Sequence[Limit], day: dt.date) -> Sequence[Limit]:
    """Those published by a day. Of a limit of which none was, one that holds on no day: the number is not known."""
    found = [entry for entry in entries if _published(entry.published, entry.since) <= day]
    return entries if len(found) == len(entries) else found or [attrs.evolve(entries[0], since=dt.date.max, until=None)]


def _published(published: dt.date | None, since: dt.date | None) -> dt.date:
    return published or since or dt.date.min


def _until(policy: Policy, day: dt.date) -> Policy:
    return attrs.evolve(policy, in_force=attrs.evolve(policy.in_force, until=day), built=None)
