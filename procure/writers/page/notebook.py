"""A report in a notebook: the summary and the first findings, without a script."""

from __future__ import annotations

from procure.engines.findings import Finding
from procure.reporting.digest import bought
from procure.reporting.report import Report
from procure.reporting.standing import ATTENTION, gravity, standing
from procure.values.words import Lang
from procure.writers.page.columns import PageColumns
from procure.writers.page.files import content
from procure.writers.page.findings import message
from procure.writers.page.markup import Html, html_lang, tag
from procure.writers.page.masthead import said
from procure.writers.page.standing import kind
from procure.writers.page.summary import counted
from procure.writers.page.view import View
from procure.writers.text import basis

#: How many findings a notebook shows.
SHOWN = 10


def fragment(report: Report, lang: Lang = "zh") -> str:
    """A piece of HTML that stands alone wherever it is put."""
    view = View(report, lang)
    attention = sorted((f for f in report.purchases if standing(f) in ATTENTION), key=gravity)
    table = tag("table", tag("tbody", (_row(view, finding) for finding in attention[:SHOWN])))
    more = len(attention) - SHOWN
    _, *terms = basis(report, lang)
    return tag(
        "div",
        tag("style", content("notebook.css")),
        tag("h4", view.words(report.digest.title)),
        *said(view),
        *counted(view),
        table if attention else None,
        view.cut_off(more, '笔，用 write("x.html") 全部列出', 'findings: write("x.html") lists them all'),
        tag("div", (tag("div", line) for line in terms), class_="gloss"),
        class_="procure",
        lang=html_lang(view.lang),
    )


def _row(view: View, finding: Finding) -> Html:
    purchase = finding.purchase
    return tag(
        "tr",
        tag("td", tag("b", view.words(kind(finding).words))),
        tag("td", view.place(purchase.origin)),
        tag("td", "  ".join(bought(purchase))),
        tag("td", view.amount(purchase)),
        tag("td", PageColumns(view).sums(finding)),
        tag("td", (tag("div", message(view, finding, breach)) for breach in finding.relevant)),
    )
