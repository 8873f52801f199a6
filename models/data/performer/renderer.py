"""Draws a person as shaded, textured, tapered capsules: grey-level frames.

Every limb is a capsule with two radii, projected to the image. Its surface is lit by Lambert's
law on the normal of a cylinder and carries a texture (folds, weave, stripes) that moves with it,
because real limbs fire all over and not at their outlines alone. Frames are drawn in chunks: the
slow parts (background, torso, head) at a chunk's two ends and blended in between, the arms in
every frame, the nearest surface in front.
"""

from __future__ import annotations

import numpy as np

from models.data.performer.backdrop import Backdrop
from models.data.performer.body import Body
from models.data.performer.hand import hand_capsules
from models.data.performer.limbs import Capsule, arm_capsules
from models.data.performer.rasteriser import paint
from models.data.performer.scene import Scene
from models.data.performer.skeleton import Joints
from models.data.performer.textures import DENSITY, Textures, draw_textures

# Where a hand mostly is, before the shoulders: how large it is there decides its detail.
HAND_DEPTH_M = -0.3
NO_FACE = np.zeros(3)


class Renderer:
    """Draws one person in one scene; ``draw`` gives grey levels (F, H, W) float32 in 0..255."""

    def __init__(self, body: Body, scene: Scene, rng: np.random.Generator) -> None:
        self._body = body
        self._scene = scene
        self._textures: Textures = draw_textures(rng, body)
        self._backdrop = Backdrop(scene, rng)
        lamp = scene.light.direction
        self._lamp = np.array([lamp[0], lamp[1], -lamp[2]], np.float32)
        _, magnification = scene.camera.project(np.array([0.0, 0.0, HAND_DEPTH_M]))
        self._hand_px = float(magnification) * body.hand

    def arm(self, joints: Joints) -> list[Capsule]:
        """The parts of one arm, as fine as they can be seen in this scene."""
        arm = arm_capsules(self._body, joints, self._scene.hands_only)
        return [*arm, *hand_capsules(self._body, joints, self._hand_px)]

    def draw(
        self,
        times: np.ndarray,
        behind: list[Capsule],
        trunk: list[Capsule],
        arms: list[Capsule],
    ) -> np.ndarray:
        """One chunk of frames at ``times`` (F,) in seconds, under this scene's light.

        ``arms`` capsules have F frames. So have the others where something besides the arms
        moves; where all else stands still but for its sway, ``trunk`` has the chunk's two ends.
        There may be no trunk.
        """
        frames, still = len(times), [*behind, *trunk]
        if still and len(still[0].a) != frames:
            image = self._blended(frames, still)
        else:
            image = self._backdrop.at(times)
            self._paint(image, still, nearest=False)
        self._paint(image, arms, nearest=True)
        image *= self._brightness(times)
        return image

    def _blended(self, frames: int, trunk: list[Capsule]) -> np.ndarray:
        """What stands still, drawn at the chunk's two ends."""
        ends = np.repeat(self._backdrop.still[None], 2, 0)
        self._paint(ends, trunk, nearest=False)
        blend = np.linspace(0, 1, frames, dtype=np.float32)[:, None, None]
        return np.asarray(ends[0] + (ends[1] - ends[0]) * blend)

    def _brightness(self, times: np.ndarray) -> np.ndarray:
        """The lamp's level over the frames, (F, 1, 1): mains light flickers."""
        light = self._scene.light
        wave = 1.0 + light.flicker * np.sin(2 * np.pi * light.flicker_hz * times)
        return (light.level * wave).astype(np.float32)[:, None, None]

    def _paint(self, image: np.ndarray, capsules: list[Capsule], nearest: bool) -> None:
        if capsules:
            shapes, styles = self._shapes(capsules), self._styles(capsules)
            light, layers = self._scene.light, self._textures.layers
            paint(image, shapes, styles, layers, self._lamp, light.ambient, light.lamp_m, nearest)

    def _shapes(self, capsules: list[Capsule]) -> np.ndarray:
        """Geometry of N capsules in the picture, (N, F, 12) as ``paint`` wants it."""
        a, b = np.stack([c.a for c in capsules]), np.stack([c.b for c in capsules])
        (pixel_a, scale_a), (pixel_b, scale_b) = map(self._scene.camera.project, (a, b))
        radius_a = np.array([c.radius_a for c in capsules])[:, None]
        radius_b = np.array([c.radius_b for c in capsules])[:, None]
        shapes = np.empty((*a.shape[:2], 12), np.float32)
        shapes[..., 0:2], shapes[..., 2:4] = pixel_a, pixel_b
        shapes[..., 4], shapes[..., 5] = radius_a * scale_a, radius_b * scale_b
        shapes[..., 6], shapes[..., 7], shapes[..., 8] = a[..., 2], b[..., 2], radius_a
        for place, capsule in enumerate(capsules):
            shapes[place, :, 9:12] = NO_FACE if capsule.face is None else capsule.face
        shapes[..., 11] *= -1.0
        return shapes

    def _styles(self, capsules: list[Capsule]) -> np.ndarray:
        """Brightness and texture of N capsules, (N, 5) as ``paint`` wants it."""
        rows = []
        for c in capsules:
            density = DENSITY[c.surface]
            metres = float(np.linalg.norm(c.b[0] - c.a[0])) + 2 * c.radius_a
            layer = Textures.index(c.surface, c.patch)
            rows.append((c.grey, layer, metres * density, c.radius_a * np.pi * density, c.flat))
        return np.array(rows, np.float32)
