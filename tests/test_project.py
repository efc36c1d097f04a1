"""The project's own hygiene: what installs it, what it ships, what it must never contain."""

from __future__ import annotations

import ast
import os
import re
import socket
import stat
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.source import CODE, ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
# Each pattern is written so that it does not match its own line.
FOREIGN = {
    # Not ./home/x, and not the middle of a web address.
    "the path of somebody's machine": re.compile(r"(?<![\w.~-])/(?:work|root|home|Users)/\w|\b[A-Z]:[\\]Users\b"),
    "where packages are fetched from": re.compile(
        r"--(?:extra-)?index-(?:url)|--find-(?:links)|pypi\.(?:org)|pythonhosted\.(?:org)|registry\.npmjs\.(?:org)"
    ),
}
GENERATED = {"__pycache__", "build", "data", "dist"}


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def project_files() -> tuple[Path, ...]:
    """Every file of the project, found without git: what is hidden (but for .ci) or generated is not looked into."""
    found: list[Path] = []
    for folder, names, files in os.walk(ROOT):
        names[:] = [name for name in names if name == ".ci" or not (name.startswith(".") or name in GENERATED)]
        found += [Path(folder, name) for name in files if not name.startswith(".")]
    return tuple(found)


def requirements(lock: str) -> dict[str, str]:
    """name → the whole requirement, hashes included, of each line of a lock file (joined where it goes on)."""
    lines = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return {canonicalize_name(re.split(r"[=\s]", line)[0]): line for line in lines if line.strip()}


def pinned(lock: str) -> dict[str, str]:
    """name → version, of a lock file."""
    return {name: re.split(r"==|[\s;]", line)[1] for name, line in requirements(lock).items()}


# --- lock files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_carries_a_hash(lock: str) -> None:
    loose = [
        name
        for name, line in requirements(lock).items()
        if not re.match(r"[\w.-]+==[\w.!+]+ ", line) or not HASH.search(line)
    ]
    assert not loose, f"{lock}: no exact version or no hash: {', '.join(loose)}. Run `make lock`."


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://| @ |^\s*#|^-|(?:^|\s)--(?!hash=)", text, re.MULTILINE), f"{lock}: run `make lock`"


def test_the_locks_fit_the_ranges_of_pyproject() -> None:
    project = pyproject()["project"]
    wanted = {
        "requirements.lock": project["dependencies"],
        "requirements-dev.lock": project["dependencies"] + project["optional-dependencies"]["dev"],
    }
    for lock, ranges in wanted.items():
        versions = pinned(lock)
        for requirement in map(Requirement, ranges):
            version = versions.get(canonicalize_name(requirement.name))
            assert version, f"{lock} lacks {requirement}. Run `make lock`."
            assert requirement.specifier.contains(version, prereleases=True), f"{lock}: {version} is not {requirement}"


def test_tests_run_with_the_versions_that_are_shipped() -> None:
    shipped, tested = (pinned(lock).items() for lock in LOCKS)
    assert not (differing := sorted(shipped - tested)), f"pinned otherwise in requirements-dev.lock: {differing}"


# --- what is in the tree ------------------------------------------------------------------------------------------


def test_the_tree_names_no_machine_and_no_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {what}: {line.strip()[:100]}"
        for path in project_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        for what, pattern in FOREIGN.items()
        if pattern.search(line)
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "line",
    ["cd /work" + "/main", "open('/home" + "/ani/x')", "--index" + "-url x", "at files.python" + "hosted.org"],
)
def test_a_machine_or_a_registry_would_be_noticed(line: str) -> None:
    assert any(pattern.search(line) for pattern in FOREIGN.values())


def test_every_folder_with_code_is_a_package() -> None:
    scripts = ROOT / "bot" / "db" / "migrations"  # Alembic reads these as files
    missing = {
        str(path.parent.relative_to(ROOT))
        for path in project_files()
        if path.suffix == ".py" and path.parent != ROOT and scripts not in path.parents
        if not (path.parent / "__init__.py").exists()
    }
    assert not missing, f"no __init__.py in: {', '.join(sorted(missing))}"


def test_what_is_not_code_is_installed_too() -> None:
    globs = {
        ROOT / package / pattern
        for package, patterns in pyproject()["tool"]["setuptools"]["package-data"].items()
        for pattern in patterns
    }
    shipped = {path for glob in globs for path in ROOT.glob(str(glob.relative_to(ROOT)))}
    data = {path for path in project_files() if path.suffix != ".py" and within_a_package(path)}
    left_out = sorted(str(path.relative_to(ROOT)) for path in data - shipped)
    assert not left_out, f"add to [tool.setuptools.package-data]: {', '.join(left_out)}"


def within_a_package(path: Path) -> bool:
    return path.relative_to(ROOT).parts[0] in (*CODE, "locales")


def test_an_ignored_lint_rule_has_its_reason_beside_it() -> None:
    lint = (
        (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\nignore = [")[2].partition("[tool.mypy]")[0]
    )
    entries = [line for line in lint.splitlines() if re.match(r'\s+"[A-Z]+\d+",?', line)]
    unexplained = [line.strip() for line in entries if not re.search(r"# \w", line)]
    assert entries
    assert not unexplained, f"say why: {unexplained}"


def test_ci_runs_what_is_run_at_the_desk() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR, "chmod +x .ci/run"
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in text
    assert "make test" in text


def test_no_test_leaves_this_machine() -> None:
    with socket.socket() as plug, pytest.raises(pytest.fail.Exception, match="connects to"):
        plug.connect(("192.0.2.1", 9))
    with pytest.raises(pytest.fail.Exception, match="looks up"):
        socket.getaddrinfo("api.example.org", 443)


# --- README -------------------------------------------------------------------------------------------------------


def readme() -> str:
    path = ROOT / "README.md"
    if not path.exists():
        pytest.skip("no README.md yet")
    return path.read_text(encoding="utf-8")


def settings_read(path: Path) -> Iterator[str]:
    """The environment variables a module reads: UPPER_CASE texts that are looked up, as argument or as key."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        looked_up: list[ast.expr] = []
        if isinstance(node, ast.Call):
            looked_up = [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.Subscript):
            looked_up = [node.slice]
        for key in looked_up:
            if (
                isinstance(key, ast.Constant)
                and isinstance(key.value, str)
                and re.fullmatch(r"[A-Z][A-Z_]{3,}", key.value)
            ):
                yield key.value


def test_the_readme_tells_of_every_setting() -> None:
    config = ROOT / "bot" / "config.py"
    if not config.exists():
        pytest.skip("no bot/config.py yet")
    rows = [line for line in readme().splitlines() if line.startswith("|")]
    told = set(re.findall(r"`([A-Z][A-Z_]{3,})`", "\n".join(rows)))
    levels = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}
    assert (read := set(settings_read(config))), "found nothing that bot/config.py looks up: mend settings_read"
    assert not (untold := sorted(read - told - levels)), f"missing in README's table: {untold}"


def test_every_make_target_the_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`|\$ )make ([a-z-]+)", readme(), re.MULTILINE))
    assert named <= targets, f"README names {sorted(named - targets)}; the Makefile has {sorted(targets)}"
