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


def base(firm: Firm) -> int:
    """Fen of R&D cost that counts: current cost within its limits and this year's amortisation, less special income.

    Other related costs: at most a ninth of own R&D (a tenth of the two together; STA 2021/28). Entrusted at
    home: 80%. Entrusted abroad: 80%, at most two thirds of what counts at home (caishui 2018/64). Each is a row of
    the annual return, so each is rounded; special income comes off the sum of them all.
    """
    own = firm.amount("rd_expensed")
    other = min(firm.amount("rd_other_costs"), fen.part(own, 1, 9))
    home = own + other + fen.percent(firm.amount("rd_entrusted_domestic"), 80)
    abroad = min(fen.percent(firm.amount("rd_entrusted_overseas"), 80), fen.part(home, 2, 3))
    years = int(firm.text("rd_amortisation_years", "10"))
    written_off = firm.amount("rd_amortisation") + fen.part(firm.amount("rd_capitalised"), 1, years)
    return max(home + abroad + written_off - firm.amount("rd_special_income"), 0)


def last_quarter(firm: Firm, counted: int) -> int:
    """Fen of the base that have the 100% which everyone has in the last quarter of 2022 (2022/28).

    What was spent then where it is stated, else the months from October among those in business up to the end of the
    period, to the fen (a line of its own on the return); a figure that ends before October knows nothing of it.
    """
    if firm.year != 2022 or firm.last < 10:
        return 0
    stated = firm.money("rd_fourth_quarter")
    if stated is not None:
        return min(stated, counted)
    return fen.part(counted, firm.last - max(firm.opened, 10) + 1, firm.last - firm.opened + 1)


def deduction(firm: Firm) -> int:
    """Fen deducted on top of the cost itself."""
    if not entitled(firm):
        return 0
    counted, share = base(firm), extra(firm)
    ten_thousandths = counted * share + last_quarter(firm, counted) * max(10_000 - share, 0)
    return fen.part(ten_thousandths, 1, 10_000)
