"""Did our purchases follow our purchasing rules, and how sure is that?"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from procure import authoring, policies
    from procure.api import advise, check
    from procure.engines.choosing import engine
    from procure.engines.columnar import check_frame
    from procure.log.cells import MISSING, NONE, UNDATED
    from procure.log.readers import read
    from procure.log.ready import Kind, Method
    from procure.log.records import Log, Origin, Purchase
    from procure.log.rows import CellFault, Rejected, Row
    from procure.policy.file.loading import load_policy, load_versions
    from procure.policy.policy import Policy
    from procure.policy.versions import Versions
    from procure.reporting.advice import Advice, Adviser
    from procure.reporting.headroom import headroom
    from procure.reporting.report import Report, Reports
    from procure.values.words import ProcureError, Words

__all__ = [
    "MISSING",
    "NONE",
    "UNDATED",
    "Advice",
    "Adviser",
    "CellFault",
    "Kind",
    "Log",
    "Method",
    "Origin",
    "Policy",
    "ProcureError",
    "Purchase",
    "Rejected",
    "Report",
    "Reports",
    "Row",
    "Versions",
    "Words",
    "advise",
    "authoring",
    "check",
    "check_frame",
    "engine",
    "headroom",
    "load_policy",
    "load_versions",
    "policies",
    "read",
]
__version__ = "0.1.0"

#: Where each public name is. It is loaded when it is first asked for: who only reads a log waits for no engine.
_MODULES = {
    "MISSING": "log.cells",
    "NONE": "log.cells",
    "UNDATED": "log.cells",
    "Advice": "reporting.advice",
    "Adviser": "reporting.advice",
    "CellFault": "log.rows",
    "Kind": "log.ready",
    "Log": "log.records",
    "Method": "log.ready",
    "Origin": "log.records",
    "Policy": "policy.policy",
    "ProcureError": "values.words",
    "Purchase": "log.records",
    "Rejected": "log.rows",
    "Report": "reporting.report",
    "Reports": "reporting.report",
    "Row": "log.rows",
    "Versions": "policy.versions",
    "Words": "values.words",
    "advise": "api",
    "check": "api",
    "check_frame": "engines.columnar",
    "engine": "engines.choosing",
    "headroom": "reporting.headroom",
    "load_policy": "policy.file.loading",
    "load_versions": "policy.file.loading",
    "read": "log.readers",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'procure' has no attribute {name!r}")
    module = importlib.import_module(f"procure.{_MODULES.get(name, name)}")
    found = globals()[name] = getattr(module, name) if name in _MODULES else module
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
