"""The questions that the text leaves open. Of each the recommended reading stands first."""

from __future__ import annotations

from procure.interpretation.readings import Ambiguity
from procure.policies.furong_2020.questions.answered import ANSWERED
from procure.policies.furong_2020.questions.conditional import CONDITIONAL
from procure.policies.furong_2020.questions.delegated import DELEGATED
from procure.policies.furong_2020.questions.duties import DUTIES
from procure.policies.furong_2020.questions.noted import NOTED
from procure.policies.furong_2020.questions.tiers import TIERS
from procure.policies.furong_2020.questions.totals import TOTALS

__all__ = ["EXECUTED", "UNASKED"]

#: Every purchase is judged under each reading of these, in this order; of the last four where their datum is there.
EXECUTED: tuple[Ambiguity, ...] = (*TIERS, *TOTALS, *DUTIES, *CONDITIONAL)
#: These are not run: something else answers them, or nothing in a log can.
UNASKED: tuple[Ambiguity, ...] = (*ANSWERED, *DELEGATED, *NOTED)
