"""What is wrong with a file of settings."""

from __future__ import annotations

SETTINGS: dict[str, tuple[str, str]] = {
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
}
