"""What must be kept in mind with the figures of ``compare``."""

from __future__ import annotations

from collections.abc import Sequence

from app.commands.measuring.compare_measure import METERED_STREAMS, Measured
from app.commands.measuring.compare_streams import TIMED_TICKS
from models.measuring.chips import LOIHI, TRUENORTH, Chip


def limits_of(models: Sequence[Measured], is_synthetic: bool) -> list[str]:
    """One line for each; those of single systems only where they are compared."""
    systems = {model.spec.system for model in models}
    limits = [
        "Reported: by the survey, on the recordings of DVS128 Gesture; a dash where it is silent.",
        '10 classes: neither clips of "other gestures" nor that answer; 11 classes: both.',
        "Onset: the first right decision that holds for 80 ms; first right: it need not hold.",
        "Reported latency: the mean of the first right ones, gaps between gestures cut out.",
        "Windows: pieces of sessions that were presented, by one process.",
        "Reported iterations: most likely clips presented; the papers' text was not at hand.",
        "ACs, MACs, dense, zero activity: as in NeuroBench; see models/measuring/footprint.py.",
        f"They are per second of sensor time, from up to {METERED_STREAMS} streams.",
        "A tick in which a pixel has two events makes MACs of the first layer's operations.",
        "Events: spikes times nonzero synapses, as they leave; two events of a pixel are two.",
        "Events include pools and Eedn's cascade, which are no operations to NeuroBench.",
        f"Estimates are no measurements: events times {_picojoules(TRUENORTH)} or "
        f"{_picojoules(LOIHI)}.",
        f"{TRUENORTH.name}: {TRUENORTH.source}.",
        f"{LOIHI.name}: {LOIHI.source}.",
        "Reported power: measured, the used cores of one chip alone, without camera and board.",
        "CPU time: of one process alone on this machine, one thread of torch, up to "
        f"{TIMED_TICKS} ticks.",
    ]
    if is_synthetic:
        limits.insert(
            1, "Measured: on synthetic people, so no measure of how the reported would compare."
        )
    if "c3d" in systems:
        limits.append(
            "C3D does not spike: its operations are MACs, and no spiking chip is estimated for it."
        )
    if systems & {"c3d", "decolle"}:
        limits.append(
            'C3D, DECOLLE: only their best class fires; on 10 classes nothing, if that is "other".'
        )
    if systems & {"slayer", "decolle"}:
        limits.append(
            "SLAYER, DECOLLE: counted with filters behind the synapses; before them, ACs were MACs."
        )
    return limits


def _picojoules(chip: Chip) -> str:
    return f"{chip.joules * 1e12:.3g} pJ ({chip.name})"
