"""The page is built of pinned parts alone: whole, the same for the same parts, and allowed no connection."""

from __future__ import annotations

import base64
import gzip
import hashlib
import importlib.metadata
import io
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from procure import ProcureError
from procure.app import __main__, building, packing, parts
from procure.app.parts import Pinned

EXAMPLE = Path(__file__).parents[2] / "examples" / "furong_2020.csv"
WORDS = {"a.py": b"A = 1\n", "a-1.dist-info/METADATA": b"", "a-1.dist-info/licenses/LICENSE": b"do as <you> like"}


def wheel(files: Mapping[str, bytes]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return found.getvalue()


def core() -> bytes:
    """A package of npm with the files of Pyodide, each with its name as content."""
    found = io.BytesIO()
    lock = json.dumps({"info": {"python": "3.14.2"}, "packages": {"numpy": {}}}).encode()
    names = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
    with tarfile.open(fileobj=found, mode="w:gz") as tar:
        for name, data in {**{name: name.encode() for name in names}, "pyodide-lock.json": lock}.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return found.getvalue()


def part(file: str, data: bytes) -> Pinned:
    return Pinned(file.partition("-")[0], "1", file, hashlib.sha256(data).hexdigest())


@pytest.fixture
def made() -> dict[Pinned, bytes]:
    return {
        part(name, data): data for name, data in (("pyodide-1.tgz", core()), ("a-1-py3-none-any.whl", wheel(WORDS)))
    }


def unpacked(page: str, name: str) -> bytes:
    found = re.search(f'<script type="application/octet-stream" id="{re.escape(name)}">([^<]*)</script>', page)
    assert found
    return gzip.decompress(base64.b64decode(found[1]))


# -- parts ------------------------------------------------------------------------------------------------------------


def test_every_part_is_pinned_by_version_and_checksum() -> None:
    for each in parts.pinned():
        assert re.fullmatch(r"[0-9a-f]{64}", each.sha256) and each.version in each.file
    assert [each.name for each in parts.pinned() if not each.is_wheel] == ["pyodide"]


def test_the_parts_are_what_the_package_needs_in_a_browser() -> None:
    needed: set[str] = set()

    def add(name: str, extras: tuple[str, ...]) -> None:
        for text in importlib.metadata.requires(name) or ():
            requirement = Requirement(text)
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra, "python_version": "3.14"}) for extra in extras):
                needed.add(canonicalize_name(requirement.name))
                add(requirement.name, ("",))

    add("procure-check", ("", "excel", "numerals"))
    assert {canonicalize_name(each.name) for each in parts.pinned() if each.is_wheel} == needed


def test_what_fetches_a_part() -> None:
    pure, built, npm = (
        Pinned("a", "1", name, "") for name in ("a-1-py3-none-any.whl", "a-1-cp314-cp314-wasm32.whl", "a-1.tgz")
    )
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    assert pure.command == [*pip, "a==1"]
    assert built.command == [*pip, "--python-version", "314", "--abi", "cp314", "--platform", "wasm32", "a==1"]
    assert npm.command == ["npm", "pack", "--silent", "a@1"]


def test_parts_that_are_there_are_not_fetched(tmp_path: Path, made: dict[Pinned, bytes]) -> None:
    for each, data in made.items():
        (tmp_path / each.file).write_bytes(data)
    assert parts.gathered(list(made), tmp_path) == made


def test_a_part_is_fetched_into_the_folder(tmp_path: Path, made: dict[Pinned, bytes], monkeypatch: Any) -> None:
    def run(command: list[str], cwd: Path, **_: object) -> subprocess.CompletedProcess[str]:
        for each, data in made.items():
            if each.command == command:
                (cwd / each.file).write_bytes(data)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    assert parts.gathered(list(made), tmp_path / "core") == made


@pytest.mark.parametrize(
    ("ran", "why"),
    [
        (subprocess.CompletedProcess([], 1, "", "warning\nno such version\n"), "no such version"),
        (subprocess.CompletedProcess([], 7, "", ""), "npm: exit 7"),
        (FileNotFoundError(2, "No such file or directory"), "npm: No such file or directory"),
    ],
)
def test_a_part_that_cannot_be_fetched(tmp_path: Path, monkeypatch: Any, ran: Any, why: str) -> None:
    def run(*_: object, **__: object) -> Any:
        if isinstance(ran, OSError):
            raise ran
        return ran

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(ProcureError) as error:
        parts.gathered([Pinned("a", "1", "a-1.tgz", "")], tmp_path)
    assert str(error.value) == f"{tmp_path / 'a-1.tgz'}: it is not there and cannot be fetched ({why})"
    assert error.value.words.zh == f"{tmp_path / 'a-1.tgz'}：没有此文件，也取不到（{why}）"


def test_another_file_of_the_same_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a-1.tgz").write_bytes(b"another")
    with pytest.raises(ProcureError) as error:
        parts.gathered([Pinned("a", "1", "a-1.tgz", "0" * 64)], tmp_path)
    sha256 = hashlib.sha256(b"another").hexdigest()
    assert str(error.value) == f"{tmp_path / 'a-1.tgz'}: its sha256 is {sha256}, and must be {'0' * 64}"


# -- the page ---------------------------------------------------------------------------------------------------------


def test_the_same_parts_give_the_same_page(made: dict[Pinned, bytes]) -> None:
    assert building.page(made, EXAMPLE) == building.page(made, EXAMPLE)


def test_what_the_page_carries(made: dict[Pinned, bytes]) -> None:
    page = building.page(made, EXAMPLE)
    assert unpacked(page, "pyodide.asm.wasm") == b"pyodide.asm.wasm"
    assert json.loads(unpacked(page, "pyodide-lock.json")) == {"info": {"python": "3.14.2"}, "packages": {}}
    with zipfile.ZipFile(io.BytesIO(unpacked(page, "packages.zip"))) as archive:
        names = set(archive.namelist())
        assert archive.read("a.py") == WORDS["a.py"]
    assert {"procure/__init__.py", "procure/policies/furong_2020/passage.txt", "procure/app/desk.py"} <= names
    assert not [name for name in names if "__pycache__" in name or "dist-info" in name or "app/page" in name]
    example = re.search('<script type="text/plain" id="example.csv">([^<]*)</script>', page)
    assert example and base64.b64decode(example[1]) == EXAMPLE.read_bytes()


def test_the_licences_of_what_it_carries_stand_in_it(made: dict[Pinned, bytes]) -> None:
    page = building.page(made, EXAMPLE)
    assert "<summary>a 1</summary><pre>do as &lt;you&gt; like</pre>" in page
    assert "Mozilla Public License Version 2.0" in page
    assert "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2" in page
    assert list(packing.licences(made)) == ["pyodide 1", "Python", "a 1"]


def test_the_page_may_connect_to_nothing(made: dict[Pinned, bytes]) -> None:
    page = building.page(made, EXAMPLE)
    assert '<meta http-equiv="Content-Security-Policy"' in page.splitlines()[4]  # where its text says that it stands
    policy = re.search('Content-Security-Policy" content="([^"]*)"', page.splitlines()[4])
    assert policy
    allowed = dict(directive.strip().partition(" ")[::2] for directive in policy[1].split(";"))
    for directive in ("default-src", "connect-src", "form-action", "base-uri"):
        assert allowed.pop(directive) == "'none'"
    sources = {source for each in allowed.values() for source in each.split()}
    assert not [source for source in sources if not source.startswith("'") and source not in ("blob:", "data:")]
    assert "'unsafe-inline'" not in allowed["script-src"] and "'unsafe-eval'" not in allowed["script-src"]
    script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(script) == 1
    for text in (*script, *building.report_scripts(EXAMPLE)):
        sha256 = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{sha256}'" in allowed["script-src"]


def test_no_text_of_the_page_ends_a_script() -> None:
    for name in ("page.js", "worker.js", "example.json"):
        text = (Path(building.__file__).with_name("page") / name).read_text(encoding="utf-8")
        assert "</script" not in text and "<!--" not in text


def test_every_text_of_the_page_is_in_both_languages() -> None:
    page = (Path(building.__file__).with_name("page") / "page.html").read_text(encoding="utf-8")
    assert page.count("data-zh=") == page.count("data-en=") > 15
    assert not re.findall(r'data-(?:zh|en)="\s*"', page)


# -- the command ------------------------------------------------------------------------------------------------------


def test_the_command_writes_the_page(
    tmp_path: Path, made: dict[Pinned, bytes], monkeypatch: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    for each, data in made.items():
        (tmp_path / each.file).write_bytes(data)
    monkeypatch.setattr(__main__, "pinned", lambda: list(made))
    output = tmp_path / "procure.html"
    arguments = ["--core", str(tmp_path), "--output", str(output), "--example", str(EXAMPLE)]
    assert __main__.main(arguments) == 0
    assert output.read_text(encoding="utf-8") == building.page(made, EXAMPLE)
    assert capsys.readouterr().out == f"{output}: {output.stat().st_size:,} bytes\n"


def test_the_command_says_what_is_wrong(
    tmp_path: Path, made: dict[Pinned, bytes], monkeypatch: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = [attrs.evolve(each, sha256="0") for each in made]
    for each, data in made.items():
        (tmp_path / each.file).write_bytes(data)
    monkeypatch.setattr(__main__, "pinned", lambda: wrong)
    assert __main__.main(["--core", str(tmp_path), "--output", str(tmp_path / "procure.html")]) == 2
    assert capsys.readouterr().err.startswith(f"procure.app: {tmp_path / 'pyodide-1.tgz'}: its sha256 is ")
    assert not (tmp_path / "procure.html").exists()
