"""The words by which logs head their columns.

Tiers are parted by `>`, the best first: a header of a better tier wins over one of a worse. Two headers of one tier are
two candidates, and the reader asks which is meant; but for the columns that only describe a purchase (`DESCRIPTIVE`) it
takes the one that stands first here. A header that could mean two things (采购品类, type, price) is left out: the user
says what it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

#: No verdict turns on these, so the header that stands first here is taken.
DESCRIPTIVE: Final = frozenset({"id", "department", "item", "supplier", "note"})


_TIERS: Final[Mapping[str, str]] = {
    "id": """
        id, 采购编号, 采购单号, 編號
        > 编号, 单号, 业务编号, 项目编号, 项目编码, 采购项目编号, 合同编号, 合同号, 订单号, 订单编号, 台账编号,
        公告ID, purchase id, purchase number, purchase no, order number, order no, po number, reference number,
        reference no, ref no, transaction number, transaction id, transaction no, bid reference no, contract number,
        contract no, po no, bestellnummer, auftragsnummer, vertragsnummer, numéro de commande, numéro de marché,
        número de expediente, número de contrato, número do contrato, numero contratto, numero ordine, 契約番号
        > 序号, 序號, 流水号, no, s/n, content id, invoice number, invoice no, 发票号, 发票号码, nr, nummer, n°,
        numéro, número, numero, 番号""",
    "date": """
        date, 采购日期, 采购时间, 採購日期, purchase date, date of purchase
        > 日期, 时间, 发生日期, 合同日期, 合同签订日期, 合同签订时间, 签订日期, 成交日期, 成交时间, 订单日期,
        下单日期, 下单时间, 购买日期, 购买时间, 购置日期, trans date, po date, transaction date, order date,
        contract date, datum, kaufdatum, bestelldatum, auftragsdatum, date d'achat, date de commande, date du marché,
        fecha, fecha de compra, fecha de contrato, data, data da compra, data do contrato, data acquisto,
        data ordine, 日付, 契約日, 購入日
        > 付款日期, 支付日期, 发票日期, 开票日期, 报销日期, date paid, payment date, paid date, invoice date""",
    "unit": """
        unit, 采购单位, 采购单位名称, 采购人, 采购人名称, 採購單位, 採購機關, buyer, buyer name, buying entity,
        procuring entity, purchaser, purchasing org, contracting authority
        > 单位, 单位名称, 预算单位, 预算单位名称, 申请单位, 申购单位, 使用单位, 需求单位, 機關名稱,
        organization name, organisation name, body name, agency, vergabestelle, auftraggeber, acheteur,
        pouvoir adjudicateur, comprador, entidad, órgano de contratación, entidade, órgão, ente, amministrazione,
        stazione appaltante, 調達機関""",
    "department": """
        department, 科室, 部门, 部門, 采购部门, 采购科室, 申请部门, 申请科室, 申购部门, 申购科室, 使用部门, 使用科室,
        需求部门, 需求科室, 经办部门, 经办科室, 归口部门, 科室名称, 部门名称, 处室, 股室, dept, department name,
        directorate, directorates, direcorate, division, service label, abteilung, dienststelle, direction,
        département, departamento, ufficio, reparto, 部署""",
    "category": """
        category, 品目, 采购品目, 採購品目, 类别品目, 采购目录品目
        > 品目编码, 品目代码, 品目编号, 采购品目编码, 采购品目代码, category code, commodity code, unspsc code,
        cpv code
        > 品目名称, 采购品目名称, category name, category description, trans cac desc 1, detailed expenditure type,
        commodity, kategorie, warengruppe, catégorie, categoría, categoria, 品目名
        > trans cac code 1, expenditure category""",
    "kind": """
        kind, 采购类别, 采购类型, 採購類別, main procurement category, procurement category
        > 货物服务工程, 货物/服务/工程, 标的类别, 项目类别, 项目类型
        > 类型""",
    "item": """
        item, 采购内容, 采购项目, 采购项目名称, 採購項目, 项目名称, 采购标的, 标的名称, 物品名称, 货物名称, 商品名称,
        产品名称, 采购物品, 设备名称, 采购事项, 内容, 摘要, 品名, 名称, 项目, 标题, title, item name,
        item description, description, product, notice title, bezeichnung, beschreibung, gegenstand, libellé, objet,
        objeto, descripción, descrição, oggetto, descrizione, 件名""",
    "amount": """
        amount, 采购金额, 採購金額
        > 金额, 金額, 合同金额, 合同价, 合同价款, 合同总价, 成交金额, 成交价, 成交价格, 成交总价, 中标金额, 中标价,
        中标成交金额, 总金额, 总价, 总额, 价税合计, 实付金额, 支付金额, 付款金额, 实际金额, 实际采购金额, 发票金额,
        结算金额, 报销金额, 含税金额, 不含税金额, 采购总额, 合计金额, 预算金额, 预算, 采购预算, 项目预算, 決標金額,
        契約金額, purchase amount, contract amount, contract value, award amount, total amount, total, order amount,
        original gross amt, gross amount, gross amt, net amount, budget, budget amount, total price, total cost,
        betrag, gesamtbetrag, bruttobetrag, nettobetrag, auftragswert, summe, montant, montant ttc, montant ht,
        montant total, importe, importe total, monto, monto total, valor, valor total, montante, importo,
        importo totale
        > billing gross amt, trans original net amt""",
    "in_catalogue": """
        in_catalogue, in catalog, 是否目录内, 是否集采目录内, 是否在集采目录内, 是否集中采购目录内,
        是否在集中采购目录内, 是否属于集中采购目录, 是否属于集采目录, 是否在目录内, 目录内, 集采目录内,
        集中采购目录内, 集采目录, 目录内外, 目录内/外, 目录内或外, 是否集采, 是否集中采购, 是否目录""",
    "method": """
        method, 采购方式, 採購方式, 采购方法, procurement method, purchase method, purchasing method,
        method of procurement, 组织实施方式, 採購方法, 招標方式, vergabeart, procédure, procedimiento, 契約方式""",
    "supplier": """
        supplier, 供应商, 供应商名称, 供應商, 成交供应商, 成交供应商名称, 中标供应商, 中标供应商名称, 中标单位,
        中标人, 成交单位, 成交人, 中标成交供应商, 供货商, 供货单位, 供货方, 承包商, 承接单位, 服务商, 乙方, 收款单位,
        收款人, supplier name, vendor, vendor name, merchant, merchant name, contractor, payee, awardee, awarded to,
        lieferant, auftragnehmer, fournisseur, titulaire, proveedor, adjudicatario, contratista, fornecedor,
        adjudicatário, fornitore, aggiudicatario, 業者, 廠商, 得標廠商, 取引先""",
    "approved_on": """
        approved_on, 报告同意日期, 报告同意时间, 报告批准日期
        > 同意日期, 审批日期, 批准日期, 批复日期, 审批时间, 批准时间, 批复时间, 审批通过日期, 签批日期, 核准日期,
        approval date, approved date, date approved, date of approval, genehmigt am, genehmigungsdatum,
        date d'approbation, fecha de aprobación, data de aprovação, data approvazione, 承認日
        > 报告同意, 是否报告同意, 是否经报告同意, 是否报批, 是否审批, 是否批准, approved, approval""",
    "invited": """
        invited, 邀请家数, 邀请供应商数, 邀请供应商数量, 邀请供应商家数, 邀请数, 邀请单位数, 邀请数量,
        suppliers invited, invitations, number invited
        > 询价家数, 询价供应商数, 询价供应商家数, 询价供应商数量, 被询价供应商, 邀请供应商, 邀请供应商名单,
        受邀供应商""",
    "quotes": """
        quotes, 报价家数, 报价数, 收到报价数, 收到报价家数, 有效报价数, 有效报价家数, 报价供应商数, 报价供应商数量,
        报价供应商家数, 报价单位数, 报价单数, 报价数量, 报价份数, 响应供应商数, 响应供应商数量, 响应供应商家数,
        响应家数, 比价家数, quotes received, number of quotes, quotations received, bids received,
        number of tenderers, no of quotes, number of quotes received, quotations, 参与报价家数, anzahl angebote,
        eingegangene angebote, nombre d'offres, nombre d'offres reçues, número de ofertas, ofertas recibidas,
        número de propostas, numero offerte, offerte ricevute
        > 报价供应商, 报价供应商名单, 报价单位, 响应供应商, 参与报价供应商""",
    "ground": """
        ground, 单一来源理由, 单一来源依据, 单一来源原因, 单一来源采购理由, 单一来源采购依据, 单一来源采购原因,
        单一来源说明, 单一来源论证, grounds, single source ground, single source justification,
        sole source justification, justification, begründung, justificación, justificativa, motivazione""",
    "emergency": """
        emergency, 应急采购, 是否应急采购
        > 应急, 是否应急, 紧急采购, 是否紧急采购, 是否紧急, 是否属于应急采购, emergency purchase,
        emergency procurement, is emergency, urgent""",
    "note": """
        note, 备注, 備註, 备考, 備考, 附注, 说明, notes, remark, remarks, comment, comments, bemerkung, anmerkung,
        remarque, commentaire, observations, observaciones, observações, osservazioni""",
}


def key(header: str) -> str:
    """A header as it is compared: full-width folded, without case, spaces and the marks of a form."""
    folded = unicodedata.normalize("NFKC", header).casefold()
    return "".join(c for c in folded if not c.isspace() and c not in "_-*.:'’\"“”")


#: Each header's field, tier and place in the tier.
KNOWN: Final[Mapping[str, tuple[str, int, int]]] = {
    key(word): (field, tier, place)
    for field, tiers in _TIERS.items()
    for tier, line in enumerate(tiers.split(">"))
    for place, word in enumerate(line.split(","))
}
