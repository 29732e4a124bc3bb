"""Whether a policy fits together: what its declarations show before anything is built of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from procure.interpretation.readings import Treatment
from procure.log.columns import Column
from procure.log.ready import READY
from procure.log.units import key
from procure.policy import given
from procure.policy.cases import cases
from procure.policy.encoded import clauses
from procure.policy.limits import Limit
from procure.values import names
from procure.values.faults import Faults, Path, placed, unknown
from procure.values.words import Words

if TYPE_CHECKING:
    from procure.policy.policy import Policy


def declared(policy: Policy, faults: Faults) -> None:
    """What is wrong with the declarations, each by itself. Their types are right."""
    _names(policy, faults)
    _questions(policy, faults)
    _adopted(policy, faults)
    _rules(policy, faults)
    for name, column in policy.columns.items():
        _column(name, column, faults)
    _one_each(policy, faults)
    _headers(policy, faults)
    for name, entries in policy.limits.items():
        _periods(("limit", name), entries, faults)
    _in_order(("in-force",), policy.in_force.since, policy.in_force.until, faults)
    _given(policy, faults)
    _text(policy, faults)
    cases(policy, faults)


# -- names -----------------------------------------------------------------------------------------------------------


def _names(policy: Policy, faults: Faults) -> None:
    """What files and options name things by."""
    places: list[Path] = [("id", policy.id)]
    tables = {"columns": policy.columns, "list": policy.lists, "limit": policy.limits, "total": policy.totals,
              "ladder": policy.ladders, "duty": policy.duties}  # fmt: skip
    places += [(kind, name) for kind, table in tables.items() for name in table]
    places += [("question", question.id) for question in policy.questions]
    for kind, name in places:
        top = kind == "id"
        if why := names.odd(str(name), "-" if top else "-_"):
            faults.add(("id",) if top else (kind, name), *why)


# -- questions -------------------------------------------------------------------------------------------------------


def _questions(policy: Policy, faults: Faults) -> None:
    for id, count in Counter(question.id for question in policy.questions).items():
        if count > 1:
            faults.add(("question", id), "两个问题同名", "two questions have one id")


def _adopted(policy: Policy, faults: Faults) -> None:
    by_id = {question.id: question for question in policy.questions if question.treatment is Treatment.EXECUTED}
    for name, answer in policy.adopted.items():
        with faults.at("adopted", name):
            if name not in by_id:
                raise unknown(Words("问题", "question"), name, by_id)
            if answer not in by_id[name].answers:
                raise unknown(Words("读法", "reading"), answer, by_id[name].answers)


def _rules(policy: Policy, faults: Faults) -> None:
    ids = Counter((*policy.duties, *(rule.id for rule in policy.rules)))
    for rule in policy.rules:
        if ids[rule.id] > 1:
            faults.add(("rules", rule.id), "两条规则同名", "two rules have one id")


# -- columns and limits ----------------------------------------------------------------------------------------------


def _column(name: str, column: Column, faults: Faults) -> None:
    if column.name != name:
        faults.add(("columns", name), f"列名为 {column.name}", f"the column is called {column.name}")
    if column.type == "word" and not column.canonical and column.derived is None:
        faults.add(("columns", name, "words"), "没有词", "it has no words")
    known = column.canonical
    for named, words in (("order", column.order), ("several", list(chain(*column.several.values())))):
        for word in words:
            if word not in known:
                with faults.at("columns", name, named):
                    raise unknown(Words("词", "word"), word, known)
    if len(set(column.order)) < len(column.order):
        faults.add(("columns", name, "order"), "有词出现两次", "a word stands in it twice")
    if column.code is not None and (why := column.code.fault):
        faults.add(("columns", name, "code"), f"不是正则表达式：{why}", f"it is no regular expression: {why}")


def _one_each(policy: Policy, faults: Faults) -> None:
    """A policy has one amount and one date."""
    for ready in ("amount", "date"):
        first, *others = [name for name, column in policy.columns.items() if column.ready == ready] or [""]
        for name in others:
            faults.add(
                ("columns", name),
                f"{first} 已是 {ready}；只能有一列是（其余须写 type）",
                f"{first} is the {ready} already, and one column alone can be: give this one a `type`",
            )


def _headers(policy: Policy, faults: Faults) -> None:
    """A header that a policy names is of one column. What a ready column is known by anyway gives way to it."""
    claimed: dict[str, str] = {}
    for name, column in policy.columns.items():
        known = READY[column.ready].headers if column.ready else ()
        for header in dict.fromkeys(chain(*column.headers)):
            first = claimed.setdefault(key(header), name) if header not in chain(*known) else name
            if first != name:
                faults.add(
                    ("columns", name, "headers"),
                    f"“{header}”已是 {first} 的表头",
                    f"{header!r} is a header of {first} already",
                )


def _periods(path: Path, entries: Sequence[Limit], faults: Faults) -> None:
    for n, entry in enumerate(entries):
        _in_order((*path, *((n,) if len(entries) > 1 else ())), entry.since, entry.until, faults)
    for since, count in Counter(entry.since for entry in entries).items():
        if count > 1:
            day = since or "always"
            faults.add(path, f"两段自同一天起（{since or '任何日'}）", f"two entries begin on one day ({day})")


def _in_order(path: Path, since: Any, until: Any, faults: Faults) -> None:
    if since is not None and until is not None and until < since:
        faults.add((*path, "until"), f"{until} 早于起始日 {since}", f"{until} is before the first day, {since}")


# -- what is given ---------------------------------------------------------------------------------------------------


def _given(policy: Policy, faults: Faults) -> None:
    for name, value in policy.given.items():
        with faults.at("given", name):
            given.fits(policy, name, value)


# -- the text --------------------------------------------------------------------------------------------------------


def _text(policy: Policy, faults: Faults) -> None:
    """What is not checked stands in the text, and no rule's clause is part of it; what raises a question stands in the
    text too."""
    if policy.division is not None:
        with faults.at("division"):
            policy.clause(policy.division)
    for question in policy.questions:
        for n, span in enumerate(question.spans):
            with faults.at("question", question.id, "raised-by", n):
                policy.clause(span)
    seen = list(clauses(policy))
    for n, quoted in enumerate(policy.not_checked):
        path = ("text", "not-checked", n)
        with faults.at(*path):
            clause = policy.clause(quoted)
            wrong = Faults()
            for where, other in seen:
                if clause.start < other.end and other.start < clause.end:
                    place = placed(where)
                    wrong.add((), f"与 {place} 重叠：“{other}”", f"it overlaps {place}: {str(other)!r}")
            seen.append((path, clause))
            wrong.raise_nested()
