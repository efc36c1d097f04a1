"""A pack broken in any way is refused with one line: file, line, key, what is wrong and how to mend it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from knowledge import PackError, load_packs
from knowledge.loading import pack_reader
from knowledge.loading.loader import PACKS, PACKS_FOLDER

OUTBOUND = "unnes/types/student_outbound_international.yaml"
AMOUNTS = "unnes/parameters/student_outbound.yaml"
COMMON = "unnes/common.yaml"


class Broken(NamedTuple):
    """One thing that is wrong: in *file* the first *old* becomes *new*; the message names all of *said*."""

    name: str
    file: str
    old: str
    new: str
    said: list[str]


CASES = [Broken(**case) for case in yaml.safe_load(Path(__file__).with_name("broken_packs.yaml").read_bytes())]


@cache
def content(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reader() -> Iterator[None]:
    """Files that are as they were are not read anew for each test."""
    read: dict[tuple[bytes | str, str], Any] = {}
    validated: Callable[[Path, Any], Any] = pack_reader._validated

    def remembered(path: Path, model: Any) -> Any:
        key = (path.read_bytes() if path.is_file() else str(path), str(model))
        if key not in read:
            read[key] = validated(path, model)
        return read[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pack_reader, "_validated", remembered)
        yield


@pytest.fixture
def packs(tmp_path: Path, reader: None) -> Path:
    folder = tmp_path / "packs"
    shutil.copytree(PACKS_FOLDER, folder, ignore=shutil.ignore_patterns("topics"))
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(PackError) as caught:
        load_packs(folder / name for name in PACKS)
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 600
    assert str(folder.parent) not in line
    return line


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_pack_is_refused_with_file_key_and_cure(packs: Path, case: Broken) -> None:
    file = packs / case.file
    before = content(PACKS_FOLDER / case.file)
    assert case.old in before
    file.write_text(before.replace(case.old, case.new, 1), encoding="utf-8")

    line = refusal(packs)

    assert all(part in line for part in case.said), line


def test_the_line_is_that_of_the_mistake(packs: Path) -> None:
    file = packs / OUTBOUND
    lines = content(PACKS_FOLDER / OUTBOUND).split("\n")
    number = next(number for number, line in enumerate(lines, 1) if "{active_student: true}" in line)
    lines[number - 1] = lines[number - 1].replace("active_student", "active_studnet")
    file.write_text("\n".join(lines), encoding="utf-8")

    assert f"{OUTBOUND}:{number}: criteria.1.met: " in refusal(packs)


@pytest.mark.parametrize(
    "name", ["unnes/pack.yaml", "unnes/clauses.yaml", "unnes/facts.yaml", "unnes/common.yaml", "aln/pack.yaml"]
)
def test_a_missing_file_is_named(packs: Path, name: str) -> None:
    (packs / name).unlink()

    assert Path(name).name in refusal(packs)


@pytest.mark.parametrize("name", ["unnes/facts.yaml", OUTBOUND, AMOUNTS, "unnes/boundaries.yaml", "unnes/offices.yaml"])
@pytest.mark.parametrize("content", ["", "\n\n", "# nothing yet\n"])
def test_an_empty_file_is_named(packs: Path, name: str, content: str) -> None:
    (packs / name).write_text(content, encoding="utf-8")

    line = refusal(packs)
    assert line.startswith(f"packs/{name}: the file is empty")


def test_bytes_that_are_no_text_are_refused(packs: Path) -> None:
    (packs / COMMON).write_bytes(b"about: \xff\xfe\n")

    assert refusal(packs).startswith(f"packs/{COMMON}: ")


def test_a_folder_without_types_is_refused(packs: Path) -> None:
    shutil.rmtree(packs / "unnes" / "types")

    assert re.search(r"type", refusal(packs))


def test_a_missing_pack_is_refused(packs: Path) -> None:
    shutil.rmtree(packs / "aln")

    assert "aln" in refusal(packs)


def test_the_packs_as_they_are_can_be_loaded(packs: Path) -> None:
    assert set(load_packs(packs / name for name in PACKS).packs) == set(PACKS)
