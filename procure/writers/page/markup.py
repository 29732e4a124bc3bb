"""HTML made of escaped parts: whatever is not `Html` already is text, and text never becomes markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

# Signs that HTML does not allow, and halves of pairs that UTF-8 cannot write.
_BARRED = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_FORBIDDEN = re.compile(f"[{_BARRED}]")
# Most texts of a page have none of what is written otherwise, which is quick to see.
_SPECIAL = re.compile(f"[&<>\"'{_BARRED}]")
_VOID = frozenset({"input", "meta"})
# Shapes of a drawing have no end tag either, and must say so.
_SHAPES = frozenset({"circle", "line", "path"})


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Part: TypeAlias = "str | int | Iterable[Part] | None"


def html_lang(lang: str) -> str:
    """A language as HTML names it."""
    return "zh-CN" if lang == "zh" else lang


def escaped(value: object) -> str:
    text = str(value)
    return html.escape(_FORBIDDEN.sub("\ufffd", text)) if _SPECIAL.search(text) else text


def join(*parts: Part) -> Html:
    """The parts one after another; None is nothing."""
    return Html(_joined(parts))


def _joined(parts: Iterable[Part]) -> str:
    markup: list[str] = []
    for part in parts:
        if isinstance(part, Html):
            markup.append(part)
        elif isinstance(part, (str, int)):
            markup.append(escaped(part))
        elif part is not None:
            markup.append(_joined(part))
    return "".join(markup)


@cache
def _attribute(key: str) -> str:
    return " " + key.rstrip("_").replace("_", "-")


def tag(name: str, /, *parts: Part, **attributes: str | int | bool | None) -> Html:
    """An element. `class_` is the attribute class, `data_k` data-k; True is a bare attribute, None or False is none.

    >>> tag("a", "1 < 2", href='"', class_="x", hidden=False)
    '<a href="&quot;" class="x">1 &lt; 2</a>'
    """
    markup = ""
    for key, value in attributes.items():
        if value is not None and value is not False:
            markup += _attribute(key) if value is True else f'{_attribute(key)}="{escaped(value)}"'
    if name in _SHAPES:
        return Html(f"<{name}{markup}/>")
    return Html(f"<{name}{markup}>" if name in _VOID else f"<{name}{markup}>{_joined(parts)}</{name}>")


def within(parts: Iterable[Html], room: int) -> list[Html]:
    """The first parts, as many as together take no more bytes than there is room for."""
    found: list[Html] = []
    for part in parts:
        room -= len(part.encode())
        if room < 0:
            break
        found.append(part)
    return found
