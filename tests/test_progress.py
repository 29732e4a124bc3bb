"""A progress bar is for somebody who watches."""

from __future__ import annotations

import io
import sys

import pytest

from procure.cli.progress import bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with bar("判定", 3) as progress:
        assert progress is None
    assert sys.stderr.getvalue() == ""


def test_without_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setitem(sys.modules, "rich.console", None)
    with bar("判定", 3) as progress:
        assert progress is None
    assert terminal.getvalue() == ""


@pytest.mark.parametrize("total", [30, None])
def test_on_a_terminal(monkeypatch: pytest.MonkeyPatch, total: int | None) -> None:
    pytest.importorskip("rich")
    from rich.progress import Progress

    advanced: list[float] = []
    advance = Progress.advance

    def watched(self: Progress, task_id: object, steps: float = 1) -> None:
        advanced.append(steps)
        advance(self, task_id, steps)  # type: ignore[arg-type]

    monkeypatch.setattr(Progress, "advance", watched)
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with bar("判定", total) as progress:
        assert progress is not None
        progress(10)
        progress(20)
    assert advanced == [10, 20]
    assert "判定" in terminal.getvalue()
