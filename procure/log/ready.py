"""The ready columns: those that nearly every log has, with the headers and words that offices use for them.

Tiers of headers are parted by `>`, the best first: a header of a better tier wins over one of a worse. Two headers of
one tier are two candidates, and the reader asks which is meant; except the columns that only describe a purchase
(`DESCRIPTIVE`) it takes the one that stands first here. A header that could mean two things (采购品类, type, price) is
left out: the user says what it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import attrs

from procure.log.columns import NO, YES, Column, Type
from procure.log.vocabulary import (
    ENDINGS,
    IN,
    KINDS,
    MARKED,
    METHODS,
    OUT,
    SEVERAL,
    STANDS,
    VOID,
    Kind,
    Method,
)
from procure.values.faults import unknown
from procure.values.marks import folded
from procure.values.toml import written_key
from procure.values.words import ProcureError, Words

__all__ = ["DENOMINATION", "DESCRIPTIVE", "PHRASES", "READY", "Kind", "Method", "Phrases", "headed", "no_column"]


_COLUMN = Words("列", "column")
#: No verdict turns on these unless a policy says so: of several headers the one that stands first here is taken.
DESCRIPTIVE: Final = frozenset({"id", "department", "description", "supplier", "note", "status", "voided"})
#: What says in what the amounts of a row are counted.
DENOMINATION: Final = ("currency", "counted_in")

_HEADERS: Final[Mapping[str, str]] = {
    "id": """
        id, 采购编号, 采购单号, 編號
        > 编号, 单号, 业务编号, 项目编号, 项目编码, 采购项目编号, 合同编号, 合同号, 订单号, 订单编号, 台账编号,
        公告ID, purchase id, purchase number, purchase no, order number, order no, po number, reference number,
        reference no, ref no, transaction number, transaction id, transaction no, bid reference no,
        contract number, contract no, po no, bestellnummer, auftragsnummer, vertragsnummer, numéro de commande,
        numéro de marché, número de expediente, número de contrato, número do contrato, numero contratto,
        numero ordine, 契約番号
        > 序号, 序號, 流水号, no, s/n, content id, invoice number, invoice no, 发票号, 发票号码, nr, nummer, n°,
        numéro, número, numero, 番号""",
    "date": """
        date, 采购日期, 采购时间, 採購日期, purchase date, date of purchase
        > 日期, 时间, 购买时间, 采购日, 采购完成日期, 采购完成时间, 交易日期, 交易时间, 购置时间, 发生日期,
        合同日期, 合同签订日期, 合同签订时间, 签订日期, 成交日期, 成交时间, 订单日期, 下单日期, 下单时间,
        购买日期, 购置日期, trans date, po date, transaction date, order date, contract date, datum, kaufdatum,
        bestelldatum, auftragsdatum, date d'achat, date de commande, date du marché, fecha, fecha de compra,
        fecha de contrato, data, data da compra, data do contrato, data acquisto, data ordine, 日付, 契約日,
        購入日
        > 付款日期, 支付日期, 发票日期, 开票日期, 报销日期, date paid, payment date, paid date, invoice date""",
    "unit": """
        unit, 采购单位, 采购单位名称, 采购人, 采购人名称, 採購單位, 採購機關, buyer, buyer name, buying entity,
        procuring entity, purchaser, purchasing org, contracting authority
        > 单位, 單位, 单位名称, 預算單位, 预算单位, 预算单位名称, 申请单位, 申购单位, 使用单位, 需求单位, 機關名稱,
        organization name, organisation name, body name, agency, vergabestelle, auftraggeber, acheteur,
        pouvoir adjudicateur, comprador, entidad, órgano de contratación, entidade, órgão, ente, amministrazione,
        stazione appaltante, 調達機関""",
    "department": """
        department, 科室, 部门, 部門, 采购部门, 采购科室, 申请部门, 申请科室, 申购部门, 申购科室, 使用部门,
        使用科室, 需求部门, 需求科室, 经办部门, 经办科室, 归口部门, 科室名称, 部门名称, 处室, 股室, dept,
        department name, directorate, directorates, direcorate, division, service label, abteilung, dienststelle,
        direction, département, departamento, ufficio, reparto, 部署""",
    "category": """
        category, 品目, 采购品目, 採購品目, 类别品目, 采购目录品目
        > 品目编码, 品目代码, 品目编号, 采购品目编码, 采购品目代码, category code, commodity code, unspsc code,
        cpv code
        > 品目名称, 采购品目名称, category name, category description, trans cac desc 1, detailed expenditure type,
        commodity, kategorie, warengruppe, catégorie, categoría, categoria, 品目名
        > trans cac code 1, expenditure category""",
    "kind": """
        kind, 采购类别, 采购类型, 採購類別, 采购属性, 采购标的类型, tipo de contrato, tipo de contratación,
        tipo de contratação, nature du marché, type de marché, auftragsart, leistungsart,
        main procurement category, procurement category
        > 货物服务工程, 货物/服务/工程, 标的类别, 项目类别, 项目类型
        > 类型""",
    "description": """
        description, item, 采购内容, 采购项目, 采购项目名称, 採購項目, 项目名称, 采购标的, 标的名称, 物品名称,
        货物名称, 商品名称, 产品名称, 采购物品, 设备名称, 采购事项, 内容, 摘要, 品名, 名称, 项目, 标题, title,
        item name, item description, product, notice title, bezeichnung, beschreibung, gegenstand, libellé, objet,
        objeto, descripción, descrição, oggetto, descrizione, 件名""",
    "amount": """
        amount, 采购金额, 採購金額
        > 金额, 金額, 采购价格, 采购价款, 采购总价, 采购费用, 购置金额, 购买金额, 成交额, 合同额, 合同金额, 合同价,
        合同价款, 合同总价, 成交金额, 成交价, 成交价格, 成交总价, 中标金额, 中标价, 中标成交金额, 总金额, 总价,
        总额, 价税合计, 实付金额, 支付金额, 付款金额, 实际金额, 实际采购金额, 发票金额, 结算金额, 报销金额,
        含税金额, 不含税金额, 采购总额, 合计金额, 预算金额, 预算, 采购预算, 项目预算, 決標金額, 契約金額,
        purchase amount, contract amount, contract value, award amount, total amount, total, order amount,
        original gross amt, gross amount, gross amt, net amount, budget, budget amount, total price, total cost,
        betrag, gesamtbetrag, bruttobetrag, nettobetrag, auftragswert, summe, montant, montant ttc, montant ht,
        montant total, importe, importe total, monto, monto total, valor, valor total, montante, importo,
        importo totale
        > billing gross amt, trans original net amt""",
    "net": "net, net of tax",
    "tax": """
        tax, 税额, 税金, 税款, 增值税, 增值税额, 增值税税额, 税额合计, 合计税额, 進項稅額, 进项税额, 稅額, 營業稅,
        tax amount, tax amt, total tax, sales tax, vat, vat amount, vat amt, total vat, gst, gst amount, hst, iva,
        importe iva, cuota iva, cuota de iva, valor iva, valor do iva, importo iva, tva, montant tva,
        montant de la tva, mwst, mwst-betrag, mehrwertsteuer, ust, ust-betrag, umsatzsteuer, steuerbetrag, btw,
        消費税, 消費税額""",
    "gross": "gross, gross of tax",
    "debit": """
        debit, 借方, 借方金额, 借方发生额, 借方本币, 本期借方, 借方金额合计, 借方数, 借項, 借方金額, debit amount,
        debit amt, debits, dr amount, debe, cargo, soll, débit, montant débit, débito, dare""",
    "credit": """
        credit, 贷方, 贷方金额, 贷方发生额, 贷方本币, 本期贷方, 贷方金额合计, 贷方数, 貸項, 貸方, 貸方金額,
        credit amount, credit amt, credits, cr amount, haber, abono, haben, crédit, montant crédit, crédito, avere""",
    "dr_cr": """
        dr_cr, 借贷方向, 借贷, 借/贷, 借贷标志, 借贷标识, 借贷标记, 借貸, 红蓝字, 红蓝标志, 红蓝字标志, 红字标志,
        红字标识, 是否红字, 是否红字发票, 是否红冲, 是否冲销, 冲销标志, 冲销标识, 红冲标志, dr/cr, d/c,
        debit/credit, debit or credit, debit credit indicator, dr cr indicator, soll/haben, s/h kennzeichen,
        debe/haber""",
    "currency": """
        currency, currency code, 币种, 币别, 货币, 货币种类, 货币名称, 货币代码, 结算币种, 合同币种, 采购币种, 交易币种,
        付款币种, 计价币种, 币制, 幣別, 幣種, curr, ccy, value currency, amount currency, contract currency, moneda,
        divisa, moeda, devise, monnaie, währung, valuta, 通貨""",
    "counted_in": """
        counted_in, amount unit, unit of amount, 金额单位, 金额计量单位, 货币单位, 计价单位, 计量单位（金额）""",
    "in_catalogue": """
        in_catalogue, in catalog, 是否目录内, 是否集采目录内, 是否在集采目录内, 是否集中采购目录内,
        是否在集中采购目录内, 是否属于集中采购目录, 是否属于集采目录, 是否在目录内, 目录内, 集采目录内,
        集中采购目录内, 集采目录, 目录内外, 目录内/外, 目录内或外, 是否集采, 是否集中采购, 是否目录""",
    "method": """
        method, 采购方式, 採購方式, 采购方法, 采购形式, 购买方式, 购置方式, 采办方式, 采购途径, 采购渠道,
        采购模式, 采购组织形式, 采购实施方式, 採購形式, tipo de procedimiento, procedimiento de contratación,
        procedimiento de adjudicación, modalidad, modalidad de contratación, modalidade, modalidade de licitação,
        tipo de procedimento, procédure de passation, mode de passation, type de procédure, verfahrensart,
        vergabeverfahren, beschaffungsart, procurement method, purchase method, purchasing method,
        method of procurement, 组织实施方式, 採購方法, 招標方式, vergabeart, procédure, procedimiento, 契約方式""",
    "supplier": """
        supplier, 供应商, 供应商名称, 供应单位, 供方, 销售方, 销货单位, 卖方, 商家, 商户, 商户名称, 供應商,
        成交供应商, 成交供应商名称, 中标供应商, 中标供应商名称, 中标单位, 中标人, 成交单位, 成交人,
        中标成交供应商, 供货商, 供货单位, 供货方, 承包商, 承接单位, 服务商, 乙方, 收款单位, 收款人, supplier name,
        vendor, vendor name, merchant, merchant name, contractor, payee, awardee, awarded to, lieferant,
        auftragnehmer, fournisseur, titulaire, proveedor, adjudicatario, contratista, fornecedor, adjudicatário,
        fornitore, aggiudicatario, 業者, 廠商, 得標廠商, 取引先""",
    "approved_on": """
        approved_on, 报告同意日期, 报告同意时间, 报告批准日期
        > 同意日期, 审批日期, 审批完成时间, 领导同意日期, 领导审批日期, 领导批准日期,
        会议批准日期, 同意时间, 签批时间, 核准时间, 审定日期, 审定时间, 審批日期, 核准日, fecha de autorización,
        data de autorização, data de aprovação, date de validation, date d'autorisation, freigabedatum,
        freigegeben am, 批准日期, 批复日期, 审批时间, 批准时间, 批复时间, 审批通过日期, 签批日期, 核准日期,
        approval date, approved date, date approved, date of approval, genehmigt am, genehmigungsdatum,
        date d'approbation, fecha de aprobación, data approvazione, 承認日
        > 报告同意, 审批, 审批情况, 审批状态, 审批结果, 报告审批, 报告审批情况, 批准情况, 同意情况,
        是否已批, 是否同意, 是否批复, 是否上会, aprobado, aprobación, aprovado, aprovação, approuvé, approbation,
        genehmigt, genehmigung, 是否报告同意, 是否经报告同意, 是否报批, 是否审批, 是否批准, approved, approval""",
    "invited": """
        invited, 邀请家数, 被邀请家数, 邀请单位家数, 邀请公司数, 发出邀请数, 发出询价数, 邀請家數,
        proveedores invitados, fornecedores convidados, fournisseurs consultés, eingeladene bieter, 邀请供应商数,
        邀请供应商数量, 邀请供应商家数, 邀请数, 邀请单位数, 邀请数量, suppliers invited, invitations,
        number invited
        > 询价家数, 询价供应商数, 询价供应商家数, 询价供应商数量, 被询价供应商, 邀请供应商, 邀请供应商名单,
        受邀供应商""",
    "quotes": """
        quotes, 报价家数, 报价数, 收到报价数, 收到报价家数, 有效报价数, 有效报价家数, 报价供应商数,
        报价供应商数量, 报价供应商家数, 报价单位数, 报价单数, 报价数量, 报价份数, 响应供应商数, 响应供应商数量,
        响应供应商家数, 响应家数, 比价家数, quotes received, number of quotes, quotations received, bids received,
        number of tenderers, no of quotes, number of quotes received, quotations, 参与报价家数, 已报数量,
        已报价数, 已报价数量, 已报价家数, 已报家数, 报价个数, 报价公司数, 报价公司数量, 报价商家数, 报价企业数,
        报价单位数量, 报价单位家数, 响应单位数, 参与家数, 投标家数, 报名家数, 比价单位数, 比价数量, 收到报价单数,
        報價家數, ofertas, cotizaciones recibidas, orçamentos recebidos, propostas recebidas, devis reçus,
        offres reçues, anzahl der angebote, anzahl angebote, eingegangene angebote, nombre d'offres,
        nombre d'offres reçues, número de ofertas, ofertas recibidas, número de propostas, numero offerte,
        offerte ricevute
        > 报价供应商, 报价供应商名单, 报价单位, 响应供应商, 参与报价供应商""",
    "ground": """
        ground, 单一来源理由, 单一来源依据, 单一来源原因, 单一来源采购理由, 单一来源采购依据, 单一来源采购原因,
        单一来源说明, 单一来源论证, grounds, single source ground, single source justification,
        sole source justification, justification, begründung, justificación, justificativa, motivazione""",
    "note": """
        note, 备注, 備註, 备考, 備考, 附注, 说明, notes, remark, remarks, comment, comments, bemerkung, anmerkung,
        remarque, commentaire, observations, observaciones, observações, osservazioni""",
    "contract": """
        contract, 合同编号, 合同号, contract number, contract no, vertragsnummer, número de contrato,
        número do contrato, numero contratto""",
    "status": """
        status, 状态, 订单状态, 合同状态, 采购状态, 項目狀態, 執行狀態, 项目状态, 单据状态, 执行状态, 成交状态,
        中标状态, 公告状态, 数据状态, 数据标记, 采购结果, order status, po status, purchase status, contract status,
        award status, document status, procurement status, tender status, record status, closure status,
        estado del contrato, estado del pedido, statut, auftragsstatus, bestellstatus, situação, stato""",
    "voided": """
        voided, 是否作废, 作废, 已作废, 作废标志, 作废标识, 作废标记, 是否取消, 已取消, 取消, 取消标志, 取消标记,
        是否撤销, 是否流标, 是否废标, void, is void, cancelled, canceled, is cancelled, is canceled,
        cancelled flag, void flag, anulado, cancelado, annulé, storniert""",
}

_COLUMNS: Mapping[str, tuple[Type, Words]] = {
    "id": ("name", Words("编号", "id")),
    "date": ("date", Words("采购日期", "date")),
    "unit": ("name", Words("采购单位", "unit")),
    "department": ("name", Words("科室", "department")),
    "category": ("name", Words("品目", "category")),
    "kind": ("word", Words("采购类别", "kind")),
    "description": ("text", Words("采购内容", "item")),
    "amount": ("money", Words("采购金额", "amount")),
    "net": ("money", Words("不含税金额", "net amount")),
    "tax": ("money", Words("税额", "tax")),
    "gross": ("money", Words("含税金额", "gross amount")),
    "debit": ("money", Words("借方金额", "debit")),
    "credit": ("money", Words("贷方金额", "credit")),
    "dr_cr": ("word", Words("借贷方向", "debit or credit")),
    "currency": ("text", Words("币种", "currency")),
    "counted_in": ("text", Words("金额单位", "unit of amounts")),
    "in_catalogue": ("yes-no", Words("是否目录内", "in_catalogue")),
    "method": ("word", Words("采购方式", "method")),
    "supplier": ("name", Words("供应商", "supplier")),
    "contract": ("name", Words("合同编号", "contract")),
    "status": ("word", Words("状态", "status")),
    "voided": ("yes-no", Words("是否作废", "voided")),
    "approved_on": ("date", Words("报告同意日期", "approved_on")),
    "invited": ("count", Words("邀请家数", "invited")),
    "quotes": ("count", Words("报价数", "quotes")),
    "ground": ("text", Words("单一来源依据", "ground")),
    "note": ("text", Words("备注", "note")),
}
_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "kind": {str(kind): words for kind, words in KINDS.items()},
    "method": {str(method): words for method, words in METHODS.items()},
    "in_catalogue": {"yes": (*YES, *IN), "no": (*NO, *OUT)},
    "status": {"stands": STANDS, "void": VOID},
    "dr_cr": {
        "debit": ("借", "借方", "支出", "dr", "dr.", "d", "debit", "soll", "s", "debe", "débit", "débito"),
        "credit": ("贷", "贷方", "貸", "貸方", "cr", "cr.", "c", "credit", "haben", "h", "haber", "crédit", "crédito"),
        "blue": ("否", "n", "no", "false", "0", "蓝", "蓝字", "蓝字发票", "正常"),
        "red": ("是", "y", "yes", "true", "1", "红", "红字", "红字发票", "红冲", "冲红", "冲销", "reversal"),
    },
    # A cross may mark a void row, or say that it is none.
    "voided": {"yes": (*YES, *MARKED), "no": tuple(word for word in NO if word not in ("x", "×", "✗"))},
}

#: Headers of the columns that a policy adds by a ready name.
READY: Final[Mapping[str, Column]] = {
    name: Column(
        name=name,
        type=type,
        title=title,
        headers=tuple(tuple(map(str.strip, tier.split(","))) for tier in _HEADERS[name].split(">")),
        words=_WORDS.get(name, {}),
        several=SEVERAL if name == "method" else {},
        endings=ENDINGS if name == "method" else (),
        ready=name,
    )
    for name, (type, title) in _COLUMNS.items()
}


def headed(name: object, known: Collection[str], kind: Words = _COLUMN) -> ProcureError | None:
    """There is no such column, or other thing of this kind, but a ready one that logs head so; None where there is
    none, or several."""
    head = folded(name) if isinstance(name, str) else None
    meant = [each.name for each in READY.values() if any(head in tier for tier in each.headers)]
    if len(meant) != 1 or meant[0] not in known:
        return None
    return ProcureError(
        Words(
            f"没有{kind.zh}“{name}”（台账的表头“{name}”，在此写作 {meant[0]}）",
            f"there is no {kind.en} {name!r} (a log may head it so; here it is {meant[0]!r})",
        )
    )


def no_column(name: object, known: Collection[str]) -> ProcureError:
    """There is no such column; the ready one is named that logs head so, else the one that is written alike, and how
    an own one is declared."""
    if (ready := headed(name, known)) is not None:
        return ready
    zh, en = unknown(_COLUMN, name, known).words
    table = f"[columns.{written_key(name)}]"
    return ProcureError(
        Words(
            f"{zh}；自己的列须先声明：{table}，写明 type",
            f"{en}; a column of your own is declared first: {table}, with its type",
        )
    )


@attrs.frozen
class Phrases:
    """How a report tells what a column says: a value (in `{value}`), that it is missing, that there is none on record,
    that its date is not stated. What has no phrase here is said in general words; an empty one is not said."""

    value: Words
    missing: Words | None = None
    none: Words | None = None
    undated: Words | None = None


#: Of the ready columns that have words of their own, in a policy that leaves them their title.
PHRASES: Final[Mapping[str, Phrases]] = {
    "method": Phrases(Words("{value}", "{value}")),
    "kind": Phrases(Words("{value}", "{value}"), missing=Words("", "")),
    "date": Phrases(Words("采购日期 {value}", "bought on {value}")),
    "approved_on": Phrases(
        Words("{value} 报告同意", "approved on {value}"),
        missing=Words("有无报告同意未载明", "approval not stated"),
        none=Words("无报告同意记录", "no approval on record"),
        undated=Words("有报告同意，日期未载明", "approved, date not stated"),
    ),
    "invited": Phrases(
        Words("邀请 {value} 家", "invited: {value}"), missing=Words("邀请家数未载明", "invitations not stated")
    ),
    "quotes": Phrases(Words("报价 {value} 家", "quotes: {value}")),
    "ground": Phrases(
        Words("有依据", "ground on record"),
        missing=Words("有无依据未载明", "ground not stated"),
        none=Words("无依据记录", "no ground on record"),
    ),
}
