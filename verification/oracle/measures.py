"""The notice's measures with a sum or a rate of their own (Wuwei 2023/18), each a levy by itself.

A rule gives fen without the measure and fen that the measure takes off, or None when its facts are not stated.
Money received comes off nought. The notice runs to the end of 2023; where a national rule goes on, its years are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from . import fen, others
from .firm import Firm
from .vat_small import Claims

Rule = Callable[[Firm], tuple[int, int] | None]

YEARS = {"labour_unemployment": range(2019, 2026), "financing_equipment_interest": range(2023, 2026)}
"""Years of a measure; the others: 2023. Unemployment: 2023/19 and 2024/40 of the ministry, from May 2019. Interest on a
loan of 2023 is subsidised for two years, the last of which ends in November 2025."""

MONTHS = {"charge_water_deferral": (1, 3), "charge_quality_deposit": (1, 6), "labour_pension_deferral": (1, 12)}
MONTHS |= {"labour_unemployment": (1, 12)}
"""First and last month of 2023 of those that say so or rest on a rule of the state (measures 23 to 25); the others run from
the notice, of 22 February 2023, to the end of the year."""

FIXED = {
    "grant_high_tech": ("new_high_tech", 200_000_00),
    "grant_innovation_demo": ("new_innovation_demo", 50_000_00),
    "labour_provincial_brand": ("provincial_labour_brand", 200_000_00),
    "labour_national_brand": ("national_labour_brand", 200_000_00),
    "labour_demo_county": ("return_demo_county", 500_000_00),
    "labour_demo_base": ("return_demo_base", 200_000_00),
}
"""Fen received once, for a title (measures 5 and 45)."""

EACH = {
    "grant_rotation": ("rotation_mu", 150_00),
    "labour_placement": ("placed_workers", 200_00),
    "labour_travel_other_province": ("travel_other_province", 600_00),
    "labour_travel_in_province": ("travel_in_province", 300_00),
    "labour_workshop": ("workshop_workers", 3_000_00),
    "labour_skill_evaluation": ("skill_evaluations", 300_00),
}
"""Fen received for each mu or person; travel and evaluation are ceilings (measures 45, 46, 48)."""

PUT_OFF = {
    "charge_water_deferral": "water_fee_due",
    "charge_quality_deposit": "quality_deposit",
    "labour_pension_deferral": "pension_deferred",
}
"""Paid later (measures 23, 24, 25)."""

HIGHEST = {
    "smart_manufacturing": {
        "grant_smart_factory": ("new_smart_factory", 500_000_00),
        "grant_digital_workshop": ("new_digital_workshop", 200_000_00),
    },
    "specialised": {
        "grant_little_giant": ("new_little_giant", 200_000_00),
        "grant_specialised_sme": ("new_specialised_sme", 100_000_00),
    },
    "innovative": {
        "grant_provincial_innovative": ("new_provincial_innovative", 50_000_00),
        "grant_city_innovative": ("new_city_innovative", 30_000_00),
    },
}
"""Titles for the same thing, of which the highest alone brings money (the notice's last paragraph; measure 5)."""


def in_force(relief: str, firm: Firm) -> bool:
    """Whether the measure counts for what is assessed, or for a part of it."""
    first, last = MONTHS.get(relief, (2, 12) if firm.year == 2023 else (1, 12))
    if relief == "labour_unemployment" and firm.year == 2019:
        first = 5
    if relief == "financing_equipment_interest" and firm.year == 2025:
        last = 11
    return firm.last >= first and firm.first <= last and firm.year in YEARS.get(relief, range(2023, 2024))


def once(fact: str, amount: int) -> Rule:
    """A fixed sum where something is so."""
    return lambda firm: (0, amount if firm.flag(fact) else 0) if firm.facts.get(fact) else None


def each(fact: str, amount: int) -> Rule:
    """A fixed sum for each of something."""
    return lambda firm: (0, int(firm.facts[fact]) * amount) if firm.facts.get(fact) else None


def put_off(fact: str) -> Rule:
    """All of an amount is kept until later."""

    def rule(firm: Firm) -> tuple[int, int] | None:
        amount = firm.money(fact)
        return None if amount is None else (amount, amount)

    return rule


def tolls(firm: Firm) -> tuple[int, int] | None:
    """5% off (measure 17)."""
    amount = firm.money("etc_tolls")
    return None if amount is None else (amount, fen.percent(amount, 5))


def inspection(firm: Firm) -> tuple[int, int] | None:
    """Half of the fee for schools, nurseries, care homes, the disabled and firms in hardship (measure 23)."""
    amount = firm.money("inspection_fee")
    return None if amount is None else (amount, fen.percent(amount, 50) if firm.flag("inspection_half") else 0)


def charged(firm: Firm, base: str, rate: str) -> tuple[int, Fraction] | None:
    """Fen that a charge is on, and its rate without the measure."""
    amount, share = firm.money(base), firm.share(rate)
    return None if amount is None or share is None else (amount, share)


def times(amount: int, share: Fraction) -> int:
    """Fen at a rate, rounded; nothing where the rate is below nought."""
    return fen.part(amount, max(share.numerator, 0), share.denominator)


def guarantee(firm: Firm) -> tuple[int, int] | None:
    """At most 1% of a loan of up to 10 million yuan, that sum included; 1.5% above (measure 6)."""
    found = charged(firm, "guaranteed_loan", "guarantee_fee_rate")
    if found is None:
        return None
    loan, share = found
    cap = Fraction(10 if loan <= 10_000_000_00 else 15, 1000)
    return times(loan, share), times(loan, share - cap)


def unemployment(firm: Firm) -> tuple[int, int] | None:
    """1% in all (measure 24). The relief is what is rounded, as on a return."""
    found = charged(firm, "unemployment_base", "unemployment_rate")
    return None if found is None else (times(*found), times(found[0], found[1] - Fraction(1, 100)))


def medical(firm: Firm) -> tuple[int, int] | None:
    """Flexible workers pay a percentage point less, never below nought (measure 24)."""
    found = charged(firm, "flexible_medical_base", "flexible_medical_rate")
    return None if found is None else (times(*found), min(times(*found), fen.percent(found[0], 1)))


def equipment(firm: Firm) -> tuple[int, int] | None:
    """2.5% a year on loans for equipment renewal that are on the list, by the month for two years (measure 8)."""
    loan = firm.money("equipment_loan")
    if loan is None:
        return None
    months = min(int(firm.text("equipment_loan_months", "12")), subsidised(firm))
    return 0, fen.part(loan, 25 * months, 12_000) if firm.flag("equipment_loan_eligible") else 0


def left_of_two_years(firm: Firm) -> int:
    """The months that were not received yet."""
    return max(24 - int(firm.text("equipment_loan_months_received", "0")), 0)


def subsidised(firm: Firm) -> int:
    """The months that may be subsidised: of a loan given from February to December 2023, the 24 from that month on which
    fall into what is assessed, less those received; of a loan of an untold month in 2023, any."""
    left = left_of_two_years(firm)
    given = firm.facts.get("equipment_loan_from")
    if not given:
        return left if firm.year == 2023 else 0
    began = (int(given[:4]), int(given[5:7]))
    if not (2023, 2) <= began <= (2023, 12):
        return 0
    running = [(began[0] + (began[1] - 1 + n) // 12, (began[1] - 1 + n) % 12 + 1) for n in range(24)]
    return min(left, sum(year == firm.year and firm.first <= month <= firm.last for year, month in running))


def bank(firm: Firm) -> tuple[int, int] | None:
    """2% of the growth of small loans of a local bank (measure 9)."""
    growth = firm.money("small_loans_growth")
    return None if growth is None else (0, fen.percent(growth, 2) if firm.flag("local_bank") else 0)


def internship(firm: Firm) -> tuple[int, int] | None:
    """By person and month (measure 43)."""
    amount = others.internship_subsidy(firm)
    return None if amount is None else (0, amount)


def startup(firm: Firm) -> tuple[int, int] | None:
    """5,000 yuan once for the first business, a year old, of a founder of a listed group (measure 44)."""
    if not firm.facts.get("first_business"):
        return None
    return 0, 5_000_00 if firm.flag("first_business") and firm.flag("startup_group") else 0


RULES: dict[str, Rule] = {
    **{relief: once(*rule) for relief, rule in FIXED.items()},
    **{relief: each(*rule) for relief, rule in EACH.items()},
    **{relief: put_off(fact) for relief, fact in PUT_OFF.items()},
    "charge_etc": tolls,
    "charge_inspection": inspection,
    "financing_guarantee": guarantee,
    "financing_equipment_interest": equipment,
    "financing_bank_incentive": bank,
    "labour_unemployment": unemployment,
    "labour_flexible_medical": medical,
    "labour_internship": internship,
    "labour_startup": startup,
}
"""Each levy has the name of its measure."""

MEASURES = (*RULES, *(relief for titles in HIGHEST.values() for relief in titles))

NOT_COMPARED = dict.fromkeys(
    (
        "charge_late_fee",
        "charge_land_premium",
        "charge_procurement",
        "labour_work_injury",
        "labour_graduate_insurance",
        "labour_skill_upgrade",
        "labour_training_advance",
        "labour_work_relief_wages",
    ),
    "a row of a table, tested by a worked case",
)
"""Measures left out, and why."""

Levied = tuple[str, tuple[str, ...], Callable[[Claims], int]]
"""A levy, its measures, and fen payable under any claims."""


def single(relief: str, firm: Firm, due: int, off: int) -> Levied:
    """A levy that one measure lowers."""
    relieved = due - off if in_force(relief, firm) else due
    return relief, (relief,), lambda claimed: relieved if relief in claimed else due


def highest(levy: str, firm: Firm) -> Levied:
    """Money for the same thing: the most of what is claimed."""
    titles = {
        relief: amount for relief, (fact, amount) in HIGHEST[levy].items() if firm.flag(fact) and in_force(relief, firm)
    }
    return levy, tuple(HIGHEST[levy]), lambda claimed: -max((titles[r] for r in titles if r in claimed), default=0)


def levied(firm: Firm) -> Iterable[Levied]:
    """Every levy of a measure whose facts are stated."""
    for relief, rule in RULES.items():
        found = rule(firm)
        if found:
            yield single(relief, firm, *found)
    for levy, titles in HIGHEST.items():
        if any(firm.facts.get(fact) for fact, _ in titles.values()):
            yield highest(levy, firm)
