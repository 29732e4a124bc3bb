"""Headers: what is recognised, what is refused, and the line that mends it."""

import datetime as dt

import pytest
from reading import COLUMNS, read, recognise

from procure import ProcureError
from procure.log.habits import Habits
from procure.log.headers import Known, key, letters, not_found
from procure.log.headers import recognise as header_of
from procure.log.readers import mapping
from procure.log.reading import all_columns
from procure.log.ready import READY
from procure.values.words import Words

EVERY = all_columns(COLUMNS)


def columns(*texts, **named):
    header = header_of(1, texts, named, Known.of(EVERY))
    return {field: texts[at] for field, at in header.fields.items()}, header.problem()


def test_every_column_has_a_name_and_is_its_own_header():
    for known in (Known.of(READY), Known.of(EVERY)):
        assert all(known.headers[key(name)][:2] == (name, 0) for name in known.columns)
    assert all(column.name == column.ready == name and column.title for name, column in READY.items())


def test_no_header_means_two_things():
    words = [
        key(word) for name, column in READY.items() if name != "contract" for tier in column.headers for word in tier
    ]
    assert sorted(words) == sorted(set(words))
    assert "" not in words
    # But for the number of a contract, by which purchases are summed where a policy says so, and else told apart.
    contract = {key(word) for tier in READY["contract"].headers for word in tier}
    assert contract - {"contract"} < {key(word) for tier in READY["id"].headers for word in tier}
    assert columns("合同编号", "金额")[0]["contract"] == "合同编号"
    without = {name: column for name, column in READY.items() if name != "contract"}
    assert Known.of(without).headers[key("合同编号")][0] == "id"


@pytest.mark.parametrize(
    ("field", "header"),
    [
        ("contract", "合同编号"),
        ("date", "*采购 日期："),
        ("date", "采购日期（年月日）"),
        ("unit", "采购单位(全称)"),
        ("category", "品目编码"),
        ("kind", "采购类别"),
        ("description", "采购项目名称"),
        ("in_catalogue", "是否集采目录内（是/否）"),
        ("method", "採購方式"),
        ("supplier", "成交供应商"),
        ("approved_on", "审批日期"),
        ("invited", "邀请家数"),
        ("quotes", "收到报价数"),
        ("ground", "单一来源依据"),
        ("note", "Remarks"),
        ("department", "科室"),
        ("amount", "Ｔｏｔａｌ　Amount"),
        ("amount", "Importe"),
    ],
)
def test_usual_headers(field, header):
    assert columns(header, "amount" if field != "amount" else "id")[0][field] == header


@pytest.mark.parametrize(
    "headers",
    [
        "Nr.|Bestelldatum|Auftraggeber|Warengruppe|Beschreibung|Betrag|Auftragnehmer|Genehmigt am|Anzahl Angebote|"
        "Anmerkung",
        "N°|Date d’achat|Acheteur|Catégorie|Objet|Montant TTC|Titulaire|Date d'approbation|Nombre d'offres|Commentaire",
        "Número|Fecha|Entidad|Categoría|Objeto|Importe total|Proveedor|Fecha de aprobación|Ofertas recibidas|"
        "Observaciones",
        "Número|Data|Órgão|Categoria|Descrição|Valor total|Fornecedor|Data de aprovação|Número de propostas|"
        "Observações",
        "Numero|Data|Ente|Categoria|Oggetto|Importo|Fornitore|Data approvazione|Numero offerte|Osservazioni",
        "PO No.|PO Date|Agency|Commodity|Title|Total Price|Vendor|Approval Date|No. of Quotes|Remarks",
    ],
)
def test_headers_in_other_languages(headers):
    found, problem = columns(*headers.split("|"))
    assert " ".join(found) == "id date unit category description amount supplier approved_on quotes note"
    assert (list(found.values()), problem) == (headers.split("|"), None)


@pytest.mark.parametrize(
    "header", ["类别", "type", "price", "采购品类", "金额（美元）", "金额(预算)", "x" * 61, "公告时间"]
)
def test_a_header_that_could_mean_two_things_is_none(header):
    assert columns(header, "id")[0] == {"id": "id"}


@pytest.mark.parametrize(
    ("header", "minor"),
    [
        ("金额（万元）", 15_000_00),
        ("采购金额(单位：千元)", 1_500_00),
        ("预算金额万元", 15_000_00),
        ("合同金额/万元", 15_000_00),
        ("金额【百万元】", 1_500_000_00),
        ("金额(千万元)", 15_000_000_00),
        ("预算 百元", 150_00),
        ("Amount (RMB 10k)", 15_000_00),
        ("金额（人民币元）", 1_50),
        ("金额(含税)", 1_50),
        ("amount", 1_50),
    ],
)
def test_the_unit_of_a_header_is_honoured(log, header, minor):
    assert [p.minor for p in read(log(f"id,{header}\n1,1.5\n"))] == [minor]


def test_a_unit_in_a_title_holds_where_the_header_names_none(log):
    assert [p.minor for p in read(log("采购台账 单位：万元,\nid,金额\n1,1.5\n"))] == [1_500_000]
    assert [p.minor for p in read(log("采购台账 单位：万元,\nid,金额（元）\n1,1.5\n"))] == [150]
    assert [p.minor for p in read(log("单位：工信局,\nid,金额\n1,1.5\n"))] == [150]


def test_a_named_column_keeps_the_unit_of_its_header(log):
    file = log("id,控制价（万元）\n1,1.5\n")
    assert [p.minor for p in read(file, columns={"amount": "控制价（万元）"})] == [1_500_000]


def test_a_better_header_wins():
    assert columns("预算金额", "采购金额")[0] == {"amount": "采购金额"}
    assert columns("品目名称", "品目编码", "金额")[0] == {"category": "品目编码", "amount": "金额"}


def test_a_unit_of_measure_is_no_buyer():
    assert columns("名称", "数量", "单位", "金额")[0] == {"description": "名称", "amount": "金额"}
    assert columns("名稱", "數量", "單位", "金額")[0].get("unit") is None
    assert columns("名称", "单位", "金额")[0] == {"unit": "单位", "description": "名称", "amount": "金额"}


def test_two_candidates_are_an_error_that_names_both(log, error):
    file = log("id,预算金额,合同金额 (元)\n1,5,4\n")
    assert error(file) == (
        f"{file}: amount could be any of '预算金额', '合同金额 (元)'; say which: "
        "--column amount=预算金额 or --column 'amount=合同金额 (元)'"
    )
    assert [p.minor for p in read(file, columns={"amount": "合同金额（元）"})] == [400]


def test_two_headers_of_one_text_are_told_apart_by_letter(log, error):
    file = log("id,金额,金额\n1,5,4\n")
    message = f"{file}: amount could be any of '@B', '@C'; say which: --column amount=@B or --column amount=@C"
    assert error(file) == message
    assert error(file, columns={"amount": "金额"}) == message
    assert [p.minor for p in read(file, columns={"amount": "@c"})] == [400]


def test_columns_that_only_describe_take_the_best_known():
    assert columns("项目名称", "备注", "采购内容", "备注", "金额")[0] == {
        "description": "采购内容",
        "amount": "金额",
        "note": "备注",
    }


def test_a_named_header_is_no_candidate_for_another_field():
    assert columns("Approved Date", "Amount", date="approved date")[0] == {"date": "Approved Date", "amount": "Amount"}


def test_a_column_can_be_said_to_be_none(log):
    file = log("id,amount,kind\n1,5,甲类\n")
    assert read(file).faults[0].column == "kind"
    assert [p.kind for p in read(file, columns={"kind": ""})] == [None]


def test_a_column_without_a_header_is_named_by_letter(log):
    file = log("id,amount,\n1,5,财务科\n")
    log_ = read(file, columns={"department": "@C"})
    assert log_.purchases[0].department == "财务科"
    assert log_.sources[0].columns == {"id": "id", "department": "@C", "amount": "amount"}


def test_a_table_without_a_header_is_not_shorn_of_its_first_row(log, error):
    file = log("1,平板,47.70\n2,台式,5\n")
    assert error(file, columns={"amount": "@C"}) == (
        f"{file}: no header row found; row 1 is: A 1, B 平板, C 47.70. If it is the header, name its columns: "
        "--column amount=…; if there is none: --no-header --column amount=… --column date=…"
    )


def test_no_amount_column(log, error):
    file = log("标题,采购单位\n纸,甲\n")
    assert error(file) == (
        f"{file}: no amount column; the headers are: 标题, 采购单位. Say which it is: --column amount=…"
    )
    assert columns("标题", "采购单位")[1].zh == "没有金额列；表头有：标题、采购单位。请指定金额列：--column amount=…"


def test_a_named_header_that_is_not_there(log, error):
    file = log("id,amount,note\n1,5,\n")
    assert (
        error(file, columns={"date": "日期"}) == f"{file}: no column '日期' for date; the headers are: id, amount, note"
    )


def test_a_named_field_that_is_none(log, error):
    assert error(log("id,amount\n1,5\n"), columns={"price": "x"}) == (
        f"there is no field 'price' (there are: {', '.join(EVERY)})"
    )


def test_one_named_header_is_enough_to_find_the_row(log):
    assert [p.minor for p in read(log("甲,乙,丙\n1,2,3\n"), columns={"amount": "丙"})] == [300]


def test_the_row_with_the_most_headers_is_the_header(log):
    file = log("采购项目,,\n编号,日期,金额\n1,2020-01-02,5\n")
    assert [p.origin.row for p in read(file)] == [3]


def test_recognise_tells_what_was_made_of_each_header(log):
    (found,) = recognise(log("某局台账,,\n编号,金额（万元）,颜色\n1,2,红\n"))
    assert (found.row, found.columns, found.unknown) == (2, {"id": "编号", "amount": "金额（万元）"}, ("颜色",))
    assert (found.amount_unit, found.problem) == ("万元", None)
    (found,) = recognise(log("编号,颜色\n1,红\n"), {"description": "颜色"})
    assert found.problem.en == "no amount column; the headers are: 编号, 颜色. Say which it is: --column amount=…"
    assert recognise(log("1,红\n"))[0].problem == Words(
        "找不到表头；第 1 行是：A 1、B 红。它若是表头，请指明：--column amount=…；"
        "若没有表头：--no-header --column amount=@A --column date=…",
        "no header row found; row 1 is: A 1, B 红. If it is the header, name its columns: --column amount=…; "
        "if there is none: --no-header --column amount=@A --column date=…",
    )
    assert recognise(log("\n\n"))[0].problem.en == "is empty"


def test_letters():
    assert [letters(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_saved_mapping_reads_next_months_file(log):
    saved = log('[columns]\namount = "含税"\ndate = "时刻"\n', "mapping.toml")
    assert mapping.load(saved).columns == {"amount": "含税", "date": "时刻"}
    assert [p.minor for p in read(log("时刻,含税\n2020-01-02,5\n"), mapping=saved)] == [500]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[columns",
            "line 1, column 9: it is not TOML: the head of a table has as many brackets on both sides, and nothing "
            "behind them: [duty.x], [[example]]",
        ),
        ("encodin = 'x'", "encodin: there is no key 'encodin' (did you mean 'encoding'?)"),
        ("[colums]\namount = '金额'", "colums: there is no key 'colums' (did you mean 'columns'?)"),
        ("columns = 3", "columns: it must be a table, not 3"),
        ("[columns]\namount = 3", "columns.amount: it must be text, not 3"),
        ("ignored = 'x'", 'ignored: it must be a list of texts, not "x"'),
        ("ignored = [3]", "ignored.1: it must be text, not 3"),
        ("encoding = 3", "encoding: it must be text that is not empty, not 3"),
        ("day-first = 1", "day-first: it must be true or false, not 1"),
        ("century = '2000'", 'century: it must be the year in which it begins, such as 2000, not "2000"'),
        ("century = 20", "century: it must be the year in which it begins, such as 2000, not 20"),
        ("timezone = 'Changsha'", 'timezone: it must be a time zone such as Asia/Shanghai, not "Changsha"'),
        ("timezone = 8", "timezone: it must be a time zone such as Asia/Shanghai, not 8"),
        ("decimal = ';'", 'decimal: it must be . | ,, not ";"'),
        ("[method]\ndirect = '零采'", 'method.direct: it must be a list of texts, not "零采"'),
    ],
)
def test_a_mapping_that_is_none(log, text, message):
    file = log(text, "mapping.toml")
    with pytest.raises(ProcureError) as caught:
        mapping.load(file)
    assert str(caught.value) == f"{file}: {message}"


def test_all_that_is_wrong_with_a_mapping_is_said_at_once(log):
    file = log("day-first = 1\n[columns]\namount = 3\n[method]\ndirect = 5\n", "mapping.toml")
    with pytest.raises(ProcureError) as caught:
        mapping.load(file)
    assert str(caught.value).splitlines() == [
        f"{file}: day-first: it must be true or false, not 1",
        f"{file}: columns.amount: it must be text, not 3",
        f"{file}: method.direct: it must be a list of texts, not 5",
    ]


def test_a_mapping_that_is_not_there(tmp_path):
    with pytest.raises(ProcureError, match=r"mapping\.toml: there is no such file"):
        mapping.load(tmp_path / "mapping.toml")


def test_what_is_saved_reads_the_same_file(log, tmp_path):
    file = log('编号,金额,金额,备注,"颜""色"\n1,5,6,a,b\n')
    tables = recognise(file, {"amount": "@C", "ground": '颜"色'})
    mapping.save(tmp_path / "mapping.toml", tables, Habits())
    columns = mapping.load(tmp_path / "mapping.toml").columns
    assert columns == {"id": "编号", "amount": "@C", "ground": '颜"色', "note": "备注"}
    assert [(p.minor, p.ground) for p in read(file, columns=columns)] == [(600, "b")]


def test_a_mapping_holds_one_header_for_a_field(log, tmp_path):
    files = log("编号,金额\n1,5\n", "one.csv"), log("编号,总价\n1,5\n", "two.csv")
    with pytest.raises(ProcureError) as caught:
        mapping.save(tmp_path / "mapping.toml", [table for file in files for table in recognise(file)], Habits())
    assert str(caught.value) == (
        "the tables have different headers for amount ('金额', '总价'), and a mapping holds one: save one for each log"
    )
    assert not (tmp_path / "mapping.toml").exists()


def test_nothing_to_save(log, tmp_path):
    with pytest.raises(ProcureError) as caught:
        mapping.save(tmp_path / "mapping.toml", recognise(log("编号,颜色\n1,红\n")), Habits())
    assert str(caught.value) == f"{tmp_path / 'mapping.toml'}: no table can be read, so nothing is saved"


def test_a_mapping_that_cannot_be_written(log, tmp_path, monkeypatch):
    tables = recognise(log("编号,金额\n1,5\n"))
    with pytest.raises(ProcureError, match="cannot be written: No such file or directory"):
        mapping.save(tmp_path / "nowhere" / "mapping.toml", tables, Habits())
    with pytest.raises(ProcureError, match="it is not TOML"):
        mapping.save(log("mine", "mapping.toml"), tables, Habits())
    assert (tmp_path / "mapping.toml").read_text() == "mine"

    def full(*args, **kwargs):
        stream = open_(*args, **kwargs)
        monkeypatch.setattr(stream, "flush", lambda: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        return stream

    open_ = open
    monkeypatch.setattr("builtins.open", full)
    with pytest.raises(ProcureError, match="cannot be written: No space left on device"):
        mapping.save(tmp_path / "other.toml", tables, Habits())
    assert not (tmp_path / "other.toml").exists()


def test_a_row_of_numbers_and_days_is_no_header():
    rows = [(1, ["椅", dt.date(2020, 3, 2), 5]), (2, ["桌", dt.date(2020, 3, 3), 6.5])]
    assert not_found(rows, Known.of(READY)).en == (
        "no header row found; row 1 is: A 椅, B 2020-03-02, C 5. If it is the header, name its columns: "
        "--column amount=…; if there is none: --no-header --column amount=@C --column date=@B"
    )
    assert not_found([(3, ["某局台账"])], Known.of(READY)) == Words(
        "找不到表头；第 3 行是：A 某局台账", "no header row found; row 3 is: A 某局台账"
    )
