"""What a shell is handed completes commands and options, and is made of the command line itself."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from procure.cli import main


def printed(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("procure che", ["check"]),
        ("procure check --set", ["--set-aside-unplaced"]),
        ("procure check --open", ["--open-tender"]),
        ("procure check lo", []),
    ],
)
def test_bash(words: str, found: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    script = printed("bash", capsys).replace("complete -o default", "# complete")
    typed = words.split()
    script += f'COMP_WORDS=({words}); COMP_CWORD={len(typed) - 1}; _procure; echo "${{COMPREPLY[@]}}"\n'
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == found


def test_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed("zsh", capsys).startswith("autoload -U +X bashcompinit && bashcompinit\n_procure() {")
    fish = printed("fish", capsys).splitlines()
    assert "complete -c procure -n __fish_use_subcommand -a check" in fish
    assert "complete -c procure -n '__fish_seen_subcommand_from check' -l limit" in fish
    assert "    'verify' { '--config', '--help', '--lang', '-h' }\n" in printed("powershell", capsys)
