"""The extra deduction for research and development of an enterprise."""

from __future__ import annotations

from . import fen
from .firm import Firm


def entitled(firm: Firm) -> bool:
    """Enterprises taxed on their accounts whose industry is not on the negative list (caishui 2015/119 art. 4)."""
    accounts = firm.flag("audited_collection", True)
    return firm.kind == "enterprise" and accounts and not firm.flag("negative_list_industry")


def extra(firm: Firm) -> int:
    """How much of each yuan is deducted once more, in ten-thousandths.

    2019 to 2022 75% (caishui 2018/99; 2021/6); manufacturers 100% from 2021 (2021/13); technology SMEs 100%
    from 2022 (2022/16); everyone 100% from 2023 (2023/7), makers of chips and machine tools on the list 120% to
    2027 (2023/44).
    """
    if firm.year >= 2023:
        return 12_000 if firm.flag("rd_listed") else 10_000
    if firm.flag("manufacturing") and firm.year >= 2021:
        return 10_000
    if firm.year == 2022:
        return 10_000 if firm.flag("tech_sme") else 7_500
    return 7_500


def claimed_to(firm: Firm) -> int:
    """The last month whose costs the return deducts, nought where it deducts none.

    The settlement deducts the year's. Prepayments: from 2023 on the half-year's in that of June or the second quarter and
    three quarters' in that of September or the third (STA and MOF 2023/11); in 2021 and 2022 the latter alone (STA
    2021/28, 2022/10); before, none. December's and the fourth quarter's keep what was deducted for three quarters. An
    enterprise may leave all that for the settlement.
    """
    if firm.last - firm.first == 11:
        return 12
    if firm.last not in (6, 9, 12) or firm.year < 2021 or not firm.flag("rd_claim_in_prepayment", True):
        return 0
    return min(firm.last, 9) if firm.last > 6 or firm.year >= 2023 else 0


def to_date(firm: Firm, name: str, month: int) -> int | None:
    """Fen of a cost from January to the end of a month, nought where nothing is stated of it, None where it is not known."""
    quarters = [firm.money(f"{name}_q{q}") for q in range(1, 5)]
    whole = firm.money(name)
    if whole is None and quarters == [None] * 4:
        return 0
    if whole is not None and (month == firm.last or not whole):
        return whole
    wanted = [amount if 3 * q >= firm.opened else 0 for q, amount in enumerate(quarters, 1)][: month // 3]
    return None if month % 3 or None in wanted else sum(amount or 0 for amount in wanted)


def costs(firm: Firm, month: int) -> dict[str, int] | None:
    """Fen of every cost to the end of a month; None where one is not known."""
    found = {name: to_date(firm, name, month) for name in ADDED_UP}
    return None if None in found.values() else {name: amount or 0 for name, amount in found.items()}


ADDED_UP = (
    *("rd_expensed", "rd_other_costs", "rd_entrusted_domestic", "rd_entrusted_overseas"),
    *("rd_amortisation", "rd_special_income"),
)
"""What is stated from January on, or by quarters."""


def base(firm: Firm, month: int) -> int | None:
    """Fen of R&D cost to the end of a month that counts: current cost within its limits and amortisation, less special
    income. None where a part is not known.

    Other related costs: at most a ninth of own R&D (a tenth of the two together; STA 2021/28). Entrusted at
    home: 80%. Entrusted abroad: 80%, at most two thirds of what counts at home (caishui 2018/64). Each is a row of
    the annual return, so each is rounded; special income comes off the sum of them all. Capitalised cost is written
    off evenly, so a prepayment has the months to date of it.
    """
    spent = [to_date(firm, name, month) for name in ADDED_UP[:-1]]
    if not any(amount is None or amount for amount in spent) and not firm.amount("rd_capitalised"):
        return 0  # whatever the special income is
    cost = costs(firm, month)
    if cost is None:
        return None
    own = cost["rd_expensed"]
    other = min(cost["rd_other_costs"], fen.part(own, 1, 9))
    home = own + other + fen.percent(cost["rd_entrusted_domestic"], 80)
    abroad = min(fen.percent(cost["rd_entrusted_overseas"], 80), fen.part(home, 2, 3))
    years = int(firm.text("rd_amortisation_years", "10"))
    written_off = cost["rd_amortisation"]
    if not any(firm.facts.get(name) for name in ("rd_amortisation", *(f"rd_amortisation_q{q}" for q in range(1, 5)))):
        written_off = fen.part(firm.amount("rd_capitalised"), month, 12 * years)
    return max(home + abroad + written_off - cost["rd_special_income"], 0)


def last_quarter(firm: Firm, counted: int) -> int:
    """Fen of the base that have the 100% which everyone has in the last quarter of 2022 (2022/28), at settlement.

    What was spent then where it is stated, else the months from October among those in business, to the fen (a line of
    its own on the return).
    """
    if firm.year != 2022 or firm.last - firm.first < 11:
        return 0
    stated = firm.money("rd_fourth_quarter")
    if stated is not None:
        return min(stated, counted)
    return fen.part(counted, 12 - max(firm.opened, 10) + 1, 12 - firm.opened + 1)


def deduction(firm: Firm) -> int | None:
    """Fen deducted on top of the cost itself; None where it is not known."""
    month = claimed_to(firm)
    if not entitled(firm) or not month:
        return 0
    counted, share = base(firm, month), extra(firm)
    if counted is None:
        return None
    ten_thousandths = counted * share + last_quarter(firm, counted) * max(10_000 - share, 0)
    return fen.part(ten_thousandths, 1, 10_000)
