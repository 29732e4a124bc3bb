"""What a policy in Python is written with: the declarations of a policy file, as objects.

A policy is columns, lists, limits, questions, totals, ladders of bands, and duties. Conditions are tables as in a file:
`{"method": ["direct"], "quotes": ">= 3"}`. See `Policy`, and `examples/own_policy.py`.
"""

from __future__ import annotations

from procure.interpretation.readings import Ambiguity, Needed, Reading, Treatment
from procure.interpretation.sources import Citation, Clause, Passage
from procure.log.columns import Code, Column
from procure.policy.declarations import (
    Band,
    Duty,
    Example,
    Head,
    Holds,
    InForce,
    Ladder,
    Listed,
    Prefix,
    Total,
    ask,
    column,
)
from procure.policy.limits import Limit
from procure.policy.lists import Carried, GivenList
from procure.policy.policy import Policy
from procure.policy.rules import OwnRule
from procure.values.faults import Fault, PolicyError
from procure.values.words import Words

__all__ = [
    "Ambiguity",
    "Band",
    "Carried",
    "Citation",
    "Clause",
    "Code",
    "Column",
    "Duty",
    "Example",
    "Fault",
    "GivenList",
    "Head",
    "Holds",
    "InForce",
    "Ladder",
    "Limit",
    "Listed",
    "Needed",
    "OwnRule",
    "Passage",
    "Policy",
    "PolicyError",
    "Prefix",
    "Reading",
    "Total",
    "Treatment",
    "Words",
    "ask",
    "column",
]
