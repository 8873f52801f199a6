"""The command line: commands are imported when they are used, no command means the window.

Exit codes: 0 done, 2 bad input (one sentence), 1 a fault of ours (one sentence and the log
file), 128 + signal number when a signal ended the program, so 130 after Ctrl+C.
"""

from __future__ import annotations

import difflib
import importlib
import io
import os
import signal
import sys
from pathlib import Path
from typing import Any

import click

from app import PACKED, PROGRAM, __version__
from app.commands.errors import BadInput, place_at_fault
from app.commands.interrupt import clean_up_on_sigterm
from app.commands.logs import set_up_logging
from app.commands.shown import shown

# What the overview says; the command NAME is the function of that name in app.commands.NAME.
COMMANDS: dict[str, str] = {
    "window": f"Open the window; so does {PROGRAM} without a command.",
    "kiosk": "Fill the screen for visitors: the booth, watched over, left by a PIN.",
    "recognize": "Name the gestures in a recording or a live stream.",
    "perform": "Write synthetic recordings of gestures, with their truth.",
    "record": "Write a source into an AEDAT 4 file; converts older files too.",
    "serve": "Stream a recording over the network as a camera would.",
    "dataset": "Check the DVS128 Gesture data set, or make a synthetic one like it.",
    "train": "Train a network on synthetic gestures.",
    "teach": "Teach a network a gesture of one's own, from a recording of it.",
    "evaluate": "Measure how well a model recognises gestures.",
    "compare": "Compare models with each other and with published figures.",
    "bench": "Measure how fast all of this is, beside other libraries.",
    "export": "Write a model as ONNX or NIR, for other programs.",
    "convert": "Write a model file of the older format as one of today's.",
    "doctor": "Check this machine: libraries, display, model, cameras, folders.",
}
GROUP_FLAGS = {"--debug"}
GROUP_ENDINGS = {"--help", "-h", "--version"}


def drop_stdout() -> None:
    """After the reader of stdout has left: let the interpreter's last flush not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def escape_what_cannot_be_shown() -> None:
    """Names of files may hold what the terminal's encoding cannot, or what is no text at all."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _part_flags(args: list[str]) -> tuple[list[str], list[str]]:
    """The group's own flags, which may stand anywhere before ``--``, and all other words."""
    end = args.index("--") if "--" in args else len(args)
    flags = [word for word in args[:end] if word in GROUP_FLAGS]
    return flags, [*(word for word in args[:end] if word not in GROUP_FLAGS), *args[end:]]


class LazyGroup(click.Group):
    """A group that knows its commands by name and puts ``window`` where no name is given."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"app.commands.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        flags, rest = _part_flags(args)
        if not (rest and rest[0] in GROUP_ENDINGS):
            rest = self._command_first(ctx, rest)
        return super().parse_args(ctx, [*flags, *rest])

    def _command_first(self, ctx: click.Context, args: list[str]) -> list[str]:
        """``args`` with the command in front, which may have stood behind the window's options."""
        place = self._first_plain(ctx, args)
        if place == len(args) or args[place] == "--":
            return ["window", *args]
        word = args[place]
        if word in COMMANDS:
            return [word, *args[:place], *args[place + 1 :]]
        self._refuse_misspelt_command(ctx, word)
        return ["window", *args]

    def _first_plain(self, ctx: click.Context, args: list[str]) -> int:
        """Where the first word stands that is neither an option of the window nor its value."""
        if not args or not args[0].startswith("-"):
            return 0
        from app.commands.window import window

        options = [each for each in window.params if isinstance(each, click.Option)]
        valued = {name for each in options if not each.is_flag for name in each.opts}
        place = 0
        while place < len(args) and args[place].startswith("-") and args[place] != "--":
            place += 2 if args[place] in valued else 1
        return min(place, len(args))

    def _refuse_misspelt_command(self, ctx: click.Context, word: str) -> None:
        close = difflib.get_close_matches(word, COMMANDS, n=1, cutoff=0.75)
        if close and not Path(word).exists():
            ctx.fail(f"There is neither a command nor a file {word!r}; did you mean {close[0]!r}?")

    def invoke(self, ctx: click.Context) -> Any:
        from app.settings_file import SettingsError
        from app.sources.contract import SourceError
        from models.spec import ModelError

        try:
            with clean_up_on_sigterm():
                return super().invoke(ctx)
        except (SourceError, ModelError, SettingsError) as error:
            raise BadInput(str(error)) from error
        except ModuleNotFoundError as error:
            if not PACKED:
                raise
            raise BadInput(
                f"this needs {error.name}, which the packed program leaves out: "
                "run it from a checkout of the source"
            ) from error
        except click.UsageError as error:
            if (sentence := shown(error.format_message())) != error.format_message():
                raise click.UsageError(sentence, error.ctx) from error
            raise
        except BrokenPipeError:
            drop_stdout()
            ctx.exit(0)
        except OSError as error:
            if place := place_at_fault(error):
                raise BadInput(place) from error
            raise
        except KeyboardInterrupt:
            ctx.exit(128 + signal.SIGINT)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=f"Example: {PROGRAM} recognize recording.aedat4 --json",
    options_metavar="[--debug]",
    subcommand_metavar="[FILE | COMMAND ...]",
)
@click.version_option(__version__, message="Spikehand %(version)s")
@click.option("--debug", is_flag=True, help="Show tracebacks and everything that is logged.")
def cli(debug: bool) -> None:
    """Recognise hand and arm gestures from an event camera, live, with a spiking network.

    With a FILE, or with nothing at all, the window opens.
    """
    escape_what_cannot_be_shown()
    set_up_logging(debug)
