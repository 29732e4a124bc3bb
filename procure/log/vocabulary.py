"""The words that offices write, as far as they are known from the start: what is bought, how, and whether it was
approved. Simplified and traditional Chinese, English, Spanish, Portuguese, French, German.

A word *names* a method only where it is another name of it. Where equating the two would be a judgement (比选,
网上询价, 竞价, 电子卖场直购), it stands for every method that it may mean, and the report lists it for the office's
mapping to settle: a set too wide costs certainty, one too narrow would feign it. What fits no method here is not known.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final


class Kind(enum.StrEnum):
    """What is bought: 货物, 服务 or 工程."""

    GOODS = "goods"
    SERVICES = "services"
    WORKS = "works"


class Method(enum.StrEnum):
    """How it was bought (采购方式)."""

    E_MALL = "e_mall"
    DESIGNATED = "designated"
    FRAMEWORK = "framework"
    DIRECT = "direct"
    QUOTATION = "quotation"
    INQUIRY = "inquiry"
    NEGOTIATION = "negotiation"
    CONSULTATION = "consultation"
    INVITED_TENDER = "invited_tender"
    OPEN_TENDER = "open_tender"
    SINGLE_SOURCE = "single_source"


def _listed(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(word.split()) for word in words.split(",")))


# The first word of each is the name shown; the others are synonyms met in logs.
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    Kind.GOODS: _listed("""
        货物, 货物类, 物资, 物资类, 物品, 物品类, 商品, 货品, 货物采购, 貨物, 財物, 財物類, goods, good, supplies,
        supply, a, bienes, bien, suministro, suministros, bens, materiais, material, fournitures, fourniture,
        biens, waren, ware, lieferung, lieferungen, lieferleistung, lieferleistungen"""),
    Kind.SERVICES: _listed("""
        服务, 服务类, 服务采购, 服务项目, 服務, 服務類, 勞務, 勞務類, services, service, c, servicios, servicio,
        serviços, serviço, servicos, prestations, prestations de services, dienstleistung, dienstleistungen"""),
    Kind.WORKS: _listed("""
        工程, 工程类, 工程采购, 工程项目, 建设工程, 工程類, works, work, construction, civil works,
        construction works, b, obras, obra, travaux, bauleistung, bauleistungen, bauarbeiten, bau"""),
}  # fmt: skip

METHODS: Final[Mapping[str, tuple[str, ...]]] = {
    Method.E_MALL: _listed("""
        电子卖场, 公品商城, 网上超市, 网上商城, 电子商城, 政采商城, 政采云, 政采超市, 电子超市, 网超,
        政府采购电子卖场, 政府采购网上商城, 政府采购网上超市, 政府采购电子商城, 政府采购商城, 电子卖场（公品商城）,
        公品商城（电子卖场）, 政采云平台, 政采云网上超市, 徽采商城, 徽采云, 電子賣場, 網上商城, 網上超市, e_mall,
        e-mall, emall, e mall, tienda virtual, catálogo electrónico, catalogo electronico, catálogo eletrônico"""),
    Method.DESIGNATED: _listed("""
        定点采购, 定点, 协议定点, 定点服务, 定点供应商, 定点维修, 定点印刷, 定点加油, 定点保险, 定点单位, 定点供货,
        定点购买, 政府采购定点, 車輛定點維修, 定點採購, 定點, designated, designated supplier, designated suppliers"""),
    Method.FRAMEWORK: _listed("""
        框架协议, 框架采购, 协议供货, 框架协议入围, 封闭式框架协议, 开放式框架协议, 框架协议采购（封闭式）,
        框架协议采购（开放式）, 框架協議, 共同供應契約, framework, framework agreement, framework contract,
        call-off, call off, mini competition, further competition, acuerdo marco, basado en acuerdo marco,
        acordo-quadro, acordo quadro, accord-cadre, accord cadre, rahmenvereinbarung, rahmenvertrag"""),
    Method.DIRECT: _listed("""
        自行采购, 直接采购, 自行(直接)采购, 直接(自行)采购, 自采, 自购, 自行购买, 自行购置, 自主采购, 自主购买,
        单位自购, 单位自采, 单位自行采购, 科室自购, 科室自采, 部门自购, 部门自采, 采购人自购, 采购人自行采购,
        零星采购, 零星购买, 零星购置, 零星自购, 零星自采, 零采, 零购, 零买, 零散采购, 小额零星采购, 小额自采,
        小额自行采购, 小额直接采购, 小额直购, 直接购买, 直接购置, 直购, 直采, 现金购买, 现购, 现场购买, 现场采购,
        门店购买, 实体店购买, 线下购买, 線下購買, 超市购买, 市场购买, 市场采购, 自行採購, 直接採購, direct,
        direct purchase, direct purchases, direct buying, petty purchase, petty cash, cash purchase,
        over the counter, compra directa, compra direta, achat direct, direktkauf, direktauftrag, barkauf"""),
    Method.QUOTATION: _listed("""
        三方询价, 比价, 三方比价, 三方报价, 三方询比价, 询比价, 询价比价, 三家比价, 三家询价, 三家报价, 三家询比价,
        三家以上比价, 三家以上询价, 多家比价, 多家询价, 多家报价, 多方比价, 多方询价, 货比三家, 比质比价, 自行询价,
        自行比价, 市场询价, 市场比价, 市场询比价, 价格比较, 价格对比, 询价对比, 报价比较, 内部询价, 内部比价,
        院内询价, 院内比价, 校内询价, 校内比价, 单位询价, 部门询价, 科室询价, 电话询价, 口头询价, 现场询价,
        三方詢價, 比價, 三家比價, 公開取得報價單, quotation, quotations, three quotes, three quotations, 3 quotes,
        3 quotations, quotes, competitive quotation, competitive quotations, comparison of quotations,
        comparison of quotes, price comparison, written quotes, verbal quotes, comparación de precios,
        comparacion de precios, comparación de ofertas, tres presupuestos, tres ofertas, tres cotizaciones,
        três orçamentos, três cotações, tres orcamentos, comparaison de prix, trois devis,
        mise en concurrence de trois devis, preisvergleich, angebotsvergleich, drei angebote"""),
    Method.INQUIRY: _listed("""
        询价采购, 政府采购询价, 询价小组, 询价通知书, 政府采购询价采购, 询价采购（政府采购）, 法定询价, 詢價採購,
        inquiry, statutory inquiry, request for quotations procedure"""),
    Method.NEGOTIATION: _listed("""
        竞争性谈判, 竞争谈判, 竞谈, 竞争性谈判（政府采购）, 公开竞争性谈判, 競爭性談判, negotiation, negotiations,
        competitive negotiation, competitive negotiations, verhandlungsverfahren mit teilnahmewettbewerb,
        negociación competitiva, négociation concurrentielle"""),
    Method.CONSULTATION: _listed("""
        竞争性磋商, 竞争磋商, 磋商, 竞磋, 公开竞争性磋商, 競爭性磋商, consultation, competitive consultation,
        competitive consultations"""),
    Method.INVITED_TENDER: _listed("""
        邀请招标, 邀标, 邀请投标, 邀请招投标, 選擇性招標, 邀請招標, invited_tender, invited tender,
        invited tendering, selective, selective tender, selective tendering, restricted, restricted procedure,
        restricted tender, limited tendering by invitation, procedimiento restringido, licitación restringida,
        licitación privada, licitacion privada, convite, carta convite, concurso limitado,
        appel d'offres restreint, beschränkte ausschreibung, nichtoffenes verfahren"""),
    Method.OPEN_TENDER: _listed("""
        公开招标, 公招, 公开招投标, 公开竞标, 公开投标, 国内公开招标, 国际公开招标, 政府采购公开招标, 委托公开招标,
        公開招標, open_tender, open tender, open, open tendering, open procedure, public tender, public tendering,
        public bidding, open bidding, competitive bidding, open competitive bidding, licitación pública,
        licitacion publica, procedimiento abierto, abierto, concurso público, concurso publico, licitação pública,
        licitacao publica, concorrência, concorrência pública, concorrencia, appel d'offres ouvert,
        öffentliche ausschreibung, offenes verfahren"""),
    Method.SINGLE_SOURCE: _listed("""
        单一来源, 单一来源谈判, 单一来源采购谈判, 单源采购, 单源, 单一来源（专利）, 單一來源, 單一來源採購,
        single_source, single source, single sourcing, sole source, sole sourcing, sole supplier, fuente única,
        fuente unica, proveedor único, proveedor unico, inexigibilidade, inexigibilidade de licitação, fonte única,
        fournisseur unique, source unique, alleinlieferant, einzelbeschaffung"""),
}  # fmt: skip

#: What may stand behind the word for a method: 单一来源采购方式.
ENDINGS: Final = ("方式", "采购", "采购方式", "方式采购", "採購", "程序")

_TENDERS = (Method.OPEN_TENDER, Method.INVITED_TENDER)
_COMPARED = (Method.QUOTATION, Method.INQUIRY)
_BARGAINED = (Method.NEGOTIATION, Method.CONSULTATION)
_COMPETED = (*_COMPARED, *_BARGAINED, *_TENDERS)
_STATUTORY = (Method.INQUIRY, *_BARGAINED, *_TENDERS, Method.SINGLE_SOURCE, Method.FRAMEWORK)
_AWARDED = (Method.DIRECT, Method.SINGLE_SOURCE)
_IN_THE_MALL = (Method.E_MALL, *_COMPARED)

#: Words that may mean any of some methods.
_MAY_MEAN: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    # The unit's own comparison, or the statutory procedure.
    (_COMPARED, """
        询价, 公开询价, 邀请询价, 书面询价, 线下询价, 询比, 询比采购, 询价函, 簡易詢價, 詢價, rfq,
        request for quotation, request for quotations, request for quote, cotización, cotizacion, cotizaciones,
        solicitud de cotización, solicitud de cotizaciones, cotação, cotação de preços, cotacao de precos,
        consulta de preços, demande de prix, demande de devis, consultation de prix, preisanfrage, angebotsanfrage,
        shopping"""),
    (_IN_THE_MALL, """
        网上询价, 网上比价, 线上询价, 在线询价, 电子询价, 网络询价, 电子卖场询价, 网上商城询价, 网上超市询价,
        电子卖场比价, 网上商城比价, 網上詢價"""),
    # A bidding down of prices, in the mall or elsewhere.
    ((*_IN_THE_MALL, *_BARGAINED, *_TENDERS), """
        竞价, 网上竞价, 电子竞价, 在线竞价, 网络竞价, 线上竞价, 公开竞价, 定向竞价, 反向竞价, 竞价采购,
        电子卖场竞价, 网上商城竞价, 网上反拍, 电子反拍, 反拍, 競價, reverse auction, e-auction, electronic auction,
        subasta, subasta inversa, pregão, pregao, pregão eletrônico, pregao eletronico, enchère inversée,
        elektronische auktion"""),
    ((Method.E_MALL, Method.DIRECT), """
        电子卖场直购, 电子卖场直接采购, 电子卖场直接订购, 网上商城直购, 网上超市直购, 公品商城直购, 政采云直购,
        电商直购, 电商采购, 电商, 电商平台, 电商平台采购, 网购, 网上购买, 网上采购, 网上直购, 线上采购, 线上购买,
        网络采购, 京东, 京东采购, 淘宝, 832平台, 扶贫832平台, online purchase, online shopping, web shop,
        marketplace, e-marketplace"""),
    (_COMPETED, """
        比选, 公开比选, 竞争性比选, 邀请比选, 询价比选, 自行比选, 综合比选, 方案比选, 择优比选, 内部比选, 院内比选,
        遴选, 公开遴选, 竞争性遴选, 院内招标, 校内招标, 内部招标, 自行招标, 自主招标, 简易招标, 竞争性采购,
        非招标采购, 招标或询价, 選商, 評選, competitive selection, procédure adaptée, marché à procédure adaptée,
        mapa, consulta previa, consulta prévia, tender, tendering, bidding, rfp, request for proposals,
        request for proposal"""),
    (_TENDERS, """
        招标, 招投标, 招标采购, 委托招标, 代理招标, 公开或邀请招标, 招標, invitation to tender, itt, ausschreibung,
        appel d'offres, appel d’offres, licitación, licitacion, licitação, licitacao, concurso"""),
    ((*_BARGAINED, Method.SINGLE_SOURCE, Method.DIRECT), """
        谈判, 协商, 协商谈判, 商务谈判, 价格谈判, 邀请谈判, 談判, 有限招标, 限制性招标, 限制性招標, negotiated,
        negotiated procedure, limited, limited tender, limited tendering, procedimiento negociado, negociado,
        procédure négociée, procedimento por negociação, verhandlungsverfahren, verhandlungsvergabe,
        freihändige vergabe, freihaendige vergabe, negociado sin publicidad"""),
    (_BARGAINED, """
        competitive dialogue, diálogo competitivo, dialogo competitivo, dialogue compétitif,
        wettbewerblicher dialog, 竞争性对话"""),
    ((*_COMPARED, *_BARGAINED, *_AWARDED), """
        议价, 集体议价, 协商议价, 比价议价, 询价议价, 议标, 議價, 比價或議價"""),
    (_AWARDED, """
        直接委托, 直接发包, 直接签订合同, 直接定标, 直接确定, 定向采购, 定向委托, 独家采购, 独家, 委托, 直接委託,
        direct award, direct contracting, direct procurement, single tender, single tender action, single quote,
        single supplier, adjudicación directa, adjudicacion directa, contratación directa, contratacion directa,
        ajuste direto, contratação direta, gré à gré, gre a gre, marché de gré à gré, entente directe,
        direktvergabe, dispensa, dispensa de licitação"""),
    ((Method.DIRECT, Method.QUOTATION, Method.SINGLE_SOURCE), """
        小额采购, 小額採購, compra menor, contrato menor, contratación menor, small value procurement,
        negotiated procurement - small value procurement, small purchase, low value procurement, bon de commande"""),
    ((Method.DESIGNATED, Method.FRAMEWORK), """
        协议采购, 协议, 协议单位, 协议供应商, 协议供货（定点采购）, 入围供应商, 入围单位, 供应商库"""),
    ((*_AWARDED, Method.DESIGNATED), """
        指定, 指定供应商, 指定采购, 指定单位, 定向"""),
    ((Method.FRAMEWORK, Method.E_MALL), """
        二次竞价, 顺序轮候, 直接选定, catálogo, ata de registro de preços, registro de preços"""),
    # Who organises it, and not how: any method is possible but the unit's own.
    ((Method.E_MALL, Method.DESIGNATED, *_STATUTORY), """
        集中采购, 政府集中采购, 部门集中采购, 批量集中采购, 集采, 政府采购, 政采, 集中招标, 集中採購, centralised,
        centralized"""),
    (tuple(Method), """
        分散采购, 单位分散采购, 部门分散采购, 委托代理机构采购, 委托代理采购, 代理采购, 分散採購, 自行组织,
        自行组织采购"""),
)  # fmt: skip
SEVERAL: Final[Mapping[str, tuple[str, ...]]] = {
    word: tuple(map(str, methods)) for methods, words in _MAY_MEAN for word in _listed(words)
}

IN: Final = _listed("""
    目录内, 集采目录内, 集中采购目录内, 在目录内, 属于, 纳入, 集采, 集中采购, 目錄內, in, inside""")
OUT: Final = _listed("""
    目录外, 集采目录外, 集中采购目录外, 不在目录内, 不属于, 未纳入, 非集采, 分散采购, 分散, 目錄外, out, outside""")

#: Where a date is asked for, these say that there is an approval, its day not given …
APPROVED: Final = _listed("""
    已批, 已审, 已审核, 已核准, 已批复, 已签批, 已签字, 已通过, 批准, 准, 准予, 核准, 批复, 通过, 审批通过,
    审核通过, 审议通过, 会议通过, 会议同意, 会议决定, 集体决策, 集体决定, 党组会, 党组会议, 党组会通过,
    党组会议通过, 党组会同意, 党委会, 党委会通过, 局务会, 局务会通过, 局长办公会, 局长办公会通过, 办公会,
    办公会通过, 班子会, 班子会通过, 院长办公会, 校长办公会, 行政会, 领导同意, 领导批准, 领导签字, 领导已签,
    主任同意, 局长同意, 分管领导同意, 主要领导同意, 同意采购, 有批示, 有审批, 有审批单, 已审签, 已阅同意, approved,
    agreed, authorised, authorized, signed, ok, granted, aprobado, aprobada, autorizado, aprovado, aprovada,
    approuvé, approuvée, validé, accordé, genehmigt, freigegeben, bewilligt""")
#: … and these that there is none so far.
PENDING: Final = _listed("""
    待批, 待审, 待审批, 待批准, 待批复, 待同意, 待报, 待报批, 待上会, 待研究, 待核准, 审批中, 审核中, 报批中,
    报审中, 办理中, 流程中, 走流程中, 正在审批, 正在报批, 正在办理, 申请中, 补办中, 待补办, 未批, 未批复, 未审,
    未报, 未报批, 未上会, 未通过, 未签, 未签字, 未核准, 没批, 没报, 没有审批, 无审批, 无批准, 驳回, 已驳回, 退回,
    已退回, 不通过, 不批准, 否决, pending, awaiting approval, not approved, not yet, rejected, refused, declined,
    in progress, pendiente, no aprobado, rechazado, pendente, não aprovado, en attente, non approuvé, refusé,
    ausstehend, nicht genehmigt, abgelehnt""")

#: What says that a row is void: nothing was bought, or what was bought was undone before it was. 终止 is the end of a
#: procurement without a result; a contract that was carried out and ended (terminated) stands.
VOID: Final = _listed("""
    作废, 已作废, 已取消, 取消, 订单取消, 订单已取消, 合同取消, 采购取消, 已取消采购, 取消采购, 合同作废, 订单作废,
    单据作废, 此单作废, 该单作废, 本单作废, 本行作废, 整单作废, 整单取消, 废弃, 已废弃, 撤销, 已撤销, 撤单, 已撤单,
    撤回, 已撤回, 流标, 已流标, 流标数据, 废标, 已废标, 流标或废标, 流标/废标, 废标/流标, 流采, 终止, 已终止, 采购终止,
    终止采购, 项目终止, 中止采购, 采购失败, 未成交, 未中标, 驳回, 已驳回, 审核不通过, 审批不通过, 不通过, 无效,
    已删除, 草稿, 作廢, 已作廢, 取消採購, 撤銷, 已撤銷, 廢標, 流標, 無效, cancelled, canceled,
    order cancelled, order canceled, contract cancelled, tender cancelled, award cancelled, award unsuccessful,
    award pending, contract pending, tender unsuccessful, void, voided, rejected, declined, denied, draft,
    unsuccessful, withdrawn, revoked, annulled, deleted, aborted, failed, not awarded, no award,
    no contract awarded, cancelado, cancelada, anulado, anulada, desierto, desierta, rechazado, rechazada,
    borrador, annulé, annulée, rejeté, sans suite, infructueux, brouillon, storniert, annulliert, abgelehnt,
    entwurf, aufgehoben, annullato, annullata, revocato""")
#: What says that it stands.
STANDS: Final = _listed("""
    已完成, 执行中, 完成, 完结, 已完结, 已结束, 正常, 有效, 生效, 已生效, 履行中, 已履行, 履行完毕, 履约中, 履约完毕,
    进行中, 已签订, 已签约, 已签, 已下单, 已发货, 已收货, 已到货, 已入库, 已验收, 已付款, 已支付, 已结算, 已报销,
    已审核, 已审批, 已批准, 已通过, 审核通过, 审批通过, 已成交, 成交, 中标, 已中标, 已采购, active, complete,
    completed, closed, finally closed, open, approved, awarded, signed, ordered, issued, sent, shipped, delivered,
    received, accepted, invoiced, paid, fulfilled, in progress, in force, valid, posted, settled, ok, normal,
    completado, completada, adjudicado, adjudicada, vigente, activo, terminé, attribué, abgeschlossen, bezahlt,
    geliefert, aktiv, concluído, pago, ativo, completato, attivo, 红字, 红冲, 冲红, 冲销, credit note, reversal""")
#: Beside yes and no, in a column that asks whether a row is void: a mere mark.
MARKED: Final = _listed("*, ●, ■, 作废, 已作废, 取消, 已取消, 撤销, 已撤销, cancelled, canceled, void, voided")
