"""``teach``: a gesture of one's own from a recording of it, by a local rule, without torch."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from app import PROGRAM
from app.commands.errors import BadInput, refuse_to_overwrite, writing_to
from app.commands.measuring.evaluate_cases import read_labels, session_case
from app.commands.progress import progress_bar
from app.commands.shown import say
from app.commands.sourcing import file_spec, load_settings, model_option, settings_option
from app.events import EventSlice
from app.recognition.encoding import Encoder
from app.recognition.slicer import TICK_US, Slicer
from app.settings import Settings
from app.sources.contract import EventSource, SourceError
from models.live import open_network
from models.model_file import DEFAULT_CHECKPOINT, load_model, save_model
from models.spec import ModelSpec, NetworkSession
from models.teaching.lesson import Shown
from models.teaching.rehearsal import REHEARSAL, load_rehearsal, save_rehearsal
from models.teaching.rule import NOT_JUDGED
from models.teaching.taught import KEPT_BACK, check_system, check_teachable, forget, told_apart
from models.teaching.taught import teach as taught
from models.teaching.ways import check_ways, known_class, teach_ways

SLICE_US = 40_000
SESSIONS = 24


@click.command(epilog=f"Example: {PROGRAM} teach salute.aedat4 --as salute --out mine.safetensors")
@click.argument("recording", type=click.Path(path_type=Path), required=False)
@click.option(
    "--as",
    "name",
    metavar="NAME",
    help="What the gesture is to be called, or a known one of which this is another way.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The taught network's file."
)
@click.option(
    "--forget",
    "forgotten",
    metavar="NAME",
    help="Instead of teaching, forget what was taught under this name.",
)
@click.option("--force", is_flag=True, help="Overwrite what is there.")
@click.option(
    "--rehearse",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="SESSIONS",
    help="Write anew what the bundled network must not forget, from a folder of sessions.",
)
@model_option
@settings_option
def teach(
    recording: Path | None,
    name: str | None,
    out: Path | None,
    forgotten: str | None,
    force: bool,
    rehearse: Path | None,
    model: Path | None,
    settings: Path | None,
) -> None:
    """Teach a network the gesture that RECORDING shows, all the time or where labels beside it say.

    Its last third is kept back, and tells how well the gesture is told apart. The other gestures'
    neurons stay as they are. A taught network may be taught again. Under a known gesture's name it
    is learnt as another way of making that one.
    """
    path = model or DEFAULT_CHECKPOINT
    if rehearse is not None:
        _rehearse(rehearse, path)
        return
    if out is None or (recording is None or name is None) == (forgotten is None):
        raise click.UsageError(
            "Expected a RECORDING, --as NAME and --out FILE, or --forget NAME and --out FILE."
        )
    refuse_to_overwrite([out], force)
    if recording is not None and name is not None:
        spec, weights, said = _lesson(recording, name, path, load_settings(settings))
    else:
        spec, weights = forget(*load_model(path), forgotten or "")
        said = f"It no longer knows {forgotten!r}."
    with writing_to(out):
        save_model(out, spec, weights)
    say(f"Wrote {out}. {said}", err=True)


def _lesson(
    recording: Path, name: str, path: Path, settings: Settings
) -> tuple[ModelSpec, dict[str, np.ndarray], str]:
    """The network in ``path`` once it has learnt, and how well it tells what was kept back.

    Raises:
        ModelError: the network cannot be taught that.
        SourceError: the recording cannot be read, or shows nothing.
    """
    spec, weights = load_model(path)
    known = known_class(spec, name)
    if known:
        check_ways(spec, [known])
    else:
        check_teachable(spec, name)
    hidden = _shown(recording, open_network(path), settings)
    held = round(len(hidden) * (1 - KEPT_BACK))
    rehearsal = load_rehearsal(REHEARSAL, weights)
    with progress_bar("Learning", 1.0) as advance:
        tell = _in_steps(advance)
        if known:
            wider, learnt = teach_ways(spec, weights, {known: hidden[:held]}, rehearsal, tell)
        else:
            wider, learnt = taught(spec, weights, name, hidden[:held], rehearsal, tell)
    number = spec.classes.index(known) if known else len(spec.classes)
    share = told_apart(wider, learnt, hidden[held:], number)
    before = f", {told_apart(spec, weights, hidden[held:], number):.0%} before" if known else ""
    return wider, learnt, (
        f"In the last {(len(hidden) - held) * spec.tick_us // 1000} ms, which were not learnt "
        f"from, {name!r} won {share:.0%} of the ticks that had a winner{before}."
    )  # fmt: skip


def _in_steps(advance: Callable[[float], None]) -> Callable[[float], None]:
    """What takes the share that is over, for a bar that takes what has been gained of it."""
    done = 0.0

    def tell(share: float) -> None:
        nonlocal done
        advance(share - done)
        done = share

    return tell


@dataclass(frozen=True, slots=True)
class Seen:
    """``hidden`` (T, L H) uint8, the spikes of the hidden layer in the ticks that start at ``t_us``
    (T,) int64 in sensor time."""

    t_us: np.ndarray
    hidden: np.ndarray


def see(network: NetworkSession, source: EventSource, settings: Settings) -> Seen:
    """What a network's hidden layer fires at a whole recording.

    Raises:
        SourceError: the recording cannot be read, or has no events.
    """
    spec, region = network.spec, settings.stream.region
    encoder = Encoder(source.info.resolution, spec.input_shape, region, spec.tick_us)
    times, spikes = [], []
    for piece in _slices(source):
        if piece.restarted:
            network.reset()
        elif piece.gap_us:
            network.skip(piece.gap_us)
        spikes.append(network.run(encoder.encode(piece)).layers[-2].spikes)
        times.append(piece.t_start_us + spec.tick_us * np.arange(len(spikes[-1])))
    if not spikes:
        raise SourceError("expected a recording with events, got one without any")
    return Seen(np.concatenate(times), np.concatenate(spikes))


def _slices(source: EventSource) -> Iterator[EventSlice]:
    slicer = Slicer(SLICE_US, TICK_US)
    for batch in source.batches():
        yield from slicer.push(batch)
    yield from slicer.flush()


def _shown(recording: Path, network: NetworkSession, settings: Settings) -> np.ndarray:
    """The hidden spikes of a recording, of its labelled parts alone if there are labels."""
    from app.sources.hosting.host import HostedSource

    with HostedSource(file_spec(str(recording))) as source:
        seen = see(network, source, settings)
    labels = recording.with_name(recording.stem + "_labels.csv")
    if not os.path.exists(labels):
        return seen.hidden
    spans = [(seen.t_us >= g.start_us) & (seen.t_us < g.end_us) for g in read_labels(labels)]
    return seen.hidden[np.logical_or.reduce(spans)] if spans else seen.hidden[:0]


def _rehearse(folder: Path, model: Path) -> None:
    """Let the network see some sessions of a folder, and keep what its hidden layer fired."""
    paths = sorted(folder.glob("*.npz"))
    if not paths:
        raise BadInput(f"expected sessions (*.npz) in {folder}, but there are none")
    network = open_network(model)
    check_system(network.spec)
    chosen = paths[:: max(1, len(paths) // SESSIONS)][:SESSIONS]
    looks: list[Shown] = []
    with progress_bar("Looking at sessions", len(chosen)) as advance:
        for path in chosen:
            looks += _session_looks(path, network)
            advance(1)
    with writing_to(REHEARSAL):
        save_rehearsal(REHEARSAL, load_model(model)[1], looks)
    say(f"Wrote {REHEARSAL}.", err=True)


def _session_looks(path: Path, network: NetworkSession) -> list[Shown]:
    """What a session shows from its first event on, in both looks of a network."""
    from models.data.performer_set import load_session

    network.reset()
    seen = see(network, session_case(path).open_source(), Settings())
    ms, label = seen.t_us // 1000, load_session(path).label.astype(np.int64)
    labels = np.where(ms < len(label), label[np.minimum(ms, len(label) - 1)], NOT_JUDGED)
    return _both(seen.hidden, labels, network.spec)


def _both(hidden: np.ndarray, labels: np.ndarray, spec: ModelSpec) -> list[Shown]:
    """The looks side by side in ``hidden``, each with what it shows."""
    width, twins = spec.parameters["hidden"], np.array(spec.mirror or range(len(spec.classes)))
    mirrored = np.where(labels >= 0, twins[np.maximum(labels, 0)], labels)
    known = (labels, mirrored)
    firsts = range(0, hidden.shape[1], width)
    return [Shown(hidden[:, f : f + width], known[i]) for i, f in enumerate(firsts)]
