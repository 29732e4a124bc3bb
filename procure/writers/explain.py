"""An explanation for a person: what was read, what was added up, what each rule turns on."""

from __future__ import annotations

from collections.abc import Iterator

from procure.engines.judge import Verdict
from procure.interpretation.conditions import condition_words, cover, verdict_words
from procure.interpretation.sources import cited
from procure.log.cells import MISSING, NONE, ONE, Said
from procure.log.rows import Row
from procure.policy.plan import Plan
from procure.policy.totals import ROWS
from procure.reporting.explain import Explanation, MeasuredTotal
from procure.reporting.phrases import (
    breach_message,
    column_name,
    in_order,
    shown,
    shown_sum,
    stated,
    total_name,
    unjudged_words,
)
from procure.values.words import Lang, Words

#: How many of the rows that may be members are named one by one.
NAMED = 20

VERDICTS = {
    Verdict.VIOLATION: Words("疑点", "to confirm"),
    Verdict.COMPLIANT: Words("合规", "compliant"),
    Verdict.UNKNOWN: Words("无法判断，缺少数据", "cannot be judged: data missing"),
    Verdict.NOT_APPLICABLE: Words("未判断", "not judged"),
}


def dumps(explanation: Explanation, lang: Lang = "zh") -> str:
    """The explanation as text."""
    return "\n".join(
        [
            *purchase(explanation, lang),
            *totals(explanation, lang),
            *rules(explanation, lang),
            *lacking(explanation, lang),
            *_named(explanation, lang),
            "",
        ]
    )


def purchase(explanation: Explanation, lang: Lang) -> Iterator[str]:
    """What was read of the purchase, and the verdict."""
    finding = explanation.finding
    settled = Words("各种读法一致", "settled") if finding.settled else Words("有争议", "disputed")
    verdict = VERDICTS[finding.verdict].say(lang)
    judged = finding.verdict in (Verdict.VIOLATION, Verdict.COMPLIANT)
    yield (
        f"{finding.purchase.origin}  {verdict}"
        + (f"（{settled.zh}）" if lang == "zh" else f" ({settled.say(lang)})") * judged
    )
    if finding.unjudged is not None:
        why = unjudged_words(finding.plan, finding.unjudged).say(lang)
        yield Words("  未判断：", "  not judged: ").say(lang) + why
    for column in in_order(finding.purchase.rows.columns):
        value = _stated(finding.plan, finding.purchase, column)
        if value is not None:
            yield f"  {column_name(finding.plan, column).say(lang)}{_colon(lang)}{value.say(lang)}"
    outcome = finding.judgement.outcome
    if outcome.surely is not None and outcome.perhaps is not None:
        yield Words("  结论：", "  verdict: ").say(lang) + verdict_words(
            finding.plan.questions, finding.plan.open, outcome.surely, outcome.perhaps
        ).say(lang)
    if finding.missing:
        names = [column_name(finding.plan, column).say(lang) for column in finding.missing]
        yield Words("  可判断所需：", "  what would decide: ").say(lang) + Words("、", ", ").say(lang).join(names)


def _stated(plan: Plan, purchase: Row, name: str) -> Words | None:
    """What the log says in a column."""
    column, value = purchase.rows.columns[name], purchase[name]
    if value is NONE and column.type == "yes-no":
        return column.shown("no")
    if value is MISSING or value is ONE or value is NONE and column.type != "date":
        return None
    if isinstance(value, Said) or column.type == "date" and column.blank == "none":
        return stated(plan, column, value, labelled=False)
    return shown(plan, column, value)


def totals(explanation: Explanation, lang: Lang) -> Iterator[str]:
    """The totals that mattered, each with its rows."""
    plan = explanation.finding.plan
    for total in explanation.totals:
        name = total_name(plan, total.measure)
        size = shown_sum(plan, total.measure, total.total)
        if total.working:
            yield Words(
                f"  {name.zh} {size.zh}（默认口径），由下列各笔组成：",
                f"  {name.en} {size.en} (working readings), made up of:",
            ).say(lang)
        else:
            when = condition_words(cover(plan.questions, total.when, plan.open))
            yield Words(f"  若 {when.zh}，{name.zh} {size.zh}：", f"  if {when.en}, {name.en} {size.en}:").say(lang)
        yield from _members(total, explanation, lang)
        yield from _doubtful(total, explanation, lang)


def _members(total: MeasuredTotal, explanation: Explanation, lang: Lang) -> Iterator[str]:
    policy = explanation.finding.plan.policy
    if not total.members:
        yield Words("    （没有计入的采购）", "    (no purchase counts)").say(lang)
    for member in total.members:
        purchase = member.purchase
        minor = purchase.minor if total.measure.way.sum == ROWS else purchase.get(total.measure.way.sum)
        unread = Words("金额未载明", "amount not stated").say(lang)
        money = policy.money.shown(minor, policy.decimal) if isinstance(minor, int) else unread
        itself = Words("本笔", "this purchase").say(lang) if purchase == explanation.finding.purchase else ""
        unsure = "" if member.sure else Words("是否计入不明", "may not count").say(lang)
        line = (str(purchase.origin), str(purchase.date), purchase.id, money, itself, unsure)
        yield "    " + "  ".join(part for part in line if part)


def _doubtful(total: MeasuredTotal, explanation: Explanation, lang: Lang) -> Iterator[str]:
    """The rows that may be members, by why that is not known, with what they come to."""
    plan = explanation.finding.plan
    for doubtful in total.doubtful:
        names = [column_name(plan, column) for column in doubtful.columns]
        zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
        purchases = [row if isinstance(row, Row) else row.readable for row in doubtful.rows]
        amounts = [_adds(total, purchase) for purchase in purchases]
        size = Words(f"{len(purchases)} 笔", "1 purchase" if len(purchases) == 1 else f"{len(purchases)} purchases")
        if total.measure.way.sum != ROWS:
            money = plan.policy.money.shown(sum(amount for amount in amounts if amount), plan.policy.decimal)
            size = Words(f"{size.zh} {money}", f"{size.en}, {money}")
        yield (
            Words(
                f"    本笔未载明{zh}，可能与下列各笔中的一部分合计（{size.zh}）：",
                f"    its {en} is not stated, so that it may share a total with some of these ({size.en}):",
            )
            if doubtful.itself
            else Words(f"    未载明{zh}，可能计入（{size.zh}）：", f"    without {en}, may be in it ({size.en}):")
        ).say(lang)
        for purchase, amount in zip(purchases[:NAMED], amounts, strict=False):
            unread = Words("金额未载明", "amount not stated").say(lang)
            spent = plan.policy.money.shown(amount, plan.policy.decimal) if amount is not None else unread
            parts = (str(purchase.origin), str(purchase.date or ""), purchase.id, spent)
            yield "      " + "  ".join(part for part in parts if part)
        if len(purchases) > NAMED:
            yield Words(f"      …… 另有 {len(purchases) - NAMED} 笔", f"      … {len(purchases) - NAMED} more").say(
                lang
            )


def _adds(total: MeasuredTotal, purchase: Row) -> int | None:
    amount = purchase.minor if total.measure.way.sum == ROWS else purchase.get(total.measure.way.sum)
    return amount if isinstance(amount, int) else None


def rules(explanation: Explanation, lang: Lang) -> Iterator[str]:
    """Each rule that may be breached: its clause, what it asks, and what the log shows."""
    plan = explanation.finding.plan
    for breach in explanation.breaches:
        title, quoted = breach.rule.title, cited(breach.rule.clauses)
        yield Words(f"  【{title.zh}】{quoted.zh}", f"  [{title.en}] {quoted.en}").say(lang)
        yield f"    {breach_message(explanation.finding, breach).say(lang)}"
        yield f"    {verdict_words(plan.questions, plan.open, breach.surely, breach.perhaps).say(lang)}"


def lacking(explanation: Explanation, lang: Lang) -> Iterator[str]:
    """What a violation lacked."""
    if explanation.lacking is not None:
        yield from (f"  {words.say(lang)}" for words in explanation.lacking.words)


def questions(explanation: Explanation, lang: Lang) -> Iterator[str]:
    """The questions that the lines above name by their ids, in words, with their readings."""
    plan, outcome = explanation.finding.plan, explanation.finding.judgement.outcome
    sets = [total.when for total in explanation.totals if not total.working]
    sets += [each for each in (outcome.surely, outcome.perhaps) if each is not None]
    sets += [each for breach in explanation.breaches for each in (breach.surely, breach.perhaps)]
    named = {name for each in sets for condition in cover(plan.questions, each, plan.open) for name in condition}
    asked = [question for question in plan.questions if question.id in named]
    for question in asked:
        yield f"    {question.id}{_colon(lang)}{question.question.say(lang)}"
        yield from (f"      {each.id}{_colon(lang)}{each.meaning.say(lang)}" for each in question.readings)


def _named(explanation: Explanation, lang: Lang) -> Iterator[str]:
    lines = list(questions(explanation, lang))
    if lines:
        yield Words("  所涉问题及读法：", "  the questions named here, and their readings:").say(lang)
    yield from lines


def _colon(lang: Lang) -> str:
    return "：" if lang == "zh" else ": "
