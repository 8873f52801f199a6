from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPixmap

from app.ui.pictures import ASSETS, GAP, MOTION, app_icon, gesture_picture, icon
from app.ui.theme import DARK, LIGHT
from models.data.gestures import CLASSES, MIRRORED

SIDE = 272  # one pixel per unit of the drawings


def pixels(pixmap: QPixmap) -> np.ndarray:
    """(H, W, 4) blue, green, red, alpha, not premultiplied."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.width(), 4).astype(int)


def motion(class_id: str) -> np.ndarray:
    """(H, W) where the moving arrows of a picture are."""
    bgra = pixels(gesture_picture(class_id, SIDE, 1.0, DARK))
    orange = [int(DARK.on[i : i + 2], 16) for i in (5, 3, 1)]
    return (np.abs(bgra[..., :3] - orange).sum(-1) < 30) & (bgra[..., 3] > 200)


@pytest.mark.parametrize("name", [*CLASSES, "none"])
def test_every_class_has_a_drawing_that_takes_the_theme_colours(name: str) -> None:
    drawing = (ASSETS / "gestures" / f"{name}.svg").read_text(encoding="utf-8")
    ElementTree.fromstring(drawing)
    assert "currentColor" in drawing
    assert GAP in drawing
    assert (MOTION in drawing) == (name != "none")


@pytest.mark.parametrize("name", CLASSES)
def test_drawings_are_not_cut_off(qapp, name: str) -> None:
    alpha = pixels(gesture_picture(name, SIDE, 1.0, DARK))[..., 3]
    assert alpha[:2].max() == 0
    assert alpha[:, :2].max() == 0
    assert alpha[:, -2:].max() == 0
    assert (alpha > 0).mean() > 0.15


@pytest.mark.parametrize(
    ("name", "side"),
    [(name, name.split("_")[0]) for name in CLASSES if name.startswith(("right", "left"))],
)
def test_the_persons_right_side_is_at_the_left_of_the_picture(qapp, name: str, side: str) -> None:
    columns = np.nonzero(motion(name))[1]
    assert (columns.mean() < SIDE / 2) == (side == "right")


@pytest.mark.parametrize("name", [name for name in CLASSES if "arm_c" in name])
def test_clockwise_is_as_the_person_sees_it(qapp, name: str) -> None:
    on_screen_clockwise = "counter" in name
    heads = solid_part(motion(name))
    rows = np.nonzero(heads)[0]
    right_side = name.startswith("right")
    # At the person's right hand, counter-clockwise on screen ends above the hand.
    assert (rows.mean() < 112) == (on_screen_clockwise != right_side)


def solid_part(mask: np.ndarray) -> np.ndarray:
    """Where a 7 x 7 square fits inside the mask: the arrowhead, not the line."""
    for axis in (0, 1):
        mask = np.logical_and.reduce([np.roll(mask, shift, axis) for shift in range(-3, 4)])
    return mask


@pytest.mark.parametrize("index", [1, 3, 4])
def test_left_and_right_are_mirror_images(qapp, index: int) -> None:
    ours, mirrored = motion(CLASSES[index]), motion(CLASSES[MIRRORED[index]])[:, ::-1]
    assert (ours != mirrored).sum() < 0.15 * ours.sum()


def test_a_class_without_a_drawing_gets_the_neutral_one(qapp) -> None:
    unknown = pixels(gesture_picture("moonwalk", 64, 1.0, DARK))
    assert (unknown == pixels(gesture_picture("none", 64, 1.0, DARK))).all()


def test_pictures_are_sharp_on_fine_screens(qapp) -> None:
    fine = gesture_picture("arm_roll", 100, 2.0, DARK)
    assert fine.width() == 200
    assert fine.devicePixelRatio() == 2.0


def test_themes_differ(qapp) -> None:
    dark, light = (pixels(gesture_picture("none", 64, 1.0, look)) for look in (DARK, LIGHT))
    assert (dark != light).any()


@pytest.mark.parametrize("path", sorted((ASSETS / "icons").glob("*.svg")), ids=lambda p: p.stem)
def test_every_icon_draws_something(qapp, path) -> None:
    shown = app_icon() if path.stem == "spikehand" else icon(path.stem, DARK)
    assert pixels(shown.pixmap(24, 24))[..., 3].max() > 200
