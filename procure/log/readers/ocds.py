"""Open Contracting Data (release and record packages) as rows: one for each award, since an award is a purchase, and
for each contract without one. Award and contracts are stages of the same money: what the contracts come to counts.

The standard is at https://standard.open-contracting.org/1.1/en/. A list of plain mappings in a .json file reads like a
frame of them.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from procure.log.cells import MISSING, fold
from procure.log.readers import frames
from procure.log.readers.tables import Passed, RawTable, Row, unusable
from procure.log.ready import Method
from procure.values.words import Words

#: Bytes: the file is held whole.
LARGEST = 256 << 20

# The codes say less than the methods here: some are one of several, not known which.
_METHODS: Mapping[str, Method | frozenset[Method]] = {
    "open": Method.OPEN_TENDER,
    "selective": Method.INVITED_TENDER,
    "limited": frozenset({Method.QUOTATION, Method.INQUIRY, Method.NEGOTIATION, Method.CONSULTATION}),
    "direct": frozenset({Method.DIRECT, Method.SINGLE_SOURCE}),
}
#: What a package tells of.
_COLUMNS = (
    "id", "date", "unit", "category", "kind", "description", "amount", "method", "supplier", "quotes", "ground",
    "currency", "status",
)  # fmt: skip
_NOT_BOUGHT = Words("没有授标或合同，未采购", "no award and no contract: nothing was bought")
_DIFFERS = Words(
    "{id} 授标金额 {awarded}，合同金额 {amount}，按合同计",
    "{id} was awarded for {awarded}, and its contracts come to {amount}, which count",
)
_IN_ANOTHER = Words(
    "{id} 授标金额以 {own} 计，合同另以 {other} 计，按授标计",
    "{id} was awarded in {own}, and its contracts are in {other}: the award counts",
)
_OF_ANY = Words(
    "合同 {id} 未写明属于哪一项授标，按授标计", "contract {id} does not say of which award it is: the awards count"
)
#: The states of each stage in which nothing is bought by it. A contract that was terminated was in force.
_NOT_AWARDED = frozenset({"cancelled", "unsuccessful", "pending"})
_NOT_SIGNED = frozenset({"cancelled", "pending"})
_NO_RESULT = frozenset({"cancelled", "unsuccessful"})


def tables(path: Path, file: str) -> Iterator[RawTable]:
    """The one table of a .json file. Rows count the awards in their order in the file."""
    data, sha256 = _loaded(path, file)
    releases = _releases(data)
    if releases is None:
        if not isinstance(data, list) or not all(isinstance(row, Mapping) for row in data):
            raise unusable(file, "不是 OCDS 数据包，也不是记录列表", "is neither an OCDS package nor a list of records")
        yield frames.table(data, file, sha256)
        return
    yield RawTable(file, sha256, _numbered(_merged(releases)))


def _loaded(path: Path, file: str) -> tuple[Any, str]:
    if path.stat().st_size > LARGEST:
        raise unusable(file, "文件超过 256 MB，拒绝读取", "the file is larger than 256 MB")
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        # Decimal, so that no amount passes through a binary float.
        return json.loads(content, parse_float=Decimal), sha256
    except (ValueError, RecursionError):
        lines = _lines(content)
        if lines is None:
            raise unusable(file, "不是有效的 JSON", "is not valid JSON") from None
        return lines, sha256


def _lines(content: bytes) -> list[Any] | None:
    """The records of a file that has one a line (.jsonl); None where it has not."""
    try:
        records = [json.loads(line, parse_float=Decimal) for line in content.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None
    return records if all(isinstance(record, dict) for record in records) else None


def _releases(data: Any) -> list[dict[str, Any]] | None:
    """The releases of a package, a record, or a bare release; None where it is none of these."""
    if isinstance(data, list):
        parts = [_releases(part) for part in data]
        return [release for part in parts for release in part or ()] if data and None not in parts else None
    if not isinstance(data, dict):
        return None
    if isinstance(data.get("compiledRelease"), dict):
        return [data["compiledRelease"]]
    for key in ("records", "releases"):
        if isinstance(data.get(key), list):
            return _releases(data[key]) if data[key] else []
    return [data] if "ocid" in data and ("tag" in data or "tender" in data or "awards" in data) else None


def _merged(releases: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One release for each process: what a later one says stands, lists are joined by id."""
    processes: dict[object, list[dict[str, Any]]] = {}
    for release in releases:
        processes.setdefault(_identity(release, "ocid"), []).append(release)
    return [_compiled(sorted(process, key=_dated)) for process in processes.values()]


def _identity(thing: dict[str, Any], name: str) -> object:
    """By what a thing is known again; one without an id is none but itself."""
    return id(thing) if thing.get(name) is None else str(thing[name])


def _identified(items: Iterable[dict[str, Any]]) -> Iterator[tuple[object, dict[str, Any]]]:
    """The items of one list. Two of one id are two, and each is known again by its place: none is lost in another."""
    seen: Counter[object] = Counter()
    for item in items:
        identity = _identity(item, "id")
        yield (identity, seen[identity]), item
        seen[identity] += 1


def _dated(release: dict[str, Any]) -> str:
    return str(release.get("date") or "")


def _compiled(releases: Iterable[dict[str, Any]]) -> dict[str, Any]:
    process: dict[str, Any] = {}
    for release in releases:
        for key, value in release.items():
            if key in ("awards", "contracts"):
                known = dict(_identified(process.get(key, [])))
                for identity, item in _identified(_dicts(value)):
                    known[identity] = known.get(identity, {}) | item
                process[key] = list(known.values())
            elif isinstance(value, dict):
                process[key] = _dict(process.get(key)) | value
            else:
                process[key] = value
    return process


def _numbered(releases: Iterable[dict[str, Any]]) -> Iterator[Row]:
    yield 0, list(_COLUMNS)
    yield from enumerate((row for release in releases for row in _rows(release)), 1)


def _rows(release: dict[str, Any]) -> Iterator[list[object]]:
    """A row for each award, and for each contract whose award is not there; void ones say so."""
    contracts = _dicts(release.get("contracts"))
    awards = _dicts(release.get("awards"))
    ids = [award.get("id") for award in awards]
    if not awards and not contracts:
        yield [Passed(_NOT_BOUGHT)]
    for award in awards:
        of_award = [contract for contract in contracts if _is_of(contract, award, ids)]
        yield from _with_place(_row(release, award, of_award, _award_status(release, award, of_award)), award)
        yield from _in_another(f"{release.get('ocid')}/{award.get('id')}", award, of_award)
    for contract in contracts:
        if contract.get("awardID") in ids:
            continue
        if awards and contract.get("awardID") is None:
            if len(awards) > 1:
                yield [Passed(_OF_ANY.format(id=str(contract.get("id"))))]
            continue
        status = _status(contract, "contract", _NOT_SIGNED) or _tender_status(release)
        yield from _with_place(_row(release, contract, [contract], status), contract)


def _is_of(contract: dict[str, Any], award: dict[str, Any], ids: Sequence[object]) -> bool:
    """Whether a contract is of this award, and of no other that has its id."""
    of = contract.get("awardID")
    return len(ids) == 1 if of is None else of == award.get("id") and ids.count(of) == 1


def _with_place(row: dict[str, object], document: dict[str, Any]) -> Iterator[list[object]]:
    """The row; and where the contracts come to another amount than the award, the award's, which is left out."""
    yield [_cell(row.get(column)) for column in _COLUMNS]
    awarded = _dict(document.get("value")).get("amount")
    if _is_number(awarded) and _is_number(row["amount"]) and awarded != row["amount"]:
        yield [Passed(_DIFFERS.format(id=str(row["id"]), awarded=str(awarded), amount=str(row["amount"])))]


def _in_another(id: str, award: dict[str, Any], contracts: Sequence[dict[str, Any]]) -> Iterator[list[object]]:
    """That contracts have values in other currencies than the award, and so do not count."""
    own = _dict(award.get("value"))
    said = {str(_dict(contract.get("value")).get("currency")) for contract in contracts if contract.get("value")}
    others = sorted(said - {str(own.get("currency"))})
    if own and others:
        yield [Passed(_IN_ANOTHER.format(id=id, own=str(own.get("currency")), other=", ".join(others)))]


def _award_status(release: dict[str, Any], award: dict[str, Any], contracts: Sequence[dict[str, Any]]) -> object:
    """Why an award is void, or what it says of itself."""
    standing = _status(award, "award", _NOT_AWARDED) or _tender_status(release)
    if standing is None and contracts and all(contract.get("status") == "cancelled" for contract in contracts):
        return "contract cancelled"
    return standing or award.get("status")


def _tender_status(release: dict[str, Any]) -> str | None:
    return _status(_dict(release.get("tender")), "tender", _NO_RESULT)


def _status(stage: dict[str, Any], name: str, void: Collection[str]) -> str | None:
    """The words for a stage that came to nothing; None of another."""
    status = str(stage.get("status"))
    return f"{name} {status}" if status in void else None


def _row(
    release: dict[str, Any], award: dict[str, Any], contracts: Sequence[dict[str, Any]], status: object
) -> dict[str, object]:
    tender = _dict(release.get("tender"))
    value = _value(award, contracts)
    buyer = _dict(release.get("buyer")) or _dict(tender.get("procuringEntity"))
    tenderers = {fold(str(t.get("name") or t.get("id"))) for t in _dicts(tender.get("tenderers"))}
    return {
        "id": "/".join(str(part) for part in (release.get("ocid"), award.get("id")) if part is not None),
        "date": award.get("date") or next((c["dateSigned"] for c in contracts if c.get("dateSigned")), None),
        "unit": buyer.get("name"),
        "category": _category(_dicts(award.get("items")) or _dicts(tender.get("items"))),
        "kind": tender.get("mainProcurementCategory"),
        "description": award.get("title") or tender.get("title"),
        "amount": value.get("amount"),
        "method": _METHODS.get(str(tender.get("procurementMethod"))),
        "supplier": "、".join(str(s["name"]) for s in _dicts(award.get("suppliers")) if s.get("name")),
        "quotes": tender.get("numberOfTenderers") or len(tenderers) or None,
        # Not given is not "none on record".
        "ground": tender.get("procurementMethodRationale") or MISSING,
        "currency": value.get("currency"),
        "status": status,
    }


def _value(award: dict[str, Any], contracts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What an award came to: what its contracts come to, where all of them say it in its currency; else its own."""
    own = _dict(award.get("value"))
    values = [_dict(contract.get("value")) for contract in contracts if contract.get("status") != "cancelled"]
    currencies = {value.get("currency") for value in (*values, *([own] if own else []))}
    if not values or len(currencies) > 1 or not all(_is_number(value.get("amount")) for value in values):
        return own
    return {"amount": sum(value["amount"] for value in values), "currency": currencies.pop()}


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _category(items: list[dict[str, Any]]) -> object:
    """The one classification of all items; where there are several the purchase is of no one category."""
    found = {_cell(_dict(item.get("classification")).get("id")) for item in items}
    return found.pop() if len(found) == 1 else None


def _cell(value: object) -> object:
    """What stands where a text or a number should is its text: no purchase can be read of it, and none is lost."""
    return str(value) if isinstance(value, (dict, list)) else value


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
