"""An explanation for a person: what was read, what was added up, what each rule turns on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from procure import amounts
from procure.covers import condition_words, cover, verdict_words
from procure.explain import Explanation, MeasuredTotal
from procure.judge import Verdict
from procure.phrases import COLUMN_NAMES, breach_message, done, shown_sum
from procure.records import COLUMNS, UNKNOWN, Purchase
from procure.words import Lang, Words

VERDICTS = {
    Verdict.VIOLATION: Words("违规", "violation"),
    Verdict.COMPLIANT: Words("合规", "compliant"),
    Verdict.UNKNOWN: Words("缺数据，不能判定", "cannot tell for want of data"),
    Verdict.NOT_APPLICABLE: Words("不适用", "not applicable"),
}


def dumps(explanation: Explanation, lang: Lang = "zh") -> str:
    """The explanation as text."""
    return "\n".join([*_head(explanation, lang), *_totals(explanation, lang), *_rules(explanation, lang), ""])


def _head(explanation: Explanation, lang: Lang) -> Iterator[str]:
    finding = explanation.finding
    settled = Words("各读法下一致", "settled") if finding.settled else Words("有争议", "disputed")
    verdict = VERDICTS[finding.verdict].say(lang)
    judged = finding.verdict in (Verdict.VIOLATION, Verdict.COMPLIANT)
    yield (
        f"{finding.purchase.origin}  {verdict}" + (f"（{settled.zh}）" if lang == "zh" else f" ({settled.en})") * judged
    )
    for column in COLUMNS:
        told = _told(finding.purchase, column)
        if told is not None:
            yield f"  {COLUMN_NAMES[column].say(lang)}{_colon(lang)}{told.say(lang)}"
    outcome = finding.judgement.outcome
    if outcome.surely is not None and outcome.perhaps is not None:
        yield Words("  结论：", "  verdict: ").say(lang) + verdict_words(
            finding.policy, outcome.surely, outcome.perhaps
        ).say(lang)
    if finding.missing:
        names = [COLUMN_NAMES[column].say(lang) for column in finding.missing]
        yield Words("  可判定所需：", "  what would decide: ").say(lang) + Words("、", ", ").say(lang).join(names)


def _told(purchase: Purchase, column: str) -> Words | None:
    """What the log says in a column; what was measured in words, the rest as it stands."""
    if column == "amount":
        return None if purchase.fen is None else _same(amounts.shown(purchase.fen))
    if column == "approved_on" and purchase.approved_on is not UNKNOWN:
        return done(purchase, ("approved_on",))
    if column in ("method", "kind"):
        return done(purchase, (column,)) if getattr(purchase, column) is not None else None
    value = getattr(purchase, column)
    if isinstance(value, bool):
        return Words("是", "yes") if value else Words("否", "no")
    if value is None or value is UNKNOWN:
        return None
    return _same(value.isoformat() if isinstance(value, dt.date) else str(value))


def _totals(explanation: Explanation, lang: Lang) -> Iterator[str]:
    for total in explanation.totals:
        shown = shown_sum(total.total).say(lang)
        if total.working:
            yield Words(
                f"  年度累计 {shown}（现行读法），由下列各笔组成：",
                f"  accumulated {shown} (working readings), made up of:",
            ).say(lang)
        else:
            when = condition_words(
                cover(explanation.finding.policy.questions, total.when, explanation.finding.policy.open)
            )
            yield Words(f"  若 {when.zh}，年度累计 {shown}：", f"  if {when.en}, accumulated {shown}:").say(lang)
        yield from _members(total, explanation, lang)


def _members(total: MeasuredTotal, explanation: Explanation, lang: Lang) -> Iterator[str]:
    if not total.members:
        yield Words("    （没有计入的采购）", "    (no purchase counts)").say(lang)
    for member in total.members:
        purchase = member.purchase
        fen = (
            Words("金额未载明", "amount not stated").say(lang) if purchase.fen is None else amounts.shown(purchase.fen)
        )
        itself = Words("本笔", "this purchase").say(lang) if purchase is explanation.finding.purchase else ""
        unsure = "" if member.sure else Words("是否计入不明", "may not count").say(lang)
        told = (str(purchase.origin), str(purchase.date), purchase.id, fen, itself, unsure)
        yield "    " + "  ".join(part for part in told if part)


def _rules(explanation: Explanation, lang: Lang) -> Iterator[str]:
    policy = explanation.finding.policy
    for breach in explanation.breaches:
        yield (
            f"  【{breach.rule.title.zh}】“{breach.rule.clause}”"
            if lang == "zh"
            else (f"  [{breach.rule.title.en}] “{breach.rule.clause}”")
        )
        yield f"    {breach_message(explanation.finding, breach).say(lang)}"
        yield f"    {verdict_words(policy, breach.surely, breach.perhaps).say(lang)}"


def _same(text: str) -> Words:
    return Words(text, text)


def _colon(lang: Lang) -> str:
    return "：" if lang == "zh" else ": "
