"""A small sound policy file, ways to spoil it, and TOML written from values."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from procure.authoring import Policy, PolicyError
from procure.policy.file.loading import load_policy
from procure.values.faults import placed

#: Nearly every key of the format stands in it.
SOUND = """
format = 1
id = "small"
title = { zh = "小制度", en = "A small policy" }
language = "zh"
currency = "CNY"
decimal = "."
decimals = 2
year = "01-01"
basis = { ask = "tax", gross = "gross", net = "net" }
in-force = { from = 2018-01-01, until = 2030-12-31, published = 2017-12-01 }
division = { quote = "不得拆分。", occurrence = 2 }

[text]
source = "虚构"
read-on = 2026-11-23
seen = "verbatim"
passage = "二千元以下同意后购买，二千元以上比价，限额以上招标。本办法由办公室解释。不得拆分。不得拆分。"
not-checked = ["本办法由办公室解释。"]

[columns]
unit = { absent = "one", headers = ["单位名称"] }
category = { code = { pattern = "[ABC][0-9]+", open = "00" } }
kind = { from = { column = "category", prefix = { A = "goods", B = "works", C = "services" } } }
method = { title = "方式", note = "说明" }
quotes = {}
invited = { at-least = "quotes" }
approved_on = { blank = "none", yes = true }
bought_on = { is = "date" }
rank = { order = ["office", "board"] }
way = { type = "word", words = { fast = ["急"], slow = [] }, several = { "或急" = ["fast", "slow"] }, other = true }
paid = { type = "money", negative = "never" }
experts = { type = "count" }
class = { type = "name", from = { column = "category", head = 3 } }
in_catalogue = { from = { list = "catalogue" } }
big = { type = "yes-no", from = { holds = { amount = ">= 500", method = ["direct", "quotation"] } } }

[list.catalogue]
title = "目录"
of = "category"
given = true
carries = { floor = { type = "money", blank = 0 } }
[list.own]
of = "category"
rows = [{ code = "A02", name = "办公设备", most = 5_000 }, { name = "保洁" }]
carries = { most = {} }

[[limit.top]]
by = ["kind", "rank"]
value = { goods = { office = 10_000, board = 15_000.50 }, services = 20_000, works = 30_000 }
until = 2020-12-31
cites = { instrument = "通知", article = "3", date = 2019-12-01, quote = "限额", says = "说", verified = true }
[[limit.top]]
by = ["kind", "rank"]
value = { goods = 12_000, services = 22_000, works = 32_000 }
from = 2021-01-01
published = 2020-12-01
[[limit.theirs]]
title = "给定的"
given = true
above = 2_000
at-least = 3_000

[question.edge]
asks = { zh = "二千元归何档？", en = "Where is 2,000?" }
raised-by = ["二千元以下", { quote = "二千元以上" }]
entries = ["A01"]
readings = { upper = "上档", lower = { zh = "下档", en = "below" } }
recommended = "upper"
why = "理由"
[[question.edge.support]]
reading = "lower"
instrument = "民法典"
article = "1259"
date = "2020"
verified = true
analogy = true
[[question.edge.witness]]
name = "二千"
rows = [{ bought_on = 2020-01-02, amount = 2000 }]
verdicts = { upper = "violation", lower = "compliant" }
given = { theirs = 5_000 }
assumes = { span = "year" }
[question.span]
asks = "期间？"
raised-by = []
readings = { year = "年", month = "月" }
recommended = "year"
[question.tax]
asks = "含税？"
raised-by = []
readings = { gross = "含", net = "不含" }
recommended = "gross"
needs = "paid"
otherwise = "net"
because = "没有此列不问"
[question.aside]
asks = "？"
raised-by = ["解释"]
readings = { one = "一", two = "二" }
recommended = "one"
treatment = "noted"
because = "台账上看不出"

[total.so-far]
sum = "amount"
by = ["unit", { ask = "span", year = "category", month = "class" }]
counts = [{ method = "direct" }, { way = "fast" }]
window = { ask = "span", year = "year so far", month = "30 days back" }
itself = true

[ladder.steps]
when = { category = "present" }
unless = { method = "single_source" }
measures = ["amount", "so-far"]
binds = "highest"
edge = { ask = "edge", upper = "upper", lower = "lower" }
gaps = "none"
[[ladder.steps.band]]
id = "low"
range = "[0 .. 2000|"
clause = "二千元以下同意后购买"
duties = ["approval"]
[[ladder.steps.band]]
id = "middle"
range = { amount = "|2000 .. top)", so-far = "|2000 .. top)" }
duties = ["quotes"]
[[ladder.steps.band]]
id = "high"
range = "[top .. )"
duties = ["tender"]

[duty.approval]
title = "同意"
required = "事先同意"
clause = "二千元以下同意后购买"
met-by = [{ approved_on = "<= bought_on - 7 days" }]
only-if = { edge = ["upper", "lower"] }
unless = { steps = "high" }
waivable = false
shows = ["approved_on"]
[duty.quotes]
required = "比价"
clause = { quote = "二千元以上比价", occurrence = 1 }
met-by = [
    { quotes = ">= 3", invited = "[3 .. 9]" },
    { method = { ask = "edge", upper = "open_tender", lower = "quotation" } },
    { experts = ">= 2/3 * quotes", only-if = { span = "year" } },
    { amount = "< catalogue.floor" },
]
[duty.tender]
required = "招标"
clause = "限额以上招标"
met-by = { method = "open_tender" }
[duty.never]
required = "不得"
clause = "二千元以上比价"
when = { big = "yes", rank = ">= board", paid = 5.5, approved_on = 2020-01-01 }
met-by = []

[[example]]
name = "同意后购买"
given = { theirs = 5_000, catalogue = [{ code = "A02", floor = 10 }] }
rows = [{ bought_on = 2020-03-02, amount = 100.5, category = "A02", method = "direct", approved_on = 2020-01-01 }]
verdict = "compliant"
breached = []
missing = []
turns-on = []
"""

Tree = dict[str, Any]
#: In place of a value: the key is not there.
GONE: Any = type("Gone", (), {"__repr__": lambda self: "GONE"})()


def sound() -> Tree:
    return tomllib.loads(SOUND, parse_float=Decimal)


def spoiled(*changes: tuple[str, Any]) -> Tree:
    """The sound file with other values at some places: keys with dots between them, counted from one in lists."""
    tree = deepcopy(sound())
    for place, value in changes:
        *way, last = [int(key) - 1 if key.isdecimal() else key for key in place.split(".")]
        at: Any = tree
        for key in way:
            at = at[key] if isinstance(at, list) else at.setdefault(key, {})
        if value is GONE:
            del at[last]
        elif isinstance(at, list) and last == len(at):
            at.append(value)
        else:
            at[last] = value
    return tree


def toml(tree: Mapping[str, Any]) -> str:
    """A table as TOML, a key a line."""
    return "".join(f"{_string(key)} = {written(value)}\n" for key, value in tree.items())


def written(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_string(key)} = {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, Decimal) and value.is_finite():
        plain = f"{value:f}"
        return plain if "." in plain else f"{plain}.0"
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return str(value).lower().replace("infinity", "inf")


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def put(folder: Path, tree: Mapping[str, Any] | str | bytes, name: str = "policy.toml") -> Path:
    """A file with this in it."""
    file = folder / name
    if isinstance(tree, bytes):
        file.write_bytes(tree)
    else:
        file.write_bytes((tree if isinstance(tree, str) else toml(tree)).encode())
    return file


def loaded(folder: Path, *changes: tuple[str, Any]) -> Policy:
    return load_policy(put(folder, spoiled(*changes)))


#: A place and what is wrong there, in both languages.
Told = tuple[str, str, str]


def refused(file: Path) -> list[Told]:
    """What is wrong with a policy file."""
    with pytest.raises(PolicyError) as caught:
        load_policy(file)
    return [(placed(fault.path), *fault.why) for fault in caught.value.faults]
