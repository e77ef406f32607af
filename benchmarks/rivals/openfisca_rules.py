"""The core rules of 2023 as an OpenFisca country package in one file.

    python benchmarks/rivals/openfisca_rules.py IN OUT

Written as such packages are: amounts are variables of type float, which OpenFisca keeps in 32 bits, and the
numbers of the law are dated parameters. Its periods know no quarter, so each quarter is a variable. An empty
cell is nought to OpenFisca, so the small taxes that were not given are emptied again on writing.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import numpy as np
import pandas as pd
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

YEAR = "2023"
SMALL_TAXES = ("property", "land_use", "stamp")
AMOUNTS = (
    *(f"revenue_q{quarter}" for quarter in range(1, 5)),
    *("output_vat", "input_vat", "taxable_income", "rd_expensed", "employees", "assets", "encouraged_income_share"),
    *(f"{tax}_tax_due" for tax in SMALL_TAXES),
)
TAXES = ("vat", *SMALL_TAXES, "income_tax")

Business = build_entity(key="business", plural="businesses", label="A business", is_person=True)


def dated(value: float) -> dict[str, Any]:
    """A number in force in 2023."""
    return {"values": {"2023-01-01": {"value": value}}}


def bracket(threshold: float, rate: float) -> dict[str, Any]:
    """A rate on what is above a threshold."""
    return {"threshold": {"2023-01-01": {"value": threshold}}, "rate": {"2023-01-01": {"value": rate}}}


PARAMETERS = {
    "vat": {"small_sales": dated(300_000), "levy_rate": dated(0.01), "full_rate": dated(0.03)},
    "small_taxes": {"waived": dated(0.5)},
    "corporate": {
        "rate": dated(0.25),
        "western": {"rate": dated(0.15), "share": dated(0.6)},
        "small": {
            "taxed": dated(0.25),
            "rate": dated(0.2),
            "income": dated(3_000_000),
            "employees": dated(300),
            "assets": dated(50_000_000),
        },
        "rd_extra": dated(1.0),
    },
    "individual": {
        "scale": {
            "brackets": [
                bracket(0, 0.05),
                bracket(30_000, 0.1),
                bracket(90_000, 0.2),
                bracket(300_000, 0.3),
                bracket(500_000, 0.35),
            ]
        },
        "halved_income": dated(2_000_000),
        "waived": dated(0.5),
    },
}


class TaxpayerKind(Enum):
    """Who pays the income tax."""

    enterprise = "Enterprise"
    individual_business = "Individual business"


class VatPayerKind(Enum):
    """Who pays the value-added tax."""

    small_scale = "Small-scale payer"
    general = "General payer"


class taxpayer(Variable):
    value_type = Enum
    possible_values = TaxpayerKind
    default_value = TaxpayerKind.enterprise
    entity = Business
    definition_period = DateUnit.YEAR


class vat_payer(Variable):
    value_type = Enum
    possible_values = VatPayerKind
    default_value = VatPayerKind.small_scale
    entity = Business
    definition_period = DateUnit.YEAR


class western_region(Variable):
    value_type = bool
    entity = Business
    definition_period = DateUnit.YEAR


def amount(name: str) -> type[Variable]:
    """A variable that is only given."""
    return type(name, (Variable,), {"value_type": float, "entity": Business, "definition_period": DateUnit.YEAR})


class vat(Variable):
    value_type = float
    entity = Business
    definition_period = DateUnit.YEAR

    def formula(business, period, parameters):
        law = parameters(period).vat
        quarters = [business(f"revenue_q{quarter}", period) for quarter in range(1, 5)]
        levied = sum(np.where(sales > law.small_sales, np.round(sales * law.levy_rate, 2), 0) for sales in quarters)
        balance = np.maximum(business("output_vat", period) - business("input_vat", period), 0)
        return np.where(business("vat_payer", period) == VatPayerKind.small_scale, levied, balance)


class vat_before(Variable):
    value_type = float
    entity = Business
    definition_period = DateUnit.YEAR

    def formula(business, period, parameters):
        rate = parameters(period).vat.full_rate
        levied = sum(np.round(business(f"revenue_q{quarter}", period) * rate, 2) for quarter in range(1, 5))
        balance = np.maximum(business("output_vat", period) - business("input_vat", period), 0)
        return np.where(business("vat_payer", period) == VatPayerKind.small_scale, levied, balance)


class small(Variable):
    value_type = bool
    entity = Business
    definition_period = DateUnit.YEAR

    def formula(business, period):
        small_scale = business("vat_payer", period) == VatPayerKind.small_scale
        return small_scale + (business("taxpayer", period) == TaxpayerKind.individual_business)


def small_tax(name: str) -> type[Variable]:
    """A tax of which half is waived for the small."""

    def formula(business, period, parameters):
        due = business(f"{name}_tax_due", period)
        waived = np.round(due * parameters(period).small_taxes.waived, 2)
        return due - business("small", period) * waived

    members = {"value_type": float, "entity": Business, "definition_period": DateUnit.YEAR, "formula": formula}
    return type(name, (Variable,), members)


class taxable(Variable):
    value_type = float
    entity = Business
    definition_period = DateUnit.YEAR

    def formula(business, period, parameters):
        deduction = business("rd_expensed", period) * parameters(period).corporate.rd_extra
        return np.maximum(business("taxable_income", period) - deduction, 0)


class corporate_tax(Variable):
    value_type = float
    entity = Business
    definition_period = DateUnit.YEAR

    def formula(business, period, parameters):
        law = parameters(period).corporate
        income = business("taxable", period)
        small = (
            (income <= law.small.income)
            * (business("employees", period) <= law.small.employees)
            * (business("assets", period) <= law.small.assets)
        )
        western = business("western_region", period) * (
            business("encouraged_income_share", period) >= law.western.share
        )
        rate = np.where(small, law.small.taxed * law.small.rate, np.where(western, law.western.rate, law.rate))
        return np.round(income * rate, 2)


class individual_tax(Variable):
    value_type = float
    entity = Business
    definition_period = DateUnit.YEAR

    def formula(business, period, parameters):
        law = parameters(period).individual
        income = np.maximum(business("taxable_income", period), 0)
        halved = np.round(law.scale.calc(np.minimum(income, law.halved_income)), 2)
        return np.round(law.scale.calc(income), 2) - np.round(halved * law.waived, 2)


class income_tax(Variable):
    value_type = float
    entity = Business
    definition_period = DateUnit.YEAR

    def formula(business, period):
        individual = business("taxpayer", period) == TaxpayerKind.individual_business
        return np.where(individual, business("individual_tax", period), business("corporate_tax", period))


class income_tax_before(Variable):
    value_type = float
    entity = Business
    definition_period = DateUnit.YEAR

    def formula(business, period, parameters):
        income = np.maximum(business("taxable_income", period), 0)
        individual = np.round(parameters(period).individual.scale.calc(income), 2)
        corporate = np.round(income * parameters(period).corporate.rate, 2)
        return np.where(business("taxpayer", period) == TaxpayerKind.individual_business, individual, corporate)


class CoreRules(TaxBenefitSystem):
    """The entity, the variables and the parameters together."""

    def __init__(self) -> None:
        super().__init__([Business])
        self.parameters = ParameterNode("", data=PARAMETERS)
        self.add_variables(taxpayer, vat_payer, western_region, *map(amount, AMOUNTS))
        self.add_variables(vat, vat_before, small, taxable)
        self.add_variables(corporate_tax, individual_tax, income_tax, income_tax_before)
        self.add_variables(*map(small_tax, SMALL_TAXES))


def main() -> None:
    """Assess the file IN into the file OUT and print the times."""
    start = time.perf_counter()
    firms = pd.read_csv(sys.argv[1])
    simulation = SimulationBuilder().build_default_simulation(CoreRules(), len(firms))
    for name in AMOUNTS:
        simulation.set_input(name, YEAR, firms[name].fillna(0).to_numpy())
    for name, kind in (("taxpayer", TaxpayerKind), ("vat_payer", VatPayerKind)):
        simulation.set_input(name, YEAR, kind.encode(firms[name].to_numpy(dtype=str)))
    simulation.set_input("western_region", YEAR, (firms["western_region"] == "yes").to_numpy())

    before = time.perf_counter()
    after = {name: simulation.calculate(name, YEAR) for name in TAXES}
    before_reliefs = {name: simulation.calculate(f"{name}_before", YEAR) for name in ("vat", "income_tax")}
    before_reliefs |= {name: simulation.calculate(f"{name}_tax_due", YEAR) for name in SMALL_TAXES}
    columns = {}
    for name in TAXES:
        columns[f"{name}_before"] = before_reliefs[name]
        columns[f"{name}_saved"] = before_reliefs[name] - after[name]
        columns[name] = after[name]
    computing = time.perf_counter() - before

    result = pd.DataFrame(columns)
    for name in SMALL_TAXES:
        given = firms[f"{name}_tax_due"].notna()
        for part in ("_before", "_saved", ""):
            result[f"{name}{part}"] = result[f"{name}{part}"].where(given)
    firms.join(result).to_csv(sys.argv[2], index=False, float_format="%.2f", lineterminator="\n")
    total = time.perf_counter() - start
    print(json.dumps({"rows": len(firms), "total_s": round(total, 3), "compute_s": round(computing, 3)}))


if __name__ == "__main__":
    main()
