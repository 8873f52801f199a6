"""The systems in full size: each can be built, learns a step and streams on a CPU."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from models.data.gestures import CLASSES
from models.networks.torch_session import TorchSession
from models.spec import ModelSpec, as_ticks
from models.training.recipes import RECIPES
from models.training.train import Trainer
from tests.models.tiny_systems import noise_session

PAPER = {name: recipes["paper"] for name, recipes in RECIPES.items() if "paper" in recipes}


def test_each_system_of_the_survey_has_a_full_size() -> None:
    assert set(PAPER) == {"eedn", "slayer", "decolle", "c3d"}


@pytest.mark.slow
@pytest.mark.parametrize("name", PAPER)
def test_a_full_size_learns_a_step_and_streams(name: str, tmp_path: Path) -> None:
    recipe = PAPER[name]
    stage = replace(recipe.stages[0], steps=1, batch=2)
    if name != "c3d":  # whose clips have their length
        stage = replace(stage, step_ms=10, window_ms=400)
    recipe = replace(recipe, stages=(stage,), mean_decay=None)
    trainer = Trainer(recipe, tmp_path)
    before = {key: value.clone() for key, value in trainer.network.state_dict().items()}
    network = trainer.run([noise_session(length_ms=1500)], lambda progress: None)
    after = network.state_dict()
    assert any(not torch.equal(value, after[key]) for key, value in before.items())
    network.finish(float(stage.step_ms))
    side = recipe.sizes.side
    spec = ModelSpec(name, recipe.system, CLASSES, (2, side, side), 1000)
    session = TorchSession(network, spec)
    counts = np.random.default_rng(0).poisson(0.01, (5, 2, side, side)).astype(np.float32)
    for _ in range(2):
        output = session.run(as_ticks(counts))
        assert len(output.layers[-1].spikes) == 5
