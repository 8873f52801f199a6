"""Tie the share that a model shows to how often it is right, on the validation sessions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from app.commands.evaluate import judge_all, judging
from app.commands.measuring.evaluate_cases import Case
from app.settings import Settings


def calibrate(model: Path, cases: list[Case]) -> None:
    """Measure the model file on the streams of ``cases`` and write the outcome into it.

    Raises:
        BadInput: a stream cannot be read.
        ModelError: the model cannot be used.
    """
    from models.live import open_network
    from models.measuring.calibration import fit_calibration
    from models.networks.checkpoint import load_checkpoint, save_checkpoint

    network, spec = load_checkpoint(model)
    # The engine says what the network says, in a tenth of the time.
    save_checkpoint(model, network, replace(spec, calibration=()))
    raw = open_network(model, whole=True)
    judged = judge_all(cases, raw, judging(Settings()))
    shares = np.concatenate([each.shares for each in judged])
    right = np.concatenate([each.right for each in judged])
    save_checkpoint(model, network, replace(spec, calibration=fit_calibration(shares, right)))
