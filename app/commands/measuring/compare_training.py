"""How much a model has learnt from, read from the record that it carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.spec import ModelSpec


@dataclass(frozen=True, slots=True)
class Training:
    """Optimiser steps, and windows of data presented; none where a model does not tell."""

    steps: int | None = None
    windows: int | None = None


def training_of(spec: ModelSpec) -> Training:
    """What a model's record says, for training in one process."""
    try:
        recipe = spec.training["recipe"]
        stages = recipe["stages"]
        steps = sum(stage["steps"] * _updates(recipe, stage) for stage in stages)
        return Training(int(steps), int(sum(stage["steps"] * stage["batch"] for stage in stages)))
    except (KeyError, TypeError):  # made elsewhere, or by an older program
        return Training()


def _updates(recipe: Mapping[str, Any], stage: Mapping[str, Any]) -> int:
    """Optimiser steps for each batch: DECOLLE takes one in every time step after the burn-in."""
    if recipe.get("system") != "decolle":
        return 1
    lesson = stage.get("lesson") or recipe["lesson"]
    return round((stage["window_ms"] - lesson["burn_in_ms"]) / stage["step_ms"])
