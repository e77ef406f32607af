"""What is wrong with what is stated of a business: facts, options and lists that are not known or do not agree."""

from __future__ import annotations

STATEMENTS: dict[str, tuple[str, str]] = {
    # ---- collecting facts
    "bad_fact": ("{source}：{label}（{name}）：{why}", "{source}: {label} ({name}): {why}"),
    "fact_unknown": (
        "{source}：没有名为“{name}”的项目；“taxcalc facts”列出全部项目",
        "{source}: there is no fact named '{name}'; 'taxcalc facts' lists them all",
    ),
    "fact_unknown_near": (
        "{source}：没有名为“{name}”的项目；您是否要写 {near}？",
        "{source}: there is no fact named '{name}'; did you mean {near}?",
    ),
    "float_refused": (
        '{name} 是浮点数，不精确；请用整数、Decimal 或文本（如 "1234.50"）',
        '{name} is a float, which is not exact; pass an int, a Decimal or text such as "1234.50"',
    ),
    "fact_twice": (
        "{source}：“{name}”即 {fact}，在同一处出现两次；请保留一个",
        "{source}: '{name}' is {fact}, which is given twice here; keep one",
    ),
    "fact_shape": (
        "{source}：{name} 不能是表；请填写一个值或列表",
        "{source}: {name} cannot be a table; give a value or a list",
    ),
    "list_length": (
        "{source}：{name} 的列表（{length} 个值）与所属期 {period} 不符；一年请给4个季度或12个月，一季给3个月；人数、资产为截至期末的各季平均或[期初, 期末]",
        "{source}: {name} is a list of {length}, which does not fit {period}; for a year give 4 quarters or 12 months, for a quarter 3 months; for headcount and assets up to 4 quarters, each an average or [opening, closing]",
    ),
    "list_refused": ("{source}：{name} 只能有一个值，不能是列表", "{source}: {name} takes one value, not a list"),
    "option_value": (
        "{option}：“{value}”不可用；请选择 {allowed}",
        "{option}: '{value}' cannot be used; choose from {allowed}",
    ),
    "option_unknown": (
        "没有 {option} 这个选项；--help 列出全部选项",
        "there is no option {option}; --help lists them all",
    ),
    "line_unknown": (
        "--line：此户各表没有 {line}；写法如 {near}",
        "--line: no form of this business has {line}; write it as in {near}",
    ),
    "line_of_table": (
        "--line：表中一户用 taxcalc explain 文件 --id … --line …",
        "--line: of a business in a table, use taxcalc explain FILE --id … --line …",
    ),
    "option_gone": (
        "没有 --rows 这个选项；申报表栏次由 taxcalc returns 列出",
        "there is no option --rows; taxcalc returns fills the lines of returns",
    ),
    "option_unknown_near": (
        "没有 {option} 这个选项；您是否要写 {near}？",
        "there is no option {option}; did you mean {near}?",
    ),
    "option_empty": ("{option} 后面须有一个值", "{option} needs a value after it"),
    "option_is_flag": ("{option} 不带值；请单独写出", "{option} takes no value; write it alone"),
    "option_whole": ("{option}：“{value}”不是整数", "{option}: '{value}' is not a whole number"),
    "argument_extra": ("多出的参数：{text}；请删去", "there is more than the command takes: {text}; leave it out"),
    "command_unknown": (
        "没有 {name} 这个命令；可用的是 {commands}",
        "there is no command {name}; there are {commands}",
    ),
    "problems_more": ("另有 {more} 个问题", "and {more} more problems"),
    "set_shape": (
        "--set “{text}”：请写成 名称=值，如 --set employees=80",
        "--set '{text}': write name=value, for instance --set employees=80",
    ),
    "year_missing": (
        "未说明年度；请加 --year {hint_year}（或在文件中写 year = {hint_year}）",
        "the tax year is missing; add --year {hint_year} (or year = {hint_year} in the file)",
    ),
    "year_blank": (
        "此格空白，未说明年度；若与上一行相同（合并过的单元格），请取消合并并向下填充；若空白各行都属某一年，请加 --year {hint_year} 这样的选项",
        "the tax year is missing, the cell is blank; if it is that of the row above (merged cells), unmerge them and fill "
        "down; if all blank rows are of one year, name it, as in --year {hint_year}",
    ),
    "year_in_title": (
        "{source}：没有年度列，表头上方写有“{text}”；若各行都属 {year} 年，请加 --year {year}",
        "{source}: no column states the tax year, and above the heading stands '{text}'; if every row is of {year}, add "
        "--year {year}",
    ),
    "year_no_law": (
        "{value} 年不在政策表的范围内（{first} 至 {last}）；没有可适用的规则",
        "no rule is known for {value}; the tables of the law cover {first} to {last}",
    ),
    "period_year": (
        "所属期 {period} 与年度 {year} 不一致；请保留一个",
        "the period {period} is not in the year {year}; keep one of them",
    ),
    "period_half_given": (
        "只填了 {stated}，没有填 {missing}；两项一起才是所属期，请补填，或改填所属期",
        "{stated} is given without {missing}; the two together are the tax period: add it, or state the period",
    ),
    "period_twice": (
        "所属期起止（{span}）与所属期 {period} 不一致；请保留一个",
        "the period from and to ({span}) is not the tax period {period}; keep one of them",
    ),
    "carry_period": (
        "{source}：这是 {earlier} 的测算结果，不能作为 {period} 的期初数；请给出紧接其前一期的结果",
        "{source}: this is the answer for {earlier}, which {period} cannot open with; give that of the period right before",
    ),
    "answer_unreadable": (
        "{source}：不是完整的测算结果（{schema}）；请用 taxcalc assess … --format json 重新生成",
        "{source}: this is not a whole answer ({schema}); make it anew with taxcalc assess … --format json",
    ),
    "answer_other_tables": (
        "此结果按政策表 {found} 测算，现用的是 {tables}；请重新测算，或给出当时的政策表",
        "this answer was made with the tables {found}, and these are {tables}; assess anew, or give the tables of then",
    ),
    "answer_other_engine": (
        "此结果由 taxcalc {found} 得出，现用的是 {engine}，无法判断；请用当时的版本复核，或重新测算",
        "this answer was made by taxcalc {found}, and this is {engine}: it cannot be judged; verify it with the version "
        "of then, or assess anew",
    ),
    "part_outside": (
        "{source}：{name} 不在所属期 {period} 之内；请删去，或改测算的期间",
        "{source}: {name} lies outside the assessed period {period}; leave it out, or assess another period",
    ),
    "year_of_sales": (
        "{source}：{name} 不属所属期 {period} 以前的十二个月，其中该季或该月属 {year} 年；请删去，或改测算的期间",
        "{source}: {name} is not of the twelve months before the period {period}, in which that quarter or month is of {year}; leave it out, or assess another period",
    ),
    "parts_and_whole": (
        "{source}：{name} 既有平均数又有分项；请只填一种",
        "{source}: {name} is given both as an average and in parts; keep one",
    ),
    "parts_disagree": (
        "{source}：{name} 在 {period} 的合计为 {whole}，已填的分项合计为 {parts}；请核对，或只填其一",
        "{source}: {name}: {whole} is stated for {period}, but the parts of it that are stated come to {parts}; check them, or keep one",
    ),
    "states_disagree": (
        "{source}：{name} 在 {period} 与其中所填的某季或某月不同；请核对，或只填其一",
        "{source}: {name}: {period} is said to be in one state throughout, but a quarter or month of it in another; check them, or keep one",
    ),
    "parts_incomplete": (
        "{source}：{name} 在 {period} 的合计为 {whole}，分项只填了一部分，缺 {missing}；请补齐（没有的填 0），或只填合计",
        "{source}: {name}: {whole} is stated for {period}, but only some of its parts; add {missing} (0 where there was none), or keep the whole alone",
    ),
    "opened_after": (
        "{source}：开业月份 {opened} 在所属期 {period} 之后；请更正开业月份或所属期",
        "{source}: the firm opened in {opened}, after the tax period {period}; correct one of them",
    ),
    "before_opening": (
        "{source}：{name} 不为0，但属于 {opened} 开业之前；请删去，或更正开业月份（opened）",
        "{source}: {name} is not 0, but lies before the opening in {opened}; remove it, or correct the month of opening (opened)",
    ),
    "filing_month": (
        "按季申报的纳税人没有单独一个月（{period}）的所属期；请用季度，如 {quarter}，或改为按月申报",
        "a quarterly filer has no tax period of one month ({period}); use a quarter such as {quarter}, or monthly filing",
    ),
}
