"""The wheel and the sdist: the same bytes from anywhere, all that belongs in them, nothing else, and they run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from taxcalc import __version__

pytestmark = pytest.mark.verify
ROOT = Path(__file__).parent.parent
WHEEL, SDIST = f"taxcalc_cn-{__version__}-py3-none-any.whl", f"taxcalc_cn-{__version__}.tar.gz"
TOP = {"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "README.zh-CN.md", "SECURITY.md"}
TOP |= {"pyproject.toml"}
TOP |= {".editorconfig", ".gitattributes", ".gitignore", ".pre-commit-config.yaml"}
TOP |= {"requirements.lock", "requirements-dev.lock", "requirements-site.lock"}
CODE = {f"taxcalc/{pattern}" for pattern in ("**/*.py", "schema/*.json", "py.typed")}
PARTS = {
    *CODE,
    "tables/*.toml",
    "tables/*.md",
    "cases/*.*",
    "examples/**/*.toml",
    "examples/*.csv",
    "examples/*.xlsx",
    "docs/**/*.md",
    "docs_site/**/*.py",
    "docs/images/*.svg",
    "benchmarks/*.*",
    "verification/**/*",
    "benchmarks/rivals/*.py",
    "tests/**/*",
}
"""What belongs in the source distribution. A file of another kind must be named here, or it is left out."""
LEFT_BY_TOOLS = ("__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis")


def files(root: Path, patterns: set[str]) -> set[str]:
    """The files under a folder that fit a pattern, without what tools leave behind."""
    found = (path for pattern in patterns for path in root.glob(pattern) if path.is_file())
    names = (path.relative_to(root).as_posix() for path in found)
    return {name for name in names if not set(name.split("/")) & set(LEFT_BY_TOOLS)}


def build(project: Path, into: Path, umask: int = 0o022, **environment: str) -> dict[str, bytes]:
    """Both distributions of a project, as `make dist` makes them, by their names."""
    env = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "MAKEFLAGS", "MAKELEVEL")}
    env |= {"PIP_NO_INDEX": "1", "http_proxy": "http://[::1]:9", "https_proxy": "http://[::1]:9", **environment}
    command = ["make", "--no-print-directory", "-C", str(project), "build", f"PYTHON={sys.executable}", f"DIST={into}"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, umask=umask)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in into.iterdir()}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both distributions, built from this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    assert set(build(ROOT, folder)) == {WHEEL, SDIST}
    return folder


def members(dist: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of both distributions with its content."""
    with zipfile.ZipFile(dist / WHEEL) as wheel:
        yield from ((name, wheel.read(name)) for name in wheel.namelist())
    with tarfile.open(dist / SDIST) as sdist:
        for member in sdist:
            content = sdist.extractfile(member)
            assert content is not None, f"{member.name} is no plain file"
            yield member.name, content.read()


def test_the_wheel_has_the_code_the_tables_the_schemas_and_nothing_else(dist: Path) -> None:
    info = f"taxcalc_cn-{__version__}.dist-info"
    expected = files(ROOT, CODE) | {f"taxcalc/{name}" for name in files(ROOT, {"tables/*.toml"})}
    expected |= {f"{info}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")}
    with zipfile.ZipFile(dist / WHEEL) as wheel:
        assert sorted(wheel.namelist()) == sorted(expected)
        assert wheel.testzip() is None
    assert "taxcalc/tables/vat.toml" in expected
    assert {"taxcalc/schema/assessment-2.schema.json", "taxcalc/schema/law-diff.schema.json"} <= expected


def test_the_sdist_has_what_a_checkout_has_and_nothing_else(dist: Path) -> None:
    top = f"taxcalc_cn-{__version__}/"
    with tarfile.open(dist / SDIST) as sdist:
        names = sdist.getnames()
    assert all(name.startswith(top) for name in names)
    assert sorted(name.removeprefix(top) for name in names) == sorted({*files(ROOT, PARTS), *TOP, "PKG-INFO"})


@pytest.mark.tracked
def test_the_sdist_lacks_nothing_that_is_tracked(dist: Path) -> None:
    """But for what only serves the checkout itself."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    tracked = {name for name in done.stdout.decode().split("\0") if name and (ROOT / name).exists()}
    with tarfile.open(dist / SDIST) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {name for name in tracked - names if not name.startswith((".ci/", ".github/"))} == set()


def test_no_place_of_this_machine_is_in_them(dist: Path) -> None:
    places = {str(ROOT).encode(), str(dist).encode(), sys.prefix.encode(), str(Path.home()).encode() + b"/"}
    for name, content in members(dist):
        assert not [place for place in places if place in content], name


def test_every_build_has_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    """From another folder, with other times and a stricter umask, among the leavings of tools, without git."""
    copy, other = tmp_path / "copy of the project", tmp_path / "other"
    for name in (*files(ROOT, PARTS), *TOP):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((ROOT / name).read_bytes())
        (copy / name).chmod(0o600)
        os.utime(copy / name, (86_400, 86_400))
    for folder in ("", "taxcalc", "taxcalc/firms", "tables", "tests", "docs", "examples", "benchmarks"):
        for left in LEFT_BY_TOOLS:
            (copy / folder / left).mkdir()
            (copy / folder / left / f"tables-{left}.json").write_text("{}")
    found = build(copy, other, umask=0o077, TZ="Asia/Shanghai", PYTHONHASHSEED="7", LC_ALL="C")
    assert {name: content == (dist / name).read_bytes() for name, content in found.items()} == {
        WHEEL: True,
        SDIST: True,
    }


def test_the_sdist_builds_itself_and_the_same_wheel(dist: Path, tmp_path: Path) -> None:
    with tarfile.open(dist / SDIST) as sdist:
        sdist.extractall(tmp_path, filter="data")
    again = build(tmp_path / f"taxcalc_cn-{__version__}", tmp_path / "again")
    assert again == {name: (dist / name).read_bytes() for name in (WHEEL, SDIST)}


def test_the_date_of_a_build_can_be_told(dist: Path, tmp_path: Path) -> None:
    found = build(ROOT, tmp_path / "dated", SOURCE_DATE_EPOCH="1700000000")
    assert found[WHEEL] != (dist / WHEEL).read_bytes()
    with zipfile.ZipFile(tmp_path / "dated" / WHEEL) as wheel:
        assert {entry.date_time[:3] for entry in wheel.infolist()} == {(2023, 11, 14)}


def test_the_installed_wheel_runs_the_demo(dist: Path, tmp_path: Path) -> None:
    """With the dependencies of this environment but none of this checkout: no .pth file is read (-S)."""
    home, work = tmp_path / "home", tmp_path / "work"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*pip, "--target", str(home), str(dist / WHEEL)], check=True, timeout=120)
    assert (home / "bin" / "taxcalc").exists()
    shutil.copytree(ROOT / "examples", work)
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    env["PYTHONPATH"] = os.pathsep.join((str(home), sysconfig.get_path("purelib")))

    def run(*args: str) -> str:
        command = [sys.executable, "-S", *args]
        done = subprocess.run(command, cwd=work, env=env, capture_output=True, timeout=120)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    where = run("-c", "import taxcalc.law.folder as t; print(t.__file__, t.shipped_tables())").split()
    assert [Path(place).is_relative_to(home) for place in where] == [True, True]
    for example in sorted(work.glob("*.toml")):
        document = json.loads(run("-m", "taxcalc", "assess", example.name, "--format", "json"))
        assert document["engine"] == __version__
    assert re.search(r"\d\.\d\d", run("-m", "taxcalc", "assess", "individual-shop.toml", "--lang", "zh", "--explain"))
    assert "凉州区" in run("-m", "taxcalc", "batch", "clients.csv", "--summary", "--by", "county")
    for suffix in ("csv", "xlsx", "parquet"):
        run("-m", "taxcalc", "batch", "clients.csv", "--output", f"out.{suffix}")
        assert (work / f"out.{suffix}").stat().st_size > 1000
