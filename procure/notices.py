"""What a reader of the report must know of the log as a whole, besides the verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from operator import attrgetter

import attrs

from procure.evidence import Evidence
from procure.findings import Notice
from procure.ledger import Posted
from procure.policy import Policy
from procure.records import Log, Origin, Purchase, Rejected
from procure.words import Words

Postings = Sequence[Posted]

_CONFLICT = {
    "in_catalogue": Words(
        "“是否目录内”一栏与所给目录不符，两种情况都已考虑",
        "in_catalogue differs from the catalogue given: both were considered",
    ),
    "kind": Words(
        "采购类别与品目编码的首字母不符，两种情况都已考虑",
        "kind differs from the letter of the category code: both were considered",
    ),
}


def notices(
    policy: Policy, log: Log, evidence: Sequence[Evidence], postings: Postings, one_unit: bool, year: int | None
) -> tuple[Notice, ...]:
    """All notices, in the order in which a clerk would want them."""
    return (
        *_unknown_limits(policy, log, year),
        *_one_unit(one_unit and bool(policy.measures)),
        *(_left_out(log, postings) if policy.measures else ()),
        *_at_least(log, postings),
        *_conflicts(log, evidence),
        *_silent_catalogue(policy, log),
        *_duplicates(log),
        *_skipped(log),
    )


def _skipped(log: Log) -> Iterator[Notice]:
    rows: dict[Words, list[Origin]] = {}
    sheets: dict[Words, list[Origin]] = {}
    for left_out in log.skipped:
        by_reason = sheets if left_out.origin.row is None else rows
        by_reason.setdefault(left_out.why, []).append(left_out.origin)
    for why, origins in rows.items():
        yield Notice("skipped", Words(f"未计入的行：{why.zh}", f"rows left out: {why.en}"), tuple(origins))
    for why, origins in sheets.items():
        zh, en = "、".join(map(str, origins)), ", ".join(map(str, origins))
        yield Notice("skipped", Words(f"未读的工作表 {zh}：{why.zh}", f"sheets not read: {en}: {why.en}"), ())


def _unknown_limits(policy: Policy, log: Log, year: int | None) -> Iterator[Notice]:
    years = {purchase.date.year for purchase in log if purchase.date is not None} if year is None else {year}
    kinds = policy.kinds_without_limit(years)
    if kinds:
        yield Notice(
            "limit-unknown",
            Words(
                "未给出{zh}的年度限额，凡取决于限额的均不能判定（用 --limit 给出）",
                "no yearly limit was given for {en}: what turns on it is not judged (give it with --limit)",
            ).format(zh="、".join(k.words.zh for k in kinds), en=", ".join(k.value for k in kinds)),
        )


def _one_unit(one_unit: bool) -> Iterator[Notice]:
    if one_unit:
        yield Notice(
            "one-unit",
            Words("记录没有采购单位一栏，按同一单位累计", "the log has no unit column: it is taken as one unit's"),
        )


def _left_out(log: Log, postings: Postings) -> Iterator[Notice]:
    origins = tuple(row.origin for row, posted in zip(log.rows, postings, strict=True) if posted is None)
    if origins:
        yield Notice(
            "not-in-totals",
            Words(
                f"{len(origins)} 行缺日期、单位或品目，无法归入任何累计；各累计额均不含这些行",
                f"{len(origins)} rows lack the date, unit or category that would place them: "
                "the totals are without them",
            ),
            origins,
        )


def _at_least(log: Log, postings: Postings) -> Iterator[Notice]:
    origins = tuple(
        row.origin
        for row, posted in zip(log.rows, postings, strict=True)
        if posted is not None and _purchase(row).fen is None
    )
    if origins:
        yield Notice(
            "totals-at-least",
            Words(
                f"{len(origins)} 行的金额读不出，其所在累计自该行起只知“不少于”",
                f"the amount of {len(origins)} rows could not be read: "
                "from there on their totals are known as “at least” only",
            ),
            origins,
        )


def _conflicts(log: Log, evidence: Sequence[Evidence]) -> Iterator[Notice]:
    for column, message in _CONFLICT.items():
        origins = tuple(row.origin for row, seen in zip(log.rows, evidence, strict=True) if column in seen.conflicts)
        if origins:
            yield Notice(f"conflict-{column.replace('_', '-')}", message, origins)


def _silent_catalogue(policy: Policy, log: Log) -> Iterator[Notice]:
    if policy.catalogue is None:
        return
    lists = policy.catalogue.lists
    silent = tuple(
        p.origin for p in log if p.category is not None and p.in_catalogue is None and lists(p.category) is None
    )
    if silent:
        yield Notice(
            "catalogue-silent",
            Words(
                f"{len(silent)} 行的品目与所给目录写法不同（一为编码、一为名称），是否目录内不明",
                f"{len(silent)} rows name their category where the catalogue has codes, or the reverse: "
                "whether they are in it is not known",
            ),
            silent,
        )


#: All that a row says, but for where it stands.
_SAYS = attrgetter(*(field.name for field in attrs.fields(Purchase) if field.name != "origin"))
#: Two of these differ in nearly all rows that differ at all, and are quicker to compare.
_GLANCE = attrgetter("fen", "date", "item", "supplier")


def _duplicates(log: Log) -> Iterator[Notice]:
    """Rows with one id, and rows that are the same throughout: all of them counted, for only who keeps the log knows.
    An id whose rows are all the same is told of once."""
    ids = [_purchase(row).id for row in log.rows]
    rows = {identity: count for identity, count in Counter(ids).items() if count > 1 and identity is not None}
    same = _same(log, rows)
    several = rows.keys() - {alike[0].id for alike in same if len(alike) == rows.get(alike[0].id or "")}
    yield from _duplicate_ids(log, ids, several)
    for alike in same:
        named = alike[0].id
        zh, en = (f"编号 {named} 的 ", f" with the id {named}") if named else ("", "")
        yield Notice(
            "possible-duplicates",
            Words(
                f"{zh}{len(alike)} 行所读各栏完全相同，可能重复；均已计入",
                f"{len(alike)} rows{en} are the same in every column read, possible duplicates: all were counted",
            ),
            tuple(purchase.origin for purchase in alike),
        )


def _same(log: Log, several: Container[str]) -> list[list[Purchase]]:
    """The purchases that are the same in every column. A row that could not be read is not known to equal another."""
    may_be = [purchase for purchase in log if purchase.id is None or purchase.id in several]
    first: dict[object, Purchase] = {}
    alike: dict[object, list[Purchase]] = {}
    for purchase in may_be:
        glance = _GLANCE(purchase)
        other = first.get(glance)
        if other is None:
            first[glance] = purchase
        else:
            alike.setdefault(_SAYS(other), [other])
            alike.setdefault(_SAYS(purchase), []).append(purchase)
    return [purchases for purchases in alike.values() if len(purchases) > 1]


def _duplicate_ids(log: Log, ids: Sequence[str | None], several: Container[str]) -> Iterator[Notice]:
    rows: dict[str, list[Origin]] = {}
    for row, identity in zip(log.rows, ids, strict=True):
        if identity is not None and identity in several:
            rows.setdefault(identity, []).append(row.origin)
    for identity, origins in rows.items():
        yield Notice(
            "duplicate-id",
            Words(
                f"编号 {identity} 有 {len(origins)} 行，均已计入",
                f"{len(origins)} rows have the id {identity}: all were counted",
            ),
            tuple(origins),
        )


def _purchase(row: Purchase | Rejected) -> Purchase:
    return row if isinstance(row, Purchase) else row.readable
