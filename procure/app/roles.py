"""What each file on the page is for: known by its name and what it holds, unless the clerk said."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from procure.policy.file.loading import NAME
from procure.values.words import Words

LOG, MAPPING, SETTINGS, ADOPTION, POLICY = "log", "mapping", "settings", "adoption", "policy"
WAIVERS, LAST = "waivers", "last"
#: A file that belongs to a policy's folder, and one that is not used.
BESIDE, NOTHING = "beside", "nothing"
#: A list that somebody gives is known by its name.
LIST = "list:"

WORDS: Mapping[str, Words] = {
    LOG: Words("采购台账", "the log"),
    MAPPING: Words("上次保存的对照（mapping.toml）", "a saved mapping (mapping.toml)"),
    SETTINGS: Words("上次保存的设置（procure.toml）", "saved settings (procure.toml)"),
    ADOPTION: Words("采用记录（adopted.toml）", "adopted readings (adopted.toml)"),
    LAST: Words("上次的工作簿", "last month's workbook"),
    WAIVERS: Words("例外记录（waivers.toml）", "recorded exceptions (waivers.toml)"),
    POLICY: Words("制度（policy.toml）", "a policy (policy.toml)"),
    BESIDE: Words("制度文件夹中的文件", "a file of the policy's folder"),
    NOTHING: Words("不用", "not used"),
}
_HOLD = {"adopted": ADOPTION, "waiver": WAIVERS}
_NAMED = {NAME: POLICY, "procure.toml": SETTINGS}


def roles(files: Sequence[str], chosen: Mapping[str, object]) -> dict[str, str]:
    """The role of each file."""
    folders = {Path(file).parent for file in files if Path(file).name == NAME}
    return {file: str(chosen.get(file) or _by_content(Path(file), folders)) for file in files}


def _by_content(file: Path, folders: set[Path]) -> str:
    if file.name in _NAMED:
        return _NAMED[file.name]
    if file.suffix not in (".toml", ".txt") or file.suffix == ".txt" and file.parent not in folders:
        return LOG
    keys = _keys(file)
    if found := next((role for key, role in _HOLD.items() if key in keys), None):
        return found
    if keys & {"duty", "ladder"}:
        return POLICY
    return BESIDE if file.parent in folders else MAPPING


def _keys(file: Path) -> set[str]:
    try:
        return set(tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except ValueError:
        return set()
