"""How findings are put into words: what was required, what was done, what it turns on. Shared by every writer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from procure import amounts
from procure.findings import Finding
from procure.judge import Breach
from procure.ledger import Total
from procure.limits import Limits
from procure.policy import Policy
from procure.records import NAMES, UNDATED, UNKNOWN, Purchase
from procure.terms import EITHER_INQUIRY, Kind, Method
from procure.wanting import LIMIT, OPEN_TENDER
from procure.words import Words

COLUMN_NAMES = {
    **NAMES,
    LIMIT: Words("年度限额", "limit"),
    OPEN_TENDER: Words("公开招标数额标准", "open-tender standard"),
    # What is at fault where a row was refused as a whole.
    "row": Words("整行", "the row"),
}


def limit_words(policy: Policy) -> list[Words]:
    """The limits by year and kind; one for all kinds is said once."""
    found = [words for cut in policy.cuts if isinstance(cut, Limits) for words in _by_year_and_kind(cut)]
    if policy.open_tender is not None:
        found += [
            Words(f"公开招标数额标准 {words.zh}", f"open tender from {words.en}")
            for words in _by_year_and_kind(policy.open_tender)
        ]
    return found


def _by_year_and_kind(limits: Limits) -> Iterator[Words]:
    for year in dict.fromkeys(year for year, _ in limits.given):
        of_year = {kind: limit for (other, kind), limit in limits.given.items() if other == year}
        in_year = Words(f"{year}年", f"{year} ") if year else Words("", "")
        if len(of_year) == len(Kind) and len(set(of_year.values())) == 1:
            amount = amounts.shown(next(iter(of_year.values())))
            yield Words(f"{in_year.zh}{amount}", f"{in_year.en}{amount}")
            continue
        for kind, limit in of_year.items():
            amount = amounts.shown(limit)
            yield Words(f"{in_year.zh}{kind.words.zh} {amount}", f"{in_year.en}{kind.value} {amount}")


def sum_of(total: Total) -> str:
    """A total as plain decimal text; `low..high` where it is an interval, `low..` where it is only "at least"."""
    if total.exact:
        return amounts.plain(total.low)
    return f"{amounts.plain(total.low)}..{amounts.plain(total.high) if total.bounded else ''}"


def shown_sum(total: Total | None) -> Words:
    """A total for a reader's eye."""
    if total is None:
        return Words("无法归集", "not known")
    if total.exact:
        text = amounts.shown(total.low)
        return Words(text, text)
    low = amounts.shown(total.low)
    if not total.bounded:
        return Words(f"不少于 {low}", f"at least {low}")
    high = amounts.shown(total.high)
    return Words(f"{low} 至 {high}", f"{low} to {high}")


def breach_message(finding: Finding, breach: Breach) -> Words:
    """What the rule required, and what the log shows was done."""
    return Words("应{required}；实际：{done}", "required: {required}; done: {done}").format(
        required=breach.rule.required, done=done(finding.purchase, breach.rule.shows)
    )


def done(purchase: Purchase, shows: tuple[str, ...]) -> Words:
    """What the log shows in these columns; counts of suppliers and the ground only where the method makes them
    matter."""
    told = [_TELL[column](purchase) for column in shows]
    return Words(
        "，".join(words.zh for words in told if words is not None),
        ", ".join(words.en for words in told if words is not None),
    )


def _method(purchase: Purchase) -> Words | None:
    method = purchase.method
    if method is None:
        return Words("采购方式未载明", "method not stated")
    return either(method) if isinstance(method, frozenset) else method.words


def either(methods: frozenset[Method]) -> Words:
    """Of a word in the log that may mean several methods."""
    names = sorted((m.words for m in methods), key=lambda words: words.en)
    return Words("或".join(w.zh for w in names), " or ".join(w.en for w in names))


def _kind(purchase: Purchase) -> Words | None:
    return purchase.kind.words if purchase.kind else None


def _date(purchase: Purchase) -> Words | None:
    if purchase.date is None:
        return Words("采购日期未载明", "date not stated")
    return Words(f"采购日期 {purchase.date}", f"bought on {purchase.date}")


def _approval(purchase: Purchase) -> Words | None:
    approved = purchase.approved_on
    if isinstance(approved, dt.date):
        return Words(f"{approved} 报告同意", f"approved on {approved}")
    if approved is UNKNOWN:
        return Words("有无报告同意未载明", "approval not stated")
    if approved is UNDATED:
        return Words("有报告同意，日期未载明", "approved, date not stated")
    return Words("无报告同意记录", "no approval on record")


def _compares(purchase: Purchase) -> bool:
    """Whether the number of quotes can matter: it does for quotation and inquiry alone."""
    return purchase.method is None or not EITHER_INQUIRY.isdisjoint(
        purchase.method if isinstance(purchase.method, frozenset) else {purchase.method}
    )


def _invited(purchase: Purchase) -> Words | None:
    if not _compares(purchase):
        return None
    if purchase.invited is None:
        return Words("邀请家数未载明", "invitations not stated")
    return Words(f"邀请 {purchase.invited} 家", f"invited: {purchase.invited}")


def _quotes(purchase: Purchase) -> Words | None:
    if not _compares(purchase):
        return None
    if purchase.quotes is None:
        return Words("报价数未载明", "quotes not stated")
    return Words(f"报价 {purchase.quotes} 家", f"quotes: {purchase.quotes}")


def _ground(purchase: Purchase) -> Words | None:
    if purchase.method not in (None, Method.SINGLE_SOURCE):
        return None
    if purchase.ground is UNKNOWN:
        return Words("有无依据未载明", "ground not stated")
    return (
        Words("无依据记录", "no ground on record") if purchase.ground is None else Words("有依据", "ground on record")
    )


_TELL = {
    "method": _method,
    "kind": _kind,
    "date": _date,
    "approved_on": _approval,
    "invited": _invited,
    "quotes": _quotes,
    "ground": _ground,
}


def flip_words(policy: Policy, flip: Mapping[str, str]) -> Words:
    """One change of answers: each with its question and what the other reading means."""
    parts = []
    for ambiguity, reading in flip.items():
        asked = policy.questions[ambiguity]
        meaning = next(r.meaning for r in asked.readings if r.id == reading)
        parts.append(
            Words(
                f"{ambiguity}={reading}（{asked.question.zh}——{meaning.zh}）",
                f"{ambiguity}={reading} ({asked.question.en} {meaning.en})",
            )
        )
    return Words(" 且 ".join(p.zh for p in parts), " and ".join(p.en for p in parts))


def flips_key(finding: Finding) -> str:
    """What a verdict turns on, in the form of `--adopt`: `limbs=single` or `limbs=single & window=whole-year`."""
    return " | ".join(" & ".join(f"{a}={r}" for a, r in flip.items()) for flip in finding.flips)
