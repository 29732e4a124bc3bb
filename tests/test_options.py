"""What the options of the command line are taken for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from building import furong

from procure import Policy
from procure.reporting import options
from procure.reporting.options import Given
from procure.reporting.phrases import limits_plain
from procure.values.words import ProcureError, Words


class TestPairs:
    def test_taken(self) -> None:
        assert options.pairs([], "--adopt") == {}
        assert options.pairs(["limbs=higher", " counted = all ", "limbs=higher"], "--adopt") == {
            "limbs": "higher",
            "counted": "all",
        }
        assert options.pairs(["amount=含税=金额"], "--column") == {"amount": "含税=金额"}

    @pytest.mark.parametrize("text", ["limbs", "limbs=", "=higher", "=", ""])
    def test_not_a_pair(self, text: str) -> None:
        with pytest.raises(ProcureError) as caught:
            options.pairs([text], "--adopt")
        assert caught.value.words == Words(f"--adopt {text}：应写成 名称=值", f"--adopt {text}: write it as name=value")

    def test_given_twice(self) -> None:
        with pytest.raises(ProcureError) as caught:
            options.pairs(["a=1", "a=2"], "--column")
        assert caught.value.words == Words("--column a 给了两次", "--column a was given twice")


def given(*texts: str, policy: Policy | None = None) -> dict[str, Any]:
    return options.limits([Given("--limit", text) for text in texts], policy or furong(limits=None))


class TestLimits:
    """Together with what a policy makes of them."""

    @pytest.mark.parametrize(
        ("texts", "plain"),
        [
            (["300000"], {"goods": "300000.00", "services": "300000.00", "works": "300000.00"}),
            (["30万元"], {"goods": "300000.00", "services": "300000.00", "works": "300000.00"}),
            (["goods=300000"], {"goods": "300000.00"}),
            (["货物=300,000"], {"goods": "300000.00"}),
            (["goods=300000", "works=60万"], {"goods": "300000.00", "works": "600000.00"}),
            (["2020:goods=300000"], {"2020:goods": "300000.00"}),
            (["2020:goods=300000", "goods=200000"], {"2020:goods": "300000.00", "goods": "200000.00"}),
            (["2020:300000"], {f"2020:{kind}": "300000.00" for kind in ("goods", "services", "works")}),
            (["2020=300000"], {f"2020:{kind}": "300000.00" for kind in ("goods", "services", "works")}),
            (["300000", "goods=300000"], {"goods": "300000.00", "services": "300000.00", "works": "300000.00"}),
            (["decentral.goods=300000"], {"goods": "300000.00"}),
            (["2020:decentral=300000", "decentral.works=30万"],
             {"2020:goods": "300000.00", "2020:services": "300000.00", "2020:works": "300000.00",
              "works": "300000.00"}),
        ],
    )  # fmt: skip
    def test_taken(self, texts: list[str], plain: Mapping[str, str]) -> None:
        assert limits_plain(furong(limits=None).with_given(**given(*texts))) == {"decentral": plain}

    def test_none_given(self) -> None:
        assert given() == {}

    def test_another_by_its_name(self) -> None:
        """In `--limit`, and under an option of its own."""
        named = given("goods=300000", "2020:open-tender.goods=400000")
        own = [Given("--limit", "goods=300000"), Given("--open-tender", "2020:goods=400000", "open-tender")]
        assert options.limits(own, furong(limits=None)) == named
        assert limits_plain(furong(limits=None).with_given(**named)) == {
            "decentral": {"goods": "300000.00"},
            "open-tender": {"2020:goods": "400000.00"},
        }

    @pytest.mark.parametrize(
        ("text", "zh", "en"),
        [
            ("abc", "“abc”不是金额", "'abc' is not an amount"),
            ("", "“”不是金额", "'' is not an amount"),
            ("goods=", "“”不是金额", "'' is not an amount"),
            ("goods=abc", "“abc”不是金额", "'abc' is not an amount"),
            (
                "杂项=300000",
                "“杂项”不是已知的采购类别（可用：货物、服务、工程）",
                "'杂项' is not a known kind (use one of: goods, services, works)",
            ),
            ("今年:goods=300000", "“今年”不是年份", "'今年' is not a year"),
            ("12:300000", "“12”不是年份", "'12' is not a year"),
            ("20x0:300000", "“20x0”不是已知的采购类别（可用：货物、服务、工程）",
             "'20x0' is not a known kind (use one of: goods, services, works)"),
            ("goods=0.001", "“0.001”不能精确到分", "'0.001' is not exact to the fen"),
            ("goods.city=1", "年度限额不按“city”区分", "the yearly limit does not differ by 'city'"),
        ],
    )  # fmt: skip
    def test_refused(self, text: str, zh: str, en: str) -> None:
        with pytest.raises(ProcureError) as caught:
            given(text)
        assert caught.value.words == Words(f"--limit {text}：{zh}", f"--limit {text}: {en}")

    @pytest.mark.parametrize(
        ("texts", "kind"),
        [
            (["300000", "goods=400000"], "goods"),
            (["works=1万", "works=2万"], "works"),
            (["2020:1万", "2020=2万"], "goods"),
            (["open-tender=1万", "open-tender.works=2万"], "works"),
        ],
    )
    def test_two_limits(self, texts: list[str], kind: str) -> None:
        with pytest.raises(ProcureError) as caught:
            given(*texts)
        assert str(caught.value) == f"--limit {texts[1]}: {kind} has one already"


class TestLists:
    def test_by_name(self) -> None:
        assert options.files(["catalogue=a.csv"], furong()) == {"catalogue": "a.csv"}

    def test_another_name(self) -> None:
        with pytest.raises(ProcureError) as caught:
            options.files(["catalog=a.csv"], furong())
        assert caught.value.words == Words(
            "没有名单“catalog”（是否为“catalogue”？）", "there is no list 'catalog' (did you mean 'catalogue'?)"
        )
