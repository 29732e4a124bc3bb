"""The JSON Schema of policy files, made of the very declarations that the loader reads by: editors complete and check
by it. A file names it in its first line, `#:schema policy.schema.json`, as Taplo, Tombi and Even Better TOML read it.

It stands in `procure/policies/policy.schema.json`, and is written anew with

    python -m procure policy schema > procure/policies/policy.schema.json

It knows shapes alone, and less of them than the loader: TOML has dates, which to a schema are texts, and numbers that
are not exact.
"""

from __future__ import annotations

import json

from procure.policy.file.whole import FORMAT, POLICY
from procure.values.tables import schema


def text() -> str:
    """The schema as its file has it."""
    made = schema(POLICY, f"urn:procure:policy:{FORMAT}", "procure policy.toml")
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"
