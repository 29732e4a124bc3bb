"""Names of one thing, written in several ways: those that are surely one, and those that may be.

Case, spaces and punctuation make no other name of one without digits. A place left out in front, a legal form, an
article, a bracket behind may: such names stay apart, and somebody says whether they are one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Final

#: Punctuation with a meaning of its own: C#, A&B, 5%.
_KEPT: Final = frozenset("&#%@*")
_BRACKET: Final = re.compile(r"(.+?)\s*[(（\[【][^()（）\[\]【】]*[)）\]】]\s*")
_ARTICLE: Final = re.compile(r"(?:the|la|le|les|el|los|das|die|der)\s+", re.IGNORECASE)
_LEGAL: Final = re.compile(
    r"(?:[\s,.]+(?:limited|ltd|plc|llp|llc|inc|incorporated|corp|corporation|co|company|gmbh|ag|kg|sa|sas|sarl|srl|spa|"
    r"bv|nv|s\.a|s\.l|s\.r\.l|pty|pvt)\.?)+|(?:股份)?有限(?:责任)?公司|集团(?:公司)?",
    re.IGNORECASE,
)
#: What the names of bodies end in.
_BODY: Final = re.compile(
    r".*(?:公司|厂|店|行|社|局|委|委员会|厅|处|科|院|校|学|中心|所|办|办公室|会|站|馆|室|部|队|庭|政府|银行|医院|集团)"
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
#: Characters: a place is no longer, and what is left no shorter.
_PLACE, _REST = 10, 3


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """The form in which a name is compared: without case, spaces and punctuation, unless it has a digit, which may be a
    code."""
    return name if any(sign.isdigit() for sign in name) else _bare(name)


def _bare(name: str) -> str:
    kept = [
        sign
        for sign in name.casefold()
        if not sign.isspace() and (sign in _KEPT or not unicodedata.category(sign).startswith("P"))
    ]
    return "".join(kept) or name


def perhaps_one(names: Iterable[str], apart: Collection[str] = ()) -> list[tuple[str, ...]]:
    """The names that may be of one thing, together, in the order of their first, the first of each key. `apart`
    are the keys of names that are each another's."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(key(name), name)
    groups = _Groups(first)
    by_form: dict[str, str] = {}
    forms = {each: _form(name) for each, name in first.items()}
    for each, form in forms.items():
        _join(groups, by_form.setdefault(form, each), each, apart)
    for each, name in first.items():
        for short in _without_place(name):
            if short in by_form:
                _join(groups, by_form[short], each, apart)
    return groups.together()


def _join(groups: _Groups, one: str, other: str, apart: Collection[str]) -> None:
    if not (one in apart and other in apart):
        groups.join(one, other)


def _form(name: str) -> str:
    """A name without article, legal form and a bracket behind it; one that says nothing else stays as it is."""
    bare = _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name
    bracketed = _BRACKET.fullmatch(bare)
    bare = bracketed[1] if bracketed else bare
    stripped = _LEGAL.sub("", bare)
    if not stripped or stripped.isascii() and len(stripped) < 2 or _is_code(stripped):
        return f" {key(name)}"
    # A digit tells codes apart, but not a name with a space more.
    return _bare(stripped)


def _is_code(name: str) -> bool:
    """Whether a name is but letters of a code and digits, so that nothing can be left out."""
    return any(sign.isdigit() for sign in name) and not _HAN.search(name) and not re.search(r"[^\W\d]{3}", name)


def _without_place(name: str) -> list[str]:
    """The forms of what may be the same name without the place in front of it."""
    if not _HAN.match(name) or not _BODY.fullmatch(name):
        return []
    form = _form(name)
    return [form[at:] for at in range(1, min(_PLACE, len(form) - _REST) + 1) if _HAN.fullmatch(form[:at])]


class _Groups:
    """Names by their keys, put together one by one."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._of = {each: each for each in names}

    def _top(self, one: str) -> str:
        while self._of[one] != one:
            one = self._of[one]
        return one

    def join(self, one: str, other: str) -> None:
        self._of[self._top(other)] = self._top(one)

    def together(self) -> list[tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for each, name in self._names.items():
            found.setdefault(self._top(each), []).append(name)
        return [tuple(names) for names in found.values() if len(names) > 1]
