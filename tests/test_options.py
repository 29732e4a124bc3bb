"""What the options of the command line are taken for."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from building import furong

from procure import options
from procure.words import ProcureError, Words


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


class TestLimits:
    """Together with what a policy makes of them."""

    @pytest.mark.parametrize(
        ("given", "plain"),
        [
            ([], {}),
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
        ],
    )
    def test_taken(self, given: list[str], plain: Mapping[str, str]) -> None:
        assert furong(limits=options.limits(given, "--limit")).limits == plain

    def test_none_given(self) -> None:
        assert options.limits([], "--limit") is None

    @pytest.mark.parametrize(
        ("given", "zh", "en"),
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
            ("20x0:300000", "“20x0”不是已知的采购类别（可用：货物、服务、工程）",
             "'20x0' is not a known kind (use one of: goods, services, works)"),
            ("goods=0.001", "“0.001”不能精确到分", "'0.001' is not exact to the fen"),
        ],
    )  # fmt: skip
    def test_refused(self, given: str, zh: str, en: str) -> None:
        with pytest.raises(ProcureError) as caught:
            options.limits([given], "--limit")
        assert caught.value.words == Words(f"--limit {given}：{zh}", f"--limit {given}: {en}")

    @pytest.mark.parametrize(
        ("given", "kind"),
        [
            (["300000", "goods=400000"], "goods"),
            (["works=1万", "works=2万"], "works"),
            (["2020:1万", "2020=2万"], "goods"),
        ],
    )
    def test_two_limits(self, given: list[str], kind: str) -> None:
        with pytest.raises(ProcureError) as caught:
            options.limits(given, "--limit")
        assert str(caught.value) == f"--limit {given[1]}: {kind} has one already"

    def test_a_year_that_is_none(self) -> None:
        with pytest.raises(ProcureError, match=r"^12 is not a year$"):
            furong(limits=options.limits(["12:300000"], "--limit"))
