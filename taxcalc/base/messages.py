"""Every sentence that the program says to people, in Chinese and in English, side by side.

A message names the value, what was expected, and what to do. Both languages are one entry, so neither can
be missing.
"""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- reading one value
    "value_empty": (
        "是空的；请填写，或删去这一项（未填报不等于零）",
        "it is empty; give a value or leave the fact out (not given is not zero)",
    ),
    "money_empty": ("是空的；请填写金额", "it is empty; write an amount"),
    "money_unreadable": (
        "“{value}”不是金额；请写成 1234.50、1,234.50、￥1,234.50、12万 或 1.2亿",
        "'{value}' is not an amount of money; write 1234.50, 1,234.50, ￥1,234.50, 12万 or 1.2亿",
    ),
    "money_decimals": (
        "“{value}”精确到了分以下；金额最多两位小数，请先按四舍五入取到分",
        "'{value}' goes below the fen; an amount has at most two decimals, so round it first",
    ),
    "money_exponent": (
        "“{value}”是科学计数法，可能已丢失尾数；请写出完整金额",
        "'{value}' is in scientific notation, which may have lost digits; write the amount in full",
    ),
    "money_not_a_number": (
        "“{value}”不是数；请填写金额，未知则删去这一项",
        "'{value}' is not a number; write the amount, or leave the fact out if it is unknown",
    ),
    "money_percent": (
        "“{value}”是百分比，此处需要金额",
        "'{value}' is a percentage; an amount of money is needed here",
    ),
    "money_currency": ("“{value}”不是人民币；请换算为人民币填写", "'{value}' is not in yuan; convert it to yuan first"),
    "money_separators": (
        "“{value}”的分隔符有歧义；千位用逗号、小数用句点，如 1,234.50",
        "the separators of '{value}' are ambiguous; write commas between thousands and one point, as in 1,234.50",
    ),
    "negative": ("“{value}”是负数，此项不能为负", "'{value}' is negative, which this fact cannot be"),
    "too_large": (
        "“{value}”超过上限 {limit}；请核对单位是否为元",
        "'{value}' is above the limit {limit}; check that the unit is yuan",
    ),
    "above_limit": ("“{value}”高于上限 {limit}", "'{value}' is above the limit {limit}"),
    "value_long": (
        "长度为 {length} 个字符，过长；请核对",
        "it has {length} characters, too many for a value; check it",
    ),
    "too_small": ("“{value}”低于下限 {limit}", "'{value}' is below the limit {limit}"),
    "number_unreadable": ("“{value}”不是数；请写成 80 或 288.75", "'{value}' is not a number; write 80 or 288.75"),
    "whole_unreadable": (
        "“{value}”不是整数；请用阿拉伯数字填写，如 12 或 {hint_year}",
        "'{value}' is not a whole number; write it in digits, as in 12 or {hint_year}",
    ),
    "number_whole": ("“{value}”不是整数", "'{value}' is not a whole number"),
    "number_decimals": ("“{value}”的小数超过 {places} 位", "'{value}' has more than {places} decimals"),
    "rate_unreadable": ("“{value}”不是比率；请写成 60%、0.6 或 3‰", "'{value}' is not a rate; write 60%, 0.6 or 3‰"),
    "rate_too_large": (
        "“{value}”大于100%；如意为百分之几，请写成 {percent}",
        "'{value}' is more than 100%; if a percentage is meant, write {percent}",
    ),
    "rate_fine": (
        "“{value}”太细；此比率最多写到万分之一个百分点",
        "'{value}' is too fine; this rate goes to a ten-thousandth of a per cent",
    ),
    "flag_unreadable": (
        "“{value}”不是“是”或“否”；请写 是/否 或 yes/no",
        "'{value}' is neither yes nor no; write yes/no or 是/否",
    ),
    "choice_unknown": (
        "“{value}”不在可选项内；请选择：{options}",
        "'{value}' is not one of the options; choose from {options}",
    ),
    "text_control": ("{value} 含有控制字符；请删去", "{value} contains control characters; remove them"),
    "text_long": ("长度为 {length} 个字符，最多 {limit} 个", "it has {length} characters, at most {limit} are allowed"),
    "period_unreadable": (
        "“{value}”不是所属期；请写成 {hint_year}、{hint_year}Q2、{hint_year}-04 或 {hint_year}年第二季度",
        "'{value}' is not a tax period; write {hint_year}, {hint_year}Q2 or {hint_year}-04",
    ),
    "period_odd": (
        "“{value}”不是一个月、一季或一年；请按月、季或年分开填写，如 {hint_year}-03、{hint_year}Q1、{hint_year}",
        "'{value}' is no month, quarter or year; give each by itself, as in {hint_year}-03, {hint_year}Q1 or {hint_year}",
    ),
    "period_serial": (
        "“{value}”是电子表格的日期序号（{day}）；请把该列设为日期，或写成 {written}",
        "'{value}' is the number of a date in a spreadsheet ({day}); make the column one of dates, or write {written}",
    ),
    "year_of_part": (
        "“{value}”是所属期，不是年度；请填在“所属期”，年度写 {year}",
        "'{value}' is a tax period, not a year; state it as the tax period, and {year} as the year",
    ),
    "period_from_inside": (
        "“{value}”不是一个月的首日；所属期起须为月初，如 {written}",
        "'{value}' is not the first day of a month, with which a tax period begins; write {written}",
    ),
    "period_to_inside": (
        "“{value}”不是一个月的末日；所属期止须为月末，如 {written}",
        "'{value}' is not the last day of a month, with which a tax period ends; write {written}",
    ),
    "month_unreadable": (
        "“{value}”不是月份；请写成 2024-05 或 2024-05-20",
        "'{value}' is not a month; write 2024-05 or 2024-05-20",
    ),
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
    # ---- reading files
    "file_missing": (
        "{path}：没有这个文件；请检查文件名和当前目录",
        "{path}: there is no such file; check the name and the folder you are in",
    ),
    "file_folder": ("{path}：这是文件夹；请给出其中的文件", "{path}: this is a folder; name a file in it"),
    "file_unreadable": ("{path}：无法读取（{why}）", "{path}: it cannot be read ({why})"),
    "mark_format": (
        "{path}：不是 PNG 或 JPEG 图片；请转换后再用作 --mark",
        "{path}: this is no PNG or JPEG picture; convert it before it is used as --mark",
    ),
    "output_no_folder": (
        "{path}：这是文件；请给出文件夹",
        "{path}: this is a file; name a folder",
    ),
    "pdf_missing": (
        "写 PDF 需要 typst；请运行 pip install 'taxcalc-cn[pdf]'",
        "to write PDF, typst is needed: pip install 'taxcalc-cn[pdf]'",
    ),
    "font_missing": (
        "写 PDF 需要一种中文字体，如 {fonts}；在 Debian、Ubuntu 上运行 apt install fonts-noto-cjk",
        "to write PDF, a Chinese font is needed, such as {fonts}: on Debian and Ubuntu, apt install fonts-noto-cjk",
    ),
    "reports_written": ("{number} 份报告和目录已写入 {path}", "{number} reports and an index are in {path}"),
    "facts_shape": (
        '资料须为名称到值的映射，如 {{"year": {hint_year}}}',
        'the facts must be a mapping of names to values, such as {{"year": {hint_year}}}',
    ),
    "output_failed": (
        "无法写出结果（{why}）；请检查磁盘空间和输出位置",
        "the result cannot be written ({why}); check the disk and the place",
    ),
    "file_large": (
        "{path}：超过 {limit} 字节；assess 只读一户的资料",
        "{path}: larger than {limit} bytes; assess reads the facts of one business",
    ),
    "file_encoding": (
        "{path}：第 {position} 字节起不是 UTF-8；请另存为 UTF-8",
        "{path}: not UTF-8 from byte {position} on; save it as UTF-8",
    ),
    "file_empty": (
        "{path}：内容为空；请以 TOML 或 JSON 填写资料",
        "{path}: it is empty; write the facts as TOML or JSON",
    ),
    "toml_invalid": ("{path}：不是有效的 TOML（{why}）", "{path}: not valid TOML ({why})"),
    "json_invalid": ("{path}：不是有效的 JSON（{why}）", "{path}: not valid JSON ({why})"),
    "json_shape": (
        '{path}：JSON 须为一个对象，如 {{"year": {hint_year}}}',
        '{path}: the JSON must be one object, such as {{"year": {hint_year}}}',
    ),
    "json_twice": ("{path}：“{key}”出现两次；请保留一个", "{path}: '{key}' stands twice; keep one"),
    # ---- facts that do not fit together (taxcalc.rules: CHECKS)
    "parts_exceed_sales": (
        "销售额（revenue）小于其各组成部分（专票、不动产租赁等、销售不动产、差额扣除等）之和；请核对",
        "sales (revenue) are less than the sum of their parts (special invoices, leases and the like, real estate, differential deduction); check them",
    ),
    "one_off_exceeds": (
        "偶然发生的销售额大于销售额；它是销售额的一部分，请核对 one_off_sales",
        "one-off sales exceed all sales; they are a part of them: check one_off_sales",
    ),
    "five_percent_part_exceeds": (
        "不动产租赁等专用发票销售额大于不动产租赁等销售额（差额扣除后）；前者应包含在后者之内",
        "leases of real estate and the like on special invoices exceed all such sales after the deduction, of which they are a part",
    ),
    "stated_relief_exceeds": (
        "填报的其他减免税额大于该税种应纳税额；请核对",
        "the other relief stated is more than the tax that it relieves; check it",
    ),
    "income_tax_relief_exceeds": (
        "填报的其他减免税额大于个人所得税应纳税额；请核对",
        "the other relief stated is more than the individual income tax; check it",
    ),
    "over_the_small_scale_limit": (
        "销售额超过小规模纳税人的年销售额标准；通常须登记为一般纳税人，此处按所填小规模计算",
        "sales exceed the yearly limit of small-scale payers; such a payer must normally register as general, but is computed as stated",
    ),
    "general_from_contradicts": (
        "general_from（一般纳税人生效月份）与所填某期的 vat_payer（增值税纳税人类型）不一致；请核对，或只填其一",
        "general_from and the vat_payer of some period contradict each other; check them, or keep one",
    ),
    "general_within_a_filing_period": (
        "在一个申报期内转为一般纳税人：该期增值税须按月计算；请填 filing=monthly，或逐月计算（period 填该月）",
        "the firm becomes a general payer inside of a filing period, whose VAT must be worked out by month: state filing=monthly, or assess its months one by one (state each as the period)",
    ),
    "limit_passed_in_a_quarter": (
        "销售额在一个季度内超过小规模纳税人标准：自超过当月一日起为一般纳税人，最早为该季第一个月，最迟为第三个月，当月起已按小规模申报的须更正；请填 general_from，或填各月销售额并填 filing=monthly。此前各季按小规模计算，该季增值税尚不能计算{amounts}",
        "sales pass the small-scale limit within a quarter: the firm is a general payer from the first day of the month in which they do, at the earliest the first month of that quarter and at the latest its third, and returns filed as small-scale from then on must be corrected; state general_from, or sales by month with filing=monthly. Earlier quarters are computed as small-scale; VAT of this one cannot be told{amounts}",
    ),
    "limit_passed_in_a_month": (
        "销售额超过小规模纳税人标准：自超过当月一日起按一般纳税人计算，当月起已按小规模申报的须更正；未填以前月份销售额（sales_history）的，只以本年销售额判断",
        "sales pass the small-scale limit: from the first day of that month on the firm is computed as a general payer, and returns filed as small-scale from then on must be corrected; without sales of the months before (sales_history) it goes by those of the assessed year alone",
    ),
    "limit_passed_within_the_year": (
        "销售额在年内超过小规模纳税人标准：自登记当月或次月起为一般纳税人，由纳税人选择，此处按全期为一般纳税人计算；请填 general_from",
        "sales pass the small-scale limit within the year: the firm is a general payer from the month of registration or the next, as it chooses, but is computed as general throughout; state general_from",
    ),
    "limit_passed_before": (
        "所属期以前的销售额已超过小规模纳税人标准：全期按一般纳税人计算；已登记的请填 general_from，仍为小规模纳税人的请填 vat_payer",
        "sales of the months before the assessed period pass the small-scale limit: the firm is computed as a general payer throughout; state general_from, or vat_payer if it still is small-scale",
    ),
    "deduction_decides_status": (
        "增值税法施行后，小规模纳税人标准按差额扣除前还是扣除后的销售额判断，尚无规定，此处由它决定纳税人类型；按扣除前计算，请填 vat_payer",
        "under the VAT law nothing says whether the small-scale limit is tested before differential deduction, and here it decides; it is tested before it, so state vat_payer",
    ),
    "divisor_decides": (
        "含税换算决定结果：普通销售额按减征后的征收率换算超过免税标准，按法定征收率换算则不超过；按前者计算，请以不含税金额核对",
        "the divisor decides: ordinary sales pass the threshold when VAT at the reduced rate is taken off, not at the statutory levy rate; the reduced rate is used, so check against the net figure",
    ),
    "exactly_at_threshold": (
        "销售额恰好达到起征点：达到即全额征税（增值税法施行前含本数免税）",
        "sales are exactly at the starting point: reaching it is taxed in full (before the VAT law, it was still exempt)",
    ),
    "simple_part_exceeds": (
        "简易计税销售额大于销售额；它是销售额的一部分，请核对 simple_method_sales",
        "sales under the simple method exceed all sales; they are a part of them: check simple_method_sales",
    ),
    "export_part_exceeds": (
        "出口对应的进项税额大于进项税额；它是进项税额的一部分，请核对 export_input_vat",
        "input VAT of exports exceeds all input VAT; it is a part of it: check export_input_vat",
    ),
    "cultural_deduction_exceeds": (
        "支付其他广告公司的金额大于计费销售额，请核对 cultural_fee_deduction",
        "what was paid to other advertising firms exceeds the sales: check cultural_fee_deduction",
    ),
    "cultural_net_decides": (
        "文化事业建设费的小规模免征标准按不含税销售额比较，含税金额则超过标准；由此决定免征，请向主管税务机关核实",
        "small sales are free of the fee for cultural undertakings by their amount net of VAT; with VAT they pass the limit: ask the tax office",
    ),
    "cultural_starting_point": (
        "娱乐服务未达到增值税起征点的免缴文化事业建设费；增值税法施行后提高的起征点是否适用尚无规定，此处由它决定是否缴费；现按原标准计算，请向主管税务机关核实",
        "entertainment under the starting point of VAT is free of the fee for cultural undertakings; whether that holds for the higher point of the VAT law is not said, and it decides here; computed by the former limit: ask the tax office",
    ),
    "cultural_fee_of_individuals": (
        "文化事业建设费的小规模免征条款只列企业和非企业性单位，未列个体工商户；此处仍按免征计算，请向主管税务机关核实",
        "the clause that frees small sales of the fee for cultural undertakings names enterprises and other units, not individual businesses; computed as free: ask the tax office",
    ),
    "registration_term_ends": (
        "登记注册后免缴残疾人就业保障金的年限在本期内届满，剩余月份如何免征没有规定；此处整期按应缴计算，请向主管税务机关核实",
        "the years after registration in which a small firm owes no fund for the disabled end within the period; what its last months spare is not said: computed as due in full, ask the tax office",
    ),
    "loans_of_an_individual": (
        "借款合同免征印花税的条款只列小型、微型企业，个体工商户是否适用存在疑问；此处仍按免征计算，请向主管税务机关核实",
        "the clause that frees loan contracts of stamp duty names small and micro enterprises; whether it holds for an individual business is doubtful: computed as free, ask the tax office",
    ),
    "more_disabled_than_staff": (
        "残疾职工人数大于在职职工人数，请核对 disabled_staff",
        "there are more disabled staff than staff: check disabled_staff",
    ),
    "real_estate_unconfirmed": (
        "增值税法施行后是否仍可在扣除销售不动产后比较起征点，尚无规定，此处由它决定其余部分是否免税；默认不扣除，填 real_estate_left_out=是 则按可扣除计",
        "whether sales of real estate may still be left out of the test under the VAT law is unconfirmed, and it decides whether the rest is exempt; they are counted unless you set real_estate_left_out=yes",
    ),
    "dispatch_deduction_ended": (
        "增值税法施行后，劳务派遣、安全保护等的差额计税仅限一般纳税人，小规模纳税人所填 five_percent_deduction 未扣除；旅游服务、建筑分包的扣除额请填 differential_deduction",
        "under the VAT law the differential of labour dispatch, security and the like is for general payers only: five_percent_deduction of a small-scale payer is not taken off; what a travel service pays on, or a builder to subcontractors, is differential_deduction",
    ),
    "kind_of_invoices_decides": (
        "未达起征点，专用发票部分仍征税，其中多少属于不动产租赁影响税额；此处先作租赁计，与租赁无关的专用发票请填 special_invoice_sales",
        "below the starting point special invoices are taxed, and how many of them are of leases of real estate changes the tax; as many as can be are taken to be; put the others into special_invoice_sales",
    ),
    "ignored_of_a_general_payer": (
        "一般纳税人：小规模纳税人的销售额分项、差额扣除和预缴地销售额未计入；请并入销项税额填报",
        "a general payer: the parts of sales, deductions and prepayment sales of small-scale payers are left out; put them into output VAT",
    ),
    "ignored_of_a_small_scale_payer": (
        "小规模纳税人：销项、进项、税率和留抵未计入；如为一般纳税人请改填纳税人类型",
        "a small-scale payer: output VAT, input VAT, VAT rate and credit are left out; if the firm is a general payer, say so",
    ),
    "differs_from_vat_paid": (
        "所填实缴增值税与按销售额计算的不一致；附加税费按所填数计算",
        "the VAT stated as paid differs from the VAT computed; the surcharges rest on the stated figure",
    ),
    "short_amortisation": (
        "摊销年限少于规定的最低年限：仅在合同或法律规定了使用年限时可以",
        "amortised over fewer years than the least: allowed only where a contract or the law sets the life of the asset",
    ),
    "rd_claimed_in_july": (
        "本期预缴不能享受研发费用加计扣除；七月预缴申报（六月或第二季度）可就上半年的费用享受，也可留到以后{amounts}",
        "this prepayment cannot claim the R&D deduction; the return filed in July (June or the second quarter) can, for the "
        "costs of the half-year, or a later one{amounts}",
    ),
    "rd_claimed_in_october": (
        "本期预缴不能享受研发费用加计扣除；十月预缴申报（九月或第三季度）可就前三季度的费用享受，也可留到汇算清缴{amounts}",
        "this prepayment cannot claim the R&D deduction; the return filed in October (September or the third quarter) can, "
        "for the costs of three quarters, or else the settlement{amounts}",
    ),
    "rd_claimed_at_settlement": (
        "本期预缴不能享受研发费用加计扣除；次年五月底前汇算清缴时按全年费用享受{amounts}",
        "this prepayment cannot claim the R&D deduction; the settlement, due by the end of next May, does for the whole year{amounts}",
    ),
    "rd_to_september": (
        "第四季度（十二月）预缴按前三季度的研发费用加计扣除（十月申报的金额），只填了全年累计数；请填前三季度各季的研发费用{amounts}",
        "the prepayment of the fourth quarter or December keeps the R&D deduction of three quarters, as filed in October, and only "
        "the costs of the year are stated; state those of the first three quarters{amounts}",
    ),
    "encouraged_shares_differ": (
        "鼓励类收入占比与两项收入之比不一致，且一项达标、一项不达标；按所填占比判断",
        "the share of encouraged income and the two amounts differ on whether the least share is reached; the stated share counts",
    ),
    "partnership_share": (
        "合伙企业由合伙人分别缴纳个人所得税：应纳税所得额须为该合伙人分得的份额",
        "partners of a partnership are taxed one by one: taxable income must be the share of the one partner",
    ),
    # ---- figures that were hardly meant as they stand (taxcalc.rules.plausible)
    "sales_small_for_staff": (
        "与从业人数相比，销售额过小，是否以万元为单位？若是，请在表头写“（万元）”，或在数字后写“万”",
        "sales are very small beside the number of employees: are they in 万元? If so, head the column with （万元）, or write 万 behind the number",
    ),
    "assets_small_for_sales": (
        "与销售额相比，资产总额过小，是否以万元为单位？若是，请在表头写“（万元）”，或在数字后写“万”",
        "total assets are very small beside sales: are they in 万元? If so, head the column with （万元）, or write 万 behind the number",
    ),
    "sales_uneven": (
        "有的季（月）销售额比其他的小几千倍，是否有的以万元、有的以元为单位？请统一为元，或在数字后写“万”",
        "sales of some quarter or month are thousands of times below the others: are some in 万元 and some in yuan? Write all in yuan, or 万 behind the number",
    ),
    "rd_exceeds_sales": (
        "研发费用大于销售额；请核对 rd_expensed 与 revenue 的单位和栏次，属实则不必改动",
        "R&D spend exceeds sales: check the unit and place of rd_expensed and revenue; if it is so, leave it",
    ),
    "no_staff_beside_sales": (
        "有销售额而从业人数为零；未知请留空，否则填全年季度平均数",
        "there are sales but no employees; leave the cell empty if the number is unknown, else write the quarterly average of the year",
    ),
    "no_assets_beside_sales": (
        "有销售额而资产总额为零；未知请留空，否则填全年季度平均数",
        "there are sales but no assets; leave the cell empty if they are unknown, else write the quarterly average of the year",
    ),
    # ---- batches
    "columns_unknown": (
        "以下列未识别，原样保留：{titles}",
        "these columns are no facts and are passed through: {titles}",
    ),
    "column_unknown_near": (
        "第{column}列“{title}”未识别，原样保留；是否指 {near}？",
        "column {column} '{title}' is no known fact; it is passed through. Did you mean {near}?",
    ),
    "column_twice": (
        "{source}：第{first}列“{one}”与第{second}列“{other}”都是 {label}；请看哪一列对，另一列不读："
        '加 --pass "{other}"（或 --pass "{one}"）',
        "{source}: column {first} '{one}' and column {second} '{other}' are both: {label}. See which is right, and leave "
        'the other out: add --pass "{other}" (or --pass "{one}")',
    ),
    "column_twice_alike": (
        "{source}：第{first}列与第{second}列的标题都是“{one}”，都是 {label}；请删去或改名其中一列",
        "{source}: columns {first} and {second} are both headed '{one}', and both are: {label}. Delete or rename one of them",
    ),
    "header_missing": (
        "{source}：前几行中没有表头：没有一行写着各列项目的名称（第一行是：{titles}）；请用 --header-row 行号 指明，"
        "用 --map 标题=项目 说明列；报表、账簿、流水不是一行一户，请用 taxcalc template 生成表格后填写",
        "{source}: no heading is found: none of the first rows names the facts of its columns (the first is: {titles}); "
        "say where it is with --header-row N, what a column is with --map HEADING=fact; a statement or a ledger has no row "
        "for each business: begin with 'taxcalc template'",
    ),
    "header_row": (
        "{source}：第 {row} 行没有表头；--header-row 须是前 {rows} 行中有文字的一行",
        "{source}: there is no heading in row {row}; --header-row takes a row among the first {rows} that has text",
    ),
    "header_sideways": (
        "{source}：表格是横放的：项目（{titles}）上下写在一列；请在表格软件中复制后“选择性粘贴→转置”，使一行一户",
        "{source}: the table lies on its side: the facts ({titles}) stand in one column; copy it and paste it "
        "transposed in the spreadsheet, so that each row is a business",
    ),
    "units_differ": (
        "{source}：表头上方写有不同的单位：{units}；请在各列标题中写明单位，如 销售额（万元）",
        "{source}: different units stand above the heading: {units}; write them in the headings, "
        "for instance 销售额（万元）",
    ),
    "columns_bare": (
        "{titles}：按各该期销售额（不含税）读取",
        "{titles}: read as the sales of these periods, net of VAT",
    ),
    "heading_not_there": (
        "表中没有标题为“{heading}”的列；现有：{titles}",
        "no column is headed '{heading}'; there are {titles}",
    ),
    "second_heading": (
        "第 {row} 行（{text} …）又是一个表头，列的含义与上面不同；请把这一段另存为一张表，分别测算",
        "row {row} ({text} …) is another heading, with columns of its own; save that part as a table of its own",
    ),
    "row_nameless": (
        "名称、编号都空白，不知是哪一户；若与上一行相同（合并过的单元格），请取消合并并向下填充；若是合计，请在名称列写“合计”；"
        "若另是一户，请填名称",
        "it has neither a name nor an identifier; if they are those of the row above (merged cells), unmerge them and fill "
        "down; if it is a total, write 'total' as its name; if it is another business, name it",
    ),
    "unit_below": (
        "第 {row} 行写着“{text}”，而金额是按{unit}读取的；请在各金额列的标题中写明单位，如 销售额（{stated}），或删去这一行",
        "row {row} says '{text}', but amounts are read as {unit}; write the unit in the headings, for instance "
        "销售额（{stated}）, or delete that row",
    ),
    "row_is_aside": (
        "第 {row} 行（{text}）不是企业（合计、附注或表头），没有可测算的资料",
        "row {row} ({text}) is no business but a total, a note or a heading",
    ),
    "aside_total": ("第 {rows} 行是合计，未计入（{count} 行）", "set aside, being totals: {count} rows ({rows})"),
    "aside_subtotal": ("第 {rows} 行是小计，未计入（{count} 行）", "set aside, being subtotals: {count} rows ({rows})"),
    "aside_carried": (
        "第 {rows} 行是承前页或过次页，未计入（{count} 行）",
        "set aside, being carried over between pages: {count} rows ({rows})",
    ),
    "aside_note": (
        "第 {rows} 行是附注、签署或平均数，未计入（{count} 行）",
        "set aside, being notes or means: {count} rows ({rows})",
    ),
    "aside_heading": (
        "第 {rows} 行是重复的表头或栏次，未计入（{count} 行）",
        "set aside, being the heading once more: {count} rows ({rows})",
    ),
    "aside_sample": (
        "第 {rows} 行是填写示例，未计入（{count} 行）",
        "set aside, being samples of how to fill in: {count} rows ({rows})",
    ),
    "aside_other_period": (
        "第 {rows} 行属于其他所属期，未计入（{count} 行）",
        "set aside, being of other periods: {count} rows ({rows})",
    ),
    "row_other_period": ("本行不属于 {period}", "this row is not of {period}"),
    "figure_of_year": (
        "“{title}”是全年数，不能用于 {period}；请加一列该期的数，如“{title}{part}”，没有填 0",
        "'{title}' is a figure of the year, of no use for {period}; add a column '{title} {part}', 0 for none",
    ),
    "columns_of_the_year": (
        "以下列是全年数，不用于 {period}：{titles}；需要时请加该期的列，如“销售额{part}”“截至{part}累计应纳税所得额”",
        "these columns are of the whole year and not used for {period}: {titles}; add columns of the period where "
        "they are needed, such as 'revenue {part}'",
    ),
    "columns_to_date": (
        "以下列是年度中间的累计数，不是全年数，未使用：{titles}；测算该期请加 --period，如 --period 2025Q2",
        "these columns are figures to a date within the year and are not used: {titles}; add --period, "
        "such as --period 2025Q2, to assess that period",
    ),
    "column_by_cells": (
        "“{title}”列按其内容读作 {label}",
        "column '{title}' is read, by what stands in it, as: {label}",
    ),
    "columns_gross": (
        "{source}：{gross} 为含税金额，{net} 未写含税；请统一，或在标题中写明（不含税）后分开测算",
        "{source}: {gross} include VAT, {net} do not say so; make them alike, or assess them apart",
    ),
    "columns_read_gross": ("{titles}：按含税金额换算为不含税", "{titles}: taken as including VAT, and converted"),
    "columns_read_own": (
        "{titles}：按各季当季数读入；如为本年累计数，请在标题中注明“累计”，并只留最近一季",
        "{titles}: taken as the amounts of each quarter alone; if they are to date, say so in the heading (累计, to date) and "
        "keep the last one",
    ),
    "column_unclaimed": (
        '第{column}列“{title}”可能是 {label}，但不能确定：若是，请加 --map "{title}={name}"；若不是，请加 --pass "{title}"',
        'column {column} \'{title}\' may be: {label}. If it is, add --map "{title}={name}"; if not, --pass "{title}"',
    ),
    "column_to_date": (
        "第{column}列“{title}”是累计数，而 {label} 须填本期数；请改填本期数，"
        '若所属期就是整个累计期间，请加 --map "{title}={name}"，若不是此项，请加 --pass "{title}"',
        "column {column} '{title}' adds up since January, and {label} is of the period alone; write that, or, if the tax period "
        'is the whole time, add --map "{title}={name}"; if it is something else, --pass "{title}"',
    ),
    "period_apart": (
        "第{column}列“{title}”写的是哪个月或哪一季，而所属期只由年度确定；请合成一列“所属期”（如 {hint_year}-03、{hint_year}Q1），"
        '若与所属期无关，请加 --pass "{title}"',
        "column {column} '{title}' says which month or quarter, and the tax period is taken from the year alone; write both "
        "in one column 'Tax period' (as {hint_year}-03 or {hint_year}Q1), or, if it is something else, add --pass \"{title}\"",
    ),
    "mark_absent": (
        "“{column}”列：{count} 处 {texts} 按空白（未知）处理；没有请填 0",
        "column '{column}': {count} cells ({texts}) are taken as empty (not known); write 0 where there is none",
    ),
    "mark_zero": (
        "“{column}”列：{count} 处会计格式的 {texts} 按 0 读取",
        "column '{column}': {count} dashes of accounting ({texts}) are read as 0",
    ),
    "cell_formula": (
        "{formula} 是公式，但文件中没有它的计算结果；请用 Excel 或 WPS 打开并保存，再读取",
        "{formula} is a formula of which the file holds no result; open the file in a spreadsheet, save it, read it again",
    ),
    "cell_error": (
        "{error} 是电子表格的错误值；请在表中改正公式，或填入数值",
        "{error} is an error of the spreadsheet; mend the formula there, or write the figure",
    ),
    "mark_rounded": (
        "“{column}”列：{count} 个数值精确到分以下，已四舍五入到分",
        "column '{column}': {count} figures finer than a fen are rounded to it",
    ),
    "cells_untitled": (
        "第 {column} 列没有标题，其中 {count} 格有内容，未读取；如是要用的资料，请写上标题",
        "column {column} has no heading; {count} cells with something in them are not read: if they matter, head the column",
    ),
    "mark_scaled": (
        "“{column}”列：{count} 个数值的显示格式以千或万为单位，按单元格的实际数值读取",
        "column '{column}': {count} figures are shown in thousands or so; they are read as the cells hold them",
    ),
    "rows_are_entries": (
        "从这些列看，每行是一笔交易、凭证或一张发票，不是一户：{titles}；请先按户（和所属期）汇总后再测算；若确是一行一户，请加 --pass-unknown",
        "by these columns each row is an entry or an invoice, not a business: {titles}; add them up by business and period first, or add --pass-unknown if each row is a business all the same",
    ),
    "strict_doubted": (
        "有存疑之处会影响税额，按 --strict 未输出任何结果；请先核对，或去掉 --strict",
        "what is doubted touches a tax, and with --strict nothing is written; look into it first, or leave --strict out",
    ),
    "no_amounts": (
        "没有一列是可据以计税的金额或数量（如 销售额、应纳税所得额、从业人数），各行只能列出尚缺资料；请用 --map 标题=项目 指明，或每户一行补充这些列",
        "no column is an amount or a number that a tax is computed from (such as revenue, taxable_income, employees), so that each row can only tell what it lacks; name one with --map HEADING=fact, or add such columns, a business a row",
    ),
    "rows_hidden": (
        "第 {rows} 行在表中是隐藏的（筛选或手动隐藏），也已计入（{count} 行）；不要计入的请删去",
        "hidden in the sheet, by a filter or by hand, and counted all the same: {count} rows ({rows}); delete what is not to count",
    ),
    "columns_hidden": (
        "表中隐藏的列也已读取：{columns}；不要读取的请删去",
        "columns that are hidden in the sheet were read too: {columns}; delete what is not to be read",
    ),
    "sheets_passed": (
        "未读取的工作表（隐藏、空白或没有表头）：{sheets}",
        "sheets not read (hidden, empty or without a heading): {sheets}",
    ),
    "sheets_several": (
        "{path}：有几张工作表含资料：{sheets}；请用 --sheet 名称 选一张，或 --sheet all 依次读取",
        "{path}: several sheets hold facts: {sheets}; choose one with --sheet NAME, or read all with --sheet all",
    ),
    "sheet_missing": (
        "{path}：没有工作表“{sheet}”；现有：{sheets}",
        "{path}: there is no sheet '{sheet}'; there are {sheets}",
    ),
    "sheets_unlike": (
        "{path}：工作表“{sheet}”的表头与“{first}”不同；--sheet all 要求各表列相同，请分别用 --sheet 测算",
        "{path}: the heading of sheet '{sheet}' is not that of '{first}'; --sheet all takes sheets of the same columns",
    ),
    "sheets_of_times": (
        "{path}：工作表名（{sheets}）写的是各表的所属期，而表中没有所属期列，不会被读取；请在各表加一列“所属期”（如 {hint_year}-03、{hint_year}Q1），"
        "或用 --sheet 名称 逐张测算并加 --period",
        "{path}: the titles of the sheets ({sheets}) say of what time each is, and no column does; add a column 'Tax period' "
        "(as {hint_year}-03 or {hint_year}Q1) to each, or assess them one by one with --sheet NAME and --period",
    ),
    "doubted": (
        "存疑（“{column}”列，{count} 行：第 {rows} 行）：{why}",
        "doubtful (column '{column}', {count} rows: {rows}): {why}",
    ),
    "total_differs": (
        "第 {row} 行“{text}”：“{column}”为 {stated}，以上各行之和为 {sum}；请核对",
        "row {row} '{text}': '{column}' is {stated}, the rows above add up to {sum}; please check",
    ),
    "sheet_of_none": ("{path}：不是工作簿，没有工作表；请去掉 --sheet", "{path}: it has no sheets; leave out --sheet"),
    "map_shape": (
        "--map “{text}”：请写成 标题=项目，如 --map 主营收入=revenue",
        "--map '{text}': write HEADING=fact, for instance --map turnover=revenue",
    ),
    "map_file": (
        '{path}：不能用作 --map-file：{why}；须是 TOML：[map] 下每行 "标题" = "项目"',
        '{path}: no use as --map-file: {why}; it must be TOML with lines "HEADING" = "fact" under [map]',
    ),
    "header_unreadable": ("{source}：表头不能读取：{why}", "{source}: the heading cannot be read: {why}"),
    "header_wide": (
        "{source}：表头有 {columns} 列，最多 {limit} 列；请检查分隔符，或只留需要的列",
        "{source}: the heading has {columns} columns, at most {limit} are read; check the delimiter, "
        "or keep the columns that are needed",
    ),
    "encoding_unread": (
        "{path}：看来是 {encoding} 编码，不能读取；请在表格软件中另存为“CSV UTF-8”",
        "{path}: this seems to be {encoding}, which is not read; save it as 'CSV UTF-8' in the spreadsheet",
    ),
    "encoding_unknown": (
        "{path}：第 {position} 字节处既不是 UTF-8 也不是 GB18030；请用 --encoding 指明编码",
        "{path}: neither UTF-8 nor GB18030 at byte {position}; name the encoding with --encoding",
    ),
    "input_other_kind": (
        "{path}：这是{kind}，不是 Excel 工作簿；请用 Excel、WPS 或能打开它的程序（LibreOffice、Numbers）打开，另存为 .xlsx",
        "{path}: this is {kind}, not an Excel workbook; open it in Excel, WPS or a program that can (LibreOffice, Numbers), "
        "and save it as .xlsx",
    ),
    "input_no_table": (
        "{path}：这是{kind}，不是表格；请把其中的表复制到工作簿，存为 .xlsx 或 CSV",
        "{path}: this is {kind}, not a table; copy the table in it to a workbook, and save that as .xlsx or CSV",
    ),
    "input_packed": (
        "{path}：这是{kind}，不是工作簿；请先解压，再给出其中的表格文件",
        "{path}: this is {kind}, not a workbook; unpack it, and give the file with the table",
    ),
    "input_encrypted": (
        "{path}：工作簿设有打开密码，内容已加密；请用 Excel 或 WPS 打开，取消密码后另存为 .xlsx",
        "{path}: this workbook opens with a password only; open it in Excel or WPS, take the password off, "
        "and save it as .xlsx",
    ),
    "input_json": (
        "{path}：不是 JSON 行；请每行写一个对象，存为 .jsonl",
        "{path}: these are no JSON lines; write one object a line, and save them as .jsonl",
    ),
    "input_called_otherwise": (
        "{path}：内容其实是{kind}，按内容读取",
        "{path}: this is in fact {kind}, and read as such",
    ),
    "column_nested": (
        "{path}：“{title}”列每格是一组数据（{type}），不是单个值；请展开或删去这一列",
        "{path}: each cell of the column '{title}' is a set of values ({type}); make it columns of its own, or drop it",
    ),
    "json_line_unreadable": (
        "这一行不是 JSON；请每行写一个对象，如 {example}",
        "this line is no JSON; write one object a line, such as {example}",
    ),
    "json_no_object": (
        "这一行不是 JSON 对象；请每行写一个对象，如 {example}",
        "this line is no JSON object; write one a line, such as {example}",
    ),
    "json_key_twice": ("“{key}”在这一行出现两次；请只留一个", "'{key}' stands twice in this line; keep one"),
    "json_nested": (
        "“{key}”的值是一组数据；请只写单个值",
        "the value of '{key}' is a set of values; write a single one",
    ),
    "json_key_new": (
        "前 {lines} 行中没有“{key}”这一项；请在第一行也写上（可为 null）",
        "'{key}' is in none of the first {lines} lines; give it in the first one too, if as null",
    ),
    "workbook_without_sheets": (
        "{path}：这个工作簿里没有工作表；请打开核对后另存为 .xlsx",
        "{path}: there is no sheet in this workbook; open it and look, and save it anew as .xlsx",
    ),
    "workbook_unreadable": (
        "{path}：文件不完整或不能读取（{why}）；请重新导出，或用 Excel、WPS 打开后另存为 .xlsx",
        "{path}: not a readable file, or a part of one only ({why}); export it again, or open it in Excel or WPS "
        "and save it as .xlsx",
    ),
    "workbook_oversized": (
        "{path}：工作簿的 {part} 展开后过大，不像表格；请另存为新的 .xlsx，或 CSV",
        "{path}: {part} in this workbook unpacks to more than a table needs; save it anew as .xlsx, or as CSV",
    ),
    "workbook_wide": (
        "XLSX 工作簿最多 {limit} 列，此处有 {columns} 列；请改为输出 .csv 或 .parquet",
        "an XLSX workbook holds at most {limit} columns, here are {columns}; write .csv or .parquet",
    ),
    "workbook_amount": (
        "有金额超过 {limit} 元，电子表格的位数不足以精确到分；请用其他格式的报告",
        "an amount is more than {limit} yuan, for which a spreadsheet has too few digits; write the report in another format",
    ),
    "workbook_full": (
        "XLSX 工作簿最多 {limit} 行；请改为输出 .csv 或 .parquet",
        "an XLSX workbook holds at most {limit} rows; write .csv or .parquet",
    ),
    "option_needs": ("{option} 须与 {other} 一起使用", "{option} goes with {other}"),
    "option_apart": ("{option} 不能与 {other} 一起使用", "{option} does not go with {other}"),
    "same_file": ("--output 与 --rejects 是同一个文件：{path}", "--output and --rejects are the same file: {path}"),
    "input_found_all": (
        "{path}：{how}，{facts} 列全部识别{more}",
        "{path}: {how}; all {facts} columns are facts{more}",
    ),
    "input_found": (
        "{path}：{how}，{columns} 列中识别 {facts} 列{more}",
        "{path}: {how}; {facts} of {columns} columns are facts{more}",
    ),
    "output_is_input": (
        "{path}：这就是输入文件；请写到另一个文件，以免丢失其中的行",
        "{path}: this is the input itself; write to another file, so that no row of it is lost",
    ),
    "input_changed": (
        "{path}：在读取期间被改动，结果不可靠；请待其写完后重新运行",
        "{path}: it changed while it was read, so no result can be relied on; run again when it is complete",
    ),
    "stdin_terminal": (
        "没有输入；请给出文件，或用管道传入 CSV",
        "there is no input; name a file, or pipe CSV into it",
    ),
    "bytes_undecodable": (
        "这一行含有不能按所用编码解读的字节；请用 --encoding 指明编码，或修正此行",
        "it has bytes that the encoding cannot read; name the encoding with --encoding, or mend the row",
    ),
    "quote_open": (
        "引号在 {lines} 行内没有闭合；只退回此行，请补上引号",
        "a quote is not closed within {lines} lines; only this row is left out, so close the quote",
    ),
    "quote_inside": (
        "引号闭合后还有文字；含引号的单元格须整体加引号，其中的引号写两次",
        "text follows a closing quote; a cell with quotes is quoted as a whole, and quotes in it are doubled",
    ),
    "record_long": (
        "一行超过 {limit} MB；已退回此行，请检查引号与换行",
        "a row is longer than {limit} MB; it is left out, so check quotes and line ends",
    ),
    "cells_miscounted": (
        "有 {found} 个单元格，表头有 {expected} 个；请检查多出或缺少的分隔符；单元格中有分隔符的须加引号",
        "it has {found} cells where the heading has {expected}; look for a delimiter too many or too few, and quote cells "
        "that hold one",
    ),
    "row_rejected": ("第 {row} 行{where}：{why}", "row {row}{where}: {why}"),
    "rows_rejected_more": (
        "共退回 {rows} 行（按列：{columns}）；用 --rejects 文件.csv 写出全部",
        "{rows} rows are rejected (by column: {columns}); write all of them with --rejects FILE.csv",
    ),
    "returns_open": (
        "{n} 户尚缺资料或表样版本不详，有栏次未填",
        "{n} businesses lack facts, or the version of a form is not known: lines of them are left open",
    ),
    "rows_accounted": (
        "共 {rows} 行：输出 {out} 行，退回 {rejected} 行",
        "{rows} rows in = {out} rows out + {rejected} rejected",
    ),
    "rows_accounted_aside": (
        "共 {rows} 行：输出 {out} 行，退回 {rejected} 行，不是企业 {aside} 行",
        "{rows} rows in = {out} rows out + {rejected} rejected + {aside} that are no businesses",
    ),
    "rows_usable_all": ("共 {rows} 行，全部可用", "{rows} rows, all of use"),
    "rows_usable": (
        "共 {rows} 行：可用 {out} 行，不能用 {rejected} 行，不是企业 {aside} 行",
        "{rows} rows: {out} of use, {rejected} not, {aside} no businesses",
    ),
    "file_there": (
        "{path}：已有此文件，未作改动；要覆盖请加 --force，或换一个文件名",
        "{path}: it is there already and was left as it is; add --force to replace it, or take another name",
    ),
    "template_written": (
        "已生成 {path}：第一行是表头，第二行是样例（不计入）。填好并保存后，先运行 taxcalc check {called}，再运行 taxcalc batch {called}",
        "wrote {path}: headings in row 1, a sample that is never counted in row 2. Fill it in and save it, then run "
        "'taxcalc check {called}' and then 'taxcalc batch {called}'",
    ),
    "output_folder": ("{path}：是文件夹；请给出文件名", "{path}: this is a folder; name a file"),
    "output_unwritable": ("{path}：不能写入：{why}", "{path}: cannot be written: {why}"),
    "range_refused": (
        "{path}：不能按字节范围测算（{why}）；请对整个文件使用 taxcalc batch",
        "{path}: cannot be assessed by ranges of bytes ({why}); use taxcalc batch for the whole file",
    ),
    "range_quotes": (
        "{path}：单元格内有换行或多余的引号，不能按字节范围测算（“{text}”）；请对整个文件使用 taxcalc batch",
        "{path}: a cell has a line break or a stray quote, so it cannot be assessed by ranges of bytes ('{text}'); use "
        "taxcalc batch for the whole file",
    ),
    "range_unlike": (
        "{path}：程序、政策表、日期、选项、表头或文件与其他范围不同，拼接后不成一表；请对各范围用同样的设置重新测算",
        "{path}: program, law, day, options, heading or the file itself differ from those of other ranges, so that the parts make "
        "no one table; assess all ranges anew in the same way",
    ),
    "memory_short": (
        "内存不足：系统限制了本程序可用的内存；请放宽限制（如 ulimit -v），或分成几个文件测算",
        "not enough memory: the system limits what this program may take; raise the limit (such as ulimit -v), or assess the "
        "table in several files",
    ),
    "interrupted": ("已中断；没有留下未写完的文件", "interrupted; no half-written file is left"),
    "row_or_id": ("请用 --row 行号 或 --id 标识 指明一行", "name one row with --row NUMBER or --id TEXT"),
    "row_missing": (
        "{source}：没有第 {row} 行的数据；表头为第1行，空行不算",
        "{source}: there is no business in row {row}; the heading is row 1, and blank rows do not count",
    ),
    "row_is_broken": ("第 {row} 行不能读取：{why}：{text}", "row {row} cannot be read: {why}: {text}"),
    "id_missing": ("没有标识或名称为“{id}”的行", "no row has the identifier or name '{id}'"),
    "id_several": (
        "有多行的标识或名称为“{id}”：第 {rows} 行；请用 --row",
        "several rows have the identifier or name '{id}': {rows}; use --row",
    ),
    "id_column_missing": (
        "{source}：没有标识列或名称列；请用 --row",
        "{source}: it has no column of identifiers or names; use --row",
    ),
    "column_not_there": ("没有“{name}”列；现有：{titles}", "there is no column '{name}'; there are {titles}"),
    # ---- settings
    "config_file": (
        "{path}：设置须是普通文件，不超过 {limit} 字节",
        "{path}: settings must be a regular file of at most {limit} bytes",
    ),
    "config_unknown": (
        "{source}：没有“{key}”这项设置；可设：{near}",
        "{source}: there is no setting '{key}'; there are: {near}",
    ),
    "config_relief": (
        "{source}：“{key}”（{label}）会带来优惠，不能默认；请在每户资料中填写",
        "{source}: '{key}' ({label}) brings a relief and cannot be a default; state it of each business",
    ),
    "config_fact": (
        "{source}：“{key}”（{label}）是各户的资料，不能默认；可默认的只有 place 和 year",
        "{source}: '{key}' ({label}) is a fact of each business and no default; place and year may be",
    ),
    "config_files_only": (
        "{source}：政策表和列名对应只能写在 taxcalc.toml 或选项里",
        "{source}: tables and maps are set in taxcalc.toml or by an option only",
    ),
    "config_type": (
        "{source}：“{key}”的值不对；tables 为文件夹列表，[map] 为“列名 = 项目”，其余为文本",
        "{source}: the value of '{key}' cannot be used; tables is a list of folders, [map] has HEADING = FACT, others are texts",
    ),
    "config_value": (
        "{source}：“{key}”没有 {value} 这一选项；可选：{allowed}",
        "{source}: '{key}' cannot be {value}; choose from {allowed}",
    ),
    "config_used": (
        "采用资料所在文件夹的设置 {key}：{path}",
        "{key} is taken from the settings in the folder of the input: {path}",
    ),
    "config_fact_used": (
        "未填 {name} 的行取 {value}（{source}）",
        "rows that do not state it have {name} = {value} ({source})",
    ),
    "frames_missing": (
        "数据框须有 narwhals：pip install 'taxcalc-cn[frames]'",
        "frames need narwhals: pip install 'taxcalc-cn[frames]'",
    ),
    "frame_kind": (
        "“{type}”不是能读的数据框；请用 polars、pandas 或 pyarrow 的表，惰性的先 collect",
        "'{type}' is no frame that is read; use one of polars, pandas or pyarrow, and collect a lazy one first",
    ),
    "frame_value": (
        "“{value}”（{type}）不是单元格可填的值；请用文本、数或日期",
        "'{value}' ({type}) is nothing that a cell can hold; use a text, a number or a date",
    ),
    "row_left_out": (
        "不是一户的数据（空行、合计、小计、说明，或其他所属期），不计算",
        "this is no business (a blank row, a total or a note) or of another period, and is not computed",
    ),
    "select_unknown_near": (
        "--select：没有“{name}”列；是否指 {near}？",
        "--select: there is no column '{name}'; did you mean {near}?",
    ),
    "select_unknown": (
        "--select：没有“{name}”列；可用原表的列，以及“taxcalc batch … --names id”所列的编号，如 total.saving",
        "--select: there is no column '{name}'; there are those of the table, and the ids that 'taxcalc batch … --names id' "
        "has, such as total.saving",
    ),
    "rows_of_a_kind": ("{count} 行（{where}第 {rows} 行）：{why}", "{count} rows ({where}row {rows}): {why}"),
    "column_small": (
        "大多数金额小得不像以元为单位，是否以万元为单位？若是，请在表头写“（万元）”",
        "most amounts are too small to be in yuan; are they in 万元? If so, head the column with （万元）",
    ),
    "column_jumps_down": (
        "比同列其他金额小约一万倍，是否以万元为单位？若是，请换算为元，或在数字后写“万”",
        "about ten thousand times below the others of the column; are they in 万元? If so, write them in yuan, or 万 behind the number",
    ),
    "column_jumps_up": (
        "比同列其他金额大一万倍以上，是否单位不同？请统一为元",
        "more than ten thousand times above the others of the column; are they in another unit? Write all in yuan",
    ),
    "to_date_falls": (
        "本年累计数比上一期还少，是否填成了本期数？请填年初至本期末的累计数",
        "the figure to date is less than that of the period before; is it that of the period alone? Write what has added up since January",
    ),
    "id_rounded": (
        "编号被电子表格当作数值，末几位已丢失；请把该列设为“文本”后重新填写",
        "a spreadsheet took the identifier for a number and lost its last digits; format the column as text and enter it anew",
    ),
    "id_check": (
        "编号的位数或校验码不对，可能有错字；请与营业执照核对（不影响计算）",
        "the length or the check character of the identifier is wrong, perhaps by a slip; compare it with the licence (no figure depends on it)",
    ),
    "id_has_two_names": (
        "同一编号在前面的行用的是另一个名称；请核对是否同一户",
        "an earlier row gives this identifier another name; check whether they are one business",
    ),
    "row_twice": (
        "同一户的同一所属期另有一行，各行都已测算；请核对，重复的删去一行",
        "another row has the same business and period, and each was computed; check them, and delete one if it is there twice",
    ),
    "rows_overlap": (
        "同一户同一所属期（或所属期重叠）的行：第 {rows} 行（{count} 户）；各行都已测算，是重复的请删去",
        "rows of the same business and period, or of periods that overlap: {rows} ({count} businesses); each was computed, delete those that are there twice",
    ),
    "rows_not_counted": (
        "第 {rows} 行是同一户的同一所属期（或所属期重叠），都未计入合计（{count} 户）；请删去重复的行，或加 --duplicates first（计入先出现的）、--duplicates last（计入后出现的）、--duplicates all（都计入）",
        "rows {rows} are of the same business and period, or of periods that overlap, and none of them is in the totals ({count} businesses); delete what is there twice, or add --duplicates first (the earlier one counts), --duplicates last (the later one) or --duplicates all (each of them)",
    ),
    "rows_counted": (
        "第 {rows} 行是同一户的同一所属期（或所属期重叠，{count} 户），按 --duplicates {duplicates} 计入合计",
        "rows {rows} are of the same business and period, or of periods that overlap ({count} businesses), and in the totals as --duplicates {duplicates} says",
    ),
    "id_is_individual": (
        "代码以 92 开头，是个体工商户，却按其他类别计算；请在“纳税人类别”列填“个体工商户”",
        "a code that begins with 92 is that of an individual business, but another kind is computed; write individual_business in the column taxpayer",
    ),
    "id_is_company": (
        "代码以 91 或 93 开头，不是个体工商户；请核对“纳税人类别”列",
        "a code that begins with 91 or 93 is not that of an individual business; check the column taxpayer",
    ),
    "sample_agrees": (
        "抽查 {rows} 行逐行精确重算，各项全部一致",
        "{rows} rows recomputed one by one with the exact evaluator: every figure agrees",
    ),
    "sample_differs": (
        "第 {row} 行逐行重算的结果不同：{columns}；请报告此问题",
        "row {row} differs when recomputed: {columns}; please report this",
    ),
    "law_changes_within": (
        "“{relief}”的规定在 {period} 期间内变动，整期不适用；请按更短的期间分别计算",
        "the rule of '{relief}' changes within {period}, so it is not applied to the whole; assess shorter periods",
    ),
    # ---- the law
    "day_unreadable": (
        "“{value}”不是日期；请写成 2023-06-30、2023-06、2023Q2 或 2023",
        "'{value}' is not a date; write 2023-06-30, 2023-06, 2023Q2 or 2023",
    ),
    "law_unknown": (
        "没有“{path}”这张表或参数；“taxcalc law”列出全部表格",
        "there is no table or parameter '{path}'; 'taxcalc law' lists the tables",
    ),
    "law_unknown_near": (
        "没有“{path}”这张表或参数；您是否要写 {near}？",
        "there is no table or parameter '{path}'; did you mean {near}?",
    ),
    # ---- tables of the law
    "tables_unreadable": (
        "{path}：政策表不能读取（{why}）；请检查文件夹",
        "{path}: the tables cannot be read ({why}); check the folder",
    ),
    "tables_missing": (
        "{path}：此处没有政策表（*.toml）；请重新安装 taxcalc，或指明另一个文件夹",
        "{path}: no table (*.toml) was found here; reinstall taxcalc or name another folder",
    ),
    "table_toml": (
        "{where}：不是有效的 UTF-8 TOML（{why}）；请修正所指的行",
        "{where}: not valid TOML in UTF-8 ({why}); mend the line it names",
    ),
    "table_form": (
        "{where}：{key} 是 {value}，须为{expected}",
        "{where}: {key} is {value}; it must be {expected}",
    ),
    "table_internal": (
        "{where}：taxcalc 读取时自身出错，并非此表有误（{why}）；请连同此文件报告",
        "{where}: an error of taxcalc itself while reading this, not a fault of the table ({why}); report it with the file",
    ),
    "fault": (
        "taxcalc 自身出错（{why}）；请报告此行，所填内容不在其中",
        "an error of taxcalc itself ({why}); report this line: nothing that you entered is in it",
    ),
    "table_twice": (
        "{where}：[{path}] 在另一个文件中也有；请保留一个",
        "{where}: [{path}] stands in another file too; keep one",
    ),
    "table_document": (
        "{where}：文件“{document}”不在 documents.toml 中",
        "{where}: document '{document}' is not in documents.toml",
    ),
    "table_bare_number": (
        '{where}：数 {number} 没有单位；请写成文本，如 "{number}%"',
        '{where}: the bare number {number} has no unit; write it as text, for instance "{number}%"',
    ),
    "table_quantity": (
        '{where}：{value} 不是数量；请写明单位，如 "25%"、"100_000 yuan" 或 "300 persons"',
        '{where}: {value} is not a quantity; write a unit, such as "25%", "100_000 yuan" or "300 persons"',
    ),
    "table_outside": (
        "{where}：{key} 不在任何表内；请放到 [标题] 之下",
        "{where}: {key} stands outside any table; put it under a [heading]",
    ),
    "table_label": (
        "{where}：须有中文名称（zh）和英文名称（en）",
        "{where}: needs a label in Chinese and in English (zh, en)",
    ),
    "table_no_version": (
        "{where}：没有版本；请加上 [[{path}.version]] 及其日期和文件",
        "{where}: has no version; add [[{path}.version]] with its dates and document",
    ),
    "table_overlap": (
        "{where}：自 {one} 起与自 {other} 起的版本重叠",
        "{where}: the versions from {one} and {other} overlap",
    ),
    "table_ends_early": ("{where}：结束早于开始", "{where}: ends before it begins"),
    "table_evidence": (
        "{where}：evidence 须为 {allowed} 之一",
        "{where}: evidence must be one of {allowed}",
    ),
    "table_unread": (
        "{where}：标为 read，而 evidence.toml 没有 {clauses} 的记录；请写明何人何处所读，或改标 secondary、memory",
        "{where}: marked 'read', and evidence.toml has no record of {clauses}; say who read it where, or mark it "
        "secondary or memory",
    ),
    "table_citation": (
        "{where}：引用须有文件和条款；每个数字都要有出处",
        "{where}: a citation needs a document and a clause; every figure must have one",
    ),
    "table_parameters": (
        "{where}：{names}：版本与表的参数不一致；请把表的参数写全，不多也不少",
        "{where}: {names}: the version and the table's parameters do not agree; state each of them, and no others",
    ),
    "table_key": (
        "{where}：没有 {key} 这个键；可用的是 {allowed}",
        "{where}: the key '{key}' is not known; allowed are {allowed}",
    ),
    "table_gone": (
        "{where}：申报表栏次写在 returns_….toml；请删除此文件",
        "{where}: lines of returns stand in returns_….toml; remove this file",
    ),
    "table_date": (
        '{where}：{key} 须为日期，如 2023-01-01（未定终期写 until = "open"）',
        '{where}: {key} must be a date such as 2023-01-01 (an open end is written until = "open")',
    ),
    "table_fact": ("{where}：一个项目须自成一表", "{where}: a fact is a table of its own"),
    "table_type": ("{where}：type 须为 {allowed} 之一", "{where}: type must be one of {allowed}"),
    "table_options": (
        "{where}：选项（options）只属于 choice，且 choice 须有选项",
        "{where}: options belong to a choice, and a choice needs them",
    ),
    "table_needs": (
        "{where}：{key} 需要 {needed}；请补上",
        "{where}: {key} needs {needed}; add it",
    ),
    "table_one_of": (
        "{where}：{key} 须为 {allowed} 之一",
        "{where}: {key} must be one of {allowed}",
    ),
    "table_numbers": (
        "{where}：各措施的编号须递增，各出现一次",
        "{where}: the numbers of measures must rise, each once",
    ),
    "table_text": ("{where}：{key} 须为文本", "{where}: {key} must be a text"),
    "table_formula": (
        "{where}：{key} 的公式“{value}”在“{at}”处有误；请检查行号、名称和括号",
        "{where}: the formula '{value}' of {key} is wrong at '{at}'; check numbers of lines, names and brackets",
    ),
    "table_unknown": (
        "{where}：“{name}”不在 {file} 中；请检查拼写或补上",
        "{where}: '{name}' is not in {file}; check the spelling or add it",
    ),
    "table_id_taken": (
        "{where}：编号 {id} 已属于另一税费或优惠；请给此表另取名称",
        "{where}: the id {id} belongs to another levy or relief; name this table otherwise",
    ),
    "table_condition": (
        "{where}：“{value}”不是条件；请写 fact、!fact 或 fact=option 的列表",
        "{where}: '{value}' is no condition; write a list of fact, !fact or fact=option",
    ),
    "table_fact_type": (
        "{where}：{key}：“{name}”须为 {allowed} 型项目",
        "{where}: {key}: '{name}' must be a fact of type {allowed}",
    ),
    "table_amounts": (
        "{where}：{names}：相乘的各项中须恰有一项是金额",
        "{where}: {names}: of what is multiplied, exactly one must be an amount of money",
    ),
    "table_too_large": (
        "{where}：{names} 乘以 {key} 可能超出64位整数；请给项目较小的 max，或让数字位数少些",
        "{where}: {names} times {key} may not fit into 64 bits; give the facts a lower max, or the figure fewer digits",
    ),
    "table_too_long": (
        "{where}：多行一并计算时，{path} 可能超出64位整数；请让其数字位数少些，或用 taxcalc assess 逐户计算",
        "{where}: where many rows are computed at once, {path} may not fit into 64 bits; give it fewer digits, "
        "or assess firms one by one",
    ),
    "table_flags": (
        "{where}：在择高组内，of 须为是否型项目",
        "{where}: in a group of which the highest counts, of must name yes-or-no facts",
    ),
    "table_term_versions": (
        "{where}：有 term 的措施，各版本的数字须相同；数字不同的请另立一表",
        "{where}: the versions of a measure with a term must state the same figures; make another table of those that differ",
    ),
    "table_measure_keys": (
        "{where}：{names} 属于措施；请写明 reckon，或去掉",
        "{where}: {names} belong to a measure; say how to reckon it, or take them out",
    ),
    "table_name_twice": (
        "{where}：名称“{name}”既属于 {one} 又属于 {other}；请保留一个",
        "{where}: the name '{name}' belongs to both {one} and {other}; keep one",
    ),
}
