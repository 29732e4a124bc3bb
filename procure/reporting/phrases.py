"""How findings are put into words: what was required, what was done, what it turns on. Shared by every writer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from procure.engines.findings import Finding, Unjudged
from procure.engines.judge import Breach
from procure.engines.sums import Summed
from procure.log.cells import MISSING, NONE, ONE, OTHER, UNDATED, Said
from procure.log.columns import Column
from procure.log.ready import PHRASES, READY
from procure.log.rows import Row
from procure.policy.comparisons import CarriedFact
from procure.policy.limits import Resolved
from procure.policy.plan import Plan
from procure.policy.policy import Policy
from procure.policy.totals import ROWS, Measure, Window
from procure.reporting.shows import Telling
from procure.values.words import Words

_EVERYTHING = "*"


def column_name(plan: Plan, name: str) -> Words:
    """What a column or limit is called, or the row as a whole."""
    built = plan.built
    if name in built.columns:
        return built.columns[name].label
    if name in built.limits:
        return built.limits[name].title
    if name in READY:
        return READY[name].label
    return Words("整行", "the row") if name == "row" else Words(name, name)


def carried_name(plan: Plan, fact: CarriedFact) -> Words:
    """What reports call a number that the entries of a list carry."""
    name = next(name for name, entries in plan.built.lists.items() if entries is fact.entries)
    declared = plan.policy.lists[name]
    of = declared.title or Words(name, name)
    called = declared.carries[fact.carried].title or Words(fact.carried, fact.carried)
    return Words(f"{of.zh}所列{called.zh}", f"the {called.en} in the {of.en}")


def quoted(names: Sequence[Words]) -> Words:
    """Several names as one phrase."""
    return Words("、".join(f"“{name.zh}”" for name in names), ", ".join(f"“{name.en}”" for name in names))


def in_order(columns: Mapping[str, Column]) -> list[str]:
    """Columns as they are listed: the ready ones as usual, and before the last of these, the note, a policy's own."""
    order = {name: float(at) for at, name in enumerate(READY)}
    own = order["note"] - 0.5
    return sorted(columns, key=lambda name: order.get(columns[name].ready or "", own))


# -- limits -----------------------------------------------------------------------------------------------------------


def limit_words(policy: Policy) -> list[Words]:
    """Each limit that was given, by its title: its numbers by year and by what it differs by."""
    return [
        Words(
            f"{limit.title.zh} {'，'.join(w.zh for w in numbers)}",
            f"{limit.title.en} {', '.join(w.en for w in numbers)}",
        )
        for limit in policy.built.limits.values()
        if (numbers := list(_numbers(policy, limit)))
    ]


def limit_lines(policy: Policy) -> list[Words]:
    """The same, one number a line."""
    return [
        Words(f"{limit.title.zh} {number.zh}", f"{limit.title.en} {number.en}")
        for limit in policy.built.limits.values()
        for number in _numbers(policy, limit)
    ]


def _numbers(policy: Policy, limit: Resolved) -> Iterator[Words]:
    """The numbers of a limit; one for all is shown once."""
    columns = [policy.built.columns[name] for name in limit.dimensions]
    for year, by_words in _by_year(limit).items():
        in_year = Words(f"{year}年", f"{year} ") if year else Words("", "")
        if len(by_words) == len(limit.combinations) and len(set(by_words.values())) == 1:
            amount = policy.money.shown(next(iter(by_words.values())), policy.decimal)
            yield Words(f"{in_year.zh}{amount}", f"{in_year.en}{amount}")
            continue
        for words, minor in by_words.items():
            said = [column.shown(word) for column, word in zip(columns, words, strict=True)]
            amount = policy.money.shown(minor, policy.decimal)
            zh, en = (" ".join([*parts, amount]) for parts in ([w.zh for w in said], [w.en for w in said]))
            yield Words(f"{in_year.zh}{zh}", f"{in_year.en}{en}")


def _by_year(limit: Resolved) -> dict[int | None, dict[tuple[str | None, ...], int]]:
    """The numbers that were given, by year, each for its own words: what holds for several is spread over them."""
    found: dict[int | None, dict[tuple[str | None, ...], int]] = {}
    each = [tuple(dict.fromkeys(words)) for words in zip(*limit.combinations, strict=True)]
    for (year, stated), minor in limit.given.items():
        choices = [words if word is None else (word,) for word, words in zip(stated, each, strict=True)]
        found.setdefault(year, {}).update(dict.fromkeys(product(*choices), minor))
    return found


def limits_plain(policy: Policy) -> dict[str, dict[str, str]]:
    """Each limit that was given, by its name, as the command line writes its numbers: `{"goods": "300000.00"}`,
    `{"2020:goods": "300000.00"}`; `*` is one that differs by nothing."""
    return {
        name: {
            f"{f'{year}:' if year else ''}{'.'.join(map(str, words)) or _EVERYTHING}": policy.money.plain(minor)
            for year, by_words in _by_year(limit).items()
            for words, minor in by_words.items()
        }
        for name, limit in policy.built.limits.items()
        if limit.given
    }


def usual_limit(policy: Policy) -> str | None:
    """The limit that `--limit` means without a name: the first of those to give that a ladder reads."""
    limits = policy.built.limits
    cuts = [cut for ladder in policy.built.ladders for gauge in ladder.gauges for cut in gauge.cuts]
    read = [cut for cut in cuts if isinstance(cut, str)]
    named = (limits[name].source for name in (*read, *limits))
    return next((name for name in named if limits[name].is_given), None)


def limit_options(policy: Policy) -> list[str]:
    """The numbers that were given as `--limit` takes them: `goods=300000.00`, `2020:open-tender.goods=300000.00`."""
    usual = usual_limit(policy)
    found = []
    for name, limit in policy.built.limits.items():
        for year, by_words in _by_year(limit).items():
            for words, minor in by_words.items():
                path = ".".join([*([] if name == usual else [name]), *map(str, words)])
                found.append(f"{f'{year}:' if year else ''}{path}{'=' if path else ''}{policy.money.plain(minor)}")
    return found


# -- totals -----------------------------------------------------------------------------------------------------------


def total_name(plan: Plan, measure: Measure) -> Words:
    """What a total is called: accumulated, and by its id where the policy has several."""
    window = _window_words(measure.window)
    if len(plan.totals) < 2:
        return window
    return Words(f"{window.zh}（{measure.total}）", f"{window.en} ({measure.total})")


def _window_words(window: Window) -> Words:
    if window.year:
        return Words("年度累计", "accumulated")
    if window.months:
        return Words(f"近{window.months}个月累计", f"accumulated in {window.months} months")
    if window.days:
        return Words(f"近{window.days}天累计", f"accumulated in {window.days} days")
    return Words("累计", "accumulated")


def sum_of(plan: Plan, measure: Measure, total: Summed) -> str | None:
    """A total as plain text: decimal money, or a number of rows; `low..high` where it is an interval, `low..` where it
    is only "at least"; None where nothing is known of it."""
    if not total.founded:
        return None
    plain = str if measure.way.sum == ROWS else plan.policy.money.plain
    if total.exact:
        return plain(total.low)
    return f"{plain(total.low)}..{plain(total.high) if total.bounded else ''}"


def shown_sum(plan: Plan, measure: Measure | None, total: Summed | None) -> Words:
    """A total for a reader's eye."""
    if total is None or measure is None or not total.founded:
        return Words("无法确定", "not known")
    low, high = (_size(plan, measure, number) for number in (total.low, total.high))
    if total.exact:
        return low
    if not total.bounded:
        return Words(f"不少于 {low.zh}", f"at least {low.en}")
    return Words(f"{low.zh} 至 {high.zh}", f"{low.en} to {high.en}")


def _size(plan: Plan, measure: Measure, number: int) -> Words:
    if measure.way.sum == ROWS:
        return Words(f"{number} 笔", f"{number} purchases" if number != 1 else "1 purchase")
    text = plan.policy.money.shown(number, plan.policy.decimal)
    return Words(text, text)


def band_words(plan: Plan, ladder: int, bands: Sequence[int]) -> Words | None:
    """The bands that may bind, the lowest and the highest: each by the title of the rule of its id, or by its id. None
    where there is none."""
    if not bands:
        return None
    titles = {rule.id: rule.title for rule in plan.rules}
    ids = dict.fromkeys(plan.ladders[ladder].bands[band] for band in (bands[0], bands[-1]))
    names = [titles.get(id, Words(id, id)) for id in ids]
    return Words(" 至 ".join(name.zh for name in names), " to ".join(name.en for name in names))


def tier_of(finding: Finding) -> str | None:
    """The band of the first ladder that applies, as `span_of` names it."""
    return span_of(finding.tiers)


def span_of(bands: Sequence[str]) -> str | None:
    """The band; `lowest..highest` of those possible where a missing datum leaves it open; None where none is
    claimed."""
    return None if not bands else bands[0] if len(bands) == 1 else f"{bands[0]}..{bands[-1]}"


# -- what is not judged -----------------------------------------------------------------------------------------------


def unjudged_words(plan: Plan, why: Unjudged) -> Words:
    """Why a purchase is not judged."""
    if why is Unjudged.OUTSIDE:
        return Words("不在制度施行期内", "of a day on which the policy is not in force")
    if why is Unjudged.ZERO:
        return Words("金额为零或负数", "zero or less")
    if not plan.ladders:
        return Words("各项义务均不适用", "no duty is due")
    return Words("不属任何一档，各项义务也不适用", "no band claims it and no duty is due")


# -- what was done ----------------------------------------------------------------------------------------------------


def breach_message(finding: Finding, breach: Breach) -> Words:
    """What the rule required, and what the log shows was done."""
    return Words("应{required}；实际：{done}", "required: {required}; done: {done}").format(
        required=breach.rule.required, done=done(finding.plan, finding.purchase, breach.rule.shows)
    )


def done(plan: Plan, purchase: Row, shows: tuple[str, ...]) -> Words:
    """What the log shows in these columns, except the amount, which every report shows. All words of a purchase are
    shown; of the rest, where the ways to meet the duties of the policy are parted by words, only what some way reads
    that is open to these words."""
    tells = Telling.of(plan)
    wanted = [name for name in shows if name != plan.built.amount and tells(name, purchase)]
    evidence = [stated(plan, plan.built.columns[name], purchase[name]) for name in wanted]
    return Words(
        "，".join(words.zh for words in evidence if words.zh), ", ".join(words.en for words in evidence if words.en)
    )


def stated(plan: Plan, column: Column, value: object, labelled: bool = True) -> Words:
    """What a column says, as a phrase; in general words with its label, or without where that stands beside it."""
    own = _own_phrase(column, value)
    if own is not None:
        return own.format(value=shown(plan, column, value))
    if isinstance(value, Said):
        return _short_of(column.label if labelled else Words("", ""), value)
    if column.type == "text" and labelled:
        return Words(f"有{column.label.zh}记录", f"{column.label.en} on record")
    words = shown(plan, column, value)
    return Words(f"{column.label.zh} {words.zh}", f"{column.label.en} {words.en}") if labelled else words


def _short_of(label: Words, value: Said) -> Words:
    """What is said of a column that states no value."""
    zh, en = label
    return {
        MISSING: Words(f"{zh}未载明", f"{en} not stated".strip()),
        NONE: Words(f"无{zh}记录", f"no {en} on record" if en else "none on record"),
        UNDATED: Words(f"有{zh}记录，日期未载明", f"{en} on record, date not stated".strip()),
        OTHER: Words(f"其他{zh}", f"another {en}".strip()),
        ONE: Words("", ""),
    }[value]


def _own_phrase(column: Column, value: object) -> Words | None:
    """The phrase of a ready column, unless the policy calls it otherwise."""
    own = PHRASES.get(column.ready or "")
    if own is None or value in (ONE, OTHER) or column.title != READY[column.ready or ""].title:
        return None
    if isinstance(value, Said):
        return {MISSING: own.missing, NONE: own.none, UNDATED: own.undated}[value]
    return own.value


def shown(plan: Plan, column: Column, value: object) -> Words:
    """A value for a reader's eye."""
    if column.type == "money" and isinstance(value, int):
        text = plan.policy.money.shown(value, plan.policy.decimal)
        return Words(text, text)
    if isinstance(value, dt.date):
        return Words(value.isoformat(), value.isoformat())
    return column.shown(value)


def said(plan: Plan, row: Row) -> Mapping[str, Words]:
    """What a row says, by column, for a reader's eye; nothing of those that say nothing."""
    return {
        name: _short_of(Words("", ""), value) if isinstance(value, Said) else shown(plan, row.rows.columns[name], value)
        for name, value in _said(row)
    }


def plain(plan: Plan, row: Row) -> Mapping[str, str]:
    """The same for a machine: plain decimal money, and words as the policy's columns have them, with a `|` between
    those that one of them may mean."""
    return {name: _plain(plan, row.rows.columns[name], value) for name, value in _said(row)}


def _plain(plan: Plan, column: Column, value: Any) -> str:
    if isinstance(value, Said):
        return str(value.value)
    if isinstance(value, frozenset):
        return "|".join(sorted(value))
    return plan.policy.money.plain(value) if column.type == "money" else str(value)


def _said(row: Row) -> Iterator[tuple[str, Any]]:
    each = ((name, row[name]) for name in in_order(row.rows.columns))
    return ((name, value) for name, value in each if value not in (MISSING, ONE))


def flip_words(plan: Plan, flip: Mapping[str, str]) -> Words:
    """One change of answers: each with its question and what the other reading means."""
    parts = []
    for ambiguity, reading in flip.items():
        asked = plan.questions[ambiguity]
        meaning = next(r.meaning for r in asked.readings if r.id == reading)
        parts.append(
            Words(
                f"{ambiguity}={reading}（{asked.question.zh}——{meaning.zh}）",
                f"{ambiguity}={reading} ({asked.question.en} {meaning.en})",
            )
        )
    return Words(" 且 ".join(p.zh for p in parts), " and ".join(p.en for p in parts))
