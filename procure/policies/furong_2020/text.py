"""The text itself, and the clauses that the rules rest on."""

from __future__ import annotations

from pathlib import Path

from procure.interpretation.sources import Passage
from procure.words import Words

PASSAGE = Passage(
    Path(__file__).with_name("passage.txt").read_bytes().decode("utf-8"),
    source=Words(
        "《2020年度区工信局整体支出绩效评价报告》（长沙市芙蓉区工信局），三、部门专项组织实施情况",
        "2020年度区工信局整体支出绩效评价报告 (report on the evaluation of overall spending in 2020), "
        "长沙市芙蓉区工信局 (industry and information technology bureau of Furong district, Changsha), section 3",
    ),
)

#: 目录内：what is in the catalogue is bought through its channels.
CATALOGUE = PASSAGE.clause(
    0,
    "属于年度政府集中采购目录（按照市、区财政确定的政府集中采购目录及政府采购限额标准）内的采购项目，"
    "按财政要求实施电子卖场（公品商城）采购或定点采购",
)

#: 目录外：what is not is bought by the unit itself.
DECENTRALISED = PASSAGE.clause(73, "属于年度政府集中采购目录之外的，实行分散采购")

#: Up to 5,000 yuan: approval.
LOWEST = PASSAGE.clause(
    96, "单次采购金额或同类别品目年度累计采购金额在5000元以内（不含5000万元）的项目经报告同意后组织采购"
)

#: From 5,000 yuan to the limit: three quotes.
MIDDLE = PASSAGE.clause(
    148,
    "单次采购金额或同类别品目年度累计采购金额在5000元至年度分散采购限额标准"
    "（按照市、区财政确定的政府集中采购目录及政府采购限额标准）以内的，采用三方询价等方式采购",
)

#: From the limit up: single source or tender.
HIGHEST = PASSAGE.clause(
    230,
    "单次采购金额或同类别品目年度累计金额达到年度分散采购限额标准及以上的，"
    "按财政要求实施单一来源采购或公开招标等方式采购",
)
