"""What is wrong with a day, a path or a table of the law."""

from __future__ import annotations

LAW: dict[str, tuple[str, str]] = {
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
