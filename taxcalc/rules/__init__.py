"""The rules, in the order in which they are worked out.

VAT, the surcharges on it, the small taxes, then the income taxes. The order of RELIEFS is the order in
which savings are counted, each after those before it.

To find a relief: its `Relief(...)` names its table in tables/ and its grant names its conditions.
"""

from taxcalc.rules import corporate_income, individual_income, six_taxes, small_taxes, surcharges, vat, vat_checks
from taxcalc.rules.terms import Check, Levy, Relief

LEVIES: tuple[Levy, ...] = (
    *vat.LEVIES,
    *surcharges.LEVIES,
    *small_taxes.LEVIES,
    *corporate_income.LEVIES,
    *individual_income.LEVIES,
)
RELIEFS: tuple[Relief, ...] = (
    *vat.RELIEFS,
    *surcharges.RELIEFS,
    *six_taxes.RELIEFS,
    *corporate_income.RELIEFS,
    *individual_income.RELIEFS,
)
CHECKS: tuple[Check, ...] = (
    *vat_checks.CHECKS,
    *small_taxes.CHECKS,
    *corporate_income.CHECKS,
    *individual_income.CHECKS,
)
