"""A file of anything: it is a policy, or it is refused with its faults; nothing else comes of it."""

from __future__ import annotations

from typing import Any

from filing import Tree, sound
from hypothesis import example, given
from hypothesis import strategies as st
from spoiling import KEYS, PYTHON, SPOILED, VALUES, edited, outcome

from procure.authoring import Policy, PolicyError
from procure.values.words import ProcureError


def is_told(found: Policy | ProcureError) -> None:
    """Refused with words in both languages that show no value of Python's own."""
    if isinstance(found, Policy):
        return
    for words in found.words:
        assert words
        for python in PYTHON:
            assert python not in words
    if isinstance(found, PolicyError):
        assert found.faults


@given(SPOILED)
@example([(0, "replace", 2, "", 0)])
def test_a_file_that_is_spoiled(edits: list[tuple[int, str, Any, str, int]]) -> None:
    is_told(outcome(edited(edits)))


@given(st.dictionaries(st.sampled_from(tuple(sound())) | KEYS, VALUES, max_size=8))
def test_a_file_of_anything(tree: Tree) -> None:
    is_told(outcome(tree))


def unlike_python(bytes: bytes) -> bool:
    """Whether bytes have nothing that looks like a value of Python's own: messages show what stands in a file."""
    return not any(python.encode() in bytes for python in PYTHON)


@given((st.binary(max_size=60) | st.text(max_size=60).map(str.encode)).filter(unlike_python))
@example(b"a = " + b"[" * 5_000)
@example(b"a = " + b"{a=" * 5_000)
@example(b"a = " + b"[" * 250 + b"]" * 250)
@example(b".".join([b"a"] * 2_000) + b" = 1")
@example(b"a = " + b"9" * 5_000)
@example(b"a = 0x" + b"f" * 5_000)
@example(b"a = 1e999999999999999999999")
@example(b"a = 0001-01-00")
@example("a = '制度'".encode("gb18030"))
@example("a = 1".encode("utf-16"))
def test_a_file_of_bytes(bytes: bytes) -> None:
    is_told(outcome(bytes))
