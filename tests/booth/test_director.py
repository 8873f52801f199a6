"""The show on a made-up clock: every stage, and what may never happen whatever comes."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.booth.director import Director
from app.booth.messages import Hit, Message, Miss, Round, Visitor
from app.booth.round import Game, deal
from app.booth.rules import Rules, points_for
from app.booth.scene import Feed, Moment, Scene, Stage
from app.settings import KIOSK_GESTURES

RULES = Rules(("right_hand_wave", "hand_clapping", "arm_roll"), round_length=3, ask_s=5.0)
STEP_S = 0.05


class Booth:
    """A director and a clock."""

    def __init__(self, rules: Rules = RULES, best_today: int | None = None) -> None:
        self.day = date(2026, 1, 1)
        self.director = Director(rules, best_today, Random(3), lambda: self.day)
        self.now_s = 100.0
        self.news: list[Message] = []
        self.scene = self.look()

    def look(
        self, gesture: str | None = None, *, present: bool = True, feed: Feed = Feed.EVENTS
    ) -> Scene:
        present = present and feed is Feed.EVENTS
        self.scene = self.director.look(Moment(self.now_s, feed, present, gesture))
        self.news += self.director.drain()
        return self.scene

    def during(self, seconds: float, gesture: str | None = None, **more: object) -> Scene:
        for _ in range(round(seconds / STEP_S)):
            self.now_s += STEP_S
            self.look(gesture, **more)  # type: ignore[arg-type]
        return self.scene

    def press(self) -> Scene:
        self.director.press(self.now_s)
        self.now_s += STEP_S
        return self.look()

    def until(self, stage: Stage, **more: object) -> Scene:
        for _ in range(2000):
            if self.scene.stage is stage:
                return self.scene
            self.during(STEP_S, **more)  # type: ignore[arg-type]
        raise AssertionError(f"{stage} never came, last {self.scene}")

    def hit(self) -> Scene:
        """Do what is asked, after a moment of stillness."""
        assert self.scene.stage is Stage.ASKED
        self.during(0.5)
        self.during(0.5, self.scene.gesture)
        return self.scene


@pytest.fixture
def empty() -> Booth:
    booth = Booth()
    booth.director = Director(RULES, None, Random(3), lambda: booth.day)
    booth.news.clear()
    booth.look(present=False)
    return booth


def test_nobody_is_invited_by_one_gesture_after_the_other(empty: Booth) -> None:
    assert empty.scene.stage is Stage.ATTRACT
    seen = {empty.during(RULES.invite_s, present=False).gesture for _ in range(3)}
    assert seen == set(RULES.gestures)
    assert empty.news == []


def test_somebody_comes_and_goes(empty: Booth) -> None:
    assert empty.during(STEP_S).stage is Stage.LIVE
    assert empty.news == [Visitor()]
    assert empty.during(RULES.still_s - 0.2, present=False).stage is Stage.LIVE
    assert empty.during(0.5, present=False).stage is Stage.ATTRACT
    assert empty.during(STEP_S).stage is Stage.LIVE
    assert empty.news == [Visitor(), Visitor()]


def test_a_gesture_held_for_a_second_starts_a_round(empty: Booth) -> None:
    empty.during(0.5)
    scene = empty.during(0.55, "arm_roll")
    assert (scene.stage, scene.gesture) == (Stage.LIVE, "arm_roll")
    assert scene.nearness == pytest.approx(0.5)
    empty.during(0.3)  # let go: it begins anew
    assert empty.during(0.6, "arm_roll").stage is Stage.LIVE
    empty.during(0.15, "hand_clapping")  # falters: it goes on
    scene = empty.during(0.4, "arm_roll")
    assert (scene.stage, scene.number, scene.asked) == (Stage.ASKED, 1, 3)


@pytest.mark.parametrize(("gesture", "present"), [("other_gestures", True), ("arm_roll", False)])
def test_what_starts_no_round(empty: Booth, gesture: str, present: bool) -> None:
    empty.during(0.5)
    assert empty.during(5.0, gesture, present=present).stage is Stage.LIVE


def test_a_press_starts_a_round_from_anywhere(empty: Booth) -> None:
    assert empty.press().stage is Stage.ASKED
    assert empty.news == [Visitor()]
    other = Booth()
    assert other.during(0.5).stage is Stage.LIVE
    assert other.press().stage is Stage.ASKED


def test_a_round_of_hits(empty: Booth) -> None:
    empty.press()
    asked = []
    for number in (1, 2, 3):
        scene = empty.until(Stage.ASKED)
        assert scene.number == number
        asked.append(scene.gesture)
        scene = empty.hit()
        assert scene.stage is Stage.HIT
        # Half a second of stillness, then 0.3 s of holding, to within a step.
        assert scene.after_s == pytest.approx(0.8, abs=2 * STEP_S)
    scene = empty.until(Stage.SCORE)
    assert (scene.hits, scene.asked, scene.is_best) == (3, 3, True)
    assert scene.best_today == scene.points == empty.news[-1].points  # type: ignore[union-attr]
    kinds = [type(each) for each in empty.news]
    assert kinds == [Visitor, Hit, Hit, Hit, Round]
    assert empty.until(Stage.LIVE).best_today == scene.points


def test_a_miss_is_followed_by_the_next_one(empty: Booth) -> None:
    empty.press()
    first = empty.scene.gesture
    scene = empty.until(Stage.MISSED)
    assert scene.gesture == first
    assert isinstance(empty.news[-1], Miss)
    assert empty.until(Stage.ASKED).number == 2
    assert empty.until(Stage.SCORE).hits == 0
    assert not empty.scene.is_best


def test_what_was_being_done_already_does_not_count(empty: Booth) -> None:
    empty.press()
    asked = empty.scene.gesture
    assert empty.during(2.0, asked).stage is Stage.ASKED
    empty.during(0.1)  # a decision that falters is no break
    scene = empty.during(2.0, asked)
    assert (scene.stage, scene.nearness) == (Stage.ASKED, 0.0)
    assert empty.hit().stage is Stage.HIT


@pytest.mark.parametrize("gesture", RULES.gestures)
def test_a_round_never_asks_first_for_what_began_it(empty: Booth, gesture: str) -> None:
    empty.during(0.5)
    scene = empty.during(1.2, gesture)
    assert scene.stage is Stage.ASKED
    assert scene.gesture != gesture


def test_what_is_decided_on_while_nobody_is_there_is_no_hit(empty: Booth) -> None:
    empty.press()
    empty.during(0.5)
    assert empty.during(2.0, empty.scene.gesture, present=False).stage is Stage.ASKED


def test_nearness_follows_the_votes_and_then_the_holding(empty: Booth) -> None:
    empty.press()
    asked = empty.scene.gesture or ""
    empty.during(0.5)
    moment = Moment(empty.now_s + STEP_S, Feed.EVENTS, present=True, shares={asked: 0.5})
    assert empty.director.look(moment).nearness == pytest.approx(0.45)
    decided = replace(moment, gesture=asked, shares={asked: 1.0})
    assert empty.director.look(decided).nearness == pytest.approx(0.9)
    later = replace(decided, now_s=decided.now_s + 0.29)
    assert empty.director.look(later).nearness == pytest.approx(0.29 / 0.3)


def test_a_round_that_is_left_is_not_counted(empty: Booth) -> None:
    rules = replace(RULES, ask_s=60.0)
    booth = Booth(rules)
    booth.press()
    assert booth.during(RULES.still_s + 0.5, present=False).stage is Stage.ATTRACT
    assert not any(isinstance(each, Round | Miss) for each in booth.news)


def test_no_round_begins_by_itself_after_the_score(empty: Booth) -> None:
    empty.press()
    empty.until(Stage.SCORE)
    empty.until(Stage.LIVE)
    assert empty.during(RULES.pause_s - 0.1, "arm_roll").stage is Stage.LIVE
    assert empty.during(1.3, "arm_roll").stage is Stage.ASKED


def test_a_lost_source_is_calm_and_then_the_invitation_goes_on(empty: Booth) -> None:
    empty.during(0.5)
    assert empty.during(STEP_S, feed=Feed.LOST).stage is Stage.LOST
    assert empty.during(2.0).stage is Stage.LIVE
    empty.press()
    assert empty.during(1.0, feed=Feed.LOST).stage is Stage.LOST
    scene = empty.during(RULES.lost_s, feed=Feed.LOST)
    assert (scene.stage, scene.feed) == (Stage.ATTRACT, Feed.LOST)
    empty.director.press(empty.now_s)
    assert empty.during(STEP_S, feed=Feed.LOST).stage is Stage.ATTRACT
    assert empty.during(STEP_S).stage is Stage.LIVE


def test_without_a_camera_the_invitation_goes_on() -> None:
    booth = Booth()
    booth.director = Director(RULES, None, Random(0), lambda: booth.day)
    assert booth.during(60.0, feed=Feed.NONE).stage is Stage.ATTRACT


def test_the_best_of_the_day_begins_anew_at_its_turn() -> None:
    booth = Booth(best_today=290)
    booth.during(0.5)
    assert booth.scene.best_today == 290
    booth.press()
    assert booth.until(Stage.SCORE).is_best is False
    assert booth.scene.best_today == 290
    booth.day = date(2026, 1, 2)
    assert booth.during(STEP_S).best_today is None


def test_points_by_hand() -> None:
    assert [points_for(after_s, 10.0) for after_s in (0.0, 5.0, 10.0, 12.0)] == [100, 55, 10, 10]


@given(st.sets(st.sampled_from("abcdefgh"), min_size=1), st.integers(1, 20), st.integers(0, 1000))
def test_gestures_are_dealt_fairly(gestures: set[str], length: int, seed: int) -> None:
    dealt = deal(sorted(gestures), length, Random(seed))
    assert len(dealt) == length
    assert set(dealt) <= gestures
    if len(gestures) > 1:
        assert all(one != next_ for one, next_ in itertools.pairwise(dealt))
    assert len(Game(Rules(tuple(gestures), length), Random(seed)).gestures) == length


def test_all_gestures_come_before_one_comes_again() -> None:
    assert sorted(deal(KIOSK_GESTURES, len(KIOSK_GESTURES), Random(5))) == sorted(KIOSK_GESTURES)


def test_one_of_the_easiest_comes_first() -> None:
    assert {deal(KIOSK_GESTURES, 1, Random(each))[0] for each in range(50)} == {
        "right_hand_wave", "left_hand_wave", "hand_clapping",
    }  # fmt: skip


def test_an_empty_wish_gets_a_sentence() -> None:
    with pytest.raises(ValueError, match="expected a gesture at least"):
        Rules(())


LEGAL = {
    Stage.ATTRACT: {Stage.LIVE, Stage.ASKED},
    Stage.LIVE: {Stage.ATTRACT, Stage.ASKED, Stage.LOST},
    Stage.ASKED: {Stage.HIT, Stage.MISSED, Stage.LOST, Stage.ATTRACT},
    Stage.HIT: {Stage.ASKED, Stage.SCORE, Stage.LOST, Stage.ATTRACT},
    Stage.MISSED: {Stage.ASKED, Stage.SCORE, Stage.LOST, Stage.ATTRACT},
    Stage.SCORE: {Stage.LIVE, Stage.LOST, Stage.ATTRACT},
    # Back before somebody who still stands there, a gesture or a press goes on at once.
    Stage.LOST: {Stage.LIVE, Stage.ATTRACT, Stage.ASKED},
}
MOMENTS = st.tuples(
    st.floats(0.01, 3.0),
    st.sampled_from([Feed.EVENTS] * 6 + [Feed.LOST, Feed.NONE]),
    st.booleans(),
    st.sampled_from([None, *RULES.gestures, "other_gestures"]),
    st.integers(0, 9),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(MOMENTS, max_size=120))
def test_whatever_comes(moments: list[tuple[float, Feed, bool, str | None, int]]) -> None:
    director = Director(RULES, None, Random(1))
    now_s, before, news = 0.0, Stage.ATTRACT, []
    for step_s, feed, present, gesture, chance in moments:
        now_s += step_s
        if chance == 0:
            director.press(now_s)
        scene = director.look(Moment(now_s, feed, present, gesture))
        assert scene.stage is before or scene.stage in LEGAL[before], (before, scene.stage)
        assert 0 <= scene.hits <= scene.number <= scene.asked
        assert 0.0 <= scene.nearness <= 1.0
        assert scene.left_s is None or scene.left_s >= 0.0
        if scene.stage in (Stage.ASKED, Stage.HIT, Stage.MISSED):
            assert scene.gesture in RULES.gestures
        before = scene.stage
        news += director.drain()
    rounds = [each for each in news if isinstance(each, Round)]
    answers = [each for each in news if isinstance(each, Hit | Miss)]
    assert len(answers) >= 3 * len(rounds)
    assert sum(isinstance(each, Hit) for each in answers) >= sum(each.score for each in rounds)
    visits = sum(isinstance(each, Visitor) for each in news)
    assert visits or not answers
