"""What the first screen says: whose log by which policy, one sentence of result, how much of the log that covers, and
before it all what a reader must know where little was judged."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import attrs

from procure.engines.findings import Finding, Unjudged
from procure.log.rows import Rows
from procure.policy.plan import Plan
from procure.policy.policy import Policy
from procure.reporting.groups import Group
from procure.reporting.phrases import column_name, quoted, unjudged_words
from procure.reporting.standing import Standing
from procure.values.words import Words

Groups = Mapping[Standing, Group]


def title(plan: Plan, rows: Rows) -> Words:
    """Whose purchases, of which days, and by which policy."""
    who, days = _whose(rows), _days(plan, rows)
    policy = plan.policy.title
    zh, en = (f"{days[0]} 至 {days[1]} ", f", {days[0]} to {days[1]}") if days else ("", "")
    return Words(f"{who.zh} {zh}采购检查：{policy.zh}", f"Purchases of {who.en}{en}, checked by: {policy.en}")


def _whose(rows: Rows) -> Words:
    """The unit where there is one, else how many there are; where the log names none, its files."""
    name = rows.by_ready.get("unit")
    units = dict.fromkeys(value for value in rows.values[name] if isinstance(value, str)) if name else {}
    if len(units) == 1:
        (unit,) = units
        return Words(unit, unit)
    if units:
        return Words(f"{len(units)} 个单位", f"{len(units)} units")
    files = "、".join(dict.fromkeys(source.file.rpartition("/")[2] for source in rows.sources if source.file))
    return Words(files or "台账", files or "the log")


def _days(plan: Plan, rows: Rows) -> tuple[dt.date, dt.date] | None:
    days = {day for day in rows.values[plan.built.date] if isinstance(day, dt.date)}
    return (min(days), max(days)) if days else None


# -- the result --------------------------------------------------------------------------------------------------------


def result(plan: Plan, groups: Groups, waived: int = 0, idle: int = 0) -> Words:
    """What was found, in one sentence; `waived` of the violations are so, and `idle` exceptions waive nothing."""
    settled, disputed, exposed, unknown = (groups[each] for each in list(Standing)[:4])
    if not any(map(len, (settled, disputed, exposed, unknown, groups[Standing.COMPLIANT]))):
        return Words("未检查任何采购，不能得出有无疑点的结论。", "Nothing was judged, and so nothing can be said.")
    count = len(settled) + len(disputed)
    if count:
        size = plan.policy.money.shown(settled.minor + disputed.minor, plan.policy.decimal)
        zh, en = f"疑点 {count:,} 笔，{size}", f"{_purchases(count)} to confirm, {size}"
        if disputed:
            zh += f"，其中 {len(settled):,} 笔各种读法一致，{len(disputed):,} 笔取决于读法"
            en += f": {len(settled):,} under every reading, {len(disputed):,} as the text is read"
        if waived:
            zh, en = f"{zh}；{waived} 笔已豁免", f"{en}; {waived} waived"
    else:
        zh, en = "未发现疑点", "No purchase to confirm"
    if idle:
        zh += f"；豁免记录有 {idle} 项未豁免任何疑点"
        en += f"; {'1 waiver waives' if idle == 1 else f'{idle} waivers waive'} nothing"
    if unknown:
        zh += f"；{len(unknown):,} 笔缺少数据，无法判断"
        en += f"; {len(unknown):,} cannot be judged, since data are missing"
    if exposed:
        zh += f"；风险提示 {len(exposed):,} 笔"
        en += f"; {len(exposed):,} at risk if the text is read otherwise"
    return Words(f"{zh}。", f"{en}.")


def _purchases(count: int) -> str:
    return "1 purchase" if count == 1 else f"{count:,} purchases"


# -- how much of the log it covers -------------------------------------------------------------------------------------


@attrs.frozen
class Coverage:
    """How many rows of the log, and how much of its money in minor units, the policy spoke to; and why the others were
    not judged. Money is what was bought: amounts below zero are not in it."""

    rows: int
    judged: int
    minor: int
    judged_minor: int
    others: Sequence[tuple[Words, int]]

    @property
    def little(self) -> bool:
        """Whether less than half of the rows or of the money was judged, or nothing at all."""
        return not self.judged or 2 * self.judged < self.rows or 2 * self.judged_minor < self.minor


def coverage(plan: Plan, every: Group, groups: Groups) -> Coverage:
    others, rejected = groups[Standing.NOT_APPLICABLE], groups[Standing.REJECTED]
    why = Counter(finding.unjudged for finding in others.rows if isinstance(finding, Finding))
    counted = [(unjudged_words(plan, each), why[each]) for each in Unjudged if why[each]]
    if rejected:
        counted.append((Words("未能读取", "not read"), len(rejected)))
    return Coverage(
        len(every),
        len(every) - len(others) - len(rejected),
        every.bought,
        every.bought - others.bought - rejected.bought,
        counted,
    )


def coverage_words(plan: Plan, found: Coverage) -> Words:
    """How much was judged, in rows and in money, and why the rest was not."""
    money = plan.policy.money
    size, all_ = (money.shown(minor, plan.policy.decimal) for minor in (found.judged_minor, found.minor))
    zh = "".join(f"；{words.zh} {count:,} 行" for words, count in found.others)
    en = "".join(f"; {words.en}: {count:,}" for words, count in found.others)
    return Words(
        f"已检查 {found.judged:,} 行，共 {found.rows:,} 行；金额 {size}，共 {all_}{zh}。",
        f"Judged {found.judged:,} of {found.rows:,} rows, {size} of {all_}{en}.",
    )


# -- what comes before everything --------------------------------------------------------------------------------------


def little(plan: Plan, found: Coverage, others: Iterable[Finding]) -> Words | None:
    """That little or nothing was judged, and what to do; None where more was."""
    if not found.little:
        return None
    outside = [finding for finding in others if finding.unjudged is Unjudged.OUTSIDE]
    if 2 * len(outside) > found.rows - found.judged:
        return _outside(plan, found, outside)
    why = max(found.others, key=lambda other: other[1], default=None)
    zh, en = (f"：{why[1]:,} 行{why[0].zh}", f"; {why[0].en}: {why[1]:,}") if why else ("", "")
    if not found.judged:
        return Words(
            f"台账 {found.rows:,} 行，一行也没有判断{zh}。", f"None of the {found.rows:,} rows was judged{en}."
        )
    size, all_ = (plan.policy.money.shown(minor, plan.policy.decimal) for minor in (found.judged_minor, found.minor))
    return Words(
        f"台账 {found.rows:,} 行、{all_}，只判断了 {found.judged:,} 行、{size}{zh}。",
        f"Only {found.judged:,} of {found.rows:,} rows and {size} of {all_} were judged{en}.",
    )


def _outside(plan: Plan, found: Coverage, outside: Sequence[Finding]) -> Words:
    """That most rows are of other years, and of which."""
    years = Counter(plan.policy.year_of(finding.purchase[plan.built.date]) for finding in outside)
    (year, count), *more = years.most_common()
    within = period(plan.policy)
    zh = f"都是 {year} 年的" if count == found.rows else f"{count:,} 行是 {year} 年的"
    en = f"all {count:,} are of {year}" if count == found.rows else f"{count:,} are of {year}"
    if more:
        zh, en = (
            f"{zh}，其余 {sum(n for _, n in more):,} 行属其他年度",
            f"{en}, others of {'another year' if len(more) == 1 else f'{len(more)} more years'}",
        )
    how = "没有一行" if not found.judged else f"只有 {found.judged:,} 行"
    how_en = "No row" if not found.judged else f"Only {found.judged:,} of {found.rows:,} rows"
    lies = "lies" if found.judged < 2 else "lie"
    # A rule that is in force from a day on may be the wrong one for a log of earlier days.
    whole = within.zh.endswith("年")
    year_zh = f"请加 --year {year}" if whole else f"请核对施行日期；仍要据以检查的，加 --year {year}"
    year_en = f"give --year {year}" if whole else f"check these days; to judge by it all the same, give --year {year}"
    return Words(
        f"台账 {found.rows:,} 行，{how}在{' ' * within.zh[0].isascii()}{within.zh}：{zh}；{year_zh}。",
        f"{how_en} {lies} in {within.en}: {en}; {year_en}.",
    )


def period(policy: Policy) -> Words:
    """Of which days purchases are judged."""
    days = policy.in_force
    if days.since is None or days.until is None:
        zh = f"{f'{days.since} 起' if days.since else ''}{f'至 {days.until} ' if days.until else ''}"
        en = f"{f'the days from {days.since}' if days.since else f'the days until {days.until}'}"
        return Words(f"施行期（{zh.strip()}）内", en)
    year = policy.year_of(days.since)
    if (policy.budget_year(year), policy.budget_year(year + 1) - dt.timedelta(1)) == (days.since, days.until):
        return Words(f"{year} 年", str(year))
    return Words(f"{days.since} 至 {days.until}", f"{days.since} to {days.until}")


def lacking(plan: Plan, rows: Rows, unknown: Group, judged: int) -> tuple[str, ...]:
    """The columns that the log does not have and without which more than half of the purchases cannot be judged."""
    found: Counter[str] = Counter()
    lack = 0
    for finding in [row for row in unknown.rows if isinstance(row, Finding)]:
        absent = [name for name in finding.missing if name in plan.built.columns and name not in rows.there]
        found.update(absent)
        lack += bool(absent)
    return tuple(name for name, _ in found.most_common()) if 2 * lack > judged else ()


def lacking_words(plan: Plan, columns: Sequence[str], unknown: Group, judged: int, totals: bool) -> Words:
    """That these columns are lacking, what cannot be judged without them, and where to look first: at the totals, where
    there are any."""
    names = quoted([column_name(plan, name) for name in columns])
    zh, en = ("；可先看累计与分档", " See the totals against the bands first.") if totals else ("", "")
    return Words(
        f"台账没有{names.zh}栏，{len(unknown):,} 笔（共 {judged:,} 笔）因此无法判断{zh}。",
        f"The log has no column {names.en}: {len(unknown):,} of {judged:,} purchases cannot be judged without.{en}",
    )
