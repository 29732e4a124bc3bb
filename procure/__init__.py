"""Did our purchases follow our purchasing rules, and how sure is that?"""

from procure import policies
from procure.checker import check
from procure.engines import engine
from procure.frames import check_frame
from procure.policy import Policy
from procure.readers import read
from procure.records import UNDATED, UNKNOWN, Log, Origin, Purchase, Rejected
from procure.report import Report
from procure.terms import Kind, Method
from procure.words import ProcureError, Words

__all__ = [
    "UNDATED",
    "UNKNOWN",
    "Kind",
    "Log",
    "Method",
    "Origin",
    "Policy",
    "ProcureError",
    "Purchase",
    "Rejected",
    "Report",
    "Words",
    "check",
    "check_frame",
    "engine",
    "policies",
    "read",
]
__version__ = "0.1.0"
