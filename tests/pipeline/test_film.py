"""Films are read back with the library that wrote them."""

from __future__ import annotations

import builtins
from pathlib import Path

import av
import numpy as np
import pytest

from app.pipeline import film as films
from app.pipeline.film import NO_LIBRARY, Film, FilmError, Reel

BLUE, ORANGE = (77, 163, 255), (255, 157, 60)


def picture(number: int) -> np.ndarray:
    made = np.zeros((48, 64, 3), np.uint8)
    made[:, : 8 * (number + 1)] = BLUE
    made[:16, 40:] = ORANGE
    return made


def written(path: Path, times_ms: list[int]) -> Reel:
    film = Film(path)
    for number, t_ms in enumerate(times_ms):
        film.put(picture(number), t_ms)
    film.close()
    assert film.join(20)
    return film.reel


@pytest.mark.parametrize("suffix", [".mp4", ".gif", ".GIF"])
def test_a_film_shows_every_picture_at_its_time(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"wave{suffix}"
    assert written(path, [0, 40, 120, 160]) == Reel(path, 4, 0, 0, True)
    with av.open(str(path)) as file:
        frames = list(file.decode(file.streams.video[0]))
    assert [round(float(frame.time), 2) for frame in frames] == [0.0, 0.04, 0.12, 0.16]
    last = frames[-1].to_ndarray(format="rgb24").astype(int)
    assert last.shape == (48, 64, 3)
    for at, colour in (((30, 10), BLUE), ((8, 56), ORANGE), ((30, 60), (0, 0, 0))):
        assert np.abs(last[at] - colour).max() < 12


def test_a_picture_that_comes_at_no_later_time_is_left_out(tmp_path: Path) -> None:
    assert written(tmp_path / "a.mp4", [0, 40, 40, 10, 80]).pictures == 3


def test_pictures_in_one_tick_of_gif_go_into_the_next_ones(tmp_path: Path) -> None:
    """GIF counts hundredths of a second; 66 and 73 ms would be rounded to the same one."""
    path = tmp_path / "a.gif"
    assert written(path, [0, 53, 66, 73, 74, 153]) == Reel(path, 6, 0, 0, True)
    with av.open(str(path)) as file:
        times = [round(float(frame.time), 2) for frame in file.decode(file.streams.video[0])]
    assert times == [0.0, 0.05, 0.06, 0.07, 0.08, 0.15]


def test_pictures_that_come_too_fast_are_skipped_and_counted(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(films, "MOST_WAITING_BYTES", 0)
    reel = written(tmp_path / "a.mp4", [0, 40])
    assert (reel.pictures, reel.skipped) == (0, 2)
    assert reel.failure == "expected pictures for a film, but none came"
    assert not list(tmp_path.iterdir())


def test_a_name_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match=r"expected a name that ends in \.mp4 or \.gif, got a\.avi"):
        Film(tmp_path / "a.avi")


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "a.mp4"
    assert written(path, [0]).failure == f"cannot write {path}: No such file or directory"


def test_without_the_library_one_sentence_says_so(tmp_path: Path, monkeypatch) -> None:
    real = builtins.__import__

    def without_av(name: str, *rest: object) -> object:
        if name.split(".")[0] == "av":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_av)
    reel = written(tmp_path / "a.mp4", [0, 40])
    assert (reel.failure, reel.is_over) == (NO_LIBRARY, True)
    assert not list(tmp_path.iterdir())


def test_a_gif_holds_every_picture_at_whatever_times_they_come(tmp_path: Path) -> None:
    times_ms = [0, 3, 11, 50, 400, 410, 1000]
    assert written(tmp_path / "a.gif", times_ms).pictures == 7
    with av.open(str(tmp_path / "a.gif")) as file:
        assert len(list(file.decode(file.streams.video[0]))) == 7
