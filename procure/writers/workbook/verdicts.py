"""The columns of what was found: verdict, rules, what it turns on, what was required and done, and the amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from procure import phrases
from procure.amounts import Fen
from procure.findings import Finding
from procure.judge import Breach
from procure.records import Rejected
from procure.report import Report
from procure.words import Words
from procure.writers.workbook import own
from procure.writers.workbook.standing import Row, certainty, purchase_of, verdict
from procure.writers.workbook.tables import Cell, Column

_PERHAPS = Words("可能：", "perhaps: ")
_OTHERWISE = Words("改读法则：", "if read otherwise: ")
_SEMICOLON = Words("；", "; ")
_OR = Words("；或 ", "; or ")
_LINE = Words("\n", "\n")
_COMMA = Words("、", ", ")
_TO = Words(" 至 ", " to ")
_COUNTED = {True: own.YES, False: own.NO, None: Words("不明", "not known")}


def verdict_columns(report: Report) -> Mapping[str, Column[Row]]:
    """By name, in their order. A policy that accumulates nothing has no column of totals."""
    titles = {rule.id: rule.title for rule in report.policy.rules}

    def tier(finding: Finding) -> Cell:
        names = [titles.get(id, Words(id, id)) for id in finding.tiers]
        return _joined(names if len(names) < 2 else (names[0], names[-1]), _TO)

    columns: dict[str, Column[Row]] = {
        "verdict": Column(Words("结论", "verdict"), 28, verdict),
        "certainty": Column(Words("确定性", "certainty"), 10, certainty),
        "rules": Column(Words("违反的规定", "rules breached"), 30, _of_finding(_rules)),
        "clause": Column(Words("条款原文", "clause"), 38, _of_finding(_clauses)),
        "turns_on": Column(Words("结论取决于（改为此读法，结论即变）", "turns on (another verdict if read so)"), 44,
                           _of_finding(_turns_on)),
        "wanting": Column(Words("所缺数据或未读原因", "missing, or why not read"), 24, _wanting),
        "missing": Column(Words("所缺数据", "missing"), 24, _wanting),
        "required": Column(Words("应当", "required"), 28, _of_finding(_required)),
        "done": Column(Words("实际", "done"), 22, _done),
        "tier": Column(Words("所属档", "tier"), 24, _of_finding(tier)),
        "single": Column(Words("单次金额", "single amount"), 16, lambda row: purchase_of(row).fen),
    }  # fmt: skip
    if report.policy.measures:
        columns["accumulated"] = Column(Words("年度累计", "accumulated"), 26, _of_finding(_accumulated))
        columns["counted"] = Column(
            Words("本笔计入累计", "itself counted"), 10, _of_finding(lambda finding: _COUNTED[finding.counted])
        )
    return columns


def _of_finding(tell: Callable[[Finding], Cell]) -> Callable[[Row], Cell]:
    """Nothing was found of a row that could not be read."""
    return lambda row: None if isinstance(row, Rejected) else tell(row)


def _joined(parts: Iterable[Words], sign: Words = _SEMICOLON) -> Words | None:
    """Each part once."""
    distinct = tuple(dict.fromkeys(parts))
    if not distinct:
        return None
    return Words(sign.zh.join(part.zh for part in distinct), sign.en.join(part.en for part in distinct))


def _rules(finding: Finding) -> Cell:
    def named(breach: Breach) -> Words:
        how = _OTHERWISE if finding.exposed else _PERHAPS if breach.working is None else Words("", "")
        return Words(how.zh + breach.rule.title.zh, how.en + breach.rule.title.en)

    return _joined(map(named, finding.told()))


def _clauses(finding: Finding) -> Cell:
    texts = (breach.rule.clause.text for breach in finding.told())
    return _joined((Words(text, text) for text in texts), _LINE)


def _turns_on(finding: Finding) -> Cell:
    return _joined((phrases.flip_words(finding.policy, flip) for flip in finding.flips), _OR)


def _wanting(row: Row) -> Cell:
    if isinstance(row, Rejected):
        return row.why
    return _joined((phrases.COLUMN_NAMES[column] for column in row.missing), _COMMA)


def _required(finding: Finding) -> Cell:
    return _joined(breach.rule.required for breach in finding.told())


def _done(row: Row) -> Cell:
    """What the log shows in the columns that matter; of a row without a breach, how it was bought."""
    shows = () if isinstance(row, Rejected) else (column for breach in row.told() for column in breach.rule.shows)
    return phrases.done(purchase_of(row), tuple(dict.fromkeys(shows)) or ("method",))


def _accumulated(finding: Finding) -> Cell:
    total = finding.accumulated
    return Fen(total.low) if total is not None and total.exact else phrases.shown_sum(total)
