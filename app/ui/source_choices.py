"""What menus and the start page offer to play."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.sources.contract import FileSpec, PerformerSpec, SourceSpec
from app.ui.logic.player import Player
from app.ui.main_menu import MainMenu
from app.ui.welcome import Welcome


def connect_sources(
    menu: MainMenu, welcome: Welcome, player: Player, open_: Callable[[SourceSpec], object]
) -> None:
    """Let ``open_`` hear what was chosen."""

    def choose_camera(name: str) -> None:
        if isinstance(player.spec, FileSpec):
            open_(replace(player.spec, stream=name))

    menu.file_chosen.connect(lambda path: open_(FileSpec(path)))
    menu.cameras.chosen.connect(choose_camera)
    menu.performer_chosen.connect(lambda gesture: open_(PerformerSpec(gesture)))
    welcome.performer_requested.connect(lambda: open_(PerformerSpec()))
