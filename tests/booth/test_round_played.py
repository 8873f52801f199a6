"""The guided round is played to its end by a synthetic visitor before the default network."""

from __future__ import annotations

from collections import Counter

import pytest

from app.booth.messages import Hit, Miss, Round
from app.booth.messages import Visitor as Visit
from app.booth.rules import Rules
from app.booth.scene import Scene, Stage
from app.settings import KIOSK_GESTURES
from tests.booth.visitor import Visitor


def do_as_asked(scene: Scene) -> str | None:
    """Whoever plays does what is asked and rests in between."""
    return scene.gesture if scene.stage is Stage.ASKED else "rest"


def open_with_a_wave(scene: Scene) -> str | None:
    return "right_hand_wave" if scene.stage in (Stage.ATTRACT, Stage.LIVE) else do_as_asked(scene)


def test_a_round_is_played_to_its_end() -> None:
    visitor = Visitor(Rules(KIOSK_GESTURES, round_length=2, ask_s=6.0, hit_s=0.2), seed=11)
    stages = []
    for scene in visitor.play("right_hand_wave", open_with_a_wave, 30.0):
        if not stages or stages[-1] is not scene.stage:
            stages.append(scene.stage)
        if scene.stage is Stage.SCORE:
            break
    hit = [Stage.ASKED, Stage.HIT]
    assert stages == [Stage.ATTRACT, Stage.LIVE, *hit, *hit, Stage.SCORE]
    assert [type(each) for each in visitor.news] == [Visit, Hit, Hit, Round]
    assert (scene.hits, scene.asked) == (2, 2)


def test_who_only_stands_there_is_asked_nothing() -> None:
    visitor = Visitor(Rules(KIOSK_GESTURES), seed=12)
    stages = {scene.stage for scene in visitor.play("rest", lambda scene: None, 3.0)}
    assert stages <= {Stage.ATTRACT, Stage.LIVE}
    assert not any(isinstance(each, Hit) for each in visitor.news)


@pytest.mark.slow
def test_most_of_what_is_asked_is_hit() -> None:
    """Eight people, a round of all eight gestures each."""
    told: Counter[str] = Counter()
    for seed in range(20, 28):
        rules = Rules(KIOSK_GESTURES, round_length=8, hit_s=0.3, missed_s=0.3)
        visitor = Visitor(rules, seed)
        visitor.director.press(0.0)
        for scene in visitor.play("rest", do_as_asked, 8 * 11.0):
            if scene.stage is Stage.SCORE:
                break
        assert scene.stage is Stage.SCORE
        told.update(type(each).__name__ for each in visitor.news)
        told.update(f"missed {each.gesture}" for each in visitor.news if isinstance(each, Miss))
    assert told["Round"] == 8
    assert told["Hit"] >= 58, told  # of 64
