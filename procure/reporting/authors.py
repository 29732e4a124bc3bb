"""What the author of a policy does next, by what its own check found: all of it at once, the first thing first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from procure.engines.trying import PolicyCheck
from procure.policy.policy import Policy
from procure.values.words import Words

#: How many names one step gives.
_MOST = 8


def next_steps(found: PolicyCheck, file: str, first: Sequence[str] = ()) -> Iterator[Words]:
    """The steps. `file` is what the policy was named by, `first` are the keys that say what the first file says."""
    policy = found.policy
    if first:
        yield _named(
            first,
            "还是初稿的原话，改成本单位的：{names}",
            "still what the first file says, so make it yours: {names}",
        )
    if left := len(found.encoded.left):
        yield Words(
            f"原文有 {left} 段未编入（见上）：写成分档、义务、累计或问题；台账上看不出的，写入 [text] 下的 not-checked",
            f"{left} pieces of the text are not encoded (above): make them bands, duties, totals or questions; what no "
            "log can show goes to not-checked, below [text]",
        )
    if wrong := [case.place.en.partition(" ")[0] for case in (*found.examples, *found.witnesses) if case.wrong]:
        yield _named(
            wrong,
            '判定与文件不一致（见上），看是规定写错还是算例写错；空格就是“没有”的列写 blank = "none"，'
            "还有别的词的列写 other = true：{names}",
            "judged otherwise than the file says (above), so mend the rule or the example; a column where a blank is "
            'none has `blank = "none"`, one that may say other words `other = true`: {names}',
        )
    if untried := list(_untried(policy)):
        yield _named(
            untried,
            "各写一个不符合它的算例（breached 中列出）：义务 {names}",
            "write an example of each that breaches it, and names it in `breached`: the duties {names}",
        )
    if untitled := list(_untitled(policy)):
        yield _named(
            untitled,
            "写上 title，报告才有名称可用：列 {names}",
            "give them a `title`, by which reports call them: the columns {names}",
        )
    yield Words(
        f"检查台账：procure check 台账.xlsx --policy {file}；供签字的表：procure policy show {file} > 规定.md",
        f"judge a log: procure check LOG --policy {file}; the table to sign: procure policy show {file} > rule.md",
    )


def _untried(policy: Policy) -> Iterable[str]:
    """The duties that no example names as breached."""
    breached = {duty for example in policy.examples for duty in example.breached or ()}
    return (duty for duty in policy.duties if duty not in breached)


def _untitled(policy: Policy) -> Iterator[str]:
    """The columns whose name is no word of the policy's language, and all that reports can call them."""
    for name, column in policy.columns.items():
        reads = not name.isascii() or policy.language != "zh" and "_" not in name
        if column.title is None and column.ready != name and not reads:
            yield name


def _named(names: Sequence[str], zh: str, en: str) -> Words:
    more = len(names) - _MOST
    each = names[:_MOST]
    return Words(zh, en).format(
        names=Words("、".join(each) + (f" 等 {len(names)} 个" if more > 0 else ""),
                    ", ".join(each) + (f" and {more} more" if more > 0 else ""))
    )  # fmt: skip
