"""Rows of a table that are no purchases: totals, footnotes, signatures, headings, the header again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from procure.log.cells import blank
from procure.log.headers import Header
from procure.values.words import Words

_NUMERAL = "[一二三四五六七八九十]+"
_SUM = r"(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|汇\s*总|sub[ -]?totals?|(?:grand )?totals?)"
_OF_WHAT = (
    r"(?:以上|上述|前述|全部|各项|各单位|本单位|本部门|本科室|本表|此表|金额|采购|采购金额|费用|支出|全[局院校区县市]|本页|本月|当月|本季度?|本年度?|全年|上半年|下半年|截至.{1,12}|至本月|第?[一二三四]季度|"
    r"[\d一二三四五六七八九十]+月份?)"
)
_TOTAL = re.compile(rf"\s*{_OF_WHAT}?\s*{_SUM}\s*(?:[:：(（].*)?", re.IGNORECASE | re.DOTALL)
#: 办公椅 小计, chairs total, Subtotal paper; a thing may be called so too, so that more must speak for it.
_NAMED_TOTAL = re.compile(rf"\s*(?:.{{1,40}}?{_SUM}|(?:sub[ -]?|grand )?total\s.{{1,40}})\s*", re.IGNORECASE)
_WHO = (
    r"(?:(?:编?制|填)[表报单]?(?:人|员|单位|日期|时间)?|(?:填写|填报|报送|上报|统计|校对|监督|验收)(?:人|员|单位|日期|时间)|"
    r"审核人?|复核人?|审批人|批准人|经办人?|经手人|报告人|联系人|联系电话|会计|出纳|"
    r"(?:采购人|单位|部门|科室|财务|项目|分管|主要)?(?:负责人|主管|领导))"
)
_ROLE = (
    rf"(?:(?:{_WHO}|采购人|(?:采购)?单位|部门|科室|采购小组(?:成员)?|主任|局长|院长|校长)?(?:签[字章名]|盖章|公章|意见)|{_WHO}|"
    r"prepared by|approved by|checked by|signed?|signature)"
)
_FOOTNOTE = re.compile(
    rf"\s*(?:(?:注|备\s*注|说明|填表说明|note|{_ROLE})\s*(?:[(（].{{0,12}}[)）])?\s*[:：]|"
    r"(?:[(（]?\s*(?:计量|金额|货币)?单位|币种)\s*[:：]|注\s*\d?[.、]|[*※])",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(rf"\s*{_ROLE}\s*(?:[(（].{{0,12}}[)）])?\s*", re.IGNORECASE)
_HEADING = re.compile(
    rf"\s*(?:[(（]?{_NUMERAL}[)）、.．]\s*\S.*|第{_NUMERAL}(?:部分|季度|批)?.*|(?:\d{{4}}年)?(?:\d{{1,2}}|{_NUMERAL})月份?)\s*"
)
_MARK = re.compile(
    rf"{_TOTAL.pattern}|{_FOOTNOTE.pattern}|{_SIGNATURE.pattern}$|{_HEADING.pattern}$", re.IGNORECASE | re.DOTALL
)

_DIGIT = re.compile(r"\d")

_IS_TOTAL = Words("合计行", "a row of totals")
_IS_FOOTNOTE = Words("表尾说明", "a footnote")
_IS_SIGNATURE = Words("签章行", "a line of signatures")
_IS_HEADING = Words("分节标题", "a heading among the rows")
_IS_HEADER = Words("重复的表头", "the header again")

#: What a row of totals never has, and a footnote neither, by the ready names of columns.
_NOT_IN_TOTALS = ("date", "category", "method", "supplier")
_NOT_IN_FOOTNOTES = ("date", "amount")
#: Where a row has none of these it may be a total that names what it is of.
_IN_PURCHASES = ("id", "method", "supplier", "approved_on", "in_catalogue")


class LeftOut:
    """Tells which rows below one header are no purchases."""

    def __init__(self, header: Header) -> None:
        self._header = tuple(filter(None, header.texts))
        self._repeated = self._header[0] if self._header else None
        places = {header.known.ready(name): at for name, at in header.fields.items()}
        self._in_purchases = [places.get(name) for name in _NOT_IN_TOTALS]
        self._dated = [places.get(name) for name in _NOT_IN_FOOTNOTES]
        self._amount = places.get("amount")
        self._id, *self._details = [places.get(name) for name in _IN_PURCHASES]
        self._tells = self._id is not None and places.get("method") is not None
        self._date = places.get("date")
        self._glance = next((at for at in self._details if at is not None), None)

    def why(self, first: str, cells: Sequence[object]) -> Words | None:
        """Why a row is no purchase, by its first text; None where it may be one."""
        # Nearly every row begins with a number of letters and digits, which is no mark.
        number = first.isalnum() and first.isascii() and not first.isalpha()
        if first == self._repeated or not number and _MARK.match(first):
            place = next(at for at, cell in enumerate(cells) if cell is first)
            found = self._marked(first, cells, place)
            if found is not None:
                return found
        at = self._glance
        return None if at is None or at < len(cells) and not blank(cells[at]) else self._of_something(cells)

    def _marked(self, first: str, cells: Sequence[object], place: int) -> Words | None:
        if _TOTAL.fullmatch(first) and _lacks(cells, self._in_purchases, place):
            return _IS_TOTAL
        if _FOOTNOTE.match(first) and _lacks(_without_words(cells), self._dated, place):
            return _IS_FOOTNOTE
        if _SIGNATURE.fullmatch(first) and _lacks(_without_words(cells), [self._amount], place):
            return _IS_SIGNATURE
        if _HEADING.fullmatch(first) and all(at == place or blank(cell) for at, cell in enumerate(cells)):
            return _IS_HEADING
        if first == self._repeated and tuple(c for c in cells if not blank(c)) == self._header:
            return _IS_HEADER
        return None

    def _of_something(self, cells: Sequence[object]) -> Words | None:
        """Whether a row that lacks what tells of a purchase sums up some of them: it has an amount, and a text that
        names the sum."""
        if self._amount is None or not _has(cells, self._amount):
            return None
        if any(_has(cells, at) for at in self._details):
            return None
        for at, cell in enumerate(cells):
            if type(cell) is str and at != self._amount:
                exact = _TOTAL.fullmatch(cell) is not None
                # One with a day or an id of its own may be a purchase that is called so.
                lacking = not _has(cells, self._date) or self._tells and not _has(cells, self._id)
                if (exact or _NAMED_TOTAL.fullmatch(cell)) and (lacking or exact and at == self._id):
                    return _IS_TOTAL
        return None


def _without_words(cells: Sequence[object]) -> Sequence[object]:
    """A row without the texts in it that are neither an amount nor a date."""
    return [None if type(cell) is str and not _DIGIT.search(cell) else cell for cell in cells]


def _has(cells: Sequence[object], at: int | None) -> bool:
    return at is not None and at < len(cells) and not blank(cells[at])


def _lacks(cells: Sequence[object], places: Sequence[int | None], first: int) -> bool:
    """Whether a row has nothing in these columns, except the very cell that says what the row is."""
    return all(at is None or at == first or at >= len(cells) or blank(cells[at]) for at in places)
