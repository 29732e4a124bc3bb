"""The report as one HTML page that needs nothing else: no network, no library, no script to be read or printed."""

from __future__ import annotations

import base64
import hashlib

from procure.reporting.report import Report
from procure.reporting.standing import gravity
from procure.values.words import Lang
from procure.writers.page.accounts import drawn, runs
from procure.writers.page.charts import DRAWN, charts
from procure.writers.page.columns import labels
from procure.writers.page.files import content
from procure.writers.page.findings import FindingList, findings
from procure.writers.page.markup import Html, html_lang, join, tag
from procure.writers.page.masthead import masthead, receipt
from procure.writers.page.notebook import fragment
from procure.writers.page.passage import passage
from procure.writers.page.questions import questions
from procure.writers.page.reasons import numbered, reasons
from procure.writers.page.remarks import faults, notices, rejected
from procure.writers.page.summary import summary, totals
from procure.writers.page.view import View

__all__ = ["dumps", "fragment"]


def dumps(report: Report, lang: Lang = "zh") -> str:
    """The page. The same report gives the same text."""
    view = View(report, lang)
    style, script = Html(content("style.css") + labels(view)), content("script.js")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_guard(style, script)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", view.words(report.policy.title), f" {report.checked_on}"),
        tag("style", style),
    )
    body = tag("body", _body(view), tag("script", script))
    page = tag("html", head, body, lang=html_lang(view.lang))
    return f"<!DOCTYPE html>\n{page}\n"


def _body(view: View) -> Html:
    ordered = sorted(view.report.purchases, key=gravity)
    found = runs(view.report)
    gauge = drawn(view.plan)
    numbers = {run.account: n for n, run in enumerate(found[:DRAWN], 1)}
    listed = FindingList(ordered, numbered(ordered), None if gauge is None else gauge.measure, numbers)
    parts = {
        "summary": summary(view),
        "totals": totals(view),
        "findings": findings(view, listed),
        "charts": charts(view, found),
        "rejected": rejected(view),
        "faults": faults(view),
        "notices": notices(view),
        "passage": passage(view),
        "questions": questions(view),
        "reasons": reasons(view, ordered, listed.reasons),
        "receipt": receipt(view),
    }
    there = {name: part for name, part in parts.items() if part is not None}
    return join(
        masthead(view),
        tag("nav", (tag("a", view.title(name), href=f"#{name}") for name in there), class_="contents"),
        tag("main", there.values()),
        _signed(view),
        tag("footer", view.say("由 procure 生成。不是法律意见。", "Written by procure. Not legal advice.")),
    )


def _signed(view: View) -> Html:
    """Where a printed page is signed."""
    labels = (("编制", "prepared by"), ("日期", "date"), ("复核", "reviewed by"), ("日期", "date"), ("索引号", "index"))
    return tag("p", (tag("span", view.say(*label), view.say("：", ": ")) for label in labels), class_="signed printed")


def _guard(style: str, script: str) -> str:
    """What the page may do: its own style and script, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
