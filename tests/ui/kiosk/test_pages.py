from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage

from app.booth.scene import Scene, Stage
from app.pipeline.showreel import ReelFrame
from app.recognition.decision import Recognition
from app.settings import KioskSettings
from app.ui.kiosk import words
from app.ui.kiosk.pages import KioskPages, vote_share
from app.ui.kiosk.sight import glowing_table
from app.ui.palettes import colour_levels
from app.ui.theme import DARK
from models.data.gestures import CLASSES
from tests.ui.fakes import snapshot
from tests.ui.kiosk.scenes import SCENES, UNSEEN, seen

SIZES = [(800, 480), (1280, 720), (1024, 600), (1080, 1920), (1920, 1080), (3840, 2160)]
LEAST_MAIN, LEAST = 0.06, 0.024  # of the shorter side


class Reel:
    """Events at the left of the camera's picture, which is the right of the person."""

    def __init__(self) -> None:
        self.asked: list[str | None] = []

    def frame(self, now_s: float, gesture: str | None = None) -> ReelFrame:
        self.asked.append(gesture)
        counts = np.zeros((2, 32, 32), np.uint16)
        counts[1, :, :8] = 9
        return ReelFrame(gesture or "", counts, 0.5, True)


class Clock:
    now_s = 50.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def make_pages(qtbot) -> Iterator[Callable[..., KioskPages]]:
    made: list[KioskPages] = []

    def make(clock: Callable[[], float] | None = None, **settings: object) -> KioskPages:
        pages = KioskPages(KioskSettings(**settings), Reel(), clock or Clock())
        qtbot.addWidget(pages)
        made.append(pages)
        return pages

    yield make
    for pages in made:
        pages._translations.choose("en")


def drawn(pages: KioskPages, size: tuple[int, int] = (800, 480)) -> QImage:
    pages.resize(QSize(*size))
    picture = QImage(*size, QImage.Format.Format_RGB32)
    pages.render(picture)
    return picture


def show(pages: KioskPages, state: str) -> None:
    scene = SCENES[state]
    pages.show_scene(scene, None if state in UNSEEN else seen(None, scene.gesture))


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_says_it_large_and_whole(
    make_pages, language: str, size: tuple[int, int]
) -> None:
    pages = make_pages(language=language)
    for state in SCENES:
        show(pages, state)
        drawn(pages, size)
        whole = QRectF(0, 0, *size)
        assert pages.said, state
        for said in pages.said:
            assert whole.contains(said.place), (state, said)
            assert said.px >= LEAST * min(size), (state, said)
        for number, said in enumerate(pages.said):
            for other in pages.said[:number]:
                assert not said.place.intersects(other.place), (state, said, other)
        assert max(said.px for said in pages.said) >= LEAST_MAIN * min(size) - 1, state


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("stage", [Stage.ATTRACT, Stage.LIVE, Stage.ASKED])
def test_every_gesture_is_said_large(make_pages, language: str, stage: Stage) -> None:
    pages = make_pages(language=language)
    for gesture in CLASSES:
        pages.show_scene(Scene(stage, gesture, left_s=4, number=1, asked=3), snapshot())
        for size in ((800, 480), (1080, 1920)):
            drawn(pages, size)
            wanted = words.gesture_name if stage is Stage.LIVE else words.wish
            main = max(pages.said, key=lambda said: said.px)
            assert wanted(gesture) in [said.text for said in pages.said]
            assert main.px >= LEAST_MAIN * min(size) - 1, (gesture, main)
            assert QRectF(0, 0, *size).contains(main.place)


def count_right(picture: QImage, colour: str) -> tuple[int, int]:
    """Pixels of about a colour in the left and in the right half."""
    wanted = QColor(colour)
    sides = [0, 0]
    for x in range(0, picture.width(), 3):
        for y in range(0, picture.height(), 3):
            seen_colour = picture.pixelColor(x, y)
            away = max(
                abs(seen_colour.red() - wanted.red()), abs(seen_colour.blue() - wanted.blue())
            )
            sides[2 * x >= picture.width()] += away < 12
    return sides[0], sides[1]


@pytest.mark.parametrize("mirror", [True, False])
def test_the_right_is_at_the_right_of_a_mirror(make_pages, mirror: bool) -> None:
    """The moving arm of the figure, and the events of the performance."""
    pages = make_pages(mirror=mirror)
    pages.show_scene(Scene(Stage.ATTRACT, "right_hand_wave", elapsed_s=1), snapshot())
    picture = drawn(pages, (800, 480))
    left, right = count_right(picture.copy(0, 0, 448, 480), DARK.on)
    assert (right > 3 * left) if mirror else (left > 3 * right)
    figure = picture.copy(480, 24, 296, 200)
    left, right = count_right(figure, DARK.on)
    assert (right > 3 * left) if mirror else (left > 3 * right)
    pages.set_mirror(not mirror)
    turned = drawn(pages, (800, 480)).copy(480, 24, 296, 200)
    left, right = count_right(turned, DARK.on)
    assert (left > 3 * right) if mirror else (right > 3 * left)


def test_without_a_camera_nobody_is_asked_to_wave(make_pages) -> None:
    pages = make_pages()
    pages.show_scene(Scene(Stage.ATTRACT, "right_hand_wave", elapsed_s=1), None)
    drawn(pages)
    told = [said.text for said in pages.said]
    assert words.watch() in told
    assert "Right hand wave" in told
    assert words.wish("right_hand_wave") not in told
    assert words.what_this_is() not in told
    pages.show_scene(Scene(Stage.ATTRACT, "right_hand_wave", elapsed_s=1), snapshot())
    drawn(pages)
    assert "Wave your right hand" in [said.text for said in pages.said]


def test_words_and_figure_are_of_what_is_performed(make_pages) -> None:
    """Before the recording of the invitation's gesture is read, another one plays."""
    pages = make_pages()
    counts = np.ones((2, 32, 32), np.uint16)
    pages._reel.frame = lambda now_s, gesture: ReelFrame("air_drums", counts, 0.1, False)
    pages.show_scene(Scene(Stage.ATTRACT, "right_hand_wave", elapsed_s=1), snapshot())
    drawn(pages)
    assert words.wish("air_drums") in [said.text for said in pages.said]
    beside = count_right(drawn(pages).copy(0, 0, 400, 480), DARK.figure)
    assert sum(beside) == 0
    pages._reel.frame = lambda now_s, gesture: None
    pages.show_scene(Scene(Stage.ATTRACT, "right_hand_wave", elapsed_s=1), snapshot())
    drawn(pages)
    assert words.wish("right_hand_wave") in [said.text for said in pages.said]
    in_its_place = count_right(drawn(pages).copy(0, 0, 400, 480), DARK.figure)
    assert sum(in_its_place) > 200, "the figure has the stage while nothing is read yet"


def test_languages_alternate_with_the_invitation_and_a_visitor_keeps_his(make_pages) -> None:
    clock = Clock()
    pages = make_pages(clock, language="alternate")

    def language_of(scene: Scene, after_s: float = 0.1) -> str:
        clock.now_s += after_s
        pages.show_scene(scene, snapshot())
        return pages._translations.language

    first = language_of(Scene(Stage.ATTRACT, "arm_roll"))
    second = language_of(Scene(Stage.ATTRACT, "air_drums"))
    assert first != second
    for stage in (Stage.LIVE, Stage.ASKED, Stage.HIT, Stage.ASKED, Stage.SCORE, Stage.LIVE):
        assert language_of(Scene(stage, "air_guitar"), 30) == second
    assert language_of(Scene(Stage.ATTRACT, "air_drums")) == first
    assert language_of(Scene(Stage.ATTRACT, "air_drums"), 5) == first
    assert language_of(Scene(Stage.ATTRACT, "air_drums"), 8) == second, "one gesture for ever"


def test_a_lost_camera_leaves_no_stale_frame(make_pages) -> None:
    pages = make_pages()
    counts = np.zeros((2, 32, 32), np.uint16)
    counts[1] = 9
    pages.show_scene(Scene(Stage.LIVE, elapsed_s=1), snapshot(counts=counts))
    assert count_right(drawn(pages).copy(0, 0, 200, 480), DARK.on)[0] > 100
    pages.show_scene(Scene(Stage.LIVE, elapsed_s=1), None)
    assert count_right(drawn(pages).copy(0, 0, 200, 480), DARK.on) == (0, 0)


def test_the_last_miss_promises_no_next_one(make_pages) -> None:
    pages = make_pages()
    for number, then in ((4, "On to the next one"), (5, "That was the last one")):
        pages.show_scene(Scene(Stage.MISSED, "arm_roll", number=number, asked=5), snapshot())
        drawn(pages)
        assert then in [said.text for said in pages.said]


def test_paper_falls_beside_the_text_only(make_pages) -> None:
    """With and without paper, what is to be read looks the same."""
    pages = make_pages()
    best = Scene(Stage.SCORE, None, elapsed_s=1.5, hits=5, asked=5, points=447, is_best=True)
    pages.show_scene(best, snapshot())
    drawn(pages)  # as Qt draws large glyphs a little differently the first time
    falling = drawn(pages)
    places = [said.place.toAlignedRect() for said in pages.said]
    pages.show_scene(replace(best, elapsed_s=9), snapshot())
    calm = drawn(pages)
    assert falling != calm
    for place in places:
        inside = place.adjusted(1, 1, -1, -1)
        assert falling.copy(inside) == calm.copy(inside)


def test_a_stage_fades_in_and_a_hit_does_not(make_pages) -> None:
    pages = make_pages()
    for stage, fades in ((Stage.MISSED, True), (Stage.HIT, False)):
        light = []
        for elapsed_s in (0.0, 0.3):
            scene = Scene(stage, "arm_roll", elapsed_s=elapsed_s, number=1, asked=2)
            pages.show_scene(scene, snapshot())
            picture = drawn(pages)
            place = max(pages.said, key=lambda said: said.px).place.toRect()
            light.append(count_right(picture.copy(place), DARK.text))
        assert (sum(light[0]) == 0) is fades, stage
        assert sum(light[1]) > 50


def test_both_polarities_add_up_to_light() -> None:
    levels = np.zeros((2, 1, 4), np.float32)
    levels[0, 0] = (0, 1, 0, 4)
    levels[1, 0] = (0, 0, 4, 4)
    seen_colours = [QColor(int(each)) for each in colour_levels(levels, glowing_table())[0]]
    none, one, on, both = seen_colours
    assert none == QColor(DARK.event_ground)
    assert none.lightness() < one.lightness() < on.lightness() < both.lightness()
    assert on == QColor(DARK.on)
    assert both.saturation() < 40


def test_a_share_says_of_what_it_is(make_pages) -> None:
    pages = make_pages()
    show(pages, "live")
    drawn(pages)
    assert "94 % of the votes" in [said.text for said in pages.said]


def test_numbers_are_shown(make_pages) -> None:
    pages = make_pages()
    scene = Scene(
        Stage.ASKED, "arm_roll", 0.7, elapsed_s=3.5, left_s=6.5, number=2, asked=5, points=88
    )
    pages.show_scene(scene, snapshot())
    drawn(pages, (1280, 720))
    told = [said.text for said in pages.said]
    assert {"2 of 5", "7", "88 points", "Nearly there!"} <= set(told)


seconds = st.floats(0, 1e6, allow_nan=False)
scenes = st.builds(
    Scene, st.sampled_from(Stage), st.none() | st.sampled_from([*CLASSES, "juggling"]),
    st.floats(0, 1), seconds, st.none() | seconds, st.none() | seconds, st.integers(0, 20),
    st.integers(0, 20), st.integers(0, 20), st.integers(0, 10**6),
    st.none() | st.integers(0, 10**6), st.booleans(),
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(scene=scenes, size=st.sampled_from([(800, 480), (480, 800), (120, 90)]), blind=st.booleans())
def test_any_scene_can_be_drawn(
    make_pages, scene: Scene, size: tuple[int, int], blind: bool
) -> None:
    pages = make_pages()
    pages.show_scene(scene, None if blind else snapshot())
    drawn(pages, size)
    assert pages.said


def test_what_is_called_votes_are_votes() -> None:
    """50 of 80 votes are 63 %, however often such decisions are right."""
    votes = np.zeros(11, np.int32)
    votes[[2, 7]] = 50, 30
    decision = Recognition(0, 2, 2, 0.97, votes)
    assert vote_share(decision) == pytest.approx(0.625)
    assert vote_share(replace(decision, gesture=None)) is None
    assert vote_share(None) is None
