"""Made-up vehicles, fees and measures of the notice: on their limits, a fen or a person beside them."""

from __future__ import annotations

from . import fen, measures
from .chance import Chance

FLAGS = ("yes", "yes", "no")
TITLES = [fact for fact, _ in measures.FIXED.values()]
RIVALS = [[fact for fact, _ in titles.values()] for titles in measures.HIGHEST.values()]
PRICES = (300_000_00, 300_000_10, 339_000_00, 150_000_00)
"""Fen of a vehicle's price where the most that is forgiven is reached, net of VAT or with it."""
FEE_MONTHLY = 20_000_00
LOANS = (10_000_000_00, 10_000_000_00, 3_000_000_00)
LOAN_YEARS = ("2023", "2023", "2023", "2022", "2024")


def fees(chance: Chance, facts: dict[str, str], months: int, suffixes: list[str]) -> None:
    """What is levied beside taxes, each now and then."""
    if chance.has(0.15, "fees"):
        facts["vehicle_price"] = fen.show(chance.edge(PRICES, 8))
        facts["new_energy_vehicle"] = chance.pick(FLAGS)
        if chance.has(0.5):
            facts["passenger_car"] = chance.pick(FLAGS)
        if chance.has(0.5):
            facts["vehicles"] = str(chance.below(5))
    if chance.has(0.15, "fees"):
        deducted = chance.has(0.5)
        for suffix in suffixes:
            sales = chance.edge(tuple(FEE_MONTHLY * months * percent // 100 for percent in (100, 101, 103, 0)), 9)
            facts[f"cultural_fee_sales{suffix}"] = fen.show(sales)
            if deducted:
                facts[f"cultural_fee_deduction{suffix}"] = fen.show(chance.piece(sales))
    if chance.has(0.15, "fees"):
        staff = chance.pick((29, 30, 30, 31, 100, 200, 1 + chance.below(1000)))
        facts["staff_total"] = str(staff)
        facts["disabled_staff"] = str(min(max(staff // 100 + chance.pick((-1, 0, 0, 0, 1)), 0), staff))
        facts["average_wage"] = fen.show(chance.below(200_000_00))
        if chance.has(0.7):
            facts["registered_month"] = f"{2015 + chance.below(4)}-{1 + chance.below(12):02}"


def measured(chance: Chance, facts: dict[str, str]) -> None:
    """Measures of the notice, some of them at once."""
    if not chance.has(0.25, "measures"):
        return
    for name in TITLES:
        if chance.has(0.4, "measures"):
            facts[name] = chance.pick(FLAGS)
    for rivals in RIVALS:
        if chance.has(0.4, "measures"):
            facts |= {name: chance.pick(FLAGS) for name in rivals}
    for name, _ in measures.EACH.values():
        if chance.has(0.4, "measures"):
            facts[name] = str(chance.below(1 + chance.below(3000)))
    for name in measures.PUT_OFF.values():
        if chance.has(0.4, "measures"):
            facts[name] = fen.show(chance.size(9))
    charges(chance, facts)
    people(chance, facts)


def charges(chance: Chance, facts: dict[str, str]) -> None:
    """Tolls, inspections, loans."""
    if chance.has(0.4, "measures"):
        facts["etc_tolls"] = fen.show(chance.size(8))
    if chance.has(0.4, "measures"):
        facts["inspection_fee"] = fen.show(chance.size(7))
        facts["inspection_half"] = chance.pick(FLAGS)
    if chance.has(0.4, "measures"):
        facts["guaranteed_loan"] = fen.show(chance.edge(LOANS, 10))
        facts["guarantee_fee_rate"] = chance.pick(("0.8%", "1%", "1.01%", "1.5%", "1.51%", "2.35%", "3%"))
    if chance.has(0.4, "measures"):
        facts["equipment_loan"] = fen.show(chance.size(10))
        facts["equipment_loan_eligible"] = chance.pick(FLAGS)
        if chance.has(0.5):
            facts["equipment_loan_months"] = str(chance.below(13))
        if chance.has(0.6):
            facts["equipment_loan_from"] = f"{chance.pick(LOAN_YEARS)}-{1 + chance.below(12):02}"
        if chance.has(0.4):
            facts["equipment_loan_months_received"] = str(chance.pick((0, 1, 12, 13, 20, 23, 24, 30)))
    if chance.has(0.4, "measures"):
        facts["small_loans_growth"] = fen.show(chance.size(11))
        facts["local_bank"] = chance.pick(FLAGS)


def people(chance: Chance, facts: dict[str, str]) -> None:
    """Insurance, interns, founders."""
    if chance.has(0.4, "measures"):
        facts["unemployment_base"] = fen.show(chance.size(9))
        facts["unemployment_rate"] = chance.pick(("0.7%", "1%", "1.5%", "2%", "3%"))
    if chance.has(0.4, "measures"):
        facts["flexible_medical_base"] = fen.show(chance.size(8))
        facts["flexible_medical_rate"] = chance.pick(("1%", "6%", "8.25%", "9%"))
    if chance.has(0.4, "measures"):
        facts["interns"] = str(chance.below(40))
        facts["intern_months"] = str(chance.below(13))
        limit = chance.pick((500, 600, 700)) + chance.pick((-1, 0, 0, 1))
        facts["intern_retention"] = f"{limit // 10}.{limit % 10}%"
    if chance.has(0.4, "measures"):
        facts["first_business"] = chance.pick(FLAGS)
        facts["startup_group"] = chance.pick(FLAGS)
