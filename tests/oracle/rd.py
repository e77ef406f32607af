"""The extra deduction for research and development of an enterprise."""

from __future__ import annotations

from fractions import Fraction

from .firm import Firm

OWN = ("rd_expensed", "rd_other_costs", "rd_entrusted_domestic", "rd_entrusted_overseas")
CAPITAL = ("rd_amortisation", "rd_capitalised")


def entitled(firm: Firm) -> bool:
    """Enterprises taxed on their accounts whose industry is not on the negative list (caishui 2015/119 art. 4)."""
    accounts = firm.flag("audited_collection", True)
    return firm.kind == "enterprise" and accounts and not firm.flag("negative_list_industry")


def extra(firm: Firm) -> Fraction:
    """How much of each yuan is deducted once more.

    2019 to 2022 75% (caishui 2018/99; 2021/6); manufacturers 100% from 2021 (2021/13); technology SMEs 100%
    from 2022 (2022/16); everyone 100% from 2023 (2023/7), makers of chips and machine tools on the list 120% to
    2027 (2023/44). For the last quarter of 2022 everyone has 100% (2022/28): of a year's figure that is a
    quarter, so 81.25% in all.
    """
    if firm.year >= 2023:
        return Fraction(120 if firm.flag("rd_listed") else 100, 100)
    if firm.flag("manufacturing") and firm.year >= 2021:
        return Fraction(1)
    if firm.year == 2022:
        return Fraction(1) if firm.flag("tech_sme") else Fraction(3, 4) * Fraction(3, 4) + Fraction(1, 4)
    return Fraction(3, 4)


def base(firm: Firm) -> Fraction:
    """Fen of R&D cost that counts: current cost within its limits, less special income, and this year's amortisation.

    Other related costs: at most a ninth of own R&D (a tenth of the two together; STA 2021/28). Entrusted at
    home: 80%. Entrusted abroad: 80%, at most two thirds of what counts at home (caishui 2018/64).
    """
    own = Fraction(firm.amount("rd_expensed"))
    other = min(Fraction(firm.amount("rd_other_costs")), own / 9)
    home = own + other + Fraction(firm.amount("rd_entrusted_domestic")) * 4 / 5
    abroad = min(Fraction(firm.amount("rd_entrusted_overseas")) * 4 / 5, home * 2 / 3)
    current = max(home + abroad - firm.amount("rd_special_income"), Fraction(0))
    years = int(firm.text("rd_amortisation_years", "10"))
    return current + firm.amount("rd_amortisation") + Fraction(firm.amount("rd_capitalised"), years)


def deduction(firm: Firm) -> int:
    """Fen deducted on top of the cost itself, rounded once."""
    if not entitled(firm):
        return 0
    exact = base(firm) * extra(firm)
    return int(exact + Fraction(1, 2))
