"""What the cells of a log say by the columns of any policy: other names, other currencies, cells of every type."""

from decimal import Decimal

import pytest
from reading import COLUMNS, bought, read, recognise, same

from procure import MISSING, NONE, UNDATED, ProcureError, Purchase, Words, policies
from procure.api import check
from procure.authoring import column
from procure.log.cells import ONE
from procure.values.money import Currency

POUNDS, EUROS = Currency.of("GBP"), Currency.of("EUR")
#: Of a policy that knows no header by its ready name.
SPANISH = {
    each.name: each
    for each in (
        column("importe", is_="amount", headers=["importe sin IVA"]),
        column("presupuesto", type="money", headers=["presupuesto base"]),
        column("adjudicado", is_="date", headers=["fecha de adjudicación"]),
        column("lotes", type="count", headers=["n.º de lotes"]),
        column("menor", type="yes-no", headers=["contrato menor"], words={"yes": ["sí"], "no": ["no"]}),
        column("plazo", type="text", headers=["plazo"]),
    )
}


def test_the_columns_stand_as_in_most_forms_with_those_of_the_policy_before_the_note():
    rows = read([{"amount": 1}]).read
    ready = "id date unit department category kind description amount debit credit dr_cr currency counted_in"
    ready += " in_catalogue method supplier contract status voided"
    own = "item-class emergency inside capped three-parties tendered"
    assert " ".join(rows.columns) == f"{ready} approved_on invited quotes ground {own} note"
    assert rows.there == {"amount"}
    assert [row.unit for row in read([{"amount": 1}, {"amount": 2}])] == [ONE, ONE]
    assert [row["unit"] for row in read([{"amount": 1}], [{"amount": 2, "unit": "甲局"}])] == [MISSING, "甲局"]


def test_a_policy_with_headers_of_its_own(log):
    file = log(
        "Contratos adjudicados;;;\n\n"
        "Contrato menor;Presupuesto base (€);Importe sin IVA (€);Fecha de adjudicación;Lugar\n"
        "Sí;18.000,50;15.808,00;2026-03-05;Vigo, Galicia\nno;1 €;2,5;2026-03-06;Lugo, Galicia\nNO;1;x;;\n"
    )
    log_ = read(file, by=SPANISH, currency=EUROS, decimal=",")
    assert [(p["importe"], p["presupuesto"], p["menor"], str(p.date), p.origin.row) for p in log_][:2] == [
        (1_580_800, 1_800_050, "yes", "2026-03-05", 4),
        (250, 100, "no", "2026-03-06", 5),
    ]
    assert log_.purchases[1].amount == Decimal("2.50")
    assert str(log_.faults[0]) == f"{file}:6: importe: 'x' is not an amount with a decimal comma"
    assert log_.sources[0].columns == {
        "adjudicado": "Fecha de adjudicación", "importe": "Importe sin IVA (€)", "presupuesto": "Presupuesto base (€)",
        "menor": "Contrato menor",
    }  # fmt: skip
    assert log_.sources[0].others == ("Lugar",)
    assert log_.others[log_.rows[0].origin] == ("Vigo, Galicia",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_of_a_file_of_unknown_headers(log, delimiter):
    rows = [["Contrato menor", "Plazo", "Presupuesto base"], *([["no", "1,5 a 2,5; y más", "5"]] * 3)]
    text = "\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in rows)
    log_ = read(log(f"Contratos, 2026\n{text}\n"), by=SPANISH, currency=EUROS, columns={"importe": "Presupuesto base"})
    assert [(p["plazo"], p["importe"]) for p in log_] == [("1,5 a 2,5; y más", 500)] * 3


def test_a_column_may_be_named_by_its_ready_name_or_the_policys(log, error):
    file = log("menor,total\nno,5\n")
    for name in ("amount", "importe"):
        assert [p["importe"] for p in read(file, by=SPANISH, currency=EUROS, columns={name: "total"})] == [500]
    with pytest.raises(ProcureError) as caught:
        read(log("menor,plazo\nno,5\n"), by=SPANISH)
    assert str(caught.value).endswith(
        "no amount column; the headers are: menor, plazo. Say which it is: --column importe=…"
    )


def test_a_log_in_pounds(log):
    file = log('id,amount (£)\n1,"£1,000"\n2,5\n3,5k\n4,7元\n')
    log_ = read(file, currency=POUNDS)
    assert [p.minor for p in log_] == [100_000, 500, 500_000, None]
    assert str(log_.faults[0]) == f"{file}:5: amount: '7元' is in CNY, HKD, MOP or TWD, and the policy counts in GBP"
    yuan = read(log('id,amount\n1,"£1,000"\n'))
    assert [(r.column, r.value, r.why.en) for r in yuan.faults] == [
        ("amount", "£1,000", "'£1,000' is in GBP, and the policy counts in CNY")
    ]


@pytest.mark.parametrize(
    ("header", "currency", "minor"),
    [
        ("amount (£000)", "GBP", 150_000),
        ("Amount (£'000)", "GBP", 150_000),
        ("amount (GBP million)", "GBP", 150_000_000),
        ("amount [thousands]", "GBP", 150_000),
        ("Importe (€)", "EUR", 150),
        ("金額（千円）", "JPY", 1_500),
        ("金额（万元）", "HKD", 1_500_000),
        ("金额（千元）", "CNY", 150_000),
    ],
)
def test_the_unit_of_a_header_in_any_currency(log, header, currency, minor):
    assert [p.minor for p in read(log(f"id,{header}\n1,1.5\n"), currency=Currency.of(currency))] == [minor]


@pytest.mark.parametrize(
    ("header", "currency"), [("amount (£)", "CNY"), ("金额（万元）", "GBP"), ("金额万元", "GBP"), ("amount ($)", "GBP")]
)
def test_a_header_in_another_currency_gives_no_amounts(log, header, currency):
    with pytest.raises(ProcureError, match=r"no (other )?amount column"):
        read(log(f"id,note,{header}\n1,x,1.5\n"), currency=Currency.of(currency))


def test_a_unit_in_a_title_is_in_yuan(log):
    file = log("台账 单位：万元,\nid,amount\n1,1.5\n")
    assert [p.minor for p in read(file)] == [1_500_000]
    pounds = read(file, currency=POUNDS)
    assert [p.minor for p in pounds] == [None]
    assert [fault.reason.en for fault in pounds.faults] == ["is in CNY, HKD, MOP or TWD, and the policy counts in GBP"]


def test_cells_that_are_equal_and_not_the_same():
    yes = [True, 1, 1.0, "1", False, 0] * 5
    assert [p["emergency"] for p in read([{"amount": 1, "emergency": cell} for cell in yes])] == (
        ["yes", "yes", "yes", "yes", "no", "no"] * 5
    )
    quotes = [1, True, 1.0, 2, 2.0] * 5
    log = read([{"amount": 1, "quotes": cell} for cell in quotes])
    assert [p.quotes for p in log] == [1, None, 1, 2, 2] * 5
    assert {(r.column, r.value) for r in log.faults} == {("quotes", "True")}
    units = [1, True, 1.0, Decimal("1.0"), Decimal("1.00")] * 3
    assert [p.unit for p in read([{"amount": 1, "unit": cell} for cell in units])] == (
        ["1", "True", "1", "1.0", "1.00"] * 3
    )
    approved = [True, "是", 1, None, "无"] * 3
    assert [p["approved_on"] for p in read([{"amount": 1, "approved_on": cell} for cell in approved])] == (
        [UNDATED, UNDATED, UNDATED, NONE, NONE] * 3
    )


def test_purchases_built_in_python_hold_any_cell():
    purchases = [
        Purchase(amount=1, quotes=["甲公司", "乙公司", "甲公司 "], unit={"no": "text"}, method={"三方询价"}),
        Purchase(amount=["1"], quotes=("甲公司", "乙公司"), method=frozenset({"direct", "单一来源"}), unit=[]),
        Purchase(amount=float("nan")),
        Purchase(amount=Decimal("sNaN")),
    ] * 3
    log = bought(*purchases)
    assert [(p.minor, p.quotes, p.unit, p.method) for p in log][:2] == [
        (100, 2, "{'no': 'text'}", "quotation"),
        (100, 2, None, {"direct", "single_source"}),
    ]
    assert [(r.column, r.why.en) for r in log.faults][:2] == [
        ("amount", "'nan' is not an amount"), ("amount", "'sNaN' is not an amount"),
    ]  # fmt: skip
    assert purchases[0].cells["quotes"] == ["甲公司", "乙公司", "甲公司 "]


def test_a_purchase_may_not_have_a_column_that_no_policy_knows():
    with pytest.raises(ProcureError, match="there is no column 'colour'; there are: id, date, unit"):
        bought(Purchase(amount=1, colour="red"))


def test_of_one_unit_unless_something_is_said_of_it():
    assert [p["unit"] for p in bought(Purchase(amount=1), Purchase(amount=2, unit=None))] == [ONE, ONE]
    assert [p["unit"] for p in bought(Purchase(amount=1), Purchase(amount=2, unit="甲"))] == [MISSING, "甲"]
    assert [p["unit"] for p in bought(Purchase(amount=1), Purchase(amount=2, unit=""))] == [MISSING, MISSING]
    assert [p["unit"] for p in read([{"amount": 1, "unit": None}])] == [MISSING]


def test_many_rows_read_as_few_do(log):
    """Cells that are often written are read once, others each time: both say the same."""
    lines = [f"{n},单位 {n % 3},{n}.5,{'三方询价' if n % 2 else '面谈'},{n % 4 or ''}" for n in range(3000)]
    header = "id,unit,amount,method,quotes\n"
    many = read(log(header + "\n".join(lines)))
    assert (len(many.purchases), len(many.faults)) == (3000, 1500)
    for at in (0, 1, 2, 3, 1499, 2998, 2999):
        (row,) = read(log(header + lines[at], "one.csv")).rows
        found = many.rows[at]
        assert type(found) is type(row)
        assert [getattr(found, "readable", found)[name] for name in COLUMNS] == (
            [getattr(row, "readable", row)[name] for name in COLUMNS]
        )


def test_a_row_wider_than_any_log_is_held_without_its_blanks(log):
    file = log("id,amount,note\n1,5,x" + "," * 5000 + "\n2,6,y\n3,7,z" + "," * 5000 + "!\n")
    log_ = read(file)
    assert [(p.id, p.note) for p in log_] == [("1", "x"), ("2", "y")]
    assert [(r.column, r.value) for r in log_.rejected] == [("row", "!")]
    assert max(map(len, log_.log.sheets[0].rows)) == 5003
    assert len(log_.log.sheets[0].rows[1]) == 256


def test_what_is_recognised_tells_the_unit(log):
    assert [table.amount_unit for table in recognise(log("id,amount\n1,5\n"))] == ["元"]


def test_the_same_cells_say_the_same_in_a_file_and_in_python(log):
    file = log("id,amount,approved_on,ground\n1,5千元,是,独家\n")
    (row,) = read(file).rows
    assert same([row], Purchase(id=1, amount=5000, approved_on=True, ground=" 独家 ", origin=row.origin))


def test_two_columns_from_one_header_are_said(log):
    file = log("编号,采购内容,金额\n1,转椅,5\n")
    found = read(file, columns={"category": "采购内容", "description": "采购内容"})
    assert [(row.category, row.description) for row in found.rows] == [("转椅", "转椅")]
    told = check(found.log, policies.furong_2020(limits=300_000)).notices
    assert [notice.message for notice in told if notice.kind == "read-twice"] == [
        Words(
            "“采购内容”一列同时读作品目、采购内容", "from one column, '采购内容', these are read: category, description"
        )
    ]
    plain = check(read(file).log, policies.furong_2020(limits=300_000)).notices
    assert not [notice for notice in plain if notice.kind == "read-twice"]


def test_a_chinese_year_of_two_digits_is_of_the_century_that_others_show(log):
    found = read(log("编号,日期,金额\n1,20年3月5日上午,5\n2,2020-03-09,7\n"))
    assert [str(row.date) for row in found.rows] == ["2020-03-05", "2020-03-09"]
    assert [words.zh for _, words in found.read.assumed] == ["两位年份，按 2000–2099 年读"]
    (fault,) = read(log("编号,日期,金额\n1,20年3月5日,5\n")).faults
    assert fault.why.zh == "“20年3月5日”的年份只有两位，不知是哪个世纪；请说明，如 --century 2000"


def test_what_is_taken_for_granted_is_said_of_each_cell(log):
    found = read(log("编号,日期,金额\n1,2020-03-05至2020-03-08,5\n2,2020-03-05至2020-03-08,6\n3,2020-03-09,7\n"))
    assert [sorted(origin.row for origin in written) for written in found.read.assumed.values()] == [[2, 3]]
