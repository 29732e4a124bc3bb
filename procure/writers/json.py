"""The JSON report: the contract that other programs read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from procure import amounts
from procure.findings import Finding, Notice
from procure.judge import Breach, Verdict
from procure.phrases import breach_message, sum_of
from procure.policy import Policy
from procure.records import Rejected
from procure.report import Report
from procure.words import Lang
from procure.writers.impact import as_dict as impact_dict

SCHEMA = 1


def dumps(report: Report, lang: Lang = "zh", impact: bool = False) -> str:
    """The report as JSON text; messages are in `lang`. With `impact`, what each open question costs stands beside
    it."""
    more = {"impact": impact_dict(report.impact(), lang)} if impact else {}
    return json.dumps({**as_dict(report, lang), **more}, ensure_ascii=False, indent=1) + "\n"


def as_dict(report: Report, lang: Lang = "zh") -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "date": report.checked_on.isoformat(),
        "policy": policy_dict(report.policy, lang),
        "logs": _logs(report, lang),
        "notices": [_notice(notice, lang) for notice in report.notices],
        "summary": _summary(report),
        "purchases": [_finding(finding, lang) for finding in report.purchases],
    }


def policy_dict(policy: Policy, lang: Lang) -> dict[str, Any]:
    # These two stand in the report only where they are given: the contract's own keys are always the same.
    more: dict[str, Any] = {"adoption": [record.plain for record in policy.adoptions]} if policy.adoptions else {}
    if policy.open_tender is not None and policy.open_tender.given:
        more["open_tender"] = policy.open_tender.plain
    return {
        "id": policy.id,
        "sha256": policy.passage.sha256,
        "limits": policy.limits,
        "adopted": dict(policy.adopted),
        "asked": [ambiguity.id for ambiguity in policy.asked],
        "not_asked": [
            {"entry": entry, "why": ambiguity.because.say(lang)}
            for ambiguity in policy.not_asked
            for entry in ambiguity.entries
            if ambiguity.because is not None
        ],
        **more,
    }


def _logs(report: Report, lang: Lang) -> list[dict[str, Any]]:
    shas: dict[str | None, str | None] = {source.file or None: source.sha256 or None for source in report.log.sources}
    files = list(dict.fromkeys([*shas, *(row.origin.file for row in report.log.rows)]))
    return [_log(file, shas.get(file), report, lang) for file in files]


def _log(file: str | None, sha256: str | None, report: Report, lang: Lang) -> dict[str, Any]:
    findings = [finding for finding in report.purchases if finding.purchase.origin.file == file]
    rejected = [row for row in report.rejected if row.origin.file == file]
    not_applicable = sum(finding.verdict is Verdict.NOT_APPLICABLE for finding in findings)
    return {
        "file": file,
        "sha256": sha256,
        "rows": len(findings) + len(rejected),
        "judged": len(findings) - not_applicable,
        "not_applicable": not_applicable,
        "rejected": [_rejected(row, lang) for row in rejected],
    }


def _rejected(row: Rejected, lang: Lang) -> dict[str, Any]:
    return {
        "sheet": row.origin.sheet,
        "row": row.origin.row,
        "column": row.column,
        "value": row.value,
        "why": row.why.say(lang),
    }


def _notice(notice: Notice, lang: Lang) -> dict[str, Any]:
    return {
        "kind": notice.kind,
        "rows": [origin.row for origin in notice.origins if origin.row is not None],
        "message": notice.message.say(lang),
    }


def _summary(report: Report) -> dict[str, Any]:
    def sure_or_not(findings: Iterable[Finding]) -> dict[str, int]:
        settled = [finding.settled for finding in findings]
        return {"settled": sum(settled), "disputed": len(settled) - sum(settled)}

    return {
        "violation": sure_or_not(report.violations),
        "unknown": len(report.unknown),
        "compliant": sure_or_not(report.compliant),
        "not_applicable": len(report.not_applicable),
    }


def _finding(finding: Finding, lang: Lang) -> dict[str, Any]:
    purchase, total = finding.purchase, finding.accumulated
    return {
        "id": purchase.id,
        "file": purchase.origin.file,
        "sheet": purchase.origin.sheet,
        "row": purchase.origin.row,
        "verdict": finding.verdict.value,
        "settled": finding.settled,
        "flips": [dict(flip) for flip in finding.flips],
        "missing": list(finding.missing),
        "single": None if purchase.fen is None else amounts.plain(purchase.fen),
        "accumulated": None if total is None else sum_of(total),
        "tier": tier_of(finding),
        "breaches": [_breach(finding, breach, lang) for breach in finding.breaches],
    }


def tier_of(finding: Finding) -> str | None:
    """The tier; `lowest..highest` of those possible where a missing datum leaves it open; None where none is
    claimed."""
    tiers = finding.tiers
    return None if not tiers else tiers[0] if len(tiers) == 1 else f"{tiers[0]}..{tiers[-1]}"


def _breach(finding: Finding, breach: Breach, lang: Lang) -> dict[str, Any]:
    return {
        "rule": breach.rule.id,
        "working": breach.working,
        "settled": breach.settled,
        "clause": breach.rule.clause.text,
        "message": breach_message(finding, breach).say(lang),
    }
