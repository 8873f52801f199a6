"""Play, step, seek, speed and loop: commands reach the player, and what is set is remembered."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.actions import Actions
from app.ui.logic.player import Player
from app.ui.logic.settings_keeper import SettingsKeeper
from app.ui.transport_bar import TransportBar


class Playback:
    """Connects actions and transport bar; ``refresh`` shows at once what a command did."""

    def __init__(
        self,
        actions: Actions,
        transport: TransportBar,
        player: Player,
        keeper: SettingsKeeper,
        refresh: Callable[[], None],
    ) -> None:
        self._player = player
        self._actions = actions
        self._transport = transport
        self._keeper = keeper
        self._refresh = refresh
        actions.connect("play", self._toggle)
        actions.connect("restart", self._restart)
        actions.connect("step_back", self._step_back)
        actions.connect("step_forward", player.step_forward)
        actions.connect("slower", lambda: transport.change_speed(-1))
        actions.connect("faster", lambda: transport.change_speed(+1))
        actions["loop"].setChecked(keeper.settings.playback.loop)
        actions["loop"].toggled.connect(self._set_loop)
        transport.set_speed(keeper.settings.playback.speed)
        transport.speed_changed.connect(self._set_speed)
        transport.seek_requested.connect(self._seek)

    def follow_settings(self) -> None:
        """Play as the settings say by now."""
        playback = self._keeper.settings.playback
        self._actions["loop"].setChecked(playback.loop)
        self._transport.set_speed(playback.speed)

    def _toggle(self) -> None:
        self._player.toggle()
        self._refresh()

    def _restart(self) -> None:
        self._player.restart()
        self._refresh()

    def _seek(self, offset_us: int) -> None:
        self._player.seek(offset_us)
        self._refresh()

    def _step_back(self) -> None:
        self._player.step_back(1000 * self._keeper.settings.stream.slice_ms)
        self._refresh()

    def _set_speed(self, speed: float | None) -> None:
        self._keeper.change_playback(speed=speed)
        self._player.set_speed(speed)

    def _set_loop(self, loop: bool) -> None:
        self._keeper.change_playback(loop=loop)
        self._player.set_loop(loop)
