"""What turns on each question, by hand on tiny logs and against a plain walk of the interpretations left open."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import lines
import strategies
from building import bought, furong, without
from hypothesis import given
from hypothesis import strategies as st

import procure
from procure import Policy, Purchase
from procure.engines.judge import Verdict
from procure.reporting.impact import Impact, Tally, impact
from procure.values.words import Words
from procure.writers import impact as writer

NOTHING = Tally()

# Exactly 5,000: `exclusion` decides between approval, which is on record, and three quotes, which are not.
AT_FLOOR = bought(5_000, category="印刷")
# Together 6,000, bought directly. The second is a violation if totals count (`limbs`) and the total has the purchase
# itself (`current`) or is that of the whole year (`window`); the first if totals count and are those of the whole year.
FIRST = bought(2_900, category="茶叶", date="2020-03-02", approved_on="2020-03-02")
SECOND = bought(3_100, category="茶叶", date="2020-06-08", approved_on="2020-06-08")
# By open tender, of whatever amount: within the middle tier, `quotes-list` decides; refunds are not judged.
UNREAD = bought(None, category="绿化", method="open_tender")
REFUND = bought(-600, category="保洁")
PLAIN = bought(1_000, category="保安")
# Never met, whatever the reading: 6,000 bought directly.
SETTLED = bought(6_000, category="维修")
NO_APPROVAL_COLUMN = without("approved_on", category="保险", amount=800)


def found(*log: Purchase, adopted: Mapping[str, str] | None = None) -> Impact:
    return impact(procure.check(log, furong(adopted)))


def stakes(impact: Impact) -> dict[str, tuple[Tally, Tally]]:
    """What turns on each question, those on which nothing turns left out."""
    return {s.ambiguity.id: (s.alone, s.together) for s in impact.stakes if s.alone != NOTHING or s.together != NOTHING}


def order(impact: Impact) -> list[tuple[str, str, Tally, Tally]]:
    return [(step.ambiguity.id, step.reading, step.settles, step.left) for step in impact.order]


class TestByHand:
    def test_one_purchase_one_question(self) -> None:
        result = found(AT_FLOOR)
        assert stakes(result) == {"exclusion": (Tally(1, 500_000), NOTHING)}
        assert order(result) == [("exclusion", "excluded", Tally(1, 500_000), NOTHING)]
        assert (result.judged, result.disputed, result.unknown) == (Tally(1, 500_000), Tally(1, 500_000), NOTHING)

    def test_alone_and_together(self) -> None:
        result = found(FIRST, SECOND)
        assert stakes(result) == {
            "limbs": (Tally(1, 310_000), Tally(1, 290_000)),
            "current": (Tally(1, 310_000), NOTHING),
            "window": (Tally(1, 290_000), Tally(1, 310_000)),
        }

    def test_order(self) -> None:
        # `limbs` and `current` settle nothing at first; of the two, `limbs` comes first in the policy.
        assert order(found(AT_FLOOR, FIRST, SECOND)) == [
            ("exclusion", "excluded", Tally(1, 500_000), Tally(2, 600_000)),
            ("window", "running", Tally(1, 290_000), Tally(1, 310_000)),
            ("limbs", "higher", NOTHING, Tally(1, 310_000)),
            ("current", "included", Tally(1, 310_000), NOTHING),
        ]

    def test_equal_money_in_the_order_of_the_policy(self) -> None:
        late = bought(1_000, category="保安", approved_on="2020-06-09")
        framework = bought(1_000, category="电脑", in_catalogue=True, method="framework")
        assert [step[0] for step in order(found(late, framework))] == ["channel-list", "approval-order"]

    def test_equal_money_and_more_purchases(self) -> None:
        # Neither has money to settle: `limbs`, which settles nothing yet, is before `quotes-list` in the policy.
        result = found(UNREAD, FIRST, SECOND, adopted={"window": "running"})
        assert [step[0] for step in order(result)] == ["quotes-list", "limbs", "current"]

    def test_an_amount_that_is_not_known(self) -> None:
        result = found(UNREAD)
        assert stakes(result) == {"quotes-list": (Tally(1, 0, 1), NOTHING)}
        assert order(result) == [("quotes-list", "open", Tally(1, 0, 1), NOTHING)]

    def test_as_adopted(self) -> None:
        # Under `single` neither turns on `current` or `window` any more.
        assert stakes(found(FIRST, SECOND, adopted={"limbs": "single"})) == {}
        result = found(FIRST, SECOND, adopted={"limbs": "higher", "window": "whole-year"})
        assert stakes(result) == {}
        assert [stake.ambiguity.id for stake in result.stakes] == [
            ambiguity.id for ambiguity in furong().plan().asked if ambiguity.id not in ("limbs", "window")
        ]

    def test_nothing_left_open(self) -> None:
        policy = furong()
        result = found(AT_FLOOR, adopted=policy.plan().working)
        assert result == Impact(Tally(1, 500_000), NOTHING, NOTHING, (), ())

    def test_want_of_data(self) -> None:
        # Without a column of approvals no answer helps; at 5,000 three quotes are asked for all the same.
        result = found(NO_APPROVAL_COLUMN, without("approved_on", amount=5_000, category="会议"))
        assert result.unknown == Tally(1, 80_000)
        assert result.disputed == Tally(1, 500_000)
        # Included, 5,000 needs the approval of which nothing is known: from violation to unknown.
        assert stakes(result) == {"exclusion": (Tally(1, 500_000), NOTHING)}
        assert order(result) == [("exclusion", "excluded", Tally(1, 500_000), NOTHING)]

    def test_an_unknown_verdict_turns_too(self) -> None:
        asked = without("approved_on", amount=5_000, category="会议")
        result = found(asked, adopted={"limbs": "higher"})
        assert result.unknown == NOTHING
        quoted = without("quotes", amount=8_000, category="会议", method="quotation", invited=3)
        result = found(quoted)
        assert (result.unknown, result.disputed) == (Tally(1, 800_000), NOTHING)
        assert stakes(result) == {"quotes-counted": (Tally(1, 800_000), NOTHING)}
        assert order(result) == []

    def test_not_judged(self) -> None:
        assert found(REFUND, bought(5_000, date="2019-03-01")).judged == NOTHING

    def test_as_many_disputed_as_in_the_report(self) -> None:
        report = procure.check([AT_FLOOR, FIRST, SECOND, PLAIN, SETTLED, UNREAD, NO_APPROVAL_COLUMN], furong())
        result = impact(report)
        disputed = [f for f in report if f.verdict in (Verdict.VIOLATION, Verdict.COMPLIANT) and not f.settled]
        assert result.disputed.purchases == len(disputed) == 4
        assert result.unknown.purchases == len(report.unknown) == 1
        assert result.judged == Tally(7, 1_880_000, 1)


# --- against a walk of the interpretations -------------------------------------------------------

Verdicts = Mapping[tuple[str, ...], Verdict]


class Walk:
    """The same figures, from one check of the log under every interpretation left open."""

    def __init__(self, log: Sequence[Purchase], policy: Policy, adopted: Mapping[str, str]) -> None:
        report = procure.check(log, policy.adopt(adopted))
        self.asked = {a.id: a.answers for a in report.plan.left_open}
        self.amounts = [finding.purchase.minor for finding in report]
        self.working = tuple(report.plan.working[ambiguity] for ambiguity in self.asked)
        by_answers = {}
        for answers in itertools.product(*self.asked.values()):
            whole = {**adopted, **dict(zip(self.asked, answers, strict=True))}
            by_answers[answers] = [f.verdict for f in procure.check(log, policy.adopt(whole))]
        self.verdicts: list[Verdicts] = [
            {answers: verdicts[n] for answers, verdicts in by_answers.items()} for n in range(len(log))
        ]
        self.judged = [n for n, v in enumerate(self.verdicts) if v[self.working] is not Verdict.NOT_APPLICABLE]
        self.known = [n for n in self.judged if self.verdicts[n][self.working] is not Verdict.UNKNOWN]

    def tally(self, purchases: Sequence[int]) -> Tally:
        amounts = [self.amounts[n] for n in purchases]
        return Tally(len(amounts), sum(minor or 0 for minor in amounts), amounts.count(None))

    def pairs(self, place: int, at: Sequence[tuple[str, ...]]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Interpretations beside those in which one question alone is answered otherwise."""
        answers = list(self.asked.values())[place]
        return [(one, (*one[:place], other, *one[place + 1 :])) for one in at for other in answers]

    def turning(self, place: int, at: Sequence[tuple[str, ...]], among: Sequence[int]) -> list[int]:
        pairs = self.pairs(place, at)
        return [n for n in among if any(self.verdicts[n][one] is not self.verdicts[n][other] for one, other in pairs)]

    def stakes(self) -> list[tuple[str, Tally, Tally]]:
        told = []
        for place, ambiguity in enumerate(self.asked):
            alone = self.turning(place, [self.working], self.judged)
            ever = self.turning(place, list(self.verdicts[0]), self.judged)
            told.append((ambiguity, self.tally(alone), self.tally([n for n in ever if n not in alone])))
        return told

    def disputed(self, within: Sequence[tuple[str, ...]]) -> list[int]:
        return [n for n in self.known if len({self.verdicts[n][answers] for answers in within}) > 1]

    def order(self) -> list[tuple[str, str, Tally, Tally]]:
        within = list(self.verdicts[0])
        told: list[tuple[str, str, Tally, Tally]] = []
        while disputed := self.disputed(within):
            best: tuple[tuple[int, int], int] | None = None
            for place in range(len(self.asked)):
                free = len({answers[place] for answers in within}) > 1
                if free and self.turning(place, within, disputed):
                    left = self.tally(self.disputed([i for i in within if i[place] == self.working[place]]))
                    settled = self.tally(disputed)
                    gain = settled.minor - left.minor, settled.purchases - left.purchases
                    if best is None or gain > best[0]:
                        best = gain, place
            assert best is not None
            place = best[1]
            within = [answers for answers in within if answers[place] == self.working[place]]
            left = self.disputed(within)
            settles = [n for n in disputed if n not in left]
            told.append((list(self.asked)[place], self.working[place], self.tally(settles), self.tally(left)))
        return told


@given(st.data())
def test_any_log_with_few_questions_left_open(data: st.DataObject) -> None:
    limits = data.draw(strategies.limits_by_kind())
    adopted = data.draw(strategies.adopted(fewest=1, most=4))
    log = lines.log(data.draw(strategies.logs(limits=tuple(limits.values()))))
    agree(log, furong(limits={kind.value: strategies.yuan(fen) for kind, fen in limits.items()}), adopted)


def agree(log: Sequence[Purchase], policy: Policy, adopted: Mapping[str, str]) -> None:
    walk = Walk(log, policy, adopted)
    result = impact(procure.check(log, policy.adopt(adopted)))
    assert [(s.ambiguity.id, s.alone, s.together) for s in result.stakes] == walk.stakes()
    assert order(result) == walk.order()
    assert result.judged == walk.tally(walk.judged)
    assert result.disputed == walk.tally(walk.disputed(list(walk.verdicts[0])))
    assert result.unknown == walk.tally([n for n in walk.judged if n not in walk.known])


# --- in words and as JSON -------------------------------------------------------------------------

LOG = (AT_FLOOR, FIRST, SECOND, UNREAD, NO_APPROVAL_COLUMN)
OPEN = ("exclusion", "limbs", "current", "window", "quotes-list", "quotes-counted")
ASKED = {ambiguity.id for ambiguity in furong().plan().asked}
SETTLED_ON = {
    ambiguity: reading for ambiguity, reading in furong().plan().working.items() if ambiguity in ASKED - {*OPEN}
}

ZH = """\
== 各问题的影响：单独改答即改变结论的，及连同其他问题改答才改变的 ==
  exclusion    单独 1 笔 ¥5,000.00  连同 0 笔     ¥0.00  {exclusion}
  limbs        单独 1 笔 ¥3,100.00  连同 1 笔 ¥2,900.00  {limbs}
  current      单独 1 笔 ¥3,100.00  连同 0 笔     ¥0.00  {current}
  window       单独 1 笔 ¥2,900.00  连同 1 笔 ¥3,100.00  {window}
  quotes-list  单独 1 笔     ¥0.00  连同 0 笔     ¥0.00  {quotes}（其中 1 笔金额未知，未计入金额）
  不影响任何一笔：quotes-counted

== 询问次序：有争议 4 笔 ¥11,000.00，先问能确定金额最多的（其中 1 笔金额未知，未计入金额） ==
   1. exclusion=excluded  确定 1 笔 ¥5,000.00  尚余 3 笔 ¥6,000.00（其中 1 笔金额未知，未计入金额）
   2. window=running      确定 1 笔 ¥2,900.00  尚余 2 笔 ¥3,100.00（其中 1 笔金额未知，未计入金额）
   3. quotes-list=open    确定 1 笔     ¥0.00  尚余 1 笔 ¥3,100.00（其中 1 笔金额未知，未计入金额）
   4. limbs=higher        确定 0 笔     ¥0.00  尚余 1 笔 ¥3,100.00
   5. current=included    确定 1 笔 ¥3,100.00  尚余 0 笔     ¥0.00
  答复与上列读法不同的，采用后须重算。
  缺数据 1 笔 ¥800.00 不在此列，须先补数据
"""
EN = """\
== What turns on each question: on it alone, and only together with others ==
  exclusion    alone 1, ¥5,000.00  together 0,     ¥0.00  {exclusion}
  limbs        alone 1, ¥3,100.00  together 1, ¥2,900.00  {limbs}
  current      alone 1, ¥3,100.00  together 0,     ¥0.00  {current}
  window       alone 1, ¥2,900.00  together 1, ¥3,100.00  {window}
  quotes-list  alone 1,     ¥0.00  together 0,     ¥0.00  {quotes} (the amounts of 1 are unknown and not in the sum)
  nothing turns on: quotes-counted

== Asking order: 4 disputed, ¥11,000.00; first what settles most money (the amounts of 1 are unknown and not in the sum) ==
   1. exclusion=excluded  settles 1, ¥5,000.00  leaves 3, ¥6,000.00 (the amounts of 1 are unknown and not in the sum)
   2. window=running      settles 1, ¥2,900.00  leaves 2, ¥3,100.00 (the amounts of 1 are unknown and not in the sum)
   3. quotes-list=open    settles 1,     ¥0.00  leaves 1, ¥3,100.00 (the amounts of 1 are unknown and not in the sum)
   4. limbs=higher        settles 0,     ¥0.00  leaves 1, ¥3,100.00
   5. current=included    settles 1, ¥3,100.00  leaves 0,     ¥0.00
  An answer other than these: adopt it and run this again.
  not among them: 1 that want data first, ¥800.00
"""  # noqa: E501  # as it is printed


def filled(template: Words) -> Words:
    questions = furong().built.questions
    asked = {ambiguity.partition("-")[0]: questions[ambiguity].question for ambiguity in OPEN[:-1]}
    return template.format(**asked)


class TestWriter:
    def test_text(self) -> None:
        result = found(*LOG, adopted=SETTLED_ON)
        assert Words(writer.dumps(result, furong()), writer.dumps(result, furong(), "en")) == filled(Words(ZH, EN))

    def test_nothing_turns_on_anything(self) -> None:
        result = found(PLAIN, adopted={**SETTLED_ON, "limbs": "higher", "window": "running"})
        assert writer.dumps(result, furong()) == (
            "== 各问题的影响：单独改答即改变结论的，及连同其他问题改答才改变的 ==\n"
            "  不影响任何一笔：exclusion、current、quotes-list、quotes-counted\n"
            "\n"
            "== 询问次序：有争议 0 笔 ¥0.00，先问能确定金额最多的 ==\n"
        )
        assert writer.dumps(found(PLAIN, adopted=furong().plan().working), furong(), "en") == (
            "== What turns on each question: on it alone, and only together with others ==\n"
            "\n"
            "== Asking order: 0 disputed, ¥0.00; first what settles most money ==\n"
        )

    def test_json(self) -> None:
        left_open = ("exclusion", "quotes-list")
        adopted = {
            ambiguity: reading for ambiguity, reading in furong().plan().working.items() if ambiguity not in left_open
        }
        floor_asked, quotes_asked = (furong().built.questions[ambiguity].question for ambiguity in left_open)
        nothing = {"purchases": 0, "amount": "0.00", "amount_unknown": 0}
        floor = {"purchases": 1, "amount": "5000.00", "amount_unknown": 0}
        unread = {"purchases": 1, "amount": "0.00", "amount_unknown": 1}
        result = found(AT_FLOOR, UNREAD, NO_APPROVAL_COLUMN, adopted=adopted)
        assert writer.as_dict(result, furong(), "en") == {
            "judged": {"purchases": 3, "amount": "5800.00", "amount_unknown": 1},
            "disputed": {"purchases": 2, "amount": "5000.00", "amount_unknown": 1},
            "unknown": {"purchases": 1, "amount": "800.00", "amount_unknown": 0},
            "ambiguities": [
                {"id": "exclusion", "question": floor_asked.en, "alone": floor, "together": nothing},
                {"id": "quotes-list", "question": quotes_asked.en, "alone": unread, "together": nothing},
            ],
            "order": [
                {"ambiguity": "exclusion", "reading": "excluded", "settles": floor, "disputed": unread},
                {"ambiguity": "quotes-list", "reading": "open", "settles": unread, "disputed": nothing},
            ],
        }
        assert writer.as_dict(result, furong())["ambiguities"][0]["question"] == floor_asked.zh
