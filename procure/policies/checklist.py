"""What a purchasing rule usually says and this one does not: questions for its author. It is advice, and no fault."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from itertools import chain
from typing import Any

import attrs

from procure.policies import first
from procure.policy.declarations import Band
from procure.policy.policy import Policy
from procure.policy.quotes import each_quote
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


#: A year of a date: 2024年, 2024-01-01, January 2024. An amount is none.
_YEAR = re.compile(r"\b[A-Z][a-z]{2,8} ((?:19|20)\d\d)\b|((?:19|20)\d\d)(?= ?年|-\d\d)")


def unfilled(policy: Policy) -> tuple[str, ...]:
    """The keys under which a policy still says what the first file of an author does."""
    passage = policy.passage
    said: dict[str, object] = {
        "id": policy.id, "title": policy.title.zh, "text.source": passage.source.zh,
        "text.read-on": passage.read_on, "text.passage": passage.text,
    }  # fmt: skip
    firsts = [tomllib.loads(first(lang)) for lang in ("zh", "en")]
    # A rule may begin on the very day of the first file, unless its text names years and not this one.
    since, years = policy.in_force.since, {found[1] or found[2] for found in _YEAR.finditer(passage.text)}
    if since is not None and years and str(since.year) not in years:
        said["in-force.from"] = since
    return tuple(key for key, value in said.items() if any(_value(each, key) == value for each in firsts))


def _value(table: Mapping[str, Any], key: str) -> Any:
    return reduce(lambda inner, part: inner[part], key.split("."), table)


def unsaid(policy: Policy) -> Iterator[Topic]:
    """The topics of which neither the text, nor a question, nor a declaration says anything; and exceptions that are
    declared without words of the text."""
    asked = [text for question in policy.questions for text in question.question]
    said = "\n".join([policy.passage.text, *asked])
    for topic in TOPICS:
        if not topic.declared(policy) and not (topic.words and topic.words.search(said)):
            yield topic
    for place in _unquoted(policy):
        yield Topic(
            place,
            Words(
                f"{place}：原文哪几个字允许此例外？在 clause 中一并引出",
                f"Which words of the text allow `{place}`? Quote them in a `clause`, too",
            ),
        )


#: Words that except something, or speak of what usually is excepted.
_EXCEPTS = re.compile("|".join(each.words.pattern for each in TOPICS[:2] if each.words), re.IGNORECASE)


def _unquoted(policy: Policy) -> Iterator[str]:
    """Each `unless` without words: no question decides it, its own clause quotes one place alone, and no clause of what
    looks at the same columns says that anything is excepted."""
    declared: list[tuple[str, Any, Any, Any]] = [
        (f"duty.{id}.unless", duty.unless, duty.when, duty.clause) for id, duty in policy.duties.items()
    ]
    for id, ladder in policy.ladders.items():
        declared.append((f"ladder.{id}.unless", ladder.unless, ladder.when, [*chain(*map(_quotes, ladder.bands))]))
    for place, unless, _, clause in declared:
        columns = set(_keys(unless))
        excepting = any(
            _EXCEPTS.search(str(each))
            for _, other, when, quoted in declared
            if not columns.isdisjoint((*_keys(other), *_keys(when)))
            for each in policy.clauses(quoted or None)
        )
        several = place.startswith("duty") and len(policy.clauses(clause)) > 1
        if unless and not (excepting or several or columns & {"ask", "only-if"}):
            yield place


def _quotes(band: Band) -> Iterator[Any]:
    yield from (quote for _, quote in each_quote(band.clause))


def _keys(condition: Any) -> Iterator[str]:
    """The columns that a condition looks at, with the keys by which a question chooses."""
    if isinstance(condition, Mapping):
        yield from condition
    for each in condition.values() if isinstance(condition, Mapping) else condition or ():
        if isinstance(each, (Mapping, list, tuple)):
            yield from _keys(each)
