"""Amounts with tax and without: which of them a header means, and what a row's amount is on the basis wanted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import attrs

from procure.log.cells import ABSENT, MISSING, Said
from procure.log.faults import says_nothing
from procure.log.rows import CellFault, Rows
from procure.log.units import key
from procure.values.money import Minor
from procure.values.texts import half_width
from procure.values.words import Words

#: Which amount the numbers of a policy mean: with tax, without, or the one that the log has.
Basis = Literal["gross", "net", "unstated"]

#: The columns that a row's amount is made of, by their ready names …
TAXED: Final[tuple[str, ...]] = ("net", "tax", "gross")
#: … and, where a table has some of them, the one that does not say whether tax is in it.
OWN: Final = "amount"

_TAX = r"(?:增值)?税|vat|gst|hst|tax(?:es)?|iva|tva|mwst|mehrwertsteuer|ust|umsatzsteuer|impuestos?|impostos?|btw|moms"
#: In headers as they are compared, without blanks and stops.
_MARKS: Final[Mapping[Basis, re.Pattern[str]]] = {
    "net": re.compile(
        rf"不含(?:{_TAX})|未(?:含)?税|除税|税前|税抜|"
        rf"(?:net(?:to)?of|exclusiveof|excluding|exclusive|excl|exkl|without|before|ohne|zzgl|hors|sin|sem|senza|ex|pre)"
        rf"(?:{_TAX})|(?:{_TAX})(?:excluded|exclusive|esclusa|exclu[ií]d[oa]|excl)|netto|net|ht(?=$|[()])"
    ),
    "gross": re.compile(
        rf"含(?:{_TAX})|价税合计|税込|税后|"
        rf"(?:inclusiveof|including|inclusive|incl|inkl|with|after|con|com|mit|avec|inc)(?:{_TAX})|"
        rf"(?:{_TAX})(?:included|inclusive|inclusa|inclu[ií]d[oa]|incl|comprises?)|toutestaxescomprises|"
        r"brutto|gross|ttc|ivato"
    ),
}
_EMPTIED = re.compile(r"[(\[【][\s,/、;]*[)\]】]")
_LOOSE = re.compile(r"(?<=[(\[【])[,/、;]+|[,/、;]+(?=[)\]】])")

_LACKS: Final[Mapping[Basis, Words]] = {
    "gross": Words(
        "是不含税金额，制度的金额含税，且无税额可加",
        "is an amount without tax, the policy's are with it, and no tax is stated to add",
    ),
    "net": Words(
        "是含税金额，制度的金额不含税，且无税额可减",
        "is an amount with tax, the policy's are without, and no tax is stated to take off",
    ),
}

_NOT_SAID = Words(
    "未说明是否含税，说明的那一列此行未填",
    "is an amount that does not say whether tax is in it, and the column that does is blank",
)


def basis_of(header: str) -> tuple[Basis, str] | None:
    """Whether a header says that an amount is with tax or without, and the header without these words; None where it
    says neither."""
    folded = key(half_width(header))
    for basis, marks in _MARKS.items():
        if marks.search(folded):
            rest = _LOOSE.sub("", marks.sub("", folded, count=1))
            return basis, _EMPTIED.sub("", rest)
    return None


def amount_of(basis: Basis, own: Any, net: Any, tax: Any, gross: Any) -> Any:
    """The amount of a row: the one that is wanted, else what its own tax makes of the other. `ABSENT` are those that
    its table does not have. One that does not say whether tax is in it means what is wanted where no column is that."""
    wanted, other, added = (gross, net, 1) if basis == "gross" else (net, gross, -1)
    if _known(wanted):
        return wanted
    if _known(other) and _known(tax):
        return Minor(int(other) + added * int(tax))
    return own if wanted is ABSENT and own is not ABSENT else MISSING


def _known(value: Any) -> bool:
    return value is not ABSENT and not isinstance(value, Said)


def on_basis(rows: Rows, basis: Basis) -> Rows:
    """The rows with the amounts that are wanted. One that has but the other amount has none, and a fault says why."""
    if not rows.taxed:
        return rows
    amount = rows.by_ready[OWN]
    parts = [rows.taxed[name] for name in (OWN, *TAXED)]
    amounts = [amount_of(basis, *each) for each in zip(*parts, strict=True)]
    changed = attrs.evolve(rows, values={**rows.values, amount: amounts})
    faults = {at: lacking for at in range(len(rows)) if (lacking := _faults(rows, at, basis, amounts[at]))}
    refused = {at for at in faults if at in rows.refused and faults[at][0].column == "row"}
    refused |= {at for at in faults if says_nothing(changed, at)}
    return attrs.evolve(changed, faults=faults, refused=frozenset(refused))


def _faults(rows: Rows, at: int, basis: Basis, amount: Any) -> tuple[CellFault, ...]:
    """What is at fault in a row: of an amount that it lacks, the cell that keeps it from having one."""
    found = rows.faults.get(at, ())
    if amount is not MISSING or any(fault.column in ("row", rows.by_ready[OWN]) for fault in found):
        return found
    wanted, other = ("net", "gross") if basis == "net" else ("gross", "net")
    names = [rows.by_ready[name] for name in (wanted, other, "tax")]
    because = next((fault for name in names for fault in found if fault.column == name), None)
    if because is None:
        others = ((other, _LACKS[basis]), (OWN, _NOT_SAID))
        said = next(((rows.taxed[name][at], why) for name, why in others if _known(rows.taxed[name][at])), None)
        if said is None:
            return found
        text, why = str(rows.currency.major(int(said[0]))).replace(".", rows.decimal), said[1]
        because = CellFault(rows.origins[at], "", text, Words(f"“{text}”{why.zh}", f"{text!r} {why.en}"), why)
    order = list(rows.columns)
    every = (*(fault for fault in found if fault is not because), attrs.evolve(because, column=rows.by_ready[OWN]))
    return tuple(sorted(every, key=lambda fault: order.index(fault.column)))


def unlike(rows: Rows) -> Sequence[int]:
    """The rows whose amount without tax and tax do not make the one with it."""
    if not rows.taxed:
        return ()
    each = zip(*(rows.taxed[name] for name in TAXED), strict=True)
    return [
        at
        for at, (net, tax, gross) in enumerate(each)
        if _known(net) and _known(tax) and _known(gross) and int(net) + int(tax) != int(gross)
    ]
