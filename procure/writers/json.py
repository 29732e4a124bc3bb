"""The JSON report: the contract that other programs read. It is made part by part, so that a report that is written
takes no more memory than the report itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from procure.engines.findings import Finding, Notice
from procure.engines.judge import Breach
from procure.engines.sums import Summed
from procure.interpretation.readings import Ambiguity
from procure.log.corrections import Correction
from procure.log.onepurchase import Merged
from procure.log.records import Origin
from procure.log.rows import CellFault, Rejected, Row
from procure.policy.encoded import encoded
from procure.policy.plan import Plan
from procure.reporting.causes import Cause
from procure.reporting.lacking import way_words
from procure.reporting.leaving import Left
from procure.reporting.phrases import breach_message, limits_plain, plain, span_of, sum_of, unjudged_words
from procure.reporting.reconciling import ClassSum, Reconciliation
from procure.reporting.report import Report
from procure.reporting.standing import Standing
from procure.reporting.totals import AccountTotal
from procure.values.money import Currency
from procure.values.words import Lang
from procure.writers import encoding
from procure.writers.impact import as_dict as impact_dict
from procure.writers.patterns import as_dict as patterns_dict

SCHEMA = 2


def dumps(report: Report, lang: Lang = "zh", impact: bool = False) -> str:
    """The report as JSON text; messages are in `lang`. With `impact`, what each open question costs stands beside
    it."""
    return "".join(parts(report, lang, impact))


def parts(report: Report, lang: Lang = "zh", impact: bool = False) -> Iterator[str]:
    """The same part by part: each purchase on a line of its own."""
    more = {"impact": impact_dict(report.impact(), report.policy, lang)} if impact else {}
    head = json.dumps({**_head(report, lang), **more}, ensure_ascii=False, indent=1)
    yield f'{head.removesuffix("}").rstrip()},\n "purchases": ['
    for at, finding in enumerate(report.purchases):
        yield f"{',' if at else ''}\n{_line(_purchase(report, finding, lang))}"
    yield "\n ]\n}\n"


def lines(report: Report, lang: Lang = "zh") -> Iterator[str]:
    """The report as JSON lines: the first is all of it but the purchases, which follow, one a line."""
    yield _line(_head(report, lang)) + "\n"
    for finding in report.purchases:
        yield _line(_purchase(report, finding, lang)) + "\n"


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def dumps_versions(reports: Mapping[str, Report], lang: Lang = "zh") -> str:
    """The reports by several versions of a policy as JSON text, each by its name."""
    each = ",\n".join(f"{json.dumps(name)}: {dumps(report, lang).rstrip()}" for name, report in reports.items())
    return f'{{"schema": {SCHEMA}, "versions": {{\n{each}\n}}}}\n'


def as_dict(report: Report, lang: Lang = "zh") -> dict[str, Any]:
    return {**_head(report, lang), "purchases": [_purchase(report, finding, lang) for finding in report.purchases]}


def _purchase(report: Report, finding: Finding, lang: Lang) -> dict[str, Any]:
    return {**_finding(report, finding, lang), **_lacking(report, finding, lang), **_waived(report, finding)}


def _head(report: Report, lang: Lang) -> dict[str, Any]:
    """All but the purchases."""
    more = {"set_aside": [_place(row) for row in report.set_aside]} if report.set_aside else {}
    return {
        "schema": SCHEMA,
        **more,
        "void": [
            {**_place(each.row), "word": each.word, **_said(report, each.row, key)}
            for each, key in zip(report.void, report.void_keys, strict=True)
        ],
        **({"merged": [_merged(each) for each in report.merged]} if report.log.habits.one_purchase else {}),
        "date": report.checked_on.isoformat(),
        "policy": policy_dict(report.plan, lang),
        "result": _result(report, lang),
        "totals": [_total(report, account, lang) for account in report.digest.totals],
        "logs": _logs(report, lang),
        "causes": [_cause(cause, lang) for cause in report.causes],
        "notices": [_notice(notice, lang) for notice in report.notices],
        "left_open": [_left(report, left) for left in report.left_open],
        "summary": _summary(report),
        "reconciliation": [_reconciled(each) for each in report.reconciliation],
        "corrections": [_correction(each) for each in report.corrections],
        "receipt": _receipt(report, lang),
        **({} if report.patterns is None else {"patterns": patterns_dict(report.patterns, report.policy)}),
    }


def _result(report: Report, lang: Lang) -> dict[str, Any]:
    """The first screen: in words, and how much of the log it covers."""
    digest, plain = report.digest, report.policy.money.plain
    found = digest.coverage
    return {
        "title": digest.title.say(lang),
        "first": None if digest.lead is None else digest.lead.say(lang),
        "message": digest.result.say(lang),
        "coverage": {
            "message": digest.covered.say(lang),
            "rows": found.rows,
            "judged": found.judged,
            "amount": plain(found.minor),
            "judged_amount": plain(found.judged_minor),
            "little": found.little,
        },
        "lacking": list(digest.lacking),
        "next": [
            {"message": task.words.say(lang), "how": None if task.how is None else task.how.say(lang)}
            for task in digest.tasks
        ],
    }


def _correction(each: Correction) -> dict[str, Any]:
    said = {name: getattr(each, name) for name in ("column", "old", "new", "by", "document", "day")}
    origin = each.origin
    return {"file": origin.file, "sheet": origin.sheet, "row": origin.row, **said, "became": each.became.value}


def _receipt(report: Report, lang: Lang) -> dict[str, Any] | None:
    """How the check was asked for."""
    asked = report.receipt
    if asked is None:
        return None
    return {"version": asked.version, "lang": lang, "options": [option.plain for option in asked.options]}


def _total(report: Report, account: AccountTotal, lang: Lang) -> dict[str, Any]:
    """A total against the bands."""
    plan, measure = report.plan, account.measure
    ladder = plan.ladders[account.ladder]

    def plain(number: int | None) -> str | None:
        return None if number is None else sum_of(plan, measure, Summed(number, 0, 1, 0))

    return {
        "total": measure.total,
        "keys": {name: words.say(lang) for name, words in account.keys.items()},
        "year": account.year,
        "purchases": account.purchases,
        "sum": sum_of(plan, measure, account.total),
        "ladder": ladder.id,
        "band": span_of([ladder.bands[band] for band in account.bands]),
        "worst_band": None if account.highest is None else ladder.bands[account.highest],
        "next_cut": plain(account.next),
        "distance": plain(account.distance),
        "findings": account.findings,
    }


def _place(row: Row | Rejected) -> dict[str, Any]:
    return _origin(row.origin)


def _origin(origin: Origin) -> dict[str, Any]:
    return {"file": origin.file, "sheet": origin.sheet, "row": origin.row}


def _merged(each: Merged) -> dict[str, Any]:
    return {**_origin(each.row.origin), "into": _origin(each.into)}


def _reconciled(each: Reconciliation) -> dict[str, Any]:
    parts = {of.value: _part(each.currency, part) for of, part in each.parts.items()}
    return {"currency": each.currency.code, "log": _part(each.currency, each.log), "parts": parts}


def _part(currency: Currency, part: ClassSum) -> dict[str, Any]:
    return {"rows": part.rows, "amount": currency.plain(part.minor), "without_amount": part.unread}


def _left(report: Report, left: Left) -> dict[str, Any]:
    rows = report.read.origins
    return {
        "column": left.column,
        "rows": [row for at in left.rows if (row := rows[at].row) is not None],
        "verdicts": left.verdicts,
    }


def policy_dict(plan: Plan, lang: Lang) -> dict[str, Any]:
    """The policy as it faced the log: what was given and adopted, and its texts, each once."""
    policy = plan.policy
    # It stands in the report only where it is given: the contract's own keys are always the same.
    more = {"adoption": [record.plain for record in policy.adoptions]} if policy.adoptions else {}
    return {
        "id": policy.id,
        "title": policy.title.say(lang),
        "currency": policy.money.code,
        "sha256": policy.passage.sha256,
        "text": encoding.plain(encoded(policy)),
        "limits": limits_plain(policy),
        "adopted": dict(policy.adopted),
        "asked": [ambiguity.id for ambiguity in plan.asked],
        "not_asked": [_not_asked(ambiguity, lang) for ambiguity in plan.not_asked],
        **more,
        "rules": [
            {
                "id": rule.id,
                "title": rule.title.say(lang),
                "clause": " … ".join(clause.text for clause in rule.clauses),
                "required": rule.required.say(lang),
            }
            for rule in plan.rules
        ],
        "ladders": [{"id": ladder.id, "bands": list(ladder.bands)} for ladder in plan.ladders],
        "totals": list(plan.totals),
        "questions": [_question(ambiguity, lang) for ambiguity in (*plan.questions, *policy.unasked)],
    }


def _not_asked(ambiguity: Ambiguity, lang: Lang) -> dict[str, Any]:
    why = None if ambiguity.because is None else ambiguity.because.say(lang)
    return {"id": ambiguity.id, "entries": list(ambiguity.entries), "why": why}


def _question(ambiguity: Ambiguity, lang: Lang) -> dict[str, Any]:
    readings = {reading.id: reading.meaning.say(lang) for reading in ambiguity.readings}
    return {"id": ambiguity.id, "question": ambiguity.question.say(lang), "readings": readings}


def _logs(report: Report, lang: Lang) -> list[dict[str, Any]]:
    rejected: dict[str | None, list[dict[str, Any]]] = {}
    faults: dict[str | None, list[dict[str, Any]]] = {}
    for row in report.rejected:
        rejected.setdefault(row.origin.file, []).append(_rejected(report, row, lang))
    for fault in report.cell_faults:
        faults.setdefault(fault.origin.file, []).append(_fault(fault, lang))
    return [
        {
            "file": log.file,
            "sha256": log.sha256,
            "why": None if log.why is None else log.why.say(lang),
            "mapping": log.mapping or None,
            "rows": log.rows,
            "amount": report.policy.money.plain(log.minor),
            "read": log.read,
            "judged": log.judged,
            "not_applicable": log.not_applicable,
            "findings": log.findings,
            "rejected": rejected.get(log.file, []),
            "cell_faults": faults.get(log.file, []),
        }
        for log in report.digest.files
    ]


def _rejected(report: Report, row: Rejected, lang: Lang) -> dict[str, Any]:
    """By its first fault; all of them are among the log's `cell_faults`."""
    return {**_fault(row.faults[0], lang), **_said(report, row.readable, report.keys[row.readable.at])}


def _said(report: Report, row: Row, key: str) -> dict[str, Any]:
    """What a row says, and by what it is known in another log."""
    amount = None if row.minor is None else report.policy.money.plain(row.minor)
    return {"id": row.id, "key": key, "amount": amount, "cells": plain(report.plan, row)}


def _fault(fault: CellFault, lang: Lang) -> dict[str, Any]:
    return {
        "sheet": fault.origin.sheet,
        "row": fault.origin.row,
        "column": fault.column,
        "value": fault.value,
        "why": fault.why.say(lang),
    }


def _cause(cause: Cause, lang: Lang) -> dict[str, Any]:
    return {
        "column": cause.column.name,
        "several": cause.several,
        "cells": cause.cells,
        "of": cause.of,
        "written": [{"text": text, "cells": cells} for text, cells in cause.written.items()],
        "mend": None if cause.mend is None else cause.mend.say(lang),
        "message": cause.words.say(lang),
    }


def _notice(notice: Notice, lang: Lang) -> dict[str, Any]:
    return {
        "kind": notice.kind,
        "rows": [origin.row for origin in notice.origins if origin.row is not None],
        "message": notice.message.say(lang),
    }


def _summary(report: Report) -> dict[str, Any]:
    count = {standing: len(group) for standing, group in report.digest.groups.items()}
    compliant = count[Standing.EXPOSED] + count[Standing.COMPLIANT]
    sure = report.digest.groups[Standing.COMPLIANT].sure
    return {
        "violation": {"settled": count[Standing.SETTLED], "disputed": count[Standing.DISPUTED]},
        "unknown": count[Standing.UNKNOWN],
        "compliant": {"settled": sure, "disputed": compliant - sure},
        "not_applicable": count[Standing.NOT_APPLICABLE],
    }


def _finding(report: Report, finding: Finding, lang: Lang) -> dict[str, Any]:
    purchase = finding.purchase
    return {
        **_said(report, purchase, report.keys[purchase.at]),
        "file": purchase.origin.file,
        "sheet": purchase.origin.sheet,
        "row": purchase.origin.row,
        "verdict": finding.verdict.value,
        "settled": finding.settled,
        "flips": [dict(flip) for flip in finding.flips],
        "missing": list(finding.missing),
        "totals": _totals(finding),
        "bands": {ladder: span_of(bands) for ladder, bands in finding.bands.items()},
        "breaches": [_breach(finding, breach, lang) for breach in finding.breaches],
        "unjudged": _unjudged(finding, lang),
    }


def _lacking(report: Report, finding: Finding, lang: Lang) -> dict[str, Any]:
    """What a violation lacked; nothing of another purchase."""
    found = report.lacking(finding)
    if found is None:
        return {}
    ways = [
        {
            "columns": list(dict.fromkeys(column for each in way for column in each.columns)),
            "message": way_words(way).say(lang),
        }
        for way in found.ways
    ]
    carried = [
        {
            "ladder": each.ladder,
            "band": each.band,
            "total": each.measure.total,
            "sum": sum_of(report.plan, each.measure, each.total),
            "others": each.others,
            "purchases": [{"id": of.purchase.id, "row": of.purchase.origin.row} for of in each.members],
        }
        for each in found.carried
    ]
    message = "; ".join(words.say(lang) for words in found.words)
    return {"lacking": {"ways": ways, "whole": found.whole, "carried": carried, "message": message}}


def _waived(report: Report, finding: Finding) -> dict[str, Any]:
    """The exceptions beside a violation, by rule; nothing where there is none."""
    each = {breach.rule.id: report.waived.of(finding, breach) for breach in finding.relevant}
    found = {rule: waiver.plain for rule, waiver in each.items() if waiver is not None}
    return {"waived": found} if found else {}


def _unjudged(finding: Finding, lang: Lang) -> dict[str, str] | None:
    """Why it is not applicable; None of a purchase that is judged."""
    why = finding.unjudged
    return None if why is None else {"kind": why.value, "message": unjudged_words(finding.plan, why).say(lang)}


def _totals(finding: Finding) -> dict[str, str | None]:
    """Every total of the policy; None where nothing is known of it, or the working interpretation does not read it."""
    plan = finding.plan
    found: dict[str, str | None] = dict.fromkeys(plan.totals)
    for name, measure in plan.working_measures.items():
        found[name] = sum_of(plan, measure, finding.total(measure))
    return found


def _breach(finding: Finding, breach: Breach, lang: Lang) -> dict[str, Any]:
    return {
        "rule": breach.rule.id,
        "working": breach.working,
        "settled": breach.settled,
        "message": breach_message(finding, breach).say(lang),
    }
