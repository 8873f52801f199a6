"""A new system stands in a few tables; one that is forgotten is told here."""

from __future__ import annotations

import pytest

from app.commands.train import SYSTEMS as TRAINED
from models.engine.session import ENGINES
from models.learning.lessons import LESSONS
from models.networks.catalogue import FAMILIES
from models.sizes import KNOWN
from models.training.recipes import RECIPES


@pytest.mark.parametrize("table", [LESSONS, KNOWN], ids=["lessons", "sizes"])
def test_every_system_can_be_taught_and_checked(table: dict[str, object]) -> None:
    assert table.keys() == FAMILIES.keys()


def test_every_system_has_a_recipe_under_the_name_that_train_takes() -> None:
    assert set(TRAINED) == set(RECIPES)
    taught = {recipe.system for recipes in RECIPES.values() for recipe in recipes.values()}
    assert taught == FAMILIES.keys()


def test_every_system_that_spikes_has_an_engine() -> None:
    assert ENGINES.keys() == FAMILIES.keys() - {"c3d"}  # which has a session of its own
