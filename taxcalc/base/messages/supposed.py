"""What is wrong with a supposition: what if, the range of a curve, a draft law."""

from __future__ import annotations

SUPPOSED: dict[str, tuple[str, str]] = {
    # ---- what if, and the curve
    "if_nothing_set": (
        "没有要改变的；请用 --set 名称=值、--with 名称=±百分比、--year 或 --against",
        "there is nothing to change; say it with --set NAME=VALUE, --with NAME=±N%, --year or --against",
    ),
    "if_one_way": (
        "--against 不能与 --set、--with 或 --year 同用；请选其一",
        "--against does not go with --set, --with or --year; choose one",
    ),
    "over_shape": (
        "--over 的“{text}”看不懂；请写 资料项=起..止，如 taxable_income=0..4000000",
        "--over '{text}' is not NAME=FROM..TO of a fact that is counted or measured, such as taxable_income=0..4000000",
    ),
    "if_with_shape": (
        "--with 的“{text}”看不懂；请写 资料项=±百分比，如 taxable_income=+10%",
        "--with '{text}' is not NAME=±N% of a fact that is counted or measured, such as taxable_income=+10%",
    ),
    "if_with_unknown": (
        "--with：没有填写{label}（{name}），不能按比例变动；请先填写，或用 --set",
        "--with: {label} ({name}) is not stated, and nothing can move by a share; state it, or use --set",
    ),
    "if_year": ("--year 的“{value}”不是年度；请写成 2027", "--year: '{value}' is no year; write 2027"),
    # ---- a draft law
    "draft_shape": (
        "--law 的“{text}”看不懂；请写 路径=数值，如 cit.small_low_profit.income=5_000_000",
        "--law '{text}' is not PATH=VALUE, such as cit.small_low_profit.income=5_000_000",
    ),
    "draft_unknown": (
        "--law：政策表中没有 {path} 这项数值；相近的有 {near}（taxcalc law 列出全部）",
        "--law: no table states a figure {path}; there are {near} (taxcalc law lists all)",
    ),
    "draft_unknown_path": (
        "--law：政策表中没有 {path} 这项数值；taxcalc law 列出全部",
        "--law: no table states a figure {path}; taxcalc law lists all",
    ),
    "draft_in_bands": (
        "--law：{path} 是分档的数值；请指明第几档，从0起至{most}，如 {table}.bands[0].{key}",
        "--law: {path} is stated by band; say which, from 0 to {most}, as in {table}.bands[0].{key}",
    ),
    "draft_value": (
        "--law：{path} 的“{value}”不能用；应为{form}",
        "--law: {path} cannot be '{value}'; it is {form}",
    ),
    "draft_same": (
        "--law：{path} 现在就是 {value}，这样的草案什么也不改变",
        "--law: {path} is {value} now; such a draft changes nothing",
    ),
    "draft_nothing": (
        "没有要试算的草案；请用 --law 路径=数值 或 --draft 文件夹",
        "there is no draft to try; say it with --law PATH=VALUE or --draft FOLDER",
    ),
    "draft_not_met": (
        "草案 {draft} 与表中各行的所属期无关（{periods}）：这些期间没有适用的该政策",
        "the draft of {draft} bears on no period of the table ({periods}): nothing of it is in force then",
    ),
    "rows_not_compared": (
        "{rows} 行的税费只有一方能计算，未比较",
        "{rows} rows are not compared: what is to pay is known on one side alone, or on none",
    ),
}
