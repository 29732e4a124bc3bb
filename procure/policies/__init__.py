"""The policies that come with the library, one package each."""

from __future__ import annotations

from procure.policies.furong_2020 import furong_2020
from procure.policy.policy import Policy

__all__ = ["find", "furong_2020", "names"]


def names() -> tuple[str, ...]:
    """The policies that there are, by their ids."""
    return ("furong-2020",)


def find(name: str) -> Policy | None:
    """A policy by its id, `_` for `-` if need be; None where there is none of that name."""
    return furong_2020() if name.replace("_", "-") == "furong-2020" else None
