"""The page as one file: its text, style and script, and what it unpacks to run."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template

from procure import policies, writers
from procure.api import check
from procure.app.packing import licences, packed
from procure.app.parts import Pinned

_PAGE = Path(__file__).with_name("page")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def page(parts: Mapping[Pinned, bytes], example: Path) -> str:
    """The page. The same parts, package and example log give the same text."""
    script = _content("page.js")
    files = packed(parts)
    data = [
        _data("worker.js", "text/plain", _content("worker.js")),
        _data("example.json", "application/json", _content("example.json")),
        _data("example.csv", "text/plain", base64.b64encode(example.read_bytes()).decode()),
        *(_data(name, "application/octet-stream", text) for name, text in files.items()),
    ]
    return Template(_content("page.html")).substitute(
        guard=guard([script, *report_scripts(example)]),
        style=_content("page.css"),
        script=script,
        licences="\n".join(_licence(title, text) for title, text in licences(parts).items()),
        data="\n".join(data),
    )


def guard(scripts: Iterable[str]) -> str:
    """What the page may do: run these scripts and what it carries, and connect to nothing."""
    known = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in scripts)
    return (
        f"default-src 'none'; connect-src 'none'; form-action 'none'; base-uri 'none'; script-src {known} "
        "'wasm-unsafe-eval' blob:; worker-src blob:; style-src 'unsafe-inline'; img-src data: blob:; frame-src blob:"
    )


def report_scripts(example: Path) -> list[str]:
    """The scripts of a report's page: one that is shown within this page must do with what this page may do."""
    shown = b"".join(writers.ENDINGS[".html"](check(example, policies.furong_2020()), "en")).decode()
    return _SCRIPT.findall(shown)


def _content(name: str) -> str:
    return (_PAGE / name).read_text(encoding="utf-8")


def _data(name: str, kind: str, text: str) -> str:
    return f'<script type="{kind}" id="{name}">{text}</script>'


def _licence(title: str, text: str) -> str:
    return f"<details><summary>{html.escape(title)}</summary><pre>{html.escape(text)}</pre></details>"
