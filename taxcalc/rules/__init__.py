"""The rules, in the order in which they are worked out.

VAT, the surcharges on it, the small taxes, the income taxes, then vehicles and fees; after them the measures
that are rows of a table (`measures`). The order of RELIEFS is the order in
which savings are counted, each after those before it.

To find a relief: its `Relief(...)` names its table in tables/ and its grant names its conditions.
"""

from taxcalc.rules import (
    corporate_income,
    fees,
    individual_income,
    six_taxes,
    small_taxes,
    surcharges,
    vat,
    vat_checks,
    vehicle,
)
from taxcalc.rules.terms import Balance, Check, Levy, Relief

LEVIES: tuple[Levy, ...] = (
    *vat.LEVIES,
    *surcharges.LEVIES,
    *small_taxes.LEVIES,
    *corporate_income.LEVIES,
    *individual_income.LEVIES,
    *vehicle.LEVIES,
    *fees.LEVIES,
)
RELIEFS: tuple[Relief, ...] = (
    *vat.RELIEFS,
    *surcharges.RELIEFS,
    *small_taxes.RELIEFS,
    *six_taxes.RELIEFS,
    *corporate_income.RELIEFS,
    *individual_income.RELIEFS,
)
BALANCES: tuple[Balance, ...] = vat.BALANCES
CHECKS: tuple[Check, ...] = (
    *vat_checks.CHECKS,
    *small_taxes.CHECKS,
    *corporate_income.CHECKS,
    *individual_income.CHECKS,
    *fees.CHECKS,
)
