"""What is set on a camera from the command line."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from app.commands.cli import cli
from app.commands.sourcing import chosen_source, parse_source, source_options
from app.sources.contract import CameraSpec


def test_biases_and_sensor_reach_the_camera() -> None:
    found: list[object] = []

    @click.command()
    @source_options
    def command(network: str | None, camera: str | None, performer: str | None) -> None:
        found.append(chosen_source(None, network, camera, performer))
        found.append(parse_source("camera:0042"))

    words = ["--camera", "7", "--bias", "diff_on=500", "--bias", "On=4:200", "--sensor", "30x20"]
    assert CliRunner().invoke(command, words).exit_code == 0
    given = ("diff_on=500", "On=4:200")
    assert found == [CameraSpec("7", "30x20", given), CameraSpec("0042", "30x20", given)]


@pytest.mark.parametrize("words", [["recognize", "--camera"], ["record", "camera", "x.aedat4"]])
def test_what_is_no_bias_is_one_sentence(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, [*words, "--bias", "loud"])
    assert result.exit_code == 2
    assert "expected a bias such as diff_on=500 or On=4:200, got 'loud'" in result.stderr
