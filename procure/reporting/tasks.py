"""What to do next: the data that decide most money, the questions to settle first, the cells to mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from procure.engines.findings import Finding, Notice
from procure.log.headers import option
from procure.log.records import Origin
from procure.log.rows import Rows
from procure.policy.plan import Plan
from procure.reporting.groups import Group
from procure.reporting.impact import Impact
from procure.reporting.phrases import column_name, quoted
from procure.reporting.standing import Standing
from procure.reporting.unread import left, nearly
from procure.values.words import Words

#: How many tasks there are at most, and how many rows one names.
MOST, _ROWS = 5, 6


@attrs.frozen
class Task:
    """One thing to do, and the command or the place where it is done; None where the words say it."""

    words: Words
    how: Words | None = None


def tasks(
    plan: Plan,
    rows: Rows,
    groups: Mapping[Standing, Group],
    missing: Sequence[tuple[tuple[str, ...], Sequence[Finding]]],
    impact: Impact,
    causes: Sequence[Notice],
) -> tuple[Task, ...]:
    """At most five. Findings are to be confirmed; then what decides most money, of each kind."""
    # What most of a column is lost by comes before what is lacking here and there.
    wholesale = [notice for notice in causes if 2 * len(notice.origins) > len(rows)]
    found = [
        *_findings(groups),
        *_limits(plan, missing),
        *_cells(wholesale),
        *_questions(plan, impact),
        *_data(plan, rows, missing),
        *_cells([notice for notice in causes if notice not in wholesale]),
    ]
    return tuple(found[:MOST])


def _findings(groups: Mapping[Standing, Group]) -> Iterator[Task]:
    count = len(groups[Standing.SETTLED]) + len(groups[Standing.DISPUTED])
    if count:
        yield Task(
            Words(
                f"逐笔核实 {count:,} 笔疑点，填写核实情况",
                f"Confirm the purchases found ({count:,}), and enter what comes of it",
            ),
            Words("--output 报告.xlsx 的“疑点”表", "the sheet “findings” of --output report.xlsx"),
        )


def _limits(plan: Plan, missing: Sequence[tuple[tuple[str, ...], Sequence[Finding]]]) -> Iterator[Task]:
    limits = plan.built.limits
    waiting = [(names, found) for names, found in missing if any(name in limits for name in names)]
    names = dict.fromkeys(name for names, _ in waiting for name in names if name in limits)
    if names:
        count, titles = sum(len(found) for _, found in waiting), [limits[name].title for name in names]
        yield Task(
            Words(
                f"给出{'、'.join(title.zh for title in titles)}，{count:,} 笔方可判断",
                f"Give the {', '.join(title.en for title in titles)}: {count:,} wait for it",
            ),
            Words("--limit 金额", "--limit AMOUNT"),
        )


def _questions(plan: Plan, impact: Impact) -> Iterator[Task]:
    # A question that settles nothing by itself is no first step.
    for step in [step for step in impact.order[:1] if step.settles.purchases]:
        asked = step.ambiguity
        size = plan.policy.money.shown(step.settles.minor, plan.policy.decimal)
        count = step.settles.purchases
        yield Task(
            Words(
                f"请主管部门明确：{asked.question.zh}如答复与默认口径一致，{count:,} 笔（{size}）不再有争议",
                f"Have it settled: {asked.question.en} If the working reading is confirmed, that "
                f"settles {count:,} ({size})",
            ),
            Words(f"--adopt {asked.id}={step.reading}", f"--adopt {asked.id}={step.reading}"),
        )


def _data(plan: Plan, rows: Rows, missing: Sequence[tuple[tuple[str, ...], Sequence[Finding]]]) -> Iterator[Task]:
    """The data whose filling in decides most money."""
    columns = [
        (names, found) for names, found in missing if names and all(name in plan.built.columns for name in names)
    ]
    worth = sorted(columns, key=lambda each: -sum(finding.purchase.minor or 0 for finding in each[1]))
    for names, found in worth[:2]:
        labels = quoted([column_name(plan, name) for name in names])
        size = plan.policy.money.shown(sum(finding.purchase.minor or 0 for finding in found), plan.policy.decimal)
        absent = [name for name in names if name not in rows.there]
        zh, en = ("在台账中增加", "Add to the log") if absent else ("补填", "Fill in")
        places = _perhaps(rows, absent) or _places([finding.purchase.origin for finding in found])
        yield Task(
            Words(
                f"{zh}{labels.zh}，可判断 {len(found):,} 笔（{size}）",
                f"{en} {labels.en}: it decides {len(found):,} ({size})",
            ),
            places,
        )


def _perhaps(rows: Rows, absent: Sequence[str]) -> Words | None:
    """The option by which a header that nothing was read from gives a column that is not there, as it may."""
    near = nearly(left(rows), {name: rows.columns[name] for name in absent})
    said = " ".join(option(name, header) for header, name in near.items())
    return Words(f"也许已有：{said}（请核对）", f"perhaps it is there: {said} (to be checked)") if near else None


def _cells(causes: Sequence[Notice]) -> Iterator[Task]:
    for notice in causes[:2]:
        yield Task(Words(f"改正：{notice.message.zh}", f"Mend: {notice.message.en}"), _places(notice.origins))


def _places(origins: Sequence[Origin]) -> Words | None:
    """The first rows, each by its sheet where they stand in several."""
    placed = [origin for origin in origins if origin.row is not None]
    if not placed:
        return None
    shown, more = placed[:_ROWS], len(placed) - _ROWS
    several = len({origin.sheet for origin in shown}) > 1
    rows = [f"{origin.sheet}:{origin.row}" if several else str(origin.row) for origin in shown]
    zh, en = (f" 等 {len(placed):,} 行", f" and {more:,} more") if more > 0 else (" 行", "")
    return Words(f"第 {'、'.join(rows)}{zh}", f"row{'s' * (len(placed) > 1)} {', '.join(rows)}{en}")
