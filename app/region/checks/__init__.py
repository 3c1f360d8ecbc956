"""The region's own control checks: 43–46 of DOMAIN §6, over accepted returns and what the region keeps of centres.

A rule is a decorated generator, as those of a district's return are (`app.returns.checks`).  Check 45 looks at
packages and agreements, which no return carries: without them `unchecked` says so.
"""

from __future__ import annotations

# Importing a module of a subject enters its rules.
from app.region.checks import completeness, packages, repeated, supply
from app.region.checks.case import RegionCase
from app.region.checks.packages import unchecked
from app.region.checks.rules import CHECKS, RegionFault, RegionFinding, RegionRule, run_region_checks

SUBJECTS = (completeness, repeated, packages, supply)

__all__ = [
    "CHECKS",
    "SUBJECTS",
    "RegionCase",
    "RegionFault",
    "RegionFinding",
    "RegionRule",
    "run_region_checks",
    "unchecked",
]
