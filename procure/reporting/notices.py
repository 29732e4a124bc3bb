"""What a reader of the report must know of the log as a whole, besides the verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, Protocol

from procure.engines.evidence import Memo
from procure.engines.facts import TIERS, Tree
from procure.engines.findings import Notice
from procure.log import statuses
from procure.log.cells import MISSING, ONE, blank, whole
from procure.log.columns import Column
from procure.log.habits import Habits
from procure.log.onepurchase import Merged
from procure.log.records import Origin
from procure.log.rows import Rows
from procure.log.statuses import Void
from procure.log.units import key
from procure.policy.declarations import Head, Holds, Listed, Prefix
from procure.policy.limits import Resolved
from procure.policy.lists import Entries
from procure.policy.plan import Plan
from procure.reporting import counting
from procure.reporting.causes import causes
from procure.reporting.unread import twice, unread, unsaid
from procure.values.words import Words

#: The kinds of notices that tell a cause.
NOT_UNDERSTOOD, SEVERAL = "cells-not-understood", "words-of-several-meanings"
CAUSES = frozenset({NOT_UNDERSTOOD, SEVERAL})
#: Headers of the number of a line in its list, as they are compared: it is no id of a purchase.
_SERIAL = frozenset({"序号", "序號", "no", "nr", "n°", "nº", "s/n", "#"})
#: How many written amounts a notice shows.
_SHOWN = 5


def notices(
    plan: Plan,
    rows: Rows,
    habits: Habits,
    void: Sequence[Void] = (),
    merged: Sequence[Merged] = (),
) -> tuple[Notice, ...]:
    """All notices, in the order in which a clerk would want them, on a log that is written by these `habits`. `void`
    are the rows that count in nothing, and `merged` those that are not their purchase's first."""
    every = merged[0].row.rows if merged else rows
    return (
        *counting.void(void),
        *counting.unknown_status(every, statuses.unknown(every, habits)),
        *counting.merged(merged, habits.one_purchase),
        *counting.taxes(every),
        *counting.refunds(plan, rows),
        *counting.contracts(plan, rows),
        *_not_understood(rows),
        *_assumed(rows),
        *unread(rows, habits.ignored),
        *twice(rows),
        *unsaid(rows),
        *_unknown_limits(plan, rows),
        *_of_one(plan, rows),
        *_conflicts(plan, rows),
        *_silent_lists(plan, rows),
        *_duplicates(plan, rows),
        *_skipped(rows),
    )


def _not_understood(rows: Rows) -> Iterator[Notice]:
    for cause in causes(rows):
        yield Notice(SEVERAL if cause.several else NOT_UNDERSTOOD, cause.words, cause.origins)


def _assumed(rows: Rows) -> Iterator[Notice]:
    """What is taken for granted in cells that were read."""
    for (name, why), written in rows.assumed.items():
        count, of_rows = len(written), name == "row"
        en = f"{count} {'row' if of_rows else 'cell'}{'' if count == 1 else 's'}: {why.en}"
        zh = f"{count} {'行' if of_rows else '格'}，{why.zh}"
        label = Words("", "") if of_rows else Words(f"{rows.columns[name].label.zh}：", f"{name}: ")
        is_money = not of_rows and rows.columns[name].type == "money"
        texts = list(dict.fromkeys(written.values())) if is_money else []
        more = " …" if len(texts) > _SHOWN else ""
        shown = Words(f"（{'、'.join(texts[:_SHOWN])}{more}）", f" ({', '.join(texts[:_SHOWN])}{more})")
        listing = shown if texts else Words("", "")
        yield Notice("assumed", Words(label.zh + zh + listing.zh, label.en + en + listing.en), tuple(written))


def _skipped(rows: Rows) -> Iterator[Notice]:
    by_row: dict[Words, list[Origin]] = {}
    sheets: dict[Words, list[Origin]] = {}
    for left_out in rows.skipped:
        by_reason = sheets if left_out.origin.row is None else by_row
        by_reason.setdefault(left_out.why, []).append(left_out.origin)
    for file in rows.unread:
        name = file.origin.file
        yield Notice(
            "file-not-read", Words(f"未读的文件 {name}：{file.why.zh}", f"file not read: {name}: {file.why.en}")
        )
    for why, origins in by_row.items():
        yield Notice("skipped", Words(f"未计入的行：{why.zh}", f"rows left out: {why.en}"), tuple(origins))
    for why, origins in sheets.items():
        zh, en = "、".join(map(str, origins)), ", ".join(map(str, origins))
        yield Notice("skipped", Words(f"未读的工作表 {zh}：{why.zh}", f"sheets not read: {en}: {why.en}"), ())


def _unknown_limits(plan: Plan, rows: Rows) -> Iterator[Notice]:
    """The limits that somebody else sets, that the bands need, and that nobody gave."""
    built = plan.built
    cuts = (built.limits[cut] for gauge in plan.gauges for cut in gauge.cuts if isinstance(cut, str))
    # A factor of a limit lacks what the limit does, and so may a limit under each reading: it is reported once.
    seen: set[tuple[str, tuple[Any, ...]]] = set()
    for limit in (built.limits[name] for name in dict.fromkeys(cut.of for cut in cuts)):
        periods = _judged_periods(plan, rows, limit)
        lacking = [words for words in limit.combinations if any(limit.get(words, period) is None for period in periods)]
        if not lacking or (limit.source, tuple(lacking)) in seen:
            continue
        seen.add((limit.source, tuple(lacking)))
        shown = [
            [built.columns[column].shown(word) for column, word in zip(limit.dimensions, words, strict=True)]
            for words in lacking
        ]
        zh, en = (
            "、".join("".join(w.zh for w in each) for each in shown),
            ", ".join(" ".join(w.en for w in each) for each in shown),
        )
        declared = built.limits[limit.source]
        how = Words("（用 --limit 给出）", " (give it with --limit)") if declared.is_given else Words("", "")
        yield Notice(
            "limit-unknown",
            Words(
                f"未给出{zh}{'的' if zh else ''}{declared.title.zh}，凡取决于限额的均无法判断{how.zh}",
                f"no {declared.title.en} was given{' for ' if en else ''}{en}: what turns on it is not judged{how.en}",
            ),
        )


def _judged_periods(plan: Plan, rows: Rows, limit: Resolved) -> Collection[int]:
    """The periods of a limit in which purchases are judged: where the policy ends on no day, those of the log."""
    if limit.dated and None in (plan.days.since, plan.days.until):
        days = {day for day in rows.values[plan.built.date] if day is not MISSING}
        return {limit.period(day) for day in days if day in plan.days}
    return limit.periods


def _of_one(plan: Plan, rows: Rows) -> Iterator[Notice]:
    keys = {key for grouping in plan.groupings for key in grouping.by}
    for name in keys & rows.columns.keys():
        if rows.values[name] and all(value is ONE for value in rows.values[name]):
            label = rows.columns[name].label
            yield Notice(
                "one-unit",
                Words(
                    f"记录没有{label.zh}一栏，按同一{_short(label)}累计",
                    f"the log has no {label.en} column: it is taken as one {label.en}'s",
                ),
            )


def _short(label: Words) -> str:
    """采购日期 is 日期 among the columns of purchases."""
    return label.zh.removeprefix("采购") or label.zh


def _conflicts(plan: Plan, rows: Rows) -> Iterator[Notice]:
    columns = plan.built.columns
    sources: list[tuple[str, Contradicted]] = [(name, value) for name, value in plan.built.values.items()
                                         if value.others and _is_open(plan, name)]  # fmt: skip
    sources += [(name, Naming(plan, name)) for name in columns if name in plan.named]
    # What contradicts a list that was given comes first: the list may be the wrong one.
    for name, source in sorted(sources, key=lambda each: not isinstance(columns[each[0]].derived, Listed)):
        origins = tuple(o for o, apart in zip(rows.origins, _conflict(source, rows), strict=True) if apart)
        if origins:
            own = _own(plan, name)
            yield Notice(f"conflict-{own.replace('_', '-')}", _differ(plan, columns[name], own), origins)


def _is_open(plan: Plan, name: str) -> bool:
    """Whether a column is read under some interpretation left open: one that stands for another may not be."""
    return name not in plan.built.ways or bool(plan.built.ways[name] & plan.open)


def _own(plan: Plan, name: str) -> str:
    """What a log calls a column."""
    return plan.built.values[name].name if name in plan.built.values else name


class Contradicted(Protocol):
    """What two sources say of one column. `columns` are those of the log that tell them."""

    @property
    def columns(self) -> tuple[str, ...]: ...

    def conflict(self, row: Mapping[str, Any]) -> bool: ...


class Naming:
    """A condition with a name, and the log's own column of that name."""

    def __init__(self, plan: Plan, name: str) -> None:
        self._name = name
        condition = plan.named[name]
        self._facts = [plan.built.facts[fact] for fact in dict.fromkeys(condition.facts())]
        self.columns: tuple[str, ...] = tuple(
            dict.fromkeys((name, *(column for fact in self._facts for column in fact.columns)))
        )
        questions = plan.questions
        self._open, self._none = plan.open, questions.none
        self._tree = Tree(condition, questions.every, questions.none, plan.open)
        #: Where the condition asks for a band, none or any may bind.
        self._bands = [tuple((b,) * len(ladder.bands) for ladder in plan.ladders) for b in (self._none, plan.open)]

    def conflict(self, row: Mapping[str, Any]) -> bool:
        """Whether they differ under some interpretation left open, whatever the missing data are."""
        said = row[self._name]
        if said not in ("yes", "no"):
            return False
        options = {fact.name: fact.classes(row) for fact in self._facts}
        held = [leaf.outcome for leaf in self._tree.leaves({**options, TIERS: self._bands})]
        if said == "yes":
            return bool(self._open - reduce(or_, held))
        return bool(self._open & reduce(and_, held))


def _conflict(source: Contradicted, rows: Rows) -> Iterator[bool]:
    apart = Memo(lambda cells: source.conflict(dict(zip(source.columns, cells, strict=True))))
    return map(apart.__getitem__, zip(*(rows.values[column] for column in source.columns), strict=True))


def _differ(plan: Plan, column: Column, name: str) -> Words:
    derived, label = column.derived, column.label
    if isinstance(derived, Listed):
        title = plan.policy.lists[derived.list].title or Words(derived.list, derived.list)
        return Words(
            f"“{label.zh}”一栏与所给{title.zh}不符，两种情况都已考虑",
            f"{name} differs from the {title.en} given: both were considered",
        )
    if derived is None or isinstance(derived, Holds):  # a question decides which condition it is
        return Words(
            f"“{label.zh}”一栏与其条件所得不符，两种情况都已考虑",
            f"{name} differs from what its condition says: both were considered",
        )
    assert isinstance(derived, (Prefix, Head))
    base = plan.built.columns[derived.column].label
    if isinstance(derived, Head):
        return Words(
            f"“{label.zh}”一栏与{base.zh}编码不符，两种情况都已考虑",
            f"{name} differs from the {base.en} code: both were considered",
        )
    return Words(
        f"{label.zh}与{base.zh}编码的首字母不符，两种情况都已考虑",
        f"{name} differs from the letter of the {base.en} code: both were considered",
    )


def _silent_lists(plan: Plan, rows: Rows) -> Iterator[Notice]:
    """Where a list was given that does not speak of a row, and its column says nothing either."""
    built = plan.built
    for name, column in built.columns.items():
        if not isinstance(column.derived, Listed) or not built.lists[column.derived.list].given:
            continue
        entries = built.lists[column.derived.list]
        silent = _silent(rows, _own(plan, name), entries) if _is_open(plan, name) else ()
        if silent:
            title = plan.policy.lists[column.derived.list].title or Words(column.derived.list, column.derived.list)
            of = entries.column.label
            yield Notice(
                f"{column.derived.list}-silent",
                Words(
                    f"{len(silent)} 行的{of.zh}与所给{title.zh}写法不同（一为编码、一为名称），{column.label.zh}不明",
                    f"{len(silent)} rows name their {of.en} where the {title.en} has codes, or the reverse: "
                    "whether they are in it is not known",
                ),
                silent,
            )


def _silent(rows: Rows, name: str, entries: Entries) -> tuple[Origin, ...]:
    """The rows of which neither a list nor their own column says whether they are listed."""

    def unsaid_value(value: Any) -> bool:
        return value is not MISSING and entries.lists(value) is None

    of = map(Memo(unsaid_value).__getitem__, rows.values[entries.column.name])
    return tuple(
        origin
        for at, (origin, value, silent) in enumerate(zip(rows.origins, rows.values[name], of, strict=True))
        if silent and value is MISSING and at not in rows.refused
    )


def _duplicates(plan: Plan, rows: Rows) -> Iterator[Notice]:
    """Rows with one id, and rows that are the same throughout: all of them counted, for only who keeps the log knows.
    An id whose rows are all the same is named once."""
    ids = _numbers(plan, rows)
    count = {number: n for number, n in Counter(filter(None, ids)).items() if n > 1 and number[0] is not MISSING}
    same = _same(rows, ids, count)
    several = count.keys() - {ids[alike[0]] for alike in same if len(alike) == count.get(ids[alike[0]])}
    kept = Words("均已计入", "all were counted") if plan.policy.totals else Words("均已检查", "all were judged")
    yield from _duplicate_ids(rows, ids, several, kept)
    yield from _possible_duplicates(rows, ids, same, kept)


def _numbers(plan: Plan, rows: Rows) -> list[tuple[Any, ...]]:
    """The id of each row, with its unit and its year: numbers begin anew in each. The number of a line (序号) begins
    anew in each table, and wherever it is 1 again. Empty where no other row has the id, as in nearly all of them."""
    ids, days = rows.values[rows.by_ready["id"]], rows.values[plan.built.date]
    unit = rows.by_ready.get("unit")
    units = rows.values[unit] if unit else [None] * len(rows)
    year = Memo(lambda day: None if day is MISSING else plan.policy.year_of(day))
    often = Counter(ids)
    each = zip(ids, units, map(year.__getitem__, days), _lists(rows, ids), strict=True)
    return [number if often[number[0]] > 1 or number[-1] is not None else () for number in each]


def _lists(rows: Rows, ids: Sequence[Any]) -> Iterator[tuple[str | None, str | None, int] | None]:
    """In which list each row stands where its id is the number of a line there."""
    name = rows.by_ready["id"]
    serial = {(each.file or None, each.sheet) for each in rows.sources if key(each.columns.get(name, "")) in _SERIAL}
    run = 0
    for origin, number in zip(rows.origins, ids, strict=True):
        if (origin.file, origin.sheet) in serial:
            run += isinstance(number, str) and number.lstrip("0") == "1"
            yield origin.file, origin.sheet, run
        else:
            yield None


def _possible_duplicates(
    rows: Rows, ids: Sequence[tuple[Any, ...]], same: Sequence[Sequence[int]], kept: Words
) -> Iterator[Notice]:
    origins = [rows.origins[at] for alike in same for at in alike]
    if len(same) == 1:
        (named, *_) = ids[same[0][0]]
        of_id = Words(f"编号 {named} 的 ", f" with the id {named}") if named is not MISSING else Words("", "")
        zh = f"{of_id.zh}{len(origins)} 行各栏完全相同，可能重复；{kept.zh}"
        en = f"{len(origins)} rows{of_id.en} are the same in every column, possible duplicates: {kept.en}"
        yield Notice("possible-duplicates", Words(zh, en), tuple(origins))
    elif same:
        one_file = len({(origin.file, origin.sheet) for origin in origins}) == 1
        groups = [[str(o.row if one_file else o) for o in (rows.origins[at] for at in alike)] for alike in same]
        zh = f"{len(same)} 组、共 {len(origins)} 行各栏完全相同，可能重复"
        en = f"{len(same)} groups of {len(origins)} rows are the same in every column, possible duplicates"
        if origins[0].row is not None:
            more = Words("……" if len(same) > _SHOWN else "", "; …" if len(same) > _SHOWN else "")
            zh += f"（{'；'.join(map('、'.join, groups[:_SHOWN]))}{more.zh}）"
            en += f" ({'; '.join(map(', '.join, groups[:_SHOWN]))}{more.en})"
        yield Notice("possible-duplicates", Words(f"{zh}；{kept.zh}", f"{en}: {kept.en}"), tuple(origins))


def _same(rows: Rows, ids: Sequence[tuple[Any, ...]], several: Container[Any]) -> list[list[int]]:
    """The rows that are the same in every column, be it read or not. One of which some cell was not understood is not
    known to equal another."""
    values = list(rows.values.values())
    glance = [
        rows.values[name]
        for ready in ("amount", "date", "description", "supplier")
        if (name := rows.by_ready.get(ready))
    ]
    first: dict[object, int] = {}
    alike: dict[object, list[int]] = {}
    for at, named in enumerate(ids):
        if not named or not (named[0] is MISSING or named[-1] is not None or named in several) or at in rows.faults:
            continue
        # These few differ in nearly all rows that differ at all, and are quicker to compare.
        other = first.setdefault(tuple([column[at] for column in glance]), at)
        if other != at:
            alike.setdefault(tuple([column[other] for column in values]), [other])
            alike.setdefault(tuple([column[at] for column in values]), []).append(at)
    headers = {(source.file or None, source.sheet): source.others for source in rows.sources}
    found: dict[object, list[int]] = {}
    for n, each in enumerate(alike.values()):
        for at in each:
            found.setdefault((n, _unread(rows, rows.origins[at], headers)), []).append(at)
    return [each for each in found.values() if len(each) > 1]


def _unread(rows: Rows, origin: Origin, headers: Mapping[Any, Sequence[str]]) -> frozenset[tuple[str, str]]:
    """What a row has in the columns that nothing was read from."""
    named = headers.get((origin.file, origin.sheet), ())
    return frozenset(
        (header, whole(cell).strip())
        for header, cell in zip(named, rows.others.get(origin, ()), strict=False)
        if not blank(cell)
    )


def _duplicate_ids(
    rows: Rows, ids: Sequence[tuple[Any, ...]], several: Container[Any], kept: Words
) -> Iterator[Notice]:
    found: dict[Any, list[Origin]] = {}
    for origin, identity in zip(rows.origins, ids, strict=True):
        if identity in several:
            found.setdefault(identity, []).append(origin)
    if not found:
        return
    each = [(number, len(origins)) for (number, *_), origins in found.items()]
    origins = tuple(origin for of_number in found.values() for origin in of_number)
    if len(each) == 1:
        ((number, n),) = each
        words = Words(f"编号 {number} 有 {n} 行，{kept.zh}", f"{n} rows have the id {number}: {kept.en}")
    else:
        zh = "、".join(f"{number} 有 {n} 行" for number, n in each[:_SHOWN]) + ("……" if len(each) > _SHOWN else "")
        en = ", ".join(f"{number} in {n} rows" for number, n in each[:_SHOWN]) + (" …" if len(each) > _SHOWN else "")
        words = Words(
            f"同一单位同一年度内有 {len(each)} 个编号重复（{zh}），{kept.zh}",
            f"{len(each)} ids stand in several rows of one unit and year ({en}): {kept.en}",
        )
    yield Notice("duplicate-id", words, origins)
