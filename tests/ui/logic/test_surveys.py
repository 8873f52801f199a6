from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.pipeline.overview import Overview, empty_overview
from app.sources.contract import CameraSpec, FileSpec
from app.ui.logic.surveys import Surveys
from tests.ui.fakes import RECORDING


class Surveyor:
    """Has counted as much as it is told."""

    def __init__(self, spec: FileSpec) -> None:
        self.spec = spec
        self.overview: Overview | None = None
        self.closed = False

    def take(self) -> Overview | None:
        return self.overview

    def close(self) -> None:
        self.closed = True

    def join(self, deadline_s: float) -> bool:
        return self.closed


@pytest.fixture
def files(tmp_path: Path) -> list[FileSpec]:
    paths = [tmp_path / name for name in ("a.aedat4", "b.aedat4")]
    for path in paths:
        path.touch()
    return [FileSpec(str(path)) for path in paths]


@pytest.fixture
def made() -> list[Surveyor]:
    return []


@pytest.fixture
def surveys(made: list[Surveyor]) -> Surveys:
    def survey(spec: FileSpec) -> Surveyor:
        made.append(Surveyor(spec))
        return made[-1]

    return Surveys(survey)


def test_what_is_whole_is_made_once(
    surveys: Surveys, made: list[Surveyor], files: list[FileSpec]
) -> None:
    assert surveys.follow(files[0]) is None
    part = empty_overview(RECORDING)
    made[0].overview = part
    assert surveys.follow(files[0]) is part
    made[0].overview = replace(part, is_whole=True)
    whole = surveys.follow(files[0])
    assert made[0].closed
    surveys.follow(files[1])
    assert surveys.follow(files[0]) is whole
    assert [each.spec for each in made] == files


def test_what_is_half_made_is_left_for_another_recording(
    surveys: Surveys, made: list[Surveyor], files: list[FileSpec]
) -> None:
    surveys.follow(files[0])
    surveys.follow(files[1])
    assert [each.closed for each in made] == [True, False]
    assert surveys.stop(0.1)
    assert made[1].closed


def test_a_file_that_has_changed_is_another_one(
    surveys: Surveys, made: list[Surveyor], files: list[FileSpec]
) -> None:
    surveys.follow(files[0])
    os.utime(files[0].path, ns=(1, 1))
    surveys.follow(replace(files[0]))  # opened again
    assert len(made) == 2


def test_live_sources_and_missing_files_have_none(surveys: Surveys, made: list[Surveyor]) -> None:
    assert surveys.follow(CameraSpec()) is None
    assert surveys.follow(FileSpec("/nowhere.aedat4")) is None
    assert surveys.follow(None) is None
    assert not made


def test_nobody_may_make_any(files: list[FileSpec]) -> None:
    assert Surveys(None).follow(files[0]) is None
