"""Names that files give to things and that others type: of letters and digits of any language, and a few signs."""

from __future__ import annotations

import re

from procure.values.toml import shown
from procure.values.words import Words

#: As JSON Schema has it: no blanks, and of the signs of ASCII `-` alone, or `-` and `_`.
HYPHENED = r"^[^\s\x00-,./:-@\[-`{-\x7f]+$"
NAME = r"^[^\s\x00-,./:-@\[-^`{-\x7f]+$"


def odd(name: str, signs: str) -> Words | None:
    """What is wrong with a name that has other characters than letters, digits and these signs, with the nearest one
    that has not; None where nothing is."""
    if all(each.isalnum() or each in signs for each in name) and any(map(str.isalnum, name)):
        return None
    of = Words("、".join(signs), " and ".join(signs))
    near = re.sub(rf"(?:(?![{re.escape(signs)}])[\W_])+", signs[0], name).strip("-_")
    meant = Words(f"；可写作 {shown(near)}", f"; for one, {shown(near)}") if near else Words("", "")
    return Words(
        f"只用字母、数字和 {of.zh}，不是 {shown(name)}{meant.zh}",
        f"it is of letters, digits and {of.en}, not {shown(name)}{meant.en}",
    )
