"""The core rules of 2023 as pandas scripts are usually written: floats, whole columns, round(2).

python benchmarks/rivals/pandas_floats.py IN OUT
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
import pandas as pd

BANDS = [(30_000, 0.05, 0), (90_000, 0.10, 1_500), (300_000, 0.20, 10_500), (500_000, 0.30, 40_500)]
"""Upper end, rate, quick deduction."""


def tax_on(income: pd.Series) -> pd.Series:
    """Tax on business income before halving."""
    tax = np.select(
        [income <= up_to for up_to, _, _ in BANDS],
        [income * rate - quick_deduction for _, rate, quick_deduction in BANDS],
        income * 0.35 - 65_500,
    )
    return pd.Series(tax, index=income.index).round(2)


def assess(firms: pd.DataFrame) -> pd.DataFrame:
    """The columns of the result."""
    individual = firms["taxpayer"] == "individual_business"
    small_scale = firms["vat_payer"] == "small_scale"

    quarters = firms[["revenue_q1", "revenue_q2", "revenue_q3", "revenue_q4"]]
    levied = (quarters * 0.01).round(2).where(quarters > 300_000, 0).sum(axis=1)
    balance = (firms["output_vat"] - firms["input_vat"]).clip(lower=0).round(2)

    taxable = (firms["taxable_income"] - firms["rd_expensed"].fillna(0)).clip(lower=0)
    small = (taxable <= 3_000_000) & (firms["employees"] <= 300) & (firms["assets"] <= 50_000_000)
    western = (firms["western_region"] == "yes") & (firms["encouraged_income_share"] >= 0.6)
    rate = np.where(small, 0.25 * 0.20, np.where(western, 0.15, 0.25))
    corporate = (taxable * rate).round(2)

    income = firms["taxable_income"].clip(lower=0)
    waived = (tax_on(income.clip(upper=2_000_000)) * 0.5).round(2)

    full = np.where(small_scale, (quarters * 0.03).round(2).sum(axis=1), balance)
    columns = {"vat": (full, np.where(small_scale, levied, balance))}
    for name in ("property", "land_use", "stamp"):
        due = firms[f"{name}_tax_due"]
        columns[name] = (due, np.where(small_scale | individual, due - (due * 0.5).round(2), due))
    standard = (firms["taxable_income"].clip(lower=0) * 0.25).round(2)
    columns["income_tax"] = (
        np.where(individual, tax_on(income), standard),
        np.where(individual, tax_on(income) - waived, corporate),
    )
    result = {}
    for name, (before, after) in columns.items():
        result |= {f"{name}_before": before, f"{name}_saved": before - after, name: after}
    return pd.DataFrame(result, index=firms.index)


def main() -> None:
    """Assess the file IN into the file OUT and print the times."""
    start = time.perf_counter()
    firms = pd.read_csv(sys.argv[1])
    read = time.perf_counter()
    result = assess(firms)
    computing = time.perf_counter() - read
    firms.join(result).to_csv(sys.argv[2], index=False, float_format="%.2f", lineterminator="\n")
    total = time.perf_counter() - start
    print(json.dumps({"rows": len(firms), "total_s": round(total, 3), "compute_s": round(computing, 3)}))


if __name__ == "__main__":
    main()
