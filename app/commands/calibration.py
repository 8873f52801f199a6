"""Tie the share that a model shows to how often it is right, on the validation sessions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from app.commands.evaluate import judge_all
from app.commands.evaluate_cases import performer_cases
from app.settings import Settings


def calibrate(model: Path, data: Path, sessions: int) -> None:
    """Measure the model file on ``sessions`` validation sessions and write the outcome into it.

    Raises:
        BadInput: the sessions cannot be read or rendered.
        ModelError: the model cannot be used.
    """
    from models.calibration import fit_calibration
    from models.checkpoint import load_checkpoint, save_checkpoint
    from models.session import Session

    network, spec = load_checkpoint(model)
    raw = Session(network, replace(spec, calibration=()))
    judged = judge_all(performer_cases(data, "val", sessions), raw, Settings())
    shares = np.concatenate([each.shares for each in judged])
    right = np.concatenate([each.right for each in judged])
    save_checkpoint(model, network, replace(spec, calibration=fit_calibration(shares, right)))
