"""Policies that are wrong: each is refused when it is built, with the place of every fault and what it is.

Of the sentences of MISUSE.md, in their order, what becomes of each; "refused" ones are in the table below by the same
words.

Bands and limits:
    refused: cuts that descend; two equal cuts; a limit below the band before it, for every value, one kind, one period;
        a cut of zero or less; a number of binary floating point; a band that no amount can reach; a boundary claimed by
        two bands in one interpretation; two bands of one name; a duty in no band and without `when`; a duty with both.
    said: a boundary claimed by none (`gaps` of the survey).
    cannot be made any more: a bare integer where minor units were meant; every number is in major units, as in a file.
Totals:
    refused: an interpretation that reads no measure; a total that is not declared; a key that is no column; a column
        that groups nothing (its type, or a head of nothing).
    said: a whole-year window without itself (`alone` of the survey).
    cannot be made: a filter that names another column than it reads (a filter is a condition on columns); a level or an
        index out of range (keys are columns by name; a head of zero or less is refused).
Duties and rules:
    refused: a fact that does not exist (an unknown column, an undeclared test of a rule); `getattr` with a default; a
        rule that catches every exception; `met` and `due` that return anything but a set of this policy's
        interpretations, *every* and *none* of another included; a band that the ladder has not; two rules of
        one id; a column compared
        with a word that it has not; a count compared where a class was meant.
    said: a band that no rule governs (`ungoverned`); a duty that nothing can meet (`impossible`).
    cannot be made: `shows` that names no column; what a rule shows are the columns of its tests.
Questions:
    refused: a datum that no column gives; a reading missing from an `ask`, or one too many; an adopted reading or
        question that does not exist; two questions of one id; and a recommended reading that does not exist, which no
        `Ambiguity` can be made with.
    said: a reading that nothing reads, and readings that change nothing (`idle`).
Text:
    refused: a clause that does not stand in the text, stands twice without `occurrence`, or overlaps what is not
        checked.
    cannot be made in Python: a passage file that is not there.
File:
    refused: a type that is another; a date-time for a date; a column, limit, list, total or ladder of one name with
        another. Unknown keys of a declaration are unknown arguments to Python.
    cannot be made in Python: an `include` of itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import attrs
import pytest
from building import bought, furong
from misuses import MISUSES, PARTS, banded, duty, laddered, limit, own, question, small, total, with_part

from procure.api import check
from procure.authoring import Citation, Clause, Duty, Limit, Passage, Policy, PolicyError, Words, column
from procure.values.words import ProcureError

#: For each misuse all faults: the place, and what is wrong in both languages.
FAULTS: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "cuts that descend": (
        ("ladder.steps.band.middle.range",
         "界点 1500.00 不高于前一界点 2000.00",
         "the end 1500.00 is not above the one before it, 2000.00"),
        ("ladder.steps.band.high.range",
         "界点 1500.00 不高于前一界点 2000.00",
         "the end 1500.00 is not above the one before it, 2000.00"),
    ),
    "two equal cuts": (
        ("ladder.steps.band.middle.range",
         "没有金额在此区间内",
         "no amount is in this range"),
    ),
    "a limit below the band before it, for every value": (
        ("ladder.steps.band.middle.range",
         "top 为 1500.00，不高于前一界点 2000.00",
         "top is 1500.00, not above the end before it, 2000.00"),
    ),
    "a limit equal to the cut before it": (
        ("ladder.steps.band.middle.range",
         "top 为 2000.00，不高于前一界点 2000.00",
         "top is 2000.00, not above the end before it, 2000.00"),
    ),
    "a limit below the band before it, for one kind": (
        ("ladder.steps.band.middle.range",
         "top（works）为 1999.00，不高于前一界点 2000.00",
         "top of works is 1999.00, not above the end before it, 2000.00"),
    ),
    "a limit below the band before it, in one period": (
        ("ladder.steps.band.middle.range",
         "top 自 2020-01-01 起为 1000.00，不高于前一界点 2000.00",
         "top is 1000.00 from 2020-01-01 on, not above the end before it, 2000.00"),
    ),
    "a limit given below the band before it": (
        ("ladder.steps.band.middle.range",
         "top 为 1500.00，不高于前一界点 2000.00",
         "top is 1500.00, not above the end before it, 2000.00"),
    ),
    "a limit given below its bound": (
        ("limit.top",
         "限额（货物） 2000.00 须高于 2000.00",
         "a limit of goods of 2000.00 is not above 2000.00"),
        ("limit.top",
         "限额（工程） 900.00 须高于 2000.00",
         "a limit of works of 900.00 is not above 2000.00"),
    ),
    "a limit below another by name": (
        ("limit.tender",
         "限额（货物） 9000.00 须不低于 10000.00",
         "a limit of goods of 9000.00 is below 10000.00"),
    ),
    "a cut of zero": (
        ("ladder.steps.band.low.range",
         "界点 0.00 须高于零",
         "the end 0.00 must be above zero"),
    ),
    "a cut below zero": (
        ("ladder.steps.band.low.range",
         "界点 -10.00 须高于零",
         "the end -10.00 must be above zero"),
    ),
    "a limit of zero": (
        ("limit.top.value",
         "限额 0.00 须高于零",
         "the limit 0.00 must be above zero"),
    ),
    "a limit of less than zero, given": (
        ("given.top",
         "限额 -5.00 须高于零",
         "the limit -5.00 must be above zero"),
    ),
    "a limit in binary floating point": (
        ("limit.top.value",
         "10000.5 不是数（不用二进制小数）",
         "10000.5 is no number (and no binary float)"),
    ),
    "a limit's bound in binary floating point": (
        ("limit.top.above",
         "须为数（不用二进制小数）或限额的名称，不是 2000.0",
         "it must be an exact number (no binary float), or the name of a limit, not 2000.0"),
    ),
    "a limit that is true": (
        ("limit.top.value",
         "true 不是数（不用二进制小数）",
         "true is no number (and no binary float)"),
    ),
    "a limit in half a fen": (
        ("limit.top.value",
         "“10000.005”不能精确到分",
         "'10000.005' is not exact to the fen"),
    ),
    "a condition in binary floating point": (
        ("duty.quotes.met-by.quotes",
         "quotes = 3.0：不是可比的值（是否写作 yes、no，小数用十进制数）",
         "quotes = 3.0 cannot be compared with (write yes or no; numbers are exact decimals)"),
    ),
    "a blank of a list in binary floating point": (
        ("list.catalogue.carries.floor.blank",
         "须为数（整数或十进制数，不用二进制小数），不是 0.5",
         "it must be an exact number (whole or Decimal, no binary float), not 0.5"),
    ),
    "a list with a number in binary floating point": (
        ("list.catalogue.rows.0.floor",
         "0.5 不是数（不用二进制小数）",
         "0.5 is no number (and no binary float)"),
    ),
    "a list with a number of zero": (
        ("given.catalogue.0.floor",
         "0 须高于零",
         "0 must be above zero"),
    ),
    "a list with two numbers for one entry": (
        ("given.catalogue.1.floor",
         "“A02”有两个 floor",
         "'A02' has two of floor"),
    ),
    "a list with a key that there is not": (
        ("given.catalogue.0.flor",
         "没有键“flor”（是否为“floor”？）",
         "there is no key 'flor' (did you mean 'floor'?)"),
    ),
    "a range that is a number": (
        ("ladder.steps.band.low.range",
         "“2000”不是区间（如 “[0 .. 5000)”：括号、数、两点、数、括号）",
         "2000 is not a range, such as '[0 .. 5000)': bracket, number, two dots, number, bracket"),
    ),
    "a range in half a fen": (
        ("ladder.steps.band.middle.range",
         "“2000.005”不能精确到分",
         "'2000.005' is not exact to the fen"),
    ),
    "a range that is none": (
        ("ladder.steps.band.low.range",
         "“up to 2000”不是区间（如 “[0 .. 5000)”：括号、数、两点、数、括号）",
         "'up to 2000' is not a range, such as '[0 .. 5000)': bracket, number, two dots, number, bracket"),
    ),
    "a band that no amount can reach": (
        ("ladder.steps.band.middle.range",
         "没有金额在此区间内",
         "no amount is in this range"),
    ),
    "a middle band without an upper end": (
        ("ladder.steps.band.middle.range",
         "只有最高档可以没有上限",
         "the highest band alone may have no upper end"),
    ),
    "a boundary claimed by two bands": (
        ("ladder.steps.band.high.range",
         "同一读法下，top 同属 middle 和 high 两档",
         "in one interpretation top belongs to two bands, middle and high"),
    ),
    "a boundary claimed by two bands under one reading": (
        ("ladder.steps.band.middle.range",
         "同一读法下，2000.00 同属 low 和 middle 两档",
         "in one interpretation 2000.00 belongs to two bands, low and middle"),
    ),
    "two bands of one name": (
        ("ladder.steps.band.low",
         "两档同名",
         "two bands have one id"),
    ),
    "no bands": (
        ("ladder.steps.band",
         "没有档",
         "it has no bands"),
    ),
    "a range of a limit that there is not": (
        ("ladder.steps.band.high.range",
         "没有限额“topp”（是否为“top”？）",
         "there is no limit 'topp' (did you mean 'top'?)"),
    ),
    "a range for a measure that the ladder has not": (
        ("ladder.steps.band.low.range",
         "没有金额列或累计“sofar”（是否为“so-far”？）",
         "there is no money column or total 'sofar' (did you mean 'so-far'?)"),
    ),
    "no range for a measure": (
        ("ladder.steps.band.low.range",
         "没有 so-far 的区间",
         "there is no range for so-far"),
    ),
    "no edge where one is needed": (
        ("ladder.steps.edge",
         "“|”处的 2000.00 没有 edge",
         "there is no edge for 2000.00 at a '|'"),
    ),
    "an edge where no '|' is": (
        ("ladder.steps.edge",
         "top 处没有“|”",
         "there is no '|' at top"),
    ),
    "an edge at a number in binary floating point": (
        ("ladder.steps.edge",
         "须为整数，或写作文字的数、限额，不是 2000.0",
         "it must be a whole number, or a number or limit as text, not 2000.0"),
    ),
    "an edge that is neither side": (
        ("ladder.steps.edge",
         "“above”不可用（可用：upper、lower）",
         "'above' is not one of upper, lower"),
    ),
    "gaps that are none of the ways": (
        ("ladder.steps.gaps",
         "“fill”不可用（可用：none、up、down）",
         "'fill' is not one of none, up, down"),
    ),
    "binds neither": (
        ("ladder.steps.binds",
         "“first”不可用（可用：highest、lowest）",
         "'first' is not one of highest, lowest"),
    ),
    "a duty that stands in no band and has no when": (
        ("duty.extra",
         "不列于任何档，也没有 when",
         "stands in no band and has no `when`"),
    ),
    "a duty in a band with a when": (
        ("duty.tender",
         "既列于某档又有 when；二者只能居其一（从该档的 duties 中去掉，在 when 中写明分档与档名）",
         "stands in a band and has `when`: it may have only one of the two (take it out of the band's duties, and say "
         'the band in `when`: { LADDER = "BAND", … })'),
    ),
    "a band with a duty that there is not": (
        ("ladder.steps.band.high.duties",
         "没有义务“tendering”（是否为“tender”？）",
         "there is no duty 'tendering' (did you mean 'tender'?)"),
        ("duty.tender",
         "不列于任何档，也没有 when",
         "stands in no band and has no `when`"),
    ),
    "duties that are a number": (
        ("ladder.steps.band.high.duties",
         "须为名称或名称的列表，不是 [\"tender\", 5]",
         "it must be a name or a list of names, not [\"tender\", 5]"),
        ("duty.tender",
         "不列于任何档，也没有 when",
         "stands in no band and has no `when`"),
    ),
    "keys that are a number": (
        ("total.so-far.by",
         "须为名称或名称的列表，不是 5",
         "it must be a name or a list of names, not 5"),
    ),
    "measures that are a number": (
        ("ladder.steps.measures",
         "须为名称或名称的列表，不是 5",
         "it must be a name or a list of names, not 5"),
    ),
    "a reading without a measure": (
        ("ladder.steps.measures",
         "没有金额或累计（span 取 month 时）",
         "it has no measures (where `span` is `month`)"),
    ),
    "no measures": (
        ("ladder.steps.measures",
         "没有金额或累计",
         "it has no measures"),
    ),
    "a total that is not declared": (
        ("ladder.steps.measures",
         "没有金额列或累计“sofar”（是否为“so-far”？）",
         "there is no money column or total 'sofar' (did you mean 'so-far'?)"),
    ),
    "a key that is no column": (
        ("total.so-far.by",
         "没有列“categry”（是否为“category”？）；自己的列须先声明：[columns.categry]，写明 type",
         "there is no column 'categry' (did you mean 'category'?)"
         "; a column of your own is declared first: [columns.categry], with its type"),
    ),
    "a key that groups nothing": (
        ("total.so-far.by",
         "amount（money）不能作累计口径",
         "amount (money) cannot be a key of a total: it takes a column of names or words"),
    ),
    "a key that is a condition": (
        ("total.so-far.by",
         "big（yes-no）不能作累计口径",
         "big (yes-no) cannot be a key of a total: it takes a column of names or words"),
    ),
    "a head of nothing": (
        ("columns.class.from",
         "head 须为正整数，不是 0",
         "head must be a number above zero, not 0"),
    ),
    "a column derived from no name": (
        ("columns.class.from",
         "amount（money）不是名称列",
         "amount (money) is not a column of names"),
    ),
    "a derived word that the column has not": (
        ("columns.kind.from",
         "没有词“good”（是否为“goods”？）",
         "there is no word 'good' (did you mean 'goods'?)"),
    ),
    "a window that does not exist": (
        ("total.so-far.window",
         "“last year”不是累计期间（可用：year, year so far, always, always so far, 12 months back, 30 days"
         " back）",
         "'last year' is not a window (there are: year, year so far, always, always so far, 12 months back"
         ", 30 days back)"),
    ),
    "a window of no months": (
        ("total.so-far.window",
         "“0 months back”不是累计期间（可用：year, year so far, always, always so far, 12 months back, 30 "
         "days back）",
         "'0 months back' is not a window (there are: year, year so far, always, always so far, 12 months "
         "back, 30 days back)"),
    ),
    "a sum of what is no money": (
        ("total.so-far.sum",
         "quotes 不是金额列",
         "quotes is not a column of money"),
    ),
    "itself that is a word": (
        ("total.so-far.itself",
         "须为 true 或 false，不是 \"yes\"",
         "it must be true or false, not \"yes\""),
    ),
    "a filter of a column that there is not": (
        ("total.so-far.counts.metod",
         "没有列“metod”（是否为“method”？）；自己的列须先声明：[columns.metod]，写明 type",
         "there is no column 'metod' (did you mean 'method'?)"
         "; a column of your own is declared first: [columns.metod], with its type"),
    ),
    "a filter by a band": (
        ("total.so-far.counts",
         "只有义务可以以档为条件",
         "a band can be asked for in duties alone"),
    ),
    "a fact that does not exist": (
        ("duty.quotes.met-by.emergencies",
         "没有列“emergencies”（有：unit、category、kind、method、quotes、invited、approved_on、rank、big、"
         "amount、date、id、department、description、"
         "net、tax、gross、debit、credit、dr_cr、currency、counted_in、in_catalogue、supplier、contract、status、voided、"
         "ground、not"
         "e）；自己的列须先声明：[columns.emergencies]，写明 type",
         "there is no column 'emergencies' (there are: unit, category, kind, method, quotes, invited, appr"
         "oved_on, rank, big, amount, date, id, department, description, "
         "net, tax, gross, debit, credit, dr_cr, currency, counted_in, in_catalogue, supplier, contract,"
         " status, voided, ground, note)"
         "; a column of your own is declared first: [columns.emergencies], with its type"),
    ),
    "two faults in one condition": (
        ("duty.quotes.met-by.emergencies",
         "没有列“emergencies”（有：unit、category、kind、method、quotes、invited、approved_on、rank、big、amount、date、id、depa"
         "rtment、description、"
         "net、tax、gross、debit、credit、dr_cr、currency、counted_in、in_catalogue、supplier、contract、status、voided、"
         "ground、note）；自己的列须先声明：[columns.emergencies]，写明 type",
         "there is no column 'emergencies' (there are: unit, category, kind, method, quotes, invited, approved"
         "_on, rank, big, amount, date, id, department, description, "
         "net, tax, gross, debit, credit, dr_cr, currency, counted_in, in_catalogue, supplier, contract, status,"
         " voided,"
         " ground, note)"
         "; a column of your own is declared first: [columns.emergencies], with its type"),
        ("duty.quotes.met-by.method",
         "“directly”不是 method 的词（是否为“direct”？）",
         "'directly' is no word of method (did you mean 'direct'?)"),
    ),
    "a word that the column has not": (
        ("duty.quotes.met-by.method",
         "“directly”不是 method 的词（是否为“direct”？）",
         "'directly' is no word of method (did you mean 'direct'?)"),
    ),
    "a count compared with a word": (
        ("duty.quotes.met-by.quotes",
         "quotes（count）不能与词“three”相比（写法如 3, \">= 3\", \"odd\"）",
         "quotes (count) cannot be compared with the word 'three' (it is asked so: 3, \">= 3\", \"odd\")"),
    ),
    "a count where a class was meant": (
        ("duty.quotes.met-by.method",
         "method（word）不能与 3 相比",
         "method (word) cannot be compared with 3"),
    ),
    "a date with a time": (
        ("duty.quotes.met-by.approved_on",
         "approved_on = 2020-01-01T00:00:00：须为日期，不带时刻",
         "approved_on = 2020-01-01T00:00:00: it must be a date, without a time"),
    ),
    "an order that the column has not": (
        ("duty.quotes.met-by.method",
         "没有词、列、限额或名单所列“direct”（有：unit、category、kind、method、quotes、invited、approved_"
         "on、rank、big、amount、date、top、catalogue.floor）",
         "there is no word, column, limit or number of a list 'direct' (there are: unit, category, kind, m"
         "ethod, quotes, invited, approved_on, rank, big, amount, date, top, catalogue.floor)"),
    ),
    "a rank that there is not": (
        ("duty.quotes.met-by.rank",
         "没有词、列、限额或名单所列“boards”（是否为“board”？）",
         "there is no word, column, limit or number of a list 'boards' (did you mean 'board'?)"),
    ),
    "true for yes": (
        ("duty.quotes.met-by.big",
         "big = true：须为 yes 或 no",
         "big = true: it must be yes or no"),
    ),
    "a condition that is none": (
        ("duty.quotes.met-by",
         "“always”不是条件：须为表，或表的列表",
         "'always' is not a condition: it must be a table, or a list of tables"),
    ),
    "a band that the ladder has not": (
        ("duty.extra.when.steps",
         "没有档“top”（有：low、middle、high）",
         "there is no band 'top' (there are: low, middle, high)"),
    ),
    "only-if with a question that there is not": (
        ("duty.quotes.only-if",
         "没有问题“edges”（是否为“edge”？）",
         "there is no question 'edges' (did you mean 'edge'?)"),
    ),
    "only-if with a reading that there is not": (
        ("duty.quotes.only-if",
         "edge 没有读法“above”（有：upper、lower）",
         "edge has no reading 'above' (there are: upper, lower)"),
    ),
    "two rules of one id": (
        ("rules.tender",
         "两条规则同名",
         "two rules have one id"),
    ),
    "a rule that is no rule": (
        ("rules.0",
         "须为 OwnRule，不是 \"own\"",
         "it must be an OwnRule, not \"own\""),
    ),
    "due that returns a bool": (
        ("rules.own.due",
         "须给出一组读法，不是 True",
         "it must give a set of interpretations, not True"),
    ),
    "met that returns True": (
        ("rules.own.met",
         "须给出一组读法，不是 True",
         "it must give a set of interpretations, not True"),
    ),
    "due that returns nothing": (
        ("rules.own.due",
         "须给出一组读法，不是 None",
         "it must give a set of interpretations, not None"),
    ),
    "a test that was not declared": (
        ("rules.own.due",
         "没有检验“direkt”（是否为“direct”？）",
         "there is no test 'direkt' (did you mean 'direct'?)"),
    ),
    "getattr with a default": (
        ("rules.own.due",
         "没有“direct”；检验由 holds 来问",
         "there is no 'direct': a test is asked for with `holds`"),
    ),
    "a rule that catches every exception": (
        ("rules.own.due",
         "没有检验“direkt”（是否为“direct”？）",
         "there is no test 'direkt' (did you mean 'direct'?)"),
    ),
    "a reading that there is not, in a rule": (
        ("rules.own.due",
         "edge 没有读法“above”（有：upper、lower）",
         "edge has no reading 'above' (there are: upper, lower)"),
    ),
    "every of another policy": (
        ("rules.own.due",
         "两组读法属于不同的制度",
         "the two sets of readings belong to different policies"),
    ),
    "none of another policy": (
        ("rules.own.due",
         "两组读法属于不同的制度",
         "the two sets of readings belong to different policies"),
    ),
    "a set of another policy among one's own": (
        ("rules.own.due",
         "两组读法属于不同的制度",
         "the two sets of readings belong to different policies"),
    ),
    "a rule that fails": (
        ("rules.own.due",
         "运行出错：TypeError: unsupported operand type(s) for /: 'Readings' and 'int'",
         "it fails: TypeError: unsupported operand type(s) for /: 'Readings' and 'int'"),
    ),
    "a test of a column that there is not": (
        ("rules.own.tests.direct.metod",
         "没有列“metod”（是否为“method”？）；自己的列须先声明：[columns.metod]，写明 type",
         "there is no column 'metod' (did you mean 'method'?)"
         "; a column of your own is declared first: [columns.metod], with its type"),
    ),
    "a question that needs a datum that no column gives": (
        ("question.far.needs",
         "没有列、限额或名单“distnce”（有：unit、category、kind、method、quotes、invited、approved_on、ran"
         "k、big、top、catalogue、id、date、department、description、amount、"
         "net、tax、gross、debit、credit、dr_cr、currency、counted_in、in_catalogue、supplier、contr"
         "act、status、voided、ground、note、catalogue.floor）",
         "there is no column, limit or list 'distnce' (there are: unit, category, kind, method, quotes, in"
         "vited, approved_on, rank, big, top, catalogue, id, date, department, description, amount, "
         "net, tax, gross, debit, credit, dr_cr, currency, counted_in, in_cat"
         "alogue, supplier, contract, status, voided, ground, note, catalogue.floor)"),
    ),
    "a reading missing from an ask": (
        ("ladder.steps.edge",
         "ask = edge：缺少“lower”（读法：upper、lower）",
         "ask = edge: 'lower' is missing (its readings: upper, lower)"),
    ),
    "a reading too many in an ask": (
        ("ladder.steps.edge",
         "ask = edge：没有读法“above”（读法：upper、lower）",
         "ask = edge: there is no reading 'above' (its readings: upper, lower)"),
    ),
    "an ask of a question that there is not": (
        ("ladder.steps.edge",
         "没有问题“edges”（是否为“edge”？）",
         "there is no question 'edges' (did you mean 'edge'?)"),
    ),
    "a reading adopted that does not exist": (
        ("adopted.edge",
         "没有读法“above”（有：upper、lower）",
         "there is no reading 'above' (there are: upper, lower)"),
    ),
    "a question adopted that does not exist": (
        ("adopted.edges",
         "没有问题“edges”（是否为“edge”？）",
         "there is no question 'edges' (did you mean 'edge'?)"),
    ),
    "two questions of one id": (
        ("question.edge",
         "两个问题同名",
         "two questions have one id"),
    ),
    "a clause that does not stand in the text": (
        ("duty.tender.clause",
         "原文没有“限额以上拍卖”：到“限额以上”为止相同，原文接着是“招标。本办法由办”，不是“拍卖”",
         "the passage does not have '限额以上拍卖': it is the same up to '限额以上', "
         "and goes on '招标。本办法由办', not '拍卖'"),
    ),
    "a clause that stands twice": (
        ("duty.tender.clause",
         "“不得拆分。”在原文出现 2 次，须以 occurrence 说明是第几处",
         "'不得拆分。' stands 2 times in the passage: say which with `occurrence`"),
    ),
    "a clause at an occurrence that there is not": (
        ("duty.tender.clause",
         "“不得拆分。”在原文只出现 2 次",
         "'不得拆分。' stands only 2 times in the passage"),
    ),
    "a clause of a band that does not stand in the text": (
        ("ladder.steps.band.low.clause",
         "原文没有“一千元以下”",
         "the passage does not have '一千元以下'"),
    ),
    "a clause that is a number": (
        ("duty.tender.clause",
         "须为原文，或 quote 与 occurrence 的表，不是 5",
         "it must be words of the text, or a table of quote and occurrence, not 5"),
    ),
    "a clause that overlaps what is not checked": (
        ("text.not-checked.0",
         "与 duty.quotes.clause 重叠：“二千元以上比价”",
         "it overlaps duty.quotes.clause: '二千元以上比价'"),
        ("text.not-checked.0",
         "与 duty.tender.clause 重叠：“限额以上招标”",
         "it overlaps duty.tender.clause: '限额以上招标'"),
    ),
    "what is not checked overlaps itself": (
        ("text.not-checked.1",
         "与 text.not-checked.1 重叠：“本办法由办公室解释。”",
         "it overlaps text.not-checked.1: '本办法由办公室解释。'"),
    ),
    "what is not checked does not stand in the text": (
        ("text.not-checked.0",
         "原文没有“本办法由局长解释”：到“本办法由”为止相同，原文接着是“办公室解释。不得”，不是“局长解释”",
         "the passage does not have '本办法由局长解释': it is the same up to '本办法由', "
         "and goes on '办公室解释。不得', not '局长解释'"),
    ),
    "a division that does not stand in the text": (
        ("division",
         "原文没有“不得分拆”",
         "the passage does not have '不得分拆'"),
    ),
    "a limit and a total of one name": (
        ("total.top",
         "与 limit.top 同名；列、限额、名单、累计、分档不能同名",
         "has the name of limit.top: columns, limits, lists, totals and ladders share their names"),
    ),
    "a date-time for a date": (
        ("limit.top.from",
         "须为日期（不带时刻），不是 2020-01-01T00:00:00",
         "it must be a date, without a time, not 2020-01-01T00:00:00"),
    ),
    "a text for a date": (
        ("in-force.from",
         "须为日期（不带时刻），不是 \"2020-01-01\"",
         "it must be a date, without a time, not \"2020-01-01\""),
    ),
    "a period that ends before it begins": (
        ("in-force.until",
         "2020-01-01 早于起始日 2020-12-31",
         "2020-01-01 is before the first day, 2020-12-31"),
    ),
    "a number for a text": (
        ("duty.tender.required",
         "须为文字，不是 5",
         "it must be text, not 5"),
    ),
    "a text for true": (
        ("duty.tender.waivable",
         "须为 true 或 false，不是 \"true\"",
         "it must be true or false, not \"true\""),
    ),
    "a duty that is a table": (
        ("duty.tender",
         "须为 Duty，不是 { required = \"x\" }",
         "it must be a Duty, not { required = \"x\" }"),
    ),
    "a day that no year has": (
        ("year",
         "须为每年的某日（如 “01-01”），不是 \"02-30\"",
         "it must be a day of every year, such as '01-01', not \"02-30\""),
    ),
    "a currency that there is not": (
        ("currency",
         "“CNX”不是 ISO 4217 的货币代码，最接近的是 CNY",
         "'CNX' is no currency of ISO 4217; the nearest is CNY"),
    ),
    "a column that is called otherwise": (
        ("columns.way",
         "列名为 method",
         "the column is called method"),
    ),
    "an order with a word that the column has not": (
        ("columns.rank.order",
         "没有词“bord”（是否为“board”？）",
         "there is no word 'bord' (did you mean 'board'?)"),
    ),
    "a code that is no expression": (
        ("columns.category.code",
         "不是正则表达式：unterminated character set at position 0",
         "it is no regular expression: unterminated character set at position 0"),
    ),
    "a count that bounds what is none": (
        ("columns.invited.at-least",
         "method 不是家数（count）列",
         "method is not a column of counts"),
    ),
    "a limit by what has no words": (
        ("limit.top",
         "category 没有词，限额不能按它区分",
         "category has no words, so that no limit can differ by it"),
    ),
    "a limit for a word that the column has not": (
        ("limit.top.value.good",
         "没有 kind 的词“good”（是否为“goods”？）",
         "there is no word of kind 'good' (did you mean 'goods'?)"),
    ),
    "a limit that is set and given": (
        ("limit.top",
         "须有 value，或 given = true，不能兼有",
         "it needs `value`, or `given = true`, and not both"),
    ),
    "given for a limit that there is not": (
        ("given.topp",
         "没有限额或名单“topp”（是否为“top”？）",
         "there is no limit or list 'topp' (did you mean 'top'?)"),
    ),
    "given for a limit that the policy sets": (
        ("given.top",
         "此限额由制度自定",
         "the policy sets this limit, not the user"),
    ),
    "given for no year": (
        ("given.top",
         "“12”不是年份",
         "12 is not a year"),
    ),
    "several faults at once": (
        ("adopted.edges",
         "没有问题“edges”（是否为“edge”？）",
         "there is no question 'edges' (did you mean 'edge'?)"),
        ("ladder.steps.band.middle.range",
         "界点 1500.00 不高于前一界点 2000.00",
         "the end 1500.00 is not above the one before it, 2000.00"),
        ("ladder.steps.band.high.range",
         "界点 1500.00 不高于前一界点 2000.00",
         "the end 1500.00 is not above the one before it, 2000.00"),
        ("total.so-far.by",
         "没有列“unti”（是否为“unit”？）；自己的列须先声明：[columns.unti]，写明 type",
         "there is no column 'unti' (did you mean 'unit'?)"
         "; a column of your own is declared first: [columns.unti], with its type"),
        ("total.so-far.window",
         "“last year”不是累计期间（可用：year, year so far, always, always so far, 12 months back, 30 days"
         " back）",
         "'last year' is not a window (there are: year, year so far, always, always so far, 12 months back"
         ", 30 days back)"),
        ("duty.tender.met-by.metod",
         "没有列“metod”（是否为“method”？）；自己的列须先声明：[columns.metod]，写明 type",
         "there is no column 'metod' (did you mean 'method'?)"
         "; a column of your own is declared first: [columns.metod], with its type"),
        ("duty.tender.clause",
         "原文没有“限额以上拍卖”：到“限额以上”为止相同，原文接着是“招标。本办法由办”，不是“拍卖”",
         "the passage does not have '限额以上拍卖': it is the same up to '限额以上', "
         "and goes on '招标。本办法由办', not '拍卖'"),
    ),
}  # fmt: skip


def test_the_base_is_sound() -> None:
    assert small().built.facts


def test_every_misuse_has_its_words() -> None:
    assert list(FAULTS) == list(MISUSES)


@pytest.mark.parametrize("name", MISUSES)
def test_misuse_is_refused(name: str) -> None:
    with pytest.raises(PolicyError) as caught:
        small(**MISUSES[name]())
    told = [(".".join(map(str, fault.path)), *fault.why) for fault in caught.value.faults]
    assert told == list(FAULTS[name])


def test_an_error_tells_all_faults() -> None:
    with pytest.raises(PolicyError) as caught:
        small(**MISUSES["what is not checked overlaps itself"](), year="02-30x")
    assert str(caught.value) == ("small: year: it must be a day of every year, such as '01-01', not \"02-30x\"")
    with pytest.raises(PolicyError) as caught:
        small(**{**total(by=["unti"]), **duty("tender", clause="限额以上拍卖")})
    assert str(caught.value) == (
        "small: total.so-far.by: there is no column 'unti' (did you mean 'unit'?)"
        "; a column of your own is declared first: [columns.unti], with its type\n"
        "small: duty.tender.clause: the passage does not have '限额以上拍卖': it is the same up to '限额以上', "
        "and goes on '招标。本办法由办', not '拍卖'"
    )
    assert caught.value.words.zh == (
        "small：total.so-far.by：没有列“unti”（是否为“unit”？）；自己的列须先声明：[columns.unti]，写明 type\n"
        "small：duty.tender.clause：原文没有“限额以上拍卖”：到“限额以上”为止相同，原文接着是“招标。本办法由办”，不是“拍卖”"
    )


class TestRefusedWhenDeclared:
    """What cannot even be declared."""

    def test_a_recommended_reading_that_does_not_exist(self) -> None:
        with pytest.raises(ProcureError, match="ambiguity 'edge' needs two or more distinct readings"):
            attrs.evolve(question("edge", "upper", "lower"), recommended="above")

    def test_a_ready_column_of_another_type(self) -> None:
        with pytest.raises(ProcureError, match="the column quotes is of the type count, not word"):
            column("quotes", type="word")

    def test_a_column_without_type(self) -> None:
        with pytest.raises(ProcureError, match="the column rooms needs a type"):
            column("rooms")

    def test_a_ready_column_that_there_is_not(self) -> None:
        with pytest.raises(ProcureError, match="there is no ready column 'quote'"):
            column("offers", is_="quote")

    def test_unknown_keys(self) -> None:
        with pytest.raises(TypeError, match="unexpected keyword argument 'clausee'"):
            attrs.evolve(PARTS["duties"]["tender"], clausee="x")


class TestSound:
    """What is allowed, though it looks like a misuse."""

    @pytest.mark.parametrize(
        "changed",
        [
            banded(middle="|2000 .. 3000)", high="[3000 .. 3000]"),
            banded(low="[1000 .. 1500)"),
            laddered(gaps="up"),
            limit(Limit(given=True)),
            limit(Limit(given=True, by=("kind", "size")))
            | with_part("columns", "size", column("size", order=["small", "large"])),
            {"division": {"quote": "不得拆分。", "occurrence": 2}},
            {"not_checked": [{"quote": "不得拆分。", "occurrence": 1}, {"quote": "不得拆分。", "occurrence": 2}]},
            total(window="always"),
            total(by=()),
            with_part("duties", "never", Duty(required="x", clause="限额以上招标", when={"kind": "works"}, met_by=[])),
            with_part("duties", "again", Duty(required="x", clause="限额以上招标", when={"steps": "low"}, met_by=[])),
            {"totals": {}, **laddered(measures=["amount"])},
            {"totals": {}, "ladders": {}, "duties": {}, "rules": own()["rules"]},
        ],
    )  # fmt: skip
    def test_is_built(self, changed: Mapping[str, Any]) -> None:
        assert small(**changed)

    def test_a_limit_not_yet_known_is_no_fault(self) -> None:
        policy = small(**limit(Limit(given=True, by="kind")))
        assert not policy.built.limits["top"].known
        assert policy.with_given(top={"goods": 3_000}).built.limits["top"].known


class TestGivenLimits:
    """A number for all, by word, by year; words as they are written in logs."""

    THREE: ClassVar = {(None, (kind,)): 30_000_000 for kind in ("goods", "services", "works")}

    @pytest.mark.parametrize(
        ("given", "numbers"),
        [
            (300_000, {(None, (None,)): 30_000_000}),
            ("30万元", {(None, (None,)): 30_000_000}),
            (300_000.0, {(None, (None,)): 30_000_000}),
            ({None: 300_000}, {(None, (None,)): 30_000_000}),
            ({"goods": 300_000}, {(None, ("goods",)): 30_000_000}),
            ({"货物": 300_000, "工程类": "60万"}, {(None, ("goods",)): 30_000_000, (None, ("works",)): 60_000_000}),
            ({2020: 300_000}, {(2020, (None,)): 30_000_000}),
            ({"2020": {"goods": 300_000}}, {(2020, ("goods",)): 30_000_000}),
            (
                {None: {"goods": 200_000}, 2020: {"goods": 300_000}},
                {(None, ("goods",)): 20_000_000, (2020, ("goods",)): 30_000_000},
            ),
            ({"goods": 300_000, "货物": "30万"}, {(None, ("goods",)): 30_000_000}),
            ({"goods": "5000.01"}, {(None, ("goods",)): 500_001}),
        ],
    )
    def test_given(self, given: object, numbers: Mapping[object, int]) -> None:
        assert furong(limits=given).given_limits["decentral"] == numbers

    @pytest.mark.parametrize(
        ("given", "place", "zh", "en"),
        [
            ({"works": -1}, "given", "限额 -1.00 须高于零", "the limit -1.00 must be above zero"),
            ("abc", "given", "“abc”不是金额", "'abc' is not an amount"),
            ({"goods": None}, "given", "“None”不是金额", "None is not an amount"),
            ({"goods": True}, "given", "“true”不是金额", "true is not an amount"),
            ({"goods": 5_000.001}, "given", "“5000.001”不能精确到分", "'5000.001' is not exact to the fen"),
            ({12: 300_000}, "given", "“12”不是年份", "12 is not a year"),
            ({"12": 300_000}, "given", "“12”不是年份", "12 is not a year"),
            ({3000: {"goods": 300_000}}, "given", "“3000”不是年份", "3000 is not a year"),
            ({2020.5: 300_000}, "given", "“2020.5”不是年份", "2020.5 is not a year"),
            ({True: 300_000}, "given", "“True”不是年份", "True is not a year"),
            ({"goods": 300_000, "货物": 400_000}, "given", "goods有两个限额", "goods has two limits"),
            ({2020: 300_000, "2020": 400_000}, "given", "同一年有两个限额", "one year has two limits"),
            (
                {"goods": 5_000}, "limit", "限额（货物） 5000.00 须高于 5000.00",
                "a limit of goods of 5000.00 is not above 5000.00",
            ),
            (
                {"杂项": 300_000}, "limit", "没有 kind 的词“杂项”（有：goods、services、works）",
                "there is no word of kind '杂项' (there are: goods, services, works)",
            ),
        ],
    )  # fmt: skip
    def test_refused(self, given: object, place: str, zh: str, en: str) -> None:
        with pytest.raises(PolicyError) as caught:
            furong(limits=given)
        assert [(fault.path, fault.why) for fault in caught.value.faults] == [((place, "decentral"), Words(zh, en))]

    def test_a_year_before_all_years(self) -> None:
        policy = furong(limits={None: {"goods": 200_000, "works": 400_000}, 2020: {"goods": 300_000}})
        limit = policy.built.limits["decentral"]
        of_2020, later = limit.period(dt.date(2020, 6, 1)), limit.period(dt.date(2021, 6, 1))
        assert limit.get(("goods",), of_2020) == 30_000_000
        assert limit.get(("goods",), later) == 20_000_000
        assert limit.get(("works",), of_2020) == 40_000_000
        assert limit.get(("services",), of_2020) is None


class TestAdopt:
    def test_is_recorded_and_changes_nothing_else(self) -> None:
        policy = furong()
        adopted = policy.adopt({"limbs": "single"})
        assert (policy.adopted, adopted.adopted) == ({}, {"limbs": "single"})
        assert policy.plan().working["limbs"] == "higher"
        assert adopted.plan().working == {**policy.plan().working, "limbs": "single"}
        assert adopted.plan().open == policy.plan().open & policy.built.questions["limbs"]["single"]
        assert len(policy.plan().open) == 2 * len(adopted.plan().open) == 49_152

    def test_one_by_one_or_at_once(self) -> None:
        answers = {"limbs": "single", "counted": "all"}
        policy = furong()
        for ambiguity, reading in answers.items():
            policy = policy.adopt({ambiguity: reading})
        assert policy.adopted == furong(answers).adopted == answers
        assert policy.adopt(answers).adopted == answers
        assert policy.adopt({}).adopted == answers

    def test_working_is_recommended_where_nothing_is_adopted(self) -> None:
        plan = furong().plan()
        assert plan.working == {a.id: a.recommended if a.needs is None else a.needs.otherwise for a in plan.questions}
        assert plan.working in plan.open

    def test_a_question_is_asked_where_its_datum_is_there_or_it_was_settled(self) -> None:
        policy = furong()
        plan = policy.plan()
        assert [a.id for a in plan.not_asked][:4] == ["whose", "catalogue-cap", "catalogue-floor", "emergency"]
        facing = policy.plan({"department", "emergency"})
        assert {a.id for a in facing.asked} - {a.id for a in plan.asked} == {"whose", "emergency"}
        assert len(facing.open) == 4 * len(plan.open) == 4 * 49_152
        settled = policy.adopt({"whose": "department"}).plan()
        assert "whose" in {a.id for a in settled.asked}
        assert settled.working == {**plan.working, "whose": "department"}
        given = furong(catalogue={"A0201": 1_000}, open_tender=2_000_000).plan()
        assert {a.id for a in given.asked} - {a.id for a in plan.asked} == {"catalogue-cap", "catalogue-floor"}

    @pytest.mark.parametrize(
        ("answers", "en"),
        [
            ({"limb": "higher"}, "there is no ambiguity 'limb' (did you mean 'limbs'?)"),
            ({"limbs": "both"}, "limbs has no reading 'both' (there are: higher, single)"),
            ({"dating": "order"}, "there is no ambiguity 'dating' (there are: exclusion, "),
        ],
    )
    def test_what_there_is_not(self, answers: Mapping[str, str], en: str) -> None:
        with pytest.raises(ProcureError) as caught:
            furong().adopt(answers)
        assert str(caught.value).startswith(en)

    def test_a_second_answer(self) -> None:
        with pytest.raises(ProcureError) as caught:
            furong({"limbs": "single"}).adopt({"limbs": "higher"})
        assert caught.value.words == Words(
            "limbs 已采用“single”，不能又采用“higher”", "limbs was adopted as 'single' and cannot be 'higher' too"
        )

    def test_all_of_them_leave_one_interpretation(self) -> None:
        policy = furong()
        policy = policy.adopt(policy.plan().working)
        assert len(policy.plan().open) == 1
        report = check([bought(5_000), bought(86_000), bought(300)], policy)
        assert all(finding.settled and not finding.flips for finding in report.purchases)


class TestMeasures:
    @pytest.mark.parametrize(
        ("policy", "there", "groupings", "measures"),
        [
            (furong(), (), 4, 18),
            (furong(), ("department",), 8, 36),
            (furong(catalogue={"A0201": 1_000}), (), 4, 24),
            (furong({"window": "running", "current": "included", "counted": "all"}), (), 2, 2),
        ],
    )
    def test_only_what_is_read_is_added_up(
        self, policy: Policy, there: Sequence[str], groupings: int, measures: int
    ) -> None:
        plan = policy.plan(there)
        assert len(plan.measures) == measures
        assert len(plan.groupings) <= groupings
        union = policy.built.questions.none
        for measure in plan.measures:
            when = policy.built.questions.none
            for gauge in plan.gauges:
                when |= gauge.when if gauge.measure == measure else policy.built.questions.none
            assert not union & when
            union |= when
        assert "accumulated" in plan.working_measures


class TestSources:
    PASSAGE = Passage("5000元以内，5000元至", Words("原文", "the text"))

    def test_a_clause_is_cut_by_offset_and_wording(self) -> None:
        assert self.PASSAGE.clause(8, "5000元至") == Clause(8, 14, "5000元至")
        assert str(Clause(8, 14, "5000元至")) == "5000元至"
        assert self.PASSAGE.sha256 == Passage(self.PASSAGE.text, Words("", "")).sha256

    def test_the_one_place(self) -> None:
        assert self.PASSAGE.find("5000元至") == Clause(8, 14, "5000元至") == self.PASSAGE.clause(8, "5000元至")

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("5000元", Words("“5000元”在原文出现 2 次，须以 occurrence 说明是第几处",
                            "'5000元' stands 2 times in the passage: say which with `occurrence`")),
            ("三方询价", Words("原文没有“三方询价”", "the passage does not have '三方询价'")),
        ],
    )  # fmt: skip
    def test_not_one_place(self, text: str, why: Words) -> None:
        with pytest.raises(ProcureError) as caught:
            self.PASSAGE.find(text)
        assert caught.value.words == why

    def test_a_clause_elsewhere(self) -> None:
        with pytest.raises(ProcureError) as caught:
            self.PASSAGE.clause(7, "5000元至")
        assert caught.value.words == Words(
            "原文第 7 字起不是“5000元至”：它在 8", "offset 7 does not read '5000元至': it is at 8"
        )

    def test_a_clause_nowhere(self) -> None:
        with pytest.raises(ProcureError) as caught:
            self.PASSAGE.clause(0, "三方询价")
        assert caught.value.words == Words(
            "原文第 0 字起不是“三方询价”：原文没有这句话",
            "offset 0 does not read '三方询价': the passage does not have it",
        )

    @pytest.mark.parametrize(
        ("citation", "words"),
        [
            (Citation("预算法"), Words("预算法", "预算法")),
            (Citation("预算法", "18"), Words("预算法 第18条", "预算法 art. 18")),
            (Citation("通知", None, "2020-11-10"), Words("通知（2020-11-10）", "通知 (2020-11-10)")),
            (
                Citation("预算法", "18", says=Words("自1月1日起", "from 1 January on"), analogy=True, verified=False),
                Words(
                    "预算法 第18条：自1月1日起〔类推〕〔未核实〕",
                    "预算法 art. 18: from 1 January on [by analogy] [unverified]",
                ),
            ),
        ],
    )
    def test_citations(self, citation: Citation, words: Words) -> None:
        assert citation.words == words


class TestWords:
    def test_format_says_each_language(self) -> None:
        told = Words("{a}和{b}", "{a} and {b}").format(a=Words("甲", "A"), b=3)
        assert told == Words("甲和3", "A and 3")
        assert (told.say("zh"), told.say("en")) == ("甲和3", "A and 3")

    def test_a_value_with_braces_is_left_alone(self) -> None:
        assert Words("{a}", "{a}").format(a="{b}") == Words("{b}", "{b}")

    def test_an_error_is_english_and_keeps_both(self) -> None:
        error = ProcureError(Words("甲", "A"))
        assert str(error) == "A"
        assert error.words.zh == "甲"
        assert isinstance(error, ValueError)
