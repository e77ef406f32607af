"""What a shell is offered: asked as the scripts of bash, zsh and fish ask."""

from __future__ import annotations

import os
import shlex
from contextlib import chdir
from unittest import mock

import pytest

from helpers.command import ROOT, here


def asked(shell: str, line: str, **more: str) -> list[str]:
    """What the program answers to the script of a shell, line by line."""
    env = {"_TAXCALC_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": line, **more}
    with chdir(ROOT), mock.patch.dict(os.environ, env):
        done = here()
    assert done.err == ""
    return done.out.decode().splitlines()


def fish(line: str) -> list[str]:
    """The words that fish offers."""
    said = asked("fish", line, _TYPER_COMPLETE_FISH_ACTION="get-args")
    return [each.partition("\t")[0] for each in said if each]


def bash(line: str, *words: str) -> list[str]:
    """What bash puts in the place of the last of the words, as it splits them."""
    all_words = [*shlex.split(line), *words]
    return asked("bash", "", COMP_WORDS="\n".join(all_words), COMP_CWORD=str(len(all_words) - 1))


OFFERED = {
    "taxcalc a": {"assess", "advise"},
    "taxcalc --ver": {"--version"},
    "taxcalc assess --taxable-inc": {"--taxable-income"},
    "taxcalc batch --rej": {"--rejects"},
    "taxcalc assess --place ": {"city", "county", "other"},
    "taxcalc assess --place 市": {"市区"},
    "taxcalc assess --year 2023 --high-tech ": {"yes", "no"},
    "taxcalc assess --format ": {"table", "json", "csv", "markdown"},
    "taxcalc assess --format=j": {"json"},
    "taxcalc assess --lang ": {"zh", "en"},
    "taxcalc assess --set vat_pay": {"vat_payer="},
    "taxcalc what-if --set place=c": {"place=city", "place=county"},
    "taxcalc assess --period 2026": {"2026", "2026Q1", "2026Q2", "2026Q3", "2026Q4"},
    "taxcalc batch --year 2019": {"2019"},
    "taxcalc curve --over taxable_inc": {"taxable_income="},
    "taxcalc assess --tables examples/my-city --roof": {"--roof-panels"},
    "taxcalc law s": {"show"},
    "taxcalc law cit.small": {"cit.small_low_profit"},
    "taxcalc law show cit.rd.r": {"cit.rd.rate"},
    "taxcalc law diff --fo": {"--format"},
    "taxcalc law diff 2026 20": {str(year) for year in range(2019, 2028)},
    "taxcalc law show --at 2025": {"2025"},
    "taxcalc measures --notice ": {"wuwei-2023"},
    "taxcalc batch examples/clients.csv --by coun": {"county"},
    "taxcalc batch examples/clients.csv --by county,taxp": {"county,taxpayer"},
    "taxcalc batch examples/客户.csv --pass 备": {"备注"},
    "taxcalc batch examples/clients.csv --map industry=taxable_in": {"industry=taxable_income"},
    "taxcalc assess ": set(),
}


@pytest.mark.parametrize("line", OFFERED)
def test_a_shell_is_offered_what_may_follow(line: str) -> None:
    found = set(fish(line))
    assert OFFERED[line] <= found
    assert found == OFFERED[line] or line.startswith("taxcalc law"), "tables come and go"


def test_bash_gets_the_piece_that_it_takes_for_a_word() -> None:
    assert bash("taxcalc assess --set place", "=", "c") == ["city", "county"]
    assert bash("taxcalc assess --set place", "=") == ["city", "county", "other"]
    assert bash("taxcalc assess --format", "=", "j") == ["json"]
    assert bash("taxcalc law cit.small") == ["cit.small_low_profit"]


def test_zsh_gets_words_with_what_they_mean_and_files_where_they_belong() -> None:
    assert asked("zsh", "taxcalc assess --place ci") == ['_arguments \'*: :(("city":"city district"))\'']
    assert asked("zsh", "taxcalc assess fi") == ["_files"]


def test_columns_of_answers_are_offered_with_the_first_ones_kept() -> None:
    from taxcalc.cli.completion import values
    from taxcalc.cli.parser import Asked

    said = dict(values(Asked("select", "a,b,…", "total.saving,total.p", ["examples/clients.csv"], False)))
    assert set(said) == {"total.saving,total.payable"}
    figures = dict(values(Asked("law", "PATH=VALUE", "cit.small_low_profit.in", [], False)))
    assert "cit.small_low_profit.income=" in figures


def test_a_broken_table_is_no_traceback_in_a_shell() -> None:
    env = {"_TAXCALC_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "taxcalc assess --tables nowhere --place "}
    with mock.patch.dict(os.environ, env):
        done = here()
    assert done.out == b""
    assert "no table (*.toml) was found here" in done.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_calls_this_program(shell: str) -> None:
    with mock.patch.dict(os.environ, {"_TAXCALC_COMPLETE": f"source_{shell}"}):
        script = here().out.decode()
    assert "_TAXCALC_COMPLETE=complete_" + shell in script
