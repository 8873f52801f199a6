from __future__ import annotations

import pytest

from models.model_file import CHECKPOINTS, SUFFIX, load_spec
from models.naming import FAMILY_NAMES, family_name, model_name
from models.networks.catalogue import FAMILIES


def test_every_system_has_a_name() -> None:
    assert FAMILY_NAMES.keys() == {*FAMILIES, "nir"}


@pytest.mark.parametrize(
    ("name", "system", "spelled"),
    [
        ("c3d", "c3d", "C3D"),
        ("Slayer", "slayer", "SLAYER"),
        ("default", "conv_lif", "Default"),
        ("my DECOLLE", "decolle", "My DECOLLE"),
        ("odd", "unknown", "Odd"),
        ("", "unknown", ""),
    ],
)
def test_a_model_that_goes_by_its_system_is_spelled_as_that(
    name: str, system: str, spelled: str
) -> None:
    assert model_name(name, system) == spelled


def test_the_bundled_models_are_spelled_as_their_papers_do() -> None:
    specs = [load_spec(path)[0] for path in sorted(CHECKPOINTS.glob(f"*{SUFFIX}"))]
    names = [model_name(spec.name, spec.system) for spec in specs]
    assert names == ["C3D", "DECOLLE", "Default", "Eedn", "SLAYER", "Small"]


def test_a_system_that_is_not_known_keeps_its_name() -> None:
    assert family_name("mine") == "mine"
