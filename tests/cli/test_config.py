"""What is set once: which setting counts, what may not be set, and that it is said where it counts."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from helpers.businesses import CATALOGUE
from helpers.command import Ran, here
from taxcalc.cli.settings import FACTS, KEYS

FACTS_OF_ONE = 'revenue = 1_200_000\nfiling = "quarterly"\n'


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a client, and a folder of the user's own settings."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "own"))
    (tmp_path / "own" / "taxcalc").mkdir(parents=True)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.toml").write_text(FACTS_OF_ONE, encoding="utf-8")
    (tmp_path / "in" / "a.csv").write_text("name,turn,place\na,5,\nb,7,other\n", encoding="utf-8")
    return tmp_path


def write(office: Path, of: str, text: str) -> Path:
    path = {"user": office / "own" / "taxcalc", "folder": office / "in"}[of] / "taxcalc.toml"
    path.write_text(text, encoding="utf-8")
    return path


def asked(office: Path, *args: str, **variables: str) -> Ran:
    speaks = {"LC_ALL": "C.UTF-8", "COLUMNS": "200", "XDG_CONFIG_HOME": str(office / "own")}
    return here(*args, speaks=speaks | variables)


def given(office: Path, *args: str, **variables: str) -> dict[str, Any]:
    """The facts of the client, as an answer states them."""
    done = asked(office, "assess", str(office / "in" / "a.toml"), *args, "--format", "json", **variables)
    assert done.code == 0, done.err
    facts: dict[str, Any] = json.loads(done.out)["facts"]
    return facts


def test_an_option_counts_before_a_variable_before_the_folder_before_the_users_own(office: Path) -> None:
    own = write(office, "user", 'place = "other"\nyear = 2025\n')
    assert given(office)["place"] == {"value": "other", "unit": "option", "source": f"default of {own}"}
    beside = write(office, "folder", 'place = "county"\n')
    assert given(office)["place"]["source"] == f"default of {beside}"
    assert given(office, TAXCALC_PLACE="city")["place"] == {
        "value": "city", "unit": "option", "source": "default of TAXCALC_PLACE"
    }  # fmt: skip
    assert given(office, "--place", "other", TAXCALC_PLACE="city")["place"]["source"] == "options"
    assert given(office, "--set", "place=other", TAXCALC_PLACE="city")["place"]["source"] == "--set"
    settings = json.loads(asked(office, "config", str(office / "in" / "a.toml"), "--format", "json").out)
    assert [(one["key"], one["from"]) for one in settings["settings"]] == [("place", "folder"), ("year", "user")]


def test_a_year_that_is_set_gives_way_to_any_time_that_is_stated(office: Path) -> None:
    write(office, "user", "year = 2024\n")
    assert given(office)["year"]["value"] == "2024"
    assert "year" not in given(office, "--period", "2025")
    done = asked(office, "batch", "-", "--period", "2025")
    assert "2024" not in done.err


def test_a_report_says_which_facts_were_set_and_shows_no_folder(office: Path) -> None:
    write(office, "folder", 'place = "county"\nyear = 2025\nlanguage = "zh"\noffice = "某所"\n')
    said = asked(office, "assess", str(office / "in" / "a.toml"), "--full").out.decode()
    flat = "".join(said.split())
    assert "所在地：县城、镇（默认设置，…/taxcalc.toml）" in flat
    assert str(office) not in flat
    page = asked(office, "report", str(office / "in" / "a.toml")).out.decode()
    assert "某所" in page
    assert "所在地：县城、镇（默认设置，…/taxcalc.toml）" in page
    assert "某所" not in asked(office, "report", str(office / "in" / "a.toml"), "--office", "乙所").out.decode()


def test_a_table_takes_maps_columns_and_facts_and_says_so(office: Path) -> None:
    path = write(
        office, "folder", 'place = "county"\nyear = 2025\ncolumns = "summary"\nnames = "id"\n[map]\nturn = "revenue"\n'
    )
    table = str(office / "in" / "a.csv")
    done = asked(office, "batch", table)
    assert done.code == 0, done.err
    assert f"map is taken from the settings in the folder of the input: {path}" in done.err
    assert "place = county (default of …/taxcalc.toml)" in done.err
    same = here(
        "batch", table, "--set", "place=county", "--year", "2025", "--map", "turn=revenue", "--columns", "summary",
        "--names", "id",
    )  # fmt: skip
    assert done.out == same.out
    explained = asked(office, "explain", table, "--row", "2", "--format", "json").out
    assert json.loads(explained)["facts"]["place"]["source"] == f"default of {path}"


def test_tables_are_taken_beside_the_file_that_names_them(office: Path) -> None:
    folder = office / "in" / "law"
    folder.mkdir()
    (folder / "facts.toml").write_text(
        '[charging_points]\nzh = "充电桩数"\nen = "Charging points"\ntype = "count"\ngroup = "grants"\nassume = "0"\nmax = "9"\n',
        encoding="utf-8",
    )
    asks = ["assess", str(office / "in" / "a.toml"), "--year", "2025", "--charging-points", "4"]
    assert asked(office, *asks).code == 2
    write(office, "folder", 'tables = ["law"]\n')
    done = asked(office, *asks)
    assert (done.code, done.err.count("tables is taken")) == (0, 1)


def test_no_fact_but_place_and_year_can_be_set(office: Path) -> None:
    for fact in CATALOGUE:
        write(office, "folder", f"{fact.name} = 1\n")
        done = asked(office, "config", str(office / "in" / "a.toml"))
        refused = done.code == 2
        assert refused == (fact.name not in ("year",)), done.err
        if fact.entitles:
            assert "brings a relief" in done.err


@pytest.mark.parametrize(
    "text",
    [
        "plce = 'x'",
        "place = 5",
        "year = true",
        "names = 'fr'",
        "tables = 5",
        "tables = [5]",
        "map = 'x'",
        "a = {",
        "place = ''",
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_done(office: Path, text: str) -> None:
    for of in ("folder", "user"):
        path = write(office, of, text)
        done = asked(office, "assess", str(office / "in" / "a.toml"), "--year", "2025")
        assert (done.code, done.out) == (2, b"")
        assert str(path) in done.err
        path.unlink()


def test_only_a_regular_file_is_read(office: Path) -> None:
    os.mkfifo(office / "in" / "taxcalc.toml")
    done = asked(office, "config", str(office / "in" / "a.toml"))
    assert done.code == 2
    assert "regular file" in done.err


def test_a_variable_that_is_none_and_tables_in_one_are_refused(office: Path) -> None:
    for name in ("TAXCALC_YAER", "TAXCALC_TABLES", "TAXCALC_MAP", "TAXCALC_WESTERN_REGION"):
        done = asked(office, "facts", **{name: "x"})
        assert (done.code, name in done.err) == (2, True)
    assert set(FACTS) < set(KEYS)


def test_the_language_that_is_set_is_spoken_everywhere_but_where_an_option_says_otherwise(office: Path) -> None:
    assert "没有设置" not in asked(office, "config").out.decode()
    write(office, "user", 'language = "zh"\n')
    assert "用户设置" in asked(office, "config").out.decode()
    assert "user's own" in asked(office, "--lang", "en", "config").out.decode()
    assert "user's own" in asked(office, "config", "--lang", "en").out.decode()
