"""The rules, in the order in which they are worked out.

VAT, the surcharges on it, the small taxes, the income taxes, then vehicles and fees; after them the measures
that are rows of a table (`measures`). The order of RELIEFS is the order in
which savings are counted, each after those before it.

To find a relief: its `Relief(...)` names its table in tables/ and its grant names its conditions. Each module
states what it declares in tuples of these names; one that is in none of them fails a test that says so.
"""

from taxcalc.law.book import LawBook
from taxcalc.law.strict import TableError
from taxcalc.rules import (
    corporate_income,
    fees,
    individual_income,
    measures,
    plausible,
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
    *plausible.CHECKS,
)


def levies_under(book: LawBook) -> tuple[Levy, ...]:
    """All levies that there are under these tables, in the order of computation.

    Raises TableError for a measure whose id, its path with _ for a dot, belongs to another levy or relief.
    """
    found = (*LEVIES, *measures.levies_of(book))
    levies, reliefs = {levy.id for levy in LEVIES}, {relief.id for relief in RELIEFS}
    reliefs |= {relief.id for levy in LEVIES for relief in levy.reliefs}
    for levy in found[len(LEVIES) :]:
        for relief in levy.reliefs:
            if relief.id in reliefs or relief.id in levies or levy.id in levies:
                taken = levy.id if levy.id in levies else relief.id
                raise TableError("table_id_taken", where=f"[{relief.table}]", id=taken)
            reliefs.add(relief.id)
        levies.add(levy.id)
    return found
