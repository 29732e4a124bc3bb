"""Policy files that are wrong: each is refused with every fault, its place, what stands there and what may be meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from filing import GONE, put, refused, spoiled

D, BAND = Decimal, "ladder.steps.band"

#: What is changed in the sound file, and all that is wrong then: the place, in Chinese, in English.
MISUSES: Mapping[str, tuple[Sequence[tuple[str, Any]], Sequence[tuple[str, str, str]]]] = {
    "cuts that descend": (
        [(f"{BAND}.2.range", "|2000 .. 1500)"), (f"{BAND}.3.range", "[1500 .. )")],
        [
            ("ladder.steps.band.middle.range",
             "界点 1500.00 不高于前一界点 2000.00",
             "the end 1500.00 is not above the one before it, 2000.00"),
            ("ladder.steps.band.high.range",
             "界点 1500.00 不高于前一界点 2000.00",
             "the end 1500.00 is not above the one before it, 2000.00"),
        ],
    ),
    "two equal cuts": (
        [(f"{BAND}.2.range", "|2000 .. 2000)"), (f"{BAND}.3.range", "[2000 .. )")],
        [
            ("ladder.steps.band.middle.range",
             "没有金额在此区间内",
             "no amount is in this range"),
        ],
    ),
    "a limit below the band before it, for every value": (
        [("limit.top.2.value", 1_500)],
        [
            ("ladder.steps.band.middle.range",
             "top（goods、office）自 2021-01-01 起为 1500.00，不高于前一界点 2000.00",
             "top of goods, office is 1500.00 from 2021-01-01 on, not above the end before it, 2000.00"),
            ("ladder.steps.band.middle.range",
             "top（goods、board）自 2021-01-01 起为 1500.00，不高于前一界点 2000.00",
             "top of goods, board is 1500.00 from 2021-01-01 on, not above the end before it, 2000.00"),
            ("ladder.steps.band.middle.range",
             "top（services、office）自 2021-01-01 起为 1500.00，不高于前一界点 2000.00",
             "top of services, office is 1500.00 from 2021-01-01 on, not above the end before it, 2000.00"),
            ("ladder.steps.band.middle.range",
             "top（services、board）自 2021-01-01 起为 1500.00，不高于前一界点 2000.00",
             "top of services, board is 1500.00 from 2021-01-01 on, not above the end before it, 2000.00"),
            ("ladder.steps.band.middle.range",
             "top（works、office）自 2021-01-01 起为 1500.00，不高于前一界点 2000.00",
             "top of works, office is 1500.00 from 2021-01-01 on, not above the end before it, 2000.00"),
            ("ladder.steps.band.middle.range",
             "top（works、board）自 2021-01-01 起为 1500.00，不高于前一界点 2000.00",
             "top of works, board is 1500.00 from 2021-01-01 on, not above the end before it, 2000.00"),
        ],
    ),
    "a limit below the band before it, for one kind": (
        [("limit.top.2.value.works", 1_999)],
        [
            ("ladder.steps.band.middle.range",
             "top（works、office）自 2021-01-01 起为 1999.00，不高于前一界点 2000.00",
             "top of works, office is 1999.00 from 2021-01-01 on, not above the end before it, 2000.00"),
            ("ladder.steps.band.middle.range",
             "top（works、board）自 2021-01-01 起为 1999.00，不高于前一界点 2000.00",
             "top of works, board is 1999.00 from 2021-01-01 on, not above the end before it, 2000.00"),
        ],
    ),
    "a limit below its bound": (
        [("limit.theirs.1.given", GONE), ("limit.theirs.1.value", 2_500)],
        [
            ("example.1.given.theirs",
             "此限额由制度自定",
             "the policy sets this limit, not the user"),
            ("question.edge.witness.1.given.theirs",
             "此限额由制度自定",
             "the policy sets this limit, not the user"),
            ("limit.theirs",
             "限额 2500.00 须不低于 3000.00",
             "a limit of 2500.00 is below 3000.00"),
        ],
    ),
    "a cut of zero": (
        [(f"{BAND}.1.range", "[0 .. 0)")],
        [
            ("ladder.steps.band.low.range",
             "界点 0.00 须高于零",
             "the end 0.00 must be above zero"),
        ],
    ),
    "a cut of less than zero": (
        [(f"{BAND}.1.range", "[-10 .. -5)")],
        [
            ("ladder.steps.band.low.range",
             "界点 -10.00 须高于零",
             "the end -10.00 must be above zero"),
        ],
    ),
    "a limit of zero": (
        [("limit.top.1.value.services", 0)],
        [
            ("limit.top.1.value.services",
             "限额 0.00 须高于零",
             "the limit 0.00 must be above zero"),
        ],
    ),
    "a limit in half a fen": (
        [("limit.top.1.value.goods.board", D("10000.005"))],
        [
            ("limit.top.1.value.goods.board",
             "“10000.005”不能精确到分",
             "'10000.005' is not exact to the fen"),
        ],
    ),
    "a limit that is true": (
        [("limit.top.1.value.works", True)],
        [
            ("limit.top.1.value.works",
             "true 不是数（不用二进制小数）",
             "true is no number (and no binary float)"),
        ],
    ),
    "a limit that is no number": (
        [("limit.top.1.value.works", D("nan")), ("limit.top.1.value.services", D("inf"))],
        [
            ("limit.top.1.value.services",
             "inf 不是数（不用二进制小数）",
             "inf is no number (and no binary float)"),
            ("limit.top.1.value.works",
             "nan 不是数（不用二进制小数）",
             "nan is no number (and no binary float)"),
        ],
    ),
    "a limit in quotation marks": (
        [("limit.top.1.value.works", "30000")],
        [
            ("limit.top.1.value.works",
             '"30000" 不是数（不用二进制小数）',
             '"30000" is no number (and no binary float)'),
        ],
    ),
    "a limit with a level too many": (
        [("limit.top.1.value.services", {"office": {"a": 1}})],
        [
            ("limit.top.1.value.services.office",
             "{ a = 1 } 不是数（不用二进制小数）",
             "{ a = 1 } is no number (and no binary float)"),
        ],
    ),
    "a limit for a word that the column has not": (
        [("limit.top.1.value.good", 5_000)],
        [
            ("limit.top.1.value.good",
             "没有 kind 的词“good”（是否为“goods”？）",
             "there is no word of kind 'good' (did you mean 'goods'?)"),
        ],
    ),
    "a limit that is set and given": (
        [("limit.top.1.given", True), ("limit.theirs.1.given", False)],
        [
            ("example.1.given.theirs",
             "此限额由制度自定",
             "the policy sets this limit, not the user"),
            ("question.edge.witness.1.given.theirs",
             "此限额由制度自定",
             "the policy sets this limit, not the user"),
            ("limit.top",
             "须有 value，或 given = true，不能兼有",
             "it needs `value`, or `given = true`, and not both"),
            ("limit.theirs",
             "须有 value，或 given = true，不能兼有",
             "it needs `value`, or `given = true`, and not both"),
        ],
    ),
    "a limit bounded by true": (
        [("limit.theirs.1.above", True)],
        [
            ("limit.theirs.1.above",
             "须为数或文字，不是 true",
             "it must be a number or text, not true"),
        ],
    ),
    "a range that is a number": (
        [(f"{BAND}.1.range", 2_000)],
        [
            ("ladder.steps.band.1.range",
             "须为文字或表，不是 2000",
             "it must be text or a table, not 2000"),
        ],
    ),
    "a range that is none": (
        [(f"{BAND}.1.range", "up to 2000")],
        [
            ("ladder.steps.band.low.range",
             "“up to 2000”不是区间（如 “[0 .. 5000)”：括号、数、两点、数、括号）",
             "'up to 2000' is not a range, such as '[0 .. 5000)': bracket, number, two dots, number, bracket"),
        ],
    ),
    "a range in half a fen": (
        [(f"{BAND}.2.range", "|2000 .. 2000.005)")],
        [
            ("ladder.steps.band.middle.range",
             "“2000.005”不能精确到分",
             "'2000.005' is not exact to the fen"),
        ],
    ),
    "a band that no amount can reach": (
        [
            (f"{BAND}.1.range", "[0 .. 1999.99]"),
            (f"{BAND}.2.range", "(1999.99 .. 2000)"),
            (f"{BAND}.3.range", "[2000 .. )"),
    ],
        [
            ("ladder.steps.band.middle.range",
             "没有金额在此区间内",
             "no amount is in this range"),
        ],
    ),
    "a boundary claimed by two bands": (
        [(f"{BAND}.2.range", "|2000 .. top]")],
        [
            ("ladder.steps.band.high.range",
             "同一读法下，top 同属 middle 和 high 两档",
             "in one interpretation top belongs to two bands, middle and high"),
        ],
    ),
    "a boundary claimed by two bands under one reading": (
        [(f"{BAND}.1.range", "[0 .. 2000]")],
        [
            ("ladder.steps.band.middle.range",
             "同一读法下，2000.00 同属 low 和 middle 两档",
             "in one interpretation 2000.00 belongs to two bands, low and middle"),
        ],
    ),
    "two bands of one name": (
        [(f"{BAND}.3.id", "low")],
        [
            ("ladder.steps.band.low",
             "两档同名",
             "two bands have one id"),
            ("duty.approval.unless.steps",
             "没有档“high”（有：low、middle）",
             "there is no band 'high' (there are: low, middle)"),
        ],
    ),
    "no bands": (
        [("ladder.steps.band", [])],
        [
            ("ladder.steps.band",
             "没有档",
             "it has no bands"),
        ],
    ),
    "a band without a name": (
        [(f"{BAND}.3.id", GONE)],
        [
            ("ladder.steps.band.3.id",
             "缺少（档名）",
             "it is missing (its name)"),
        ],
    ),
    "a range of a limit that there is not": (
        [(f"{BAND}.3.range", "[topp .. )")],
        [
            ("ladder.steps.band.high.range",
             "没有限额“topp”（是否为“top”？）",
             "there is no limit 'topp' (did you mean 'top'?)"),
        ],
    ),
    "no edge where one is needed": (
        [("ladder.steps.edge", GONE)],
        [
            ("ladder.steps.edge",
             "“|”处的 2000.00 没有 edge",
             "there is no edge for 2000.00 at a '|'"),
        ],
    ),
    "an edge where no '|' is": (
        [("ladder.steps.edge", {"2000": "upper", "top": "upper"})],
        [
            ("ladder.steps.edge",
             "top 处没有“|”",
             "there is no '|' at top"),
        ],
    ),
    "an edge that is neither side": (
        [("ladder.steps.edge", "uper")],
        [
            ("ladder.steps.edge",
             '须为 upper | lower 或表，不是 "uper"；是否为“upper”？',
             "it must be upper | lower or a table, not \"uper\"; did you mean 'upper'?"),
        ],
    ),
    "gaps that are none of the ways": (
        [("ladder.steps.gaps", "non")],
        [
            ("ladder.steps.gaps",
             '须为 none | up | down，不是 "non"；是否为“none”？',
             "it must be none | up | down, not \"non\"; did you mean 'none'?"),
        ],
    ),
    "binds neither": (
        [("ladder.steps.binds", "hihgest")],
        [
            ("ladder.steps.binds",
             '须为 highest | lowest，不是 "hihgest"；是否为“highest”？',
             "it must be highest | lowest, not \"hihgest\"; did you mean 'highest'?"),
        ],
    ),
    "a duty that stands in no band and has no when": (
        [("duty.never.when", GONE)],
        [
            ("duty.never",
             "不列于任何档，也没有 when",
             "stands in no band and has no `when`"),
        ],
    ),
    "a duty in a band with a when": (
        [("duty.tender.when", {"method": "direct"})],
        [
            ("duty.tender",
             "既列于某档又有 when；二者只能居其一（从该档的 duties 中去掉，在 when 中写明分档与档名）",
             "stands in a band and has `when`: it may have only one of the two (take it out of the band's duties, and "
             'say the band in `when`: { LADDER = "BAND", … })'),
        ],
    ),
    "a band with a duty that there is not": (
        [(f"{BAND}.3.duties", ["tendr"])],
        [
            ("ladder.steps.band.high.duties",
             "没有义务“tendr”（是否为“tender”？）",
             "there is no duty 'tendr' (did you mean 'tender'?)"),
            ("duty.tender",
             "不列于任何档，也没有 when",
             "stands in no band and has no `when`"),
        ],
    ),
    "a total that is not declared": (
        [("ladder.steps.measures", ["amount", "sofar"])],
        [
            ("ladder.steps.measures",
             "没有金额列或累计“sofar”（是否为“so-far”？）",
             "there is no money column or total 'sofar' (did you mean 'so-far'?)"),
        ],
    ),
    "a column of money that is neither the amount nor a total": (
        [("ladder.steps.measures", ["amount", "paid"])],
        [
            ("ladder.steps.measures",
             "paid 是金额列，但既非本笔金额，也非累计，不能据以分档；请在义务的 when 中写它的区间",
             "paid is a column of money, but neither the amount nor a total, which alone claim bands: say its ranges "
             "in the `when` of duties"),
        ],
    ),
    "two dates": (
        [("columns.signed_on", {"is": "date"})],
        [
            ("columns.signed_on",
             "bought_on 已是 date；只能有一列是（其余须写 type）",
             "bought_on is the date already, and one column alone can be: give this one a `type`"),
        ],
    ),
    "three amounts": (
        [("columns.net", {"is": "amount"}), ("columns.amount", {}), ("columns.gross", {"is": "amount"})],
        [
            ("columns.amount",
             "net 已是 amount；只能有一列是（其余须写 type）",
             "net is the amount already, and one column alone can be: give this one a `type`"),
            ("columns.gross",
             "net 已是 amount；只能有一列是（其余须写 type）",
             "net is the amount already, and one column alone can be: give this one a `type`"),
        ],
    ),
    "one header of two columns": (
        [("columns.signed_on", {"type": "date", "headers": ["签订日期", "Signed on"]}),
         ("columns.sealed_on", {"type": "date", "headers": ["signed  on", "用印日期"]})],
        [
            ("columns.sealed_on.headers",
             "“signed  on”已是 signed_on 的表头",
             "'signed  on' is a header of signed_on already"),
        ],
    ),
    "no measures": (
        [("ladder.steps.measures", [])],
        [
            ("ladder.steps.measures",
             "没有金额或累计",
             "it has no measures"),
        ],
    ),
    "a reading without a measure": (
        [
            ("ladder.steps.measures", {"ask": "span", "year": ["amount", "so-far"], "month": []})
        ],
        [
            ("ladder.steps.measures",
             "没有金额或累计（span 取 month 时）",
             "it has no measures (where `span` is `month`)"),
        ],
    ),
    "a key that is no column": (
        [("total.so-far.by", ["unit", "categry"])],
        [
            ("total.so-far.by",
             "没有列“categry”（是否为“category”？）；自己的列须先声明：[columns.categry]，写明 type",
             "there is no column 'categry' (did you mean 'category'?)"
             "; a column of your own is declared first: [columns.categry], with its type"),
        ],
    ),
    "a key that groups nothing": (
        [("total.so-far.by", ["unit", "amount"])],
        [
            ("total.so-far.by",
             "amount（money）不能作累计口径",
             "amount (money) cannot be a key of a total: it takes a column of names or words"),
        ],
    ),
    "keys that are a number": (
        [("total.so-far.by", 5)],
        [
            ("total.so-far.by",
             "须为名称的列表，不是 5",
             "it must be a list of names, not 5"),
        ],
    ),
    "a window that does not exist": (
        [("total.so-far.window", "year so fare")],
        [
            ("total.so-far.window",
             "“year so fare”不是累计期间（可用：year, year so far, always, always so far, 12 mo"
             "nths back, 30 days back）",
             "'year so fare' is not a window (there are: year, year so far, always, always so far"
             ", 12 months back, 30 days back)"),
        ],
    ),
    "no window": (
        [("total.so-far.window", GONE)],
        [
            ("total.so-far.window",
             "缺少（期间）",
             'it is missing ("year", "year so far", "12 months back", "30 days back", "always so '
             'far" or "always")'),
        ],
    ),
    "a sum of what is no money": (
        [("total.so-far.sum", "quotes")],
        [
            ("total.so-far.sum",
             "quotes 不是金额列",
             "quotes is not a column of money"),
        ],
    ),
    "itself that is a word": (
        [("total.so-far.itself", "yes")],
        [
            ("total.so-far.itself",
             '须为 true 或 false，不是 "yes"',
             'it must be true or false, not "yes"'),
        ],
    ),
    "a filter of a column that there is not": (
        [("total.so-far.counts", {"metod": "direct"})],
        [
            ("total.so-far.counts.metod",
             "没有列“metod”（是否为“method”？）；自己的列须先声明：[columns.metod]，写明 type",
             "there is no column 'metod' (did you mean 'method'?)"
             "; a column of your own is declared first: [columns.metod], with its type"),
        ],
    ),
    "a filter by a band": (
        [("total.so-far.counts", {"steps": "low"})],
        [
            ("total.so-far.counts",
             "只有义务可以以档为条件",
             "a band can be asked for in duties alone"),
        ],
    ),
    "a head of nothing": (
        [("columns.class.from.head", 0)],
        [
            ("columns.class.from",
             "head 须为正整数，不是 0",
             "head must be a number above zero, not 0"),
        ],
    ),
    "a head of a number of no column": (
        [("columns.class.from.column", "amount")],
        [
            ("columns.class.from",
             "amount（money）不是名称列",
             "amount (money) is not a column of names"),
        ],
    ),
    "a fact that does not exist": (
        [("duty.tender.met-by", {"emergencies": "yes"})],
        [
            ("duty.tender.met-by.emergencies",
             "没有列“emergencies”（有：unit、category、kind、method、quotes、invited、approved_"
             "on、bought_on、rank、way、paid、experts、class、in_catalogue、big、amount、id、date"
             "、department、description、net、tax、gross、debit、credit、dr_cr、currency、counted_in、supplier、contract、status、voided、"
             "ground、note）；自己的列须先声明：[columns.emergencies]，写明 type",
             "there is no column 'emergencies' (there are: unit, category, kind, method, quotes, "
             "invited, approved_on, bought_on, rank, way, paid, experts, class, in_catalogue, big"
             ", amount, id, date, department, description, net, tax, gross, debit, "
             "credit, dr_cr, currency, counted_in, supplier, contract, "
             "status, voided, ground, note); a column of your own is declared first: [columns.emergencies], "
             "with its type"),
        ],
    ),
    "the ready name of a column of another name": (
        [("duty.tender.met-by", {"approved_on": "<= date", "date": "present"})],
        [
            ("duty.tender.met-by.approved_on",
             "没有列“date”（有：bought_on）",
             "there is no column 'date' (there are: bought_on)"),
            ("duty.tender.met-by.date",
             "没有列“date”（有：bought_on）",
             "there is no column 'date' (there are: bought_on)"),
        ],
    ),
    "a word that the column has not": (
        [("duty.tender.met-by", {"method": "open-tender"})],
        [
            ("duty.tender.met-by.method",
             "“open-tender”不是 method 的词（是否为“open_tender”？）",
             "'open-tender' is no word of method (did you mean 'open_tender'?)"),
        ],
    ),
    "a blank for a name": (
        [("duty.tender.met-by", {"unit": ["区工信局", " "]})],
        [
            ("duty.tender.met-by.unit",
             "空白不是名称（没有登记写作 absent）",
             "a blank is no name (write absent for none on record)"),
        ],
    ),
    "a number that is none in a condition": (
        [("duty.tender.met-by", {"amount": D("inf")})],
        [
            ("duty.tender.met-by.amount",
             "amount = inf：不是可比的值",
             "amount = inf cannot be compared with"),
        ],
    ),
    "a count that bounds another and is a condition": (
        [("columns.invited.from", {"holds": {"amount": "> 0"}})],
        [
            ("columns.invited.at-least",
             "invited 是有名称的条件，只能与 yes 或 no 相比",
             "invited is a condition with a name: it can only be compared with yes or no"),
            ("duty.quotes.met-by.1.invited",
             "invited = \"[3 .. 9]\"：须为 yes 或 no",
             "invited = \"[3 .. 9]\": it must be yes or no"),
        ],
    ),
    "a count compared with a word": (
        [("duty.quotes.met-by", [{"quotes": "three"}])],
        [
            ("duty.quotes.met-by.1.quotes",
             "quotes（count）不能与词“three”相比（写法如 3, \">= 3\", \"odd\"）",
             "quotes (count) cannot be compared with the word 'three' (it is asked so: 3, \">= 3\", \"odd\")"),
        ],
    ),
    "a count where a class was meant": (
        [("duty.tender.met-by", {"method": 3})],
        [
            ("duty.tender.met-by.method",
             "method（word）不能与 3 相比",
             "method (word) cannot be compared with 3"),
        ],
    ),
    "an order that the column has not": (
        [("duty.tender.met-by", {"method": ">= direct"})],
        [
            ("duty.tender.met-by.method",
             "没有词、列、限额或名单所列“direct”（有：unit、category、kind、method、quotes、inv"
             "ited、approved_on、bought_on、rank、way、paid、experts、class、in_catalogue、big、a"
             "mount、top、theirs、catalogue.floor、own.most）",
             "there is no word, column, limit or number of a list 'direct' (there are: unit, cate"
             "gory, kind, method, quotes, invited, approved_on, bought_on, rank, way, paid, exper"
             "ts, class, in_catalogue, big, amount, top, theirs, catalogue.floor, own.most)"),
        ],
    ),
    "a rank that there is not": (
        [("duty.never.when.rank", ">= bord")],
        [
            ("duty.never.when.rank",
             "没有词、列、限额或名单所列“bord”（是否为“board”？）",
             "there is no word, column, limit or number of a list 'bord' (did you mean 'board'?)"),
        ],
    ),
    "true for yes": (
        [("duty.never.when.big", True)],
        [
            ("duty.never.when.big",
             "big = true：须为 yes 或 no",
             "big = true: it must be yes or no"),
        ],
    ),
    "a band that the ladder has not": (
        [("duty.approval.unless", {"steps": "hihg"})],
        [
            ("duty.approval.unless.steps",
             "没有档“hihg”（是否为“high”？）",
             "there is no band 'hihg' (did you mean 'high'?)"),
        ],
    ),
    "a duty that nothing says how to meet": (
        [("duty.tender.met-by", GONE)],
        [
            ("duty.tender.met-by",
             "缺少（怎样算履行，任一即可；[] 为禁止）",
             "it is missing (the ways to meet it; [] is a prohibition)"),
        ],
    ),
    "a condition that is a word": (
        [("duty.tender.met-by", "always")],
        [
            ("duty.tender.met-by",
             '须为条件（表，或表的列表），不是 "always"',
             'it must be a condition (a table, or a list of tables), not "always"'),
        ],
    ),
    "a factor of nothing": (
        [("duty.tender.met-by", {"experts": ">= 2/0 * quotes"})],
        [
            ("duty.tender.met-by.experts",
             "“2/0 * quotes”不是数，也不是名称",
             "'2/0 * quotes' is neither a number nor a name"),
        ],
    ),
    "only-if with a question that there is not": (
        [("duty.approval.only-if", {"edges": "upper"})],
        [
            ("duty.approval.only-if",
             "没有问题“edges”（是否为“edge”？）",
             "there is no question 'edges' (did you mean 'edge'?)"),
        ],
    ),
    "only-if with a reading that there is not": (
        [("duty.approval.only-if", {"edge": "above"})],
        [
            ("duty.approval.only-if",
             "edge 没有读法“above”（有：upper、lower）",
             "edge has no reading 'above' (there are: upper, lower)"),
        ],
    ),
    "shows that names no column": (
        [("duty.approval.shows", ["aproved_on"])],
        [
            ("duty.approval.shows",
             "没有列“aproved_on”（是否为“approved_on”？）；自己的列须先声明：[columns.aproved_on]，写明 type",
             "there is no column 'aproved_on' (did you mean 'approved_on'?)"
             "; a column of your own is declared first: [columns.aproved_on], with its type"),
        ],
    ),
    "a question that needs a datum that no column gives": (
        [("question.tax.needs", "payd")],
        [
            ("question.tax.needs",
             "没有列、限额或名单“payd”（是否为“paid”？）",
             "there is no column, limit or list 'payd' (did you mean 'paid'?)"),
        ],
    ),
    "needs without otherwise": (
        [("question.tax.otherwise", GONE)],
        [
            ("question.tax",
             "needs 与 otherwise 须同有或同无",
             "`needs` and `otherwise` belong together: one alone is not enough"),
        ],
    ),
    "a reading missing from an ask": (
        [("ladder.steps.edge", {"ask": "edge", "upper": "upper"})],
        [
            ("ladder.steps.edge",
             "ask = edge：缺少“lower”（读法：upper、lower）",
             "ask = edge: 'lower' is missing (its readings: upper, lower)"),
        ],
    ),
    "a reading too many in an ask": (
        [("ladder.steps.edge.above", "upper")],
        [
            ("ladder.steps.edge",
             "ask = edge：没有读法“above”（读法：upper、lower）",
             "ask = edge: there is no reading 'above' (its readings: upper, lower)"),
        ],
    ),
    "an ask of a question that there is not": (
        [("ladder.steps.edge.ask", "edges")],
        [
            ("ladder.steps.edge",
             "没有问题“edges”（是否为“edge”？）",
             "there is no question 'edges' (did you mean 'edge'?)"),
        ],
    ),
    "an ask of a number": (
        [("ladder.steps.edge.ask", 5)],
        [
            ("ladder.steps.edge.ask",
             "须为文字，不是 5",
             "it must be text, not 5"),
        ],
    ),
    "an ask of a table, in a condition": (
        [("duty.tender.met-by", {"ask": {"a": 1}, "upper": {}, "lower": {}})],
        [
            ("duty.tender.met-by",
             "没有问题“{ a = 1 }”（有：edge、span、tax）",
             "there is no question { a = 1 } (there are: edge, span, tax)"),
        ],
    ),
    "a recommended reading that does not exist": (
        [("question.edge.recommended", "uper")],
        [
            ("question.edge.recommended",
             "没有读法“uper”（是否为“upper”？）",
             "there is no reading 'uper' (did you mean 'upper'?)"),
        ],
    ),
    "one reading alone": (
        [("question.aside.readings.two", GONE)],
        [
            ("question.aside.readings",
             "须有两种以上读法",
             "it needs two readings or more"),
        ],
    ),
    "support of a reading that there is not": (
        [("question.edge.support.1.reading", "low")],
        [
            ("question.edge.support.1.reading",
             "没有读法“low”（是否为“lower”？）",
             "there is no reading 'low' (did you mean 'lower'?)"),
        ],
    ),
    "a witness of a reading that there is not": (
        [("question.edge.witness.1.verdicts.middle", "unknown")],
        [
            ("question.edge.witness.1.verdicts",
             "没有读法“middle”（有：upper、lower）",
             "there is no reading 'middle' (there are: upper, lower)"),
        ],
    ),
    "a witness that assumes what there is not": (
        [("question.edge.witness.1.assumes", {"span": "yer", "spn": "year"})],
        [
            ("question.edge.witness.1.assumes",
             "没有问题“spn”（是否为“span”？）",
             "there is no question 'spn' (did you mean 'span'?)"),
            ("question.edge.witness.1.assumes.span",
             "没有读法“yer”（是否为“year”？）",
             "there is no reading 'yer' (did you mean 'year'?)"),
        ],
    ),
    "a clause that does not stand in the passage": (
        [("duty.tender.clause", "限额以上拍卖")],
        [
            ("duty.tender.clause",
             "原文没有“限额以上拍卖”：到“限额以上”为止相同，原文接着是“招标。本办法由办”，不是“拍卖”",
             "the passage does not have '限额以上拍卖': it is the same up to '限额以上', and goes"
             " on '招标。本办法由办', not '拍卖'"),
        ],
    ),
    "a clause that stands twice": (
        [("duty.tender.clause", "不得拆分。")],
        [
            ("duty.tender.clause",
             "“不得拆分。”在原文出现 2 次，须以 occurrence 说明是第几处",
             "'不得拆分。' stands 2 times in the passage: say which with `occurrence`"),
        ],
    ),
    "a clause at a place that there is not": (
        [("duty.tender.clause", {"quote": "不得拆分。", "occurrence": 3})],
        [
            ("duty.tender.clause",
             "“不得拆分。”在原文只出现 2 次",
             "'不得拆分。' stands only 2 times in the passage"),
        ],
    ),
    "a clause in a passage that there is not": (
        [("duty.tender.clause", {"quote": "限额以上招标", "in": "law"})],
        [
            ("duty.tender.clause",
             "没有名为“law”的原文（有：只一段）",
             "there is no passage 'law' (there are: one alone, without a name)"),
        ],
    ),
    "a clause that overlaps what is not checked": (
        [("text.not-checked.1", "比价，限额以上")],
        [
            ("text.not-checked.1",
             "与 duty.quotes.clause 重叠：“二千元以上比价”",
             "it overlaps duty.quotes.clause: '二千元以上比价'"),
            ("text.not-checked.1",
             "与 duty.tender.clause 重叠：“限额以上招标”",
             "it overlaps duty.tender.clause: '限额以上招标'"),
            ("text.not-checked.1",
             "与 duty.never.clause 重叠：“二千元以上比价”",
             "it overlaps duty.never.clause: '二千元以上比价'"),
        ],
    ),
    "what is not checked does not stand in the text": (
        [("text.not-checked.1", "本办法由局长解释")],
        [
            ("text.not-checked.1",
             "原文没有“本办法由局长解释”：到“本办法由”为止相同，原文接着是“办公室解释。不得"
             "”，不是“局长解释”",
             "the passage does not have '本办法由局长解释': it is the same up to '本办法由', and "
             "goes on '办公室解释。不得', not '局长解释'"),
        ],
    ),
    "words that raise a question and do not stand in the text": (
        [("question.aside.raised-by.1", "说明")],
        [
            ("question.aside.raised-by.1",
             "原文没有“说明”",
             "the passage does not have '说明'"),
        ],
    ),
    "a division that does not stand in the text": (
        [("division", "不得分拆")],
        [
            ("division",
             "原文没有“不得分拆”",
             "the passage does not have '不得分拆'"),
        ],
    ),
    "a passage file that is not there": (
        [("text.passage", GONE), ("text.file", "passage.txt")],
        [
            ("text.file",
             "FOLDER/passage.txt：没有此文件",
             "FOLDER/passage.txt: there is no such file"),
        ],
    ),
    "a text without words": (
        [("text.passage", GONE)],
        [
            ("text",
             "须有 file 或 passage，只一个",
             "it needs a `file` or a `passage`, one of the two"),
        ],
    ),
    "a text without a source": (
        [("text.source", GONE)],
        [
            ("text.source",
             "缺少（出处）",
             "it is missing (where the text is from)"),
        ],
    ),
    "an unknown key at the top": (
        [("ladders", {})],
        [
            ("ladders",
             "没有键“ladders”（是否为“ladder”？）",
             "there is no key 'ladders' (did you mean 'ladder'?)"),
        ],
    ),
    "an unknown key far below": (
        [("question.edge.witness.1.verdict", "violation"), ("limit.top.1.cites.artikle", "3")],
        [
            ("limit.top.1.cites.artikle",
             "没有键“artikle”（是否为“article”？）",
             "there is no key 'artikle' (did you mean 'article'?)"),
            ("question.edge.witness.1.verdict",
             "没有键“verdict”（是否为“verdicts”？）",
             "there is no key 'verdict' (did you mean 'verdicts'?)"),
        ],
    ),
    "an unknown key of a row": (
        [("example.1.rows.1.metod", "direct")],
        [
            ("example.1.rows.1.metod",
             "没有列“metod”（是否为“method”？）；自己的列须先声明：[columns.metod]，写明 type",
             "there is no column 'metod' (did you mean 'method'?)"
             "; a column of your own is declared first: [columns.metod], with its type"),
        ],
    ),
    "a column of a row by its ready name": (
        [("example.1.rows.1.date", dt.date(2020, 3, 2))],
        [
            ("example.1.rows.1.date",
             "没有列“date”（有：bought_on）",
             "there is no column 'date' (there are: bought_on)"),
        ],
    ),
    "a number for a text": (
        [("duty.tender.required", 5), ("id", 5)],
        [
            ("id",
             "须为不空的文字，不是 5",
             "it must be text that is not empty, not 5"),
            ("duty.tender.required",
             "须为文字，或按语言的表（{ zh = …, en = … }），不是 5",
             "it must be text, or a table by language ({ zh = …, en = … }), not 5"),
        ],
    ),
    "a text for a number": (
        [("columns.class.from.head", "3"), ("decimals", "2")],
        [
            ("decimals",
             '须为整数，不是 "2"',
             'it must be a whole number, not "2"'),
            ("columns.class.from.head",
             '须为整数，不是 "3"',
             'it must be a whole number, not "3"'),
        ],
    ),
    "a text for true": (
        [("duty.tender.waivable", "true")],
        [
            ("duty.tender.waivable",
             '须为 true 或 false，不是 "true"',
             'it must be true or false, not "true"'),
        ],
    ),
    "a number for true": (
        [("columns.way.other", 1)],
        [
            ("columns.way.other",
             "须为 true 或 false，不是 1",
             "it must be true or false, not 1"),
        ],
    ),
    "a decimal for a whole number": (
        [("decimals", D("2.0"))],
        [
            ("decimals",
             "须为整数，不是 2.0",
             "it must be a whole number, not 2.0"),
        ],
    ),
    "a date-time for a date": (
        [("limit.top.2.from", dt.datetime(2020, 1, 1)), ("text.read-on", dt.datetime(2020, 1, 1))],
        [
            ("text.read-on",
             "须为日期（如 2020-01-31，不加引号、不带时刻），不是 2020-01-01T00:00:00",
             "it must be a date such as 2020-01-31, without quotes and without a time, not 2020-01-01T00:00:00"),
            ("limit.top.2.from",
             "须为日期（如 2020-01-31，不加引号、不带时刻），不是 2020-01-01T00:00:00",
             "it must be a date such as 2020-01-31, without quotes and without a time, not 2020-01-01T00:00:00"),
        ],
    ),
    "a text for a date": (
        [("in-force.from", "2020-01-01")],
        [
            ("in-force.from",
             '须为日期（如 2020-01-31，不加引号、不带时刻），不是 "2020-01-01"',
             'it must be a date such as 2020-01-31, without quotes and without a time, not "2020-01-01"'),
        ],
    ),
    "a time for a date": (
        [("in-force.from", dt.time(12))],
        [
            ("in-force.from",
             "须为日期（如 2020-01-31，不加引号、不带时刻），不是 12:00:00",
             "it must be a date such as 2020-01-31, without quotes and without a time, not 12:00:00"),
        ],
    ),
    "a period that ends before it begins": (
        [("in-force.until", dt.date(2017, 1, 1))],
        [
            ("in-force.until",
             "2017-01-01 早于起始日 2018-01-01",
             "2017-01-01 is before the first day, 2018-01-01"),
        ],
    ),
    "a table for a list of tables": (
        [("limit.theirs", {"given": True})],
        [
            ("limit.theirs",
             "须写作 [[limit.theirs]]（列表）",
             "write it as [[limit.theirs]]: it is a list"),
        ],
    ),
    "a format of the future": (
        [("format", 2)],
        [
            ("format",
             "须为 1（本库所读的格式），不是 2",
             "it must be 1, the format that this library reads, not 2"),
        ],
    ),
    "no format": (
        [("format", GONE)],
        [
            ("format",
             "缺少（格式）",
             "it is missing (the format of the file: 1)"),
        ],
    ),
    "a currency that there is not": (
        [("currency", "CNX")],
        [
            ("currency",
             "“CNX”不是 ISO 4217 的货币代码，最接近的是 CNY",
             "'CNX' is no currency of ISO 4217; the nearest is CNY"),
        ],
    ),
    "a day that no year has": (
        [("year", "02-30")],
        [
            ("year",
             '须为每年的某日（如 “01-01”），不是 "02-30"',
             "it must be a day of every year, such as '01-01', not \"02-30\""),
        ],
    ),
    "a decimal sign that is none": (
        [("decimal", ";")],
        [
            ("decimal",
             '须为 . | ,，不是 ";"',
             'it must be . | ,, not ";"'),
        ],
    ),
    "a type that there is not": (
        [("columns.paid.type", "mony")],
        [
            ("columns.paid.type",
             '须为 money | date | count | word | name | yes-no | text，不是 "mony"；是否为“money”？',
             "it must be money | date | count | word | name | yes-no | text, not \"mony\"; did you mean 'money'?"),
        ],
    ),
    "a column without a type": (
        [("columns.paid.type", GONE)],
        [
            ("columns.paid",
             "列 paid 须有类型（有：money、date、count、word、name、yes-no、text）",
             "the column paid needs a type (money, date, count, word, name, yes-no, text)"),
        ],
    ),
    "a ready column that there is not": (
        [("columns.bought_on.is", "dat")],
        [
            ("columns.bought_on",
             "没有现成的列“dat”（有：id、date、unit、department、category、kind、description、a"
             "mount、net、tax、gross、debit、credit、dr_cr、currency、counted_in、"
             "in_catalogue、method、supplier、contract、status、voided、"
             "approved_on、invited、quot"
             "es、ground、note）",
             "there is no ready column 'dat' (there are: id, date, unit, department, category, ki"
             "nd, description, amount, net, tax, gross, debit, credit, dr_cr, currency, counted_in, "
             "in_catalogue, method, supplier, contract, status, voided, "
             "approved"
             "_on, invited, quotes, ground, note)"),
        ],
    ),
    "a derived column of two sources": (
        [("columns.kind.from.list", "catalogue")],
        [
            ("columns.kind.from",
             "须为 { column, head }、{ column, prefix }、{ list } 或 { holds } 之一",
             "it must be one of { column, head }, { column, prefix }, { list } and { holds }"),
        ],
    ),
    "a column derived from itself": (
        [("columns.category.from", {"column": "class", "head": 3})],
        [
            ("columns.category.from", "由自己得出", "it is derived from itself"),
        ],
    ),
    "a column derived from itself by a list": (
        [("columns.category.from", {"list": "own"}), ("columns.class.from", {"column": "class", "head": 3})],
        [
            ("columns.category.from", "由自己得出", "it is derived from itself"),
            ("columns.class.from", "由自己得出", "it is derived from itself"),
        ],
    ),
    "a derived word that the column has not": (
        [("columns.kind.from.prefix.A", "good")],
        [
            ("columns.kind.from",
             "没有词“good”（是否为“goods”？）",
             "there is no word 'good' (did you mean 'goods'?)"),
        ],
    ),
    "an order with a word that the column has not": (
        [("columns.way.order", ["fast", "slowly"])],
        [
            ("columns.way.order",
             "没有词“slowly”（是否为“slow”？）",
             "there is no word 'slowly' (did you mean 'slow'?)"),
        ],
    ),
    "a code that is no expression": (
        [("columns.category.code.pattern", "[ABC")],
        [
            ("columns.category.code",
             "不是正则表达式：unterminated character set at position 0",
             "it is no regular expression: unterminated character set at position 0"),
        ],
    ),
    "a column of one name with a limit": (
        [("columns.top", {"type": "count"})],
        [
            ("limit.top",
             "与 columns.top 同名；列、限额、名单、累计、分档不能同名",
             "has the name of columns.top: columns, limits, lists, totals and ladders share their names"),
        ],
    ),
    "a list of one name with a total": (
        [("list.so-far", {"of": "category", "given": True})],
        [
            ("total.so-far",
             "与 list.so-far 同名；列、限额、名单、累计、分档不能同名",
             "has the name of list.so-far: columns, limits, lists, totals and ladders share their names"),
        ],
    ),
    "a list that is neither here nor given": (
        [("list.own.rows", GONE)],
        [
            ("list.own",
             "须有 rows，或 given = true，不能兼有",
             "it needs `rows`, or `given = true`, and not both"),
        ],
    ),
    "a list of what is no column": (
        [("list.own.of", "categry")],
        [
            ("list.own.of",
             "没有列“categry”（是否为“category”？）；自己的列须先声明：[columns.categry]，写明 type",
             "there is no column 'categry' (did you mean 'category'?)"
             "; a column of your own is declared first: [columns.categry], with its type"),
        ],
    ),
    "a list with a code that is a number": (
        [("list.own.rows.1.code", 2)],
        [
            ("list.own.rows.1.code",
             "须为文字，不是 2",
             "it must be text, not 2"),
        ],
    ),
    "a list with a number in quotation marks": (
        [("list.own.rows.1.most", "5000")],
        [
            ("list.own.rows.1.most",
             '"5000" 不是数（不用二进制小数）',
             '"5000" is no number (and no binary float)'),
        ],
    ),
    "a list with a key that there is not": (
        [("list.own.rows.2.mosst", 3)],
        [
            ("list.own.rows.2.mosst",
             "没有键“mosst”（是否为“most”？）",
             "there is no key 'mosst' (did you mean 'most'?)"),
        ],
    ),
    "an entry of a list that says nothing": (
        [("list.own.rows.2.name", "")],
        [
            ("list.own.rows.2",
             "须有 code 或 name",
             "it needs a `code` or a `name`"),
        ],
    ),
    "a list with two numbers for one entry": (
        [("list.own.rows.2", {"code": "A02", "name": "办公设备", "most": 6_000})],
        [
            ("list.own.rows.2.most",
             "“A02 办公设备”有两个 most",
             "'A02 办公设备' has two of most"),
        ],
    ),
    "a blank of less than zero": (
        [("list.catalogue.carries.floor.blank", -1)],
        [
            ("list.catalogue.carries.floor.blank",
             "-1 不能低于零",
             "-1 must not be below zero"),
        ],
    ),
    "a number that is too large": (
        [("limit.top.1.value.works", 10**20)],
        [
            ("limit.top.1.value.works",
             "整数太大（超出 64 位）",
             "the whole number is too large: it has more than 64 bits"),
        ],
    ),
    "an amount that is too large": (
        [("limit.top.1.value.works", 10**15)],
        [
            ("limit.top.1.value.works",
             "“1000000000000000”超出范围（10 万亿元以内）",
             "'1000000000000000' is out of range (below 10 trillion yuan)"),
        ],
    ),
    "given for a limit that there is not": (
        [("example.1.given.thiers", 5_000)],
        [
            ("example.1.given.thiers",
             "没有限额或名单“thiers”（是否为“theirs”？）",
             "there is no limit or list 'thiers' (did you mean 'theirs'?)"),
        ],
    ),
    "given for a limit that the policy sets": (
        [("example.1.given.top", 5_000)],
        [
            ("example.1.given.top",
             "此限额由制度自定",
             "the policy sets this limit, not the user"),
        ],
    ),
    "given an entry of a number that is none": (
        [("example.1.given.catalogue.1.floor", D("nan"))],
        [
            ("example.1.given.catalogue.1.floor",
             "nan 不是数（不用二进制小数）",
             "nan is no number (and no binary float)"),
        ],
    ),
    "given a number that is none": (
        [("example.1.given.theirs", True), ("question.edge.witness.1.given.theirs", ["x"])],
        [
            ("example.1.given.theirs",
             "“true”不是金额",
             "true is not an amount"),
            ("question.edge.witness.1.given.theirs",
             '“["x"]”不是金额',
             '["x"] is not an amount'),
        ],
    ),
    "given an entry that is none": (
        [("example.1.given.catalogue.1.flor", 10),
         ("example.1.given.catalogue.2", {"code": ["A"]})],
        [
            ("example.1.given.catalogue.1.flor",
             "没有键“flor”（是否为“floor”？）",
             "there is no key 'flor' (did you mean 'floor'?)"),
            ("example.1.given.catalogue.2.code",
             '须为文字，不是 ["A"]',
             'it must be text, not ["A"]'),
        ],
    ),
    "a cell that is a list": (
        [("example.1.rows.1.amount", [1])],
        [
            ("example.1.rows.1.amount",
             "[1] 不是一格能有的值",
             "[1] is nothing that a cell can have"),
        ],
    ),
    "an example without rows": (
        [("example.1.rows", [])],
        [
            ("example.1.rows",
             "没有行",
             "it has no rows"),
        ],
    ),
    "a verdict that there is not": (
        [("example.1.verdict", "complaint")],
        [
            ("example.1.verdict",
             '须为 violation | compliant | unknown | not_applicable，不是 "complaint"；是否为“compliant”？',
             'it must be violation | compliant | unknown | not_applicable, not "complaint"; did y'
             "ou mean 'compliant'?"),
        ],
    ),
    "an example of a duty, a datum and a question that there are not": (
        [
        ("example.1.breached", ["tendr"]), ("example.1.missing", ["metod"]), ("example.1.turns-on", ["edg"])
    ],
        [
            ("example.1.breached",
             "没有义务“tendr”（是否为“tender”？）",
             "there is no duty 'tendr' (did you mean 'tender'?)"),
            ("example.1.missing",
             "没有数据“metod”（是否为“method”？）",
             "there is no datum 'metod' (did you mean 'method'?)"),
            ("example.1.turns-on",
             "没有问题“edg”（是否为“edge”？）",
             "there is no question 'edg' (did you mean 'edge'?)"),
        ],
    ),
    "faults of shape and of sense": (
        [
        ("ladder.steps.bnd", []),
        ("columns.invited.at-least", 5),
        ("duty.tender.waivable", "no"),
        ("duty.tender.met-by", {"metod": "open_tender"}),
        ("duty.quotes.clause", "二千元以上询价"),
        ("limit.top.1.value.works", True),
        ("total.so-far.by", ["unti"]),
        ("question.aside.raised-by", ["说明"]),
        ("example.1.rows.1.amount", {}),
    ],
        [
            ("columns.invited.at-least",
             "须为文字，不是 5",
             "it must be text, not 5"),
            ("ladder.steps.bnd",
             "没有键“bnd”（是否为“band”？）",
             "there is no key 'bnd' (did you mean 'band'?)"),
            ("duty.tender.waivable",
             '须为 true 或 false，不是 "no"',
             'it must be true or false, not "no"'),
            ("question.aside.raised-by.1",
             "原文没有“说明”",
             "the passage does not have '说明'"),
            ("example.1.rows.1.amount",
             "{} 不是一格能有的值",
             "{} is nothing that a cell can have"),
            ("limit.top.1.value.works",
             "true 不是数（不用二进制小数）",
             "true is no number (and no binary float)"),
            ("total.so-far.by",
             "没有列“unti”（是否为“unit”？）；自己的列须先声明：[columns.unti]，写明 type",
             "there is no column 'unti' (did you mean 'unit'?)"
             "; a column of your own is declared first: [columns.unti], with its type"),
            ("duty.quotes.clause",
             "原文没有“二千元以上询价”：到“二千元以上”为止相同，原文接着是“比价，限额以上招”，不是“询价”",
             "the passage does not have '二千元以上询价': it is the same up to '二千元以上', and "
             "goes on '比价，限额以上招', not '询价'"),
            ("duty.tender.met-by.metod",
             "没有列“metod”（是否为“method”？）；自己的列须先声明：[columns.metod]，写明 type",
             "there is no column 'metod' (did you mean 'method'?)"
             "; a column of your own is declared first: [columns.metod], with its type"),
        ],
    ),
    "what follows from a fault is no fault": (
        [
        ("columns.method.type", 5), (f"{BAND}.3.range", 5), ("question.span.readings", 5), ("list.catalogue.of", 5)
    ],
        [
            ("columns.method.type",
             "须为 money | date | count | word | name | yes-no | text，不是 5",
             "it must be money | date | count | word | name | yes-no | text, not 5"),
            ("list.catalogue.of",
             "须为文字，不是 5",
             "it must be text, not 5"),
            ("question.span.readings",
             "须为表，不是 5",
             "it must be a table, not 5"),
            ("ladder.steps.band.3.range",
             "须为文字或表，不是 5",
             "it must be text or a table, not 5"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISUSES)
def test_is_refused(name: str, tmp_path: Path) -> None:
    changes, told = MISUSES[name]
    assert refused(put(tmp_path, spoiled(*changes))) == [
        tuple(words.replace("FOLDER", str(tmp_path)) for words in each) for each in told
    ]
