"""Directs the show: from moments to scenes. Pure of clock and screen, so that it can be tried.

::

    ATTRACT <--- nobody for still_s --- LIVE <------------------------- SCORE
       |                                 ^ |                              ^
       +---- somebody moves -------------+ +-- a gesture held, or press -> ASKED -> HIT, MISSED

From anywhere the source may be lost: LOST for a while, then ATTRACT, until there are events again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from app.booth.hold import Hold, follow
from app.booth.messages import Message, Visitor
from app.booth.round import Game
from app.booth.rules import Rules
from app.booth.scene import Feed, Moment, Scene, Stage

# All the votes that a decision takes bring the visitor so near to a hit; holding does the rest.
VOTES_PART = 0.9

IN_ROUND = (Stage.ASKED, Stage.HIT, Stage.MISSED)


class Director:
    """Decides what is shown; ``look`` is asked some thirty times a second.

    Args:
        rules: how it is played.
        best_today: the best points of the day so far, none before the first round.
        random: deals the gestures of a round.
        today: gives the date, at whose turn the best of the day begins anew.
    """

    def __init__(
        self,
        rules: Rules,
        best_today: int | None = None,
        random: Random | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._rules = rules
        self._random = random or Random()
        self._today = today
        self._day = today()
        self._best = best_today
        self._is_best = False
        self._stage = Stage.ATTRACT
        self._since_s: float | None = None  # when the stage began
        self._present_s = float("-inf")
        self._game: Game | None = None
        self._held: Hold | None = None
        self._quiet_until_s = float("-inf")
        self._invited = 0
        self._pressed = False
        self._news: list[Message] = []

    def press(self, now_s: float) -> None:
        """A tap or the space bar: starts a round, or goes on from the score."""
        self._pressed = True

    def drain(self) -> list[Message]:
        """What has happened since the last time."""
        news, self._news = self._news, []
        return news

    def look(self, moment: Moment) -> Scene:
        """What to show at this moment."""
        if self._since_s is None:
            self._since_s = moment.now_s
        self._turn_day()
        if moment.present:
            self._present_s = moment.now_s
        else:  # what is decided on while nobody is there is nobody's gesture
            moment = replace(moment, gesture=None, shares={})
        self._follow_feed(moment)
        nearness = self._step(moment)
        self._pressed = False
        return self._scene(moment, nearness)

    # Steps: each may change the stage, and tells how near the visitor is to something

    def _step(self, moment: Moment) -> float:
        if self._stage not in (Stage.ATTRACT, Stage.LOST) and self._is_left(moment):
            self._go(Stage.ATTRACT, moment)
        if self._stage is Stage.ATTRACT:
            return self._attract(moment)
        if self._stage is Stage.LIVE:
            return self._play_freely(moment)
        if self._stage is Stage.ASKED:
            return self._ask(moment)
        if self._stage in (Stage.HIT, Stage.MISSED):
            self._go_on(moment)
        elif self._stage is Stage.SCORE and (self._pressed or self._is_over(moment)):
            self._quiet_until_s = moment.now_s + self._rules.pause_s
            self._go(Stage.LIVE, moment)
        return 0.0

    def _attract(self, moment: Moment) -> float:
        if moment.feed is not Feed.EVENTS:
            return 0.0
        if moment.present or self._pressed:
            self._news.append(Visitor())
            self._present_s = moment.now_s
            self._go(Stage.LIVE, moment)
            if self._pressed:
                self._begin_round(moment)
        return 0.0

    def _play_freely(self, moment: Moment) -> float:
        if self._pressed:
            self._begin_round(moment)
            return 0.0
        if moment.now_s < self._quiet_until_s:
            return 0.0
        held = self._held = follow(self._held, moment, self._rules.gestures)
        if held is None:
            return 0.0
        part = held.lasts_s / self._rules.start_hold_s
        if part >= 1.0:
            self._begin_round(moment, after=held.gesture)
        return min(part, 1.0)

    def _ask(self, moment: Moment) -> float:
        assert self._game is not None
        held = self._game.hears(moment.gesture, moment.now_s)
        if held >= 1.0:
            self._news.append(self._game.hit(self._elapsed(moment)))
            self._go(Stage.HIT, moment)
        elif self._is_over(moment):
            self._news.append(self._game.miss())
            self._go(Stage.MISSED, moment)
        if not self._game.counts:
            return 0.0
        return max(held, VOTES_PART * moment.shares.get(self._game.asked, 0.0))

    def _go_on(self, moment: Moment) -> None:
        """After a hit or a miss: the next gesture, or the score."""
        assert self._game is not None
        if not self._is_over(moment):
            return
        if not self._game.is_over:
            self._game.next()
            self._go(Stage.ASKED, moment)
            return
        self._news.append(self._game.result())
        self._is_best = self._game.points > (self._best or 0)
        self._best = max(self._best or 0, self._game.points)
        self._go(Stage.SCORE, moment)

    # What changes the stage from outside

    def _follow_feed(self, moment: Moment) -> None:
        if self._stage is Stage.LOST:
            if moment.feed is Feed.EVENTS:
                self._go(Stage.LIVE if self._is_near(moment) else Stage.ATTRACT, moment)
            elif self._elapsed(moment) >= self._rules.lost_s:
                self._go(Stage.ATTRACT, moment)
        elif moment.feed is not Feed.EVENTS and self._stage is not Stage.ATTRACT:
            self._go(Stage.LOST, moment)

    def _begin_round(self, moment: Moment, after: str | None = None) -> None:
        self._game = Game(self._rules, self._random, after)
        self._go(Stage.ASKED, moment)

    def _go(self, stage: Stage, moment: Moment) -> None:
        if stage is Stage.ATTRACT or stage is Stage.LOST:
            self._game = None  # a round that was left is not counted
        if stage is Stage.ATTRACT:
            self._invited += 1
        self._held = None
        self._stage, self._since_s = stage, moment.now_s

    def _turn_day(self) -> None:
        if self._today() != self._day:
            self._day, self._best = self._today(), None

    # What is known of the moment

    def _elapsed(self, moment: Moment) -> float:
        assert self._since_s is not None
        return max(moment.now_s - self._since_s, 0.0)

    def _length_s(self) -> float | None:
        """How long the stage lasts by itself, none if it does not end so."""
        rules = self._rules
        return {
            Stage.ASKED: rules.ask_s,
            Stage.HIT: rules.hit_s,
            Stage.MISSED: rules.missed_s,
            Stage.SCORE: rules.score_s,
        }.get(self._stage)

    def _is_over(self, moment: Moment) -> bool:
        length_s = self._length_s()
        return length_s is not None and self._elapsed(moment) >= length_s

    def _is_near(self, moment: Moment) -> bool:
        return moment.now_s - self._present_s <= self._rules.still_s

    def _is_left(self, moment: Moment) -> bool:
        """Whether nobody has been there for so long that the visit is over."""
        return not self._is_near(moment)

    def _invitation(self, moment: Moment) -> str:
        number = self._invited + int(self._elapsed(moment) / self._rules.invite_s)
        return self._rules.gestures[number % len(self._rules.gestures)]

    def _scene(self, moment: Moment, nearness: float) -> Scene:
        elapsed_s, length_s = self._elapsed(moment), self._length_s()
        scene = Scene(
            self._stage,
            nearness=nearness if self._stage in (Stage.LIVE, Stage.ASKED) else 0.0,
            elapsed_s=elapsed_s,
            left_s=None if length_s is None else max(length_s - elapsed_s, 0.0),
            best_today=self._best,
            feed=moment.feed,
        )
        if self._stage is Stage.ATTRACT:
            return replace(scene, gesture=self._invitation(moment))
        if self._stage is Stage.LIVE:
            return replace(scene, gesture=moment.gesture)
        game = self._game
        if game is None:
            return scene
        return replace(
            scene,
            gesture=game.asked if self._stage in IN_ROUND else None,
            after_s=game.after_s,
            number=game.number,
            asked=len(game.gestures),
            hits=game.hits,
            points=game.points,
            is_best=self._stage is Stage.SCORE and self._is_best,
        )
