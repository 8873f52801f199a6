"""``kiosk``: the booth, watched by a supervisor; its PIN, its starters, how it does."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from app import PROGRAM, own_command, places
from app import settings_file as app_settings
from app.booth import status as booth_status
from app.booth.config import Config
from app.commands.booth_source import booth_source
from app.commands.desktop import Desktop, NoDisplay
from app.commands.errors import BadInput
from app.commands.kiosk_install import (
    DISABLE,
    ENABLE,
    install,
    service_takes_over,
    uninstall,
)
from app.commands.kiosk_pin import ask_for_pin, keep_pin
from app.commands.notes import tell
from app.commands.shown import say
from app.commands.sourcing import model_option, parse_source
from app.places import NoHomeError
from app.settings import KioskSettings, Settings
from app.sources.contract import FileSpec, SourceSpec

ROOT = Path(__file__).resolve().parents[2]
HAS_SUPERVISOR = os.name == "posix"
LANGUAGES = ("system", "en", "ko", "alternate")


@click.command(epilog=f"Example: {PROGRAM} kiosk camera --language alternate")
@click.argument("source", required=False)
@click.option("--monitor", metavar="NAME", help="The screen to fill; the first unless named.")
@click.option("--language", type=click.Choice(LANGUAGES), help="What visitors read.")
@click.option("--set-pin", is_flag=True, help="Ask for the PIN that leaves the kiosk, and keep it.")
@click.option("--no-pin", is_flag=True, help="Forget the PIN: Ctrl+Shift+K alone leaves.")
@click.option("--install", "do_install", is_flag=True, help="Start it with your session.")
@click.option("--uninstall", "do_uninstall", is_flag=True, help="Take that away again.")
@click.option("--status", "show_status", is_flag=True, help="How the kiosk does; with --json.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.option("--watched", is_flag=True, hidden=True)
@click.option("--autostarted", is_flag=True, hidden=True)
@model_option
@click.option(
    "--settings",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A settings file instead of the user's own.",
)
@click.pass_context
def kiosk(
    ctx: click.Context,
    source: str | None,
    model: Path | None,
    settings: Path | None,
    **options: Any,
) -> None:
    """Fill the screen for visitors, watch over it, and start it again when it fails.

    SOURCE is camera[:SERIAL], network:IP:PORT, performer[:GESTURE] or a recording; unless given, it
    is kiosk.source of the settings, the camera at first. Staff leave by Ctrl+Shift+K, or a tap on
    the four corners clockwise from the upper left, and the PIN.
    """
    notes = _missing(settings)
    if notes and not options["watched"]:  # which must go on where the file has gone since
        raise BadInput(notes[0])
    if options["show_status"]:
        ctx.exit(_show_status(options["as_json"]))
    if options["set_pin"] or options["no_pin"]:
        keep_pin(ask_for_pin() if options["set_pin"] else None, settings)
        return
    words = _words(source, model, settings, options)
    if options["do_install"]:
        _install(words)
        return
    if options["do_uninstall"]:
        _uninstall()
        return
    loaded = app_settings.load(settings)
    chosen = _with_options(loaded.settings, options)
    spec, more = (parse_source(source), []) if source else booth_source(chosen)
    notes += [*loaded.notes, *more]
    desktop: Desktop = ctx.obj
    show = partial(desktop.run_kiosk, spec, chosen, model_path=model, settings_path=settings)
    if options["watched"]:
        ctx.exit(_show(partial(show, watched=True, notes=notes)))
    _check(spec, desktop)
    if options["autostarted"] and service_takes_over():
        say("The kiosk's service runs it already.", err=True)
        return
    tell(notes)
    if not HAS_SUPERVISOR:
        ctx.exit(_show(partial(show, watched=False, notes=notes)))
    debug = ["--debug"] if ctx.find_root().params.get("debug") else []
    _supervise([*debug, "kiosk", "--watched", *words], chosen)


def state_folder() -> Path:
    """Where the supervisor keeps its records.

    Raises:
        NoHomeError: the account has no home folder.
    """
    return places.state_folder() / "kiosk"


def _kept_in(folder: Callable[[], Path]) -> str | None:
    """The folder for the supervisor; none for an account without a home, which keeps nothing."""
    try:
        return str(folder())
    except NoHomeError:
        return None


def _missing(settings: Path | None) -> list[str]:
    """A sentence about a settings file that was named and is not there."""
    if settings is None or settings.is_file():
        return []
    return [f"expected a settings file, but there is none at {settings}"]


def _show(show: Callable[[], int]) -> int:
    """Be the kiosk itself.

    Raises:
        BadInput: there is no display.
    """
    try:
        return show()
    except NoDisplay as reason:
        raise BadInput(str(reason)) from reason


def _check(spec: SourceSpec, desktop: Desktop) -> None:
    """Refuse what could never work, before a supervisor would try it for ever.

    Raises:
        BadInput: there is no such recording, or no display and nobody who will bring one.
    """
    if isinstance(spec, FileSpec) and not Path(spec.path).is_file():
        raise BadInput(f"expected a source or a recording, but there is no file {spec.path}")
    problem = desktop.display_problem()
    if problem is not None and "INVOCATION_ID" not in os.environ:  # a unit may be early
        raise BadInput(f"the kiosk needs a screen: {problem}")


def _with_options(settings: Settings, options: dict[str, Any]) -> Settings:
    """The settings with what the command line says instead."""
    named = {key: options[key] for key in ("monitor", "language") if options[key] is not None}
    booth = KioskSettings(**{**settings.kiosk.model_dump(), **named})
    return settings.model_copy(update={"kiosk": booth})


def _words(
    source: str | None, model: Path | None, settings: Path | None, options: dict[str, Any]
) -> list[str]:
    """The same wishes again, for another process in another folder."""
    words = [] if source is None else [_anywhere(source)]
    for name, path in (("--model", model), ("--settings", settings)):
        words += [] if path is None else [name, os.path.abspath(path)]
    for key in ("monitor", "language"):
        words += [] if options[key] is None else [f"--{key}", options[key]]
    return words


def _anywhere(source: str) -> str:
    """``source`` as it is understood in every folder."""
    spec = parse_source(source)
    return os.path.abspath(spec.path) if isinstance(spec, FileSpec) else source


def _supervise(words: list[str], settings: Settings) -> NoReturn:
    """Become the supervisor of ``main.py`` with these words."""
    booth = settings.kiosk
    config = Config(
        command=(*own_command(), *words),
        state_folder=_kept_in(state_folder),
        log_folder=_kept_in(places.log_folder),
        memory_mb=booth.memory_mb,
        restart_at=booth.restart_at,
    )
    os.chdir(ROOT)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "app.booth", config.encode()])


def _show_status(as_json: bool) -> int:
    found = booth_status.read(state_folder())
    if found is None:
        raise BadInput(f"the kiosk has not run yet: there is no record in {state_folder()}")
    if as_json:
        say(json.dumps(booth_status.as_dict(found), indent=2))
    else:
        say(booth_status.as_text(found))
    return 0


def _install(words: list[str]) -> None:
    for path in install(words):
        say(f"Wrote {path}.", err=True)
    say(
        f"The kiosk starts with your next session. To have systemd watch over it, too:\n  {ENABLE}",
        err=True,
    )


def _uninstall() -> None:
    gone = uninstall()
    for path in gone:
        say(f"Removed {path}.", err=True)
    if not gone:
        say("Nothing of the kiosk was installed.", err=True)
    say(f"If its service still runs: {DISABLE}", err=True)
