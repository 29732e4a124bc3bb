"""Notices on what counts: rows that are void, and words of a status that nobody knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from procure.engines.findings import Notice
from procure.log.rows import Rows
from procure.log.statuses import Void
from procure.values.words import Words

#: So many words are told; the rest is counted.
_SHOWN = 8


def void(rows: Sequence[Void]) -> Iterator[Notice]:
    """The rows that count in nothing, with the words that say so."""
    if rows:
        told = _told(Counter(each.word for each in rows))
        many = len(rows) > 1
        yield Notice(
            "void",
            Words(
                f"{len(rows)} 行已作废（{told.zh}），不计入任何累计，也不判定",
                f"{len(rows)} {'rows are' if many else 'row is'} void ({told.en}): "
                f"{'they count' if many else 'it counts'} in no total, and {'are' if many else 'is'} not judged",
            ),
            tuple(each.row.origin for each in rows),
        )


def unknown_status(rows: Rows, words: Mapping[str, Sequence[int]]) -> Iterator[Notice]:
    """Words of a status that nobody knows: rows with them stand."""
    if words:
        told = _told(Counter({word: len(places) for word, places in words.items()}))
        yield Notice(
            "status-unknown",
            Words(
                f'不认识的状态，按有效计入：{told.zh}；如属作废，请在 mapping.toml 的 [status] 中写 void = ["…"]',
                f"words of a status that are not known, taken to stand: {told.en}; where one means void, "
                'write void = ["…"] in [status] of mapping.toml',
            ),
            tuple(rows.origins[at] for places in words.values() for at in places),
        )


def _told(words: Counter[str]) -> Words:
    """Words with how often each stands, the most frequent first."""
    shown = words.most_common(_SHOWN)
    more = len(words) - len(shown)
    zh = "、".join(f"{word} {count} 行" for word, count in shown)
    en = ", ".join(f"{word}: {count}" for word, count in shown)
    return Words(f"{zh}等" if more else zh, f"{en} and {more} more" if more else en)
