"""A page taken apart, for tests that ask what it holds; and a policy that has little in common with the model case."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import attrs

from procure import Policy, Purchase, Report, Words
from procure.authoring import Band, Duty, Ladder, Passage, Total, column
from procure.log.rows import Source

VOID = {"meta", "input"}


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text in them. A page that is not well-formed is refused."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open[-1] if self._open else "", data))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Elements and the names of their attributes, without any value."""
        return [(tag, tuple(attributes)) for tag, attributes in self.elements]

    def all(self, name: str) -> list[str]:
        """The values of an attribute."""
        return [value for _, attributes in self.elements if (value := attributes.get(name)) is not None]

    def text(self) -> str:
        return "".join(data for tag, data in self.texts if tag not in ("style", "script"))


def read_from(report: Report, *sources: Source) -> Report:
    """The report as if its rows had stood in these tables."""
    return attrs.evolve(report, read=attrs.evolve(report.read, sources=sources))


COUNCIL = (
    "From £1,000, and from £9,000 a year with one supplier, three quotes are obtained.\n"
    "From £5,000 the committee approves, else the clerk.\n"
    "A risk assessment is on file from £2,000."
)
SUPPLIER = Total(by="supplier", window="year so far")


def council(totals: Any = None, **keys: Any) -> Policy:
    """In pounds: two ladders, one of them over what is spent with a supplier, an evidence column of its own, no limit
    and no question."""
    totals = {"with-supplier": SUPPLIER} if totals is None else totals
    small = {"amount": "[0 .. 1000)", **dict.fromkeys(totals, "[0 .. 9000)")}
    large = {"amount": "[1000 .. )", **dict.fromkeys(totals, "[9000 .. )")}
    quotes = (Band(id="direct", range=small), Band(id="quotes", range=large, duties=["quotes"]))
    ranks = (Band(id="clerk", range="[0 .. 5000)"), Band(id="committee", range="[5000 .. )", duties=["committee"]))
    declared: dict[str, Any] = {
        "columns": {
            "supplier": column("supplier"),
            "quotes": column("quotes"),
            "rank": column("rank", order=("Clerk", "Committee"), title="approved by", headers=("approved by",)),
            "risk": column("risk", type="yes-no", title="risk assessment", words={"yes": ("y",), "no": ("n",)}),
        },
        "ladders": {
            "procedure": Ladder(measures=["amount", *totals], bands=quotes),
            "approval": Ladder(bands=ranks),
        },
        "duties": {
            "quotes": Duty(title="three quotes", required="obtain three quotes", clause="three quotes are obtained",
                           met_by={"quotes": ">= 3"}),
            "committee": Duty(title="approval", required="have the committee approve", clause="the committee approves",
                              met_by={"rank": ">= Committee"}),
            "risk": Duty(title="risk", required="have a risk assessment on file", clause="risk assessment is on file",
                         when={"amount": ">= 2000"}, met_by={"risk": "yes"}),
        },
    }  # fmt: skip
    declared = {"text": Passage(COUNCIL, Words("regulations", "regulations")), **declared, "totals": totals, **keys}
    return Policy(
        **{"id": "council", "title": "Council", "currency": "GBP", "language": "en", "year": "04-01", **declared}
    )


def spent(amount: object, **cells: Any) -> Purchase:
    """A purchase of a council; `cells` say what is different about it."""
    usual = {"date": "2024-05-06", "supplier": "Acme", "quotes": 3, "rank": "Clerk", "risk": "y"}
    return Purchase(**{**usual, "amount": amount, **cells})
