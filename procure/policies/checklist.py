"""What a purchasing rule usually says and this one does not: questions for its author. It is advice, and no fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import attrs

from procure.policy.policy import Policy
from procure.values.words import Words


@attrs.frozen
class Topic:
    """What a rule usually says: how it is asked of the author, the words that speak of it in a text or in a question,
    and whether a policy declares it anyway."""

    id: str
    asks: Words
    words: re.Pattern[str] | None = None
    declared: Callable[[Policy], bool] = lambda policy: False


def _words(text: str) -> re.Pattern[str]:
    """Any of these words, capitals or not; a word in which a blank may stand has `_` for it."""
    return re.compile("|".join(text.replace("_", r"[\s-]?").split()), re.IGNORECASE)


def _excepts(policy: Policy) -> bool:
    return any(ladder.unless for ladder in policy.ladders.values()) or any(
        duty.unless for duty in policy.duties.values()
    )


TOPICS = (
    Topic(
        "exceptions",
        Words("哪些情形不适用，或可以例外？", "Where does the rule not apply, and what exceptions are there?"),
        _words("例外 除外 不适用 特殊情况 可以不 不必 except exempt unless not_apply excluid salvo exceto"),
        _excepts,
    ),
    Topic(
        "emergencies",
        Words("紧急、应急的采购怎么办？", "What holds in an emergency?"),
        _words("紧急 应急 抢修 突发 emergenc urgen exigency"),
    ),
    Topic(
        "splitting",
        Words("是否禁止拆分（化整为零）？写入 division", "Is dividing a purchase forbidden? That is `division`"),
        declared=lambda policy: policy.division is not None,
    ),
    Topic(
        "approval",
        Words("由谁审批，何时之前？", "Who approves, and before what?"),
        _words("审批 批准 同意 审核 审定 签字 核准 approv authori aproba aprova autoriz"),
    ),
    Topic(
        "period",
        Words("自何日、至何日有效？写入 in-force", "From which day and until which is it in force? That is `in-force`"),
        declared=lambda policy: policy.in_force.since is not None,
    ),
    Topic(
        "currency",
        Words("原文的数以何种货币计？", "In which currency are the numbers of the text?"),
        _words(
            r"元 圆 円 [$£€¥₹₱₩] \b(?-i:(?!VAT|GST)[A-Z]{3})\b \bR\s?\d "
            r"euro dollar pound yuan peso rand\b reais rupee shilling \b[ktu]shs?\b"
        ),
    ),
    Topic(
        "single-source",
        Words("单一来源（只向一家采购）凭什么理由？", "On what ground may there be a single source?"),
        _words(
            "单一来源 唯一 独家 sole_source single_source only_one_source only_one_supplier non_competitive "
            "exclusividad exclusividade"
        ),
    ),
    Topic(
        "accumulation",
        Words(
            "哪些采购合并计算，按什么、在多长时间内？写入 total",
            "Which purchases count together, by what and over which time? That is a `total`",
        ),
        declared=lambda policy: bool(policy.totals),
    ),
    Topic(
        "refunds",
        Words("退货、退款怎样计入？", "How do returns and refunds count?"),
        _words("退货 退款 refund returned_goods returns credit_note devoluc devoluç"),
    ),
    Topic(
        "tax",
        Words("金额含税还是不含税？写入 basis", "Do the amounts include tax? That is `basis`"),
        _words(r"含税 \bVAT\b \bGST\b \btax impuesto imposto"),
        lambda policy: policy.basis != "unstated",
    ),
)


def unsaid(policy: Policy) -> Iterator[Topic]:
    """The topics of which neither the text, nor a question, nor a declaration says anything."""
    asked = [text for question in policy.questions for text in question.question]
    said = "\n".join([policy.passage.text, *asked])
    for topic in TOPICS:
        if not topic.declared(policy) and not (topic.words and topic.words.search(said)):
            yield topic
