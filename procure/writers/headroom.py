"""Headroom as a paper and for a machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from procure.policy.totals import ROWS
from procure.reporting.asked import joined
from procure.reporting.headroom import Freed, Headroom, Headrooms, Room
from procure.reporting.phrases import column_name, shown_sum, sum_of, total_name
from procure.values.money import Minor
from procure.values.words import Lang, Words
from procure.writers.paper import Paper, Section
from procure.writers.workbook.tables import Cell, Grid

_TITLES = (
    Words("累计口径", "account"), Words("累计", "total"), Words("至今", "so far"), Words("现在档", "band"),
    Words("尚余（默认口径）", "left (working readings)"), Words("其后档", "next band"),
    Words("尚余（最不利读法）", "left (worst reading)"), Words("最不利读法", "worst reading"),
    Words("滚动期释放", "the window frees"),
)  # fmt: skip
_NONE = Words("再无更高档", "no further band")
_UNKNOWN = Words("不明", "not known")


def paper(found: Headrooms, shown: int = 0) -> Paper:
    """The accounts nearest to their next band first; at most `shown`, 0 for all."""
    policy = found.plan.policy
    accounts = found.accounts[:shown] if shown else found.accounts
    more = len(found.accounts) - len(accounts)
    lines = list(_lines(found))
    if more:
        lines.append(
            Words(f"另有 {more} 个口径未列（--show 0 全部列出）", f"{more} more accounts (--show 0 lists all)")
        )
    grid = Grid(_TITLES, [_row(found, each) for each in accounts], (32, 16, 16, 18, 16, 18, 16, 40, 26))
    title = Words(f"累计余量：{policy.title.zh}", f"Headroom: {policy.title.en}")
    return Paper(title, policy.money, found.on, [Section(Words("余量", "Headroom"), lines, grid)], policy.decimal)


def _lines(found: Headrooms) -> Iterator[Words]:
    yield Words(
        f"截至 {found.on}（含当日）；余量最少者在前。余量花到最后一分不越档，再多一分即入下一档。",
        f"On {found.on}, after what was bought that day; nearest first. What is left may be spent to the last unit; "
        "one more is of the next band.",
    )
    if found.division:
        yield Words(
            f"制度规定不得拆分：“{found.division}”。余量不是化整为零的额度。",
            f"The policy says that purchases must not be divided: “{found.division}”. What is left is no room to "
            "divide a purchase into.",
        )


def _row(found: Headrooms, each: Headroom) -> tuple[Cell, ...]:
    plan = found.plan
    worse = each.worst.left != each.working.left
    return (
        joined(each.keys.values(), Words(" · ", " · ")) if each.keys else Words("全部", "all"),
        total_name(plan, each.measure),
        _exact(found, each),
        each.band,
        _left(each, each.working),
        each.working.next,
        _left(each, each.worst),
        each.worst.when if worse else None,
        _frees(found, each),
    )


def _exact(found: Headrooms, each: Headroom) -> Cell:
    if each.total.exact:
        return each.total.low if each.measure.way.sum == ROWS else Minor(each.total.low)
    return shown_sum(found.plan, each.measure, each.total)


def _left(each: Headroom, room: Room) -> Cell:
    if not room.known:
        return _UNKNOWN
    if room.left is None:
        return _NONE
    return room.left if each.measure.way.sum == ROWS else Minor(room.left)


def _frees(found: Headrooms, each: Headroom) -> Words | None:
    if each.frees is None:
        return None
    policy, size = found.plan.policy, each.frees.size
    if size is None:
        freed = _UNKNOWN
    elif each.measure.way.sum == ROWS:
        freed = Words(str(size), str(size))
    else:
        freed = Words(*[policy.money.shown(size, policy.decimal)] * 2)
    return Words(f"{each.frees.on} 起 {freed.zh}", f"{freed.en} from {each.frees.on}")


def dumps_json(found: Headrooms, lang: Lang = "zh") -> str:
    """The JSON of `procure headroom --format json`."""
    plan = found.plan
    body = {
        "schema": 1,
        "policy": plan.policy.id,
        "adopted": dict(plan.policy.adopted),
        "on": found.on.isoformat(),
        "division": found.division,
        "accounts": [
            {
                "total": each.measure.total,
                "keys": {column_name(plan, name).en: words.say(lang) for name, words in each.keys.items()},
                "so_far": sum_of(plan, each.measure, each.total),
                "band": None if each.band is None else each.band.say(lang),
                "working": _room(found, each, each.working, lang),
                "worst": _room(found, each, each.worst, lang),
                "frees": None if each.frees is None else _freed(found, each, each.frees),
            }
            for each in found.accounts
        ],
    }  # fmt: skip
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _room(found: Headrooms, each: Headroom, room: Room, lang: Lang) -> dict[str, Any]:
    return {
        "known": room.known,
        "left": None if room.left is None else _plain(found, each, room.left),
        "next": None if room.next is None else room.next.say(lang),
        "when": None if room.when is None else room.when.say(lang),
    }


def _freed(found: Headrooms, each: Headroom, freed: Freed) -> dict[str, str | None]:
    size = None if freed.size is None else _plain(found, each, freed.size)
    return {"on": freed.on.isoformat(), "size": size}


def _plain(found: Headrooms, each: Headroom, size: int) -> str:
    return str(size) if each.measure.way.sum == ROWS else found.plan.policy.money.plain(size)
