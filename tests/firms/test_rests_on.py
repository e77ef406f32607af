"""What the answer for a row rests on: the remarks on what was assumed."""

from __future__ import annotations

import pytest

from helpers.batch_command import batch

ASSUMED = [  # what a row states beside its year, and what its remark says is assumed
    ("vat_payer,place,filing,revenue", "small_scale,city,quarterly,1150000", "销售额（不含税）按 4 个季度平均分摊、纳税人类别：企业"),
    ("vat_payer,place,filing,taxpayer,revenue", "small_scale,city,monthly,enterprise,1200000", "销售额（不含税）按 12 个月平均分摊"),
    ("taxpayer,place,filing,revenue", "enterprise,city,quarterly,0", ""),
    ("vat_payer,place,filing,taxpayer,revenue_q1,revenue_q2,revenue_q3,revenue_q4", "small_scale,city,quarterly,enterprise,1,2,3,4", ""),
    ("taxpayer,filing,revenue_q1,revenue_q2,revenue_q3,revenue_q4", "enterprise,quarterly,1e,2,3,4", None),
    ("vat_payer,taxpayer,filing,revenue_q1,revenue_q2,revenue_q3,revenue_q4", "small_scale,enterprise,quarterly,500000,20000,30000,40000", "所在地：市区"),
    ("taxpayer,place,filing,revenue_q1,revenue_q2,revenue_q3,revenue_q4,output_vat,input_vat", "enterprise,city,quarterly,6000000,20000,30000,40000,400000,1", "销项税额按 4 个季度平均分摊、进项税额按 4 个季度平均分摊、增值税纳税人类型：一般纳税人"),
    ("taxpayer,taxable_income,employees,assets", "enterprise,100000,10,100", ""),
    ("taxable_income,employees,assets", "100000,10,100", "纳税人类别：企业"),
    ("taxable_income,employees,assets", "0,10,100", ""),
    ("taxpayer,taxable_income,rd_expensed,employees,assets", "enterprise,100000,5000,10,100", "查账征收：是"),
    ("taxpayer,taxable_income,rd_expensed,employees,assets", "enterprise,0,5000,10,100", ""),
    ("taxpayer,taxable_income,rd_capitalised,employees,assets,audited_collection", "enterprise,100000,5000,10,100,是", "研发无形资产摊销年限：10"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "row", "said"), ASSUMED)
def test_what_is_assumed_is_remarked_where_it_matters(head: str, row: str, said: str | None) -> None:
    done = batch(f"id,year,{head}\nn1,2023,{row}\n", "--lang", "zh")
    if said is None:
        assert not done.rows
    else:
        (answer,) = done.rows
        assert answer["注意"] == (f"测算假设：{said}" if said else "")
