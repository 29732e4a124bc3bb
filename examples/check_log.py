"""Check a purchase log from Python, and see what one recorded decision of the office changes.

python examples/check_log.py [LOG]
"""

import sys
from pathlib import Path

import procure

LOG = sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_name("furong_2020.csv")
# The policy leaves its upper limit to the finance bureau, so the library has none of its own: these are an example's.
LIMITS = {"goods": 300_000, "services": 300_000, "works": 600_000}

# All there is to it: the policy with this year's limits, the log, the report.
policy = procure.policies.furong_2020(limits=LIMITS)
log = procure.read(LOG)
report = procure.check(log, policy)

settled = [finding for finding in report.violations if finding.settled]
print(f"rows: {len(report.rows)}, violations: {len(report.violations)}, of these settled: {len(settled)}")
for finding in report.violations:
    # What a verdict turns on is no detail: read another way, the same purchase complies.
    print(f"  {finding.purchase.id or '-'}  {finding}")
# Neither of these was found to comply: without more data they cannot be judged.
print(f"unknown, data are missing: {len(report.unknown)}, rows that could not be read: {len(report.rejected)}")

# The text does not say whether earlier purchases of the year move a small one up a tier. Once the office has decided,
# and can show where, the decision settles what turned on it; the log and the policy stay as they are.
decided = procure.check(log, policy.adopt({"limbs": "single"}))
now = {finding.purchase.origin for finding in decided.violations}
cleared = [finding.purchase.id or "-" for finding in report.violations if finding.purchase.origin not in now]
print(f"violations with limbs=single adopted: {len(decided.violations)}, no longer: {', '.join(cleared) or 'none'}")
