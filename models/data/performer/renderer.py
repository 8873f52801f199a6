"""Draws a person as shaded, textured, tapered capsules: grey-level frames in torch.

Every limb is a capsule with two radii, projected to the image. Its surface is lit by Lambert's
law on the normal of a cylinder and carries a texture (folds, weave, stripes) that moves with it,
because real limbs fire all over and not at their outlines alone. Frames are drawn in chunks: the
slow parts (background, torso, head) at a chunk's two ends and blended in between, the arms in
every frame and only inside the pixels they can touch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from models.data.performer.body import Body
from models.data.performer.scene import Light, Scene
from models.data.performer.skeleton import Joints

TEXTURE_SIDE = 64


@dataclass(frozen=True, slots=True)
class Capsule:
    """One limb over F frames: ends (F, 3) metres, radii in metres, brightness and texture index."""

    a: np.ndarray
    b: np.ndarray
    radius_a: float
    radius_b: float
    grey: float
    texture: int


def draw_textures(rng: np.random.Generator, body: Body, count: int) -> torch.Tensor:
    """Log-brightness textures (count, S, S): smooth noise at three scales, stripes on clothes.

    The first half is cloth, the second half skin.
    """
    side = TEXTURE_SIDE
    freq = np.fft.fftfreq(side) * side
    radius = np.hypot(*np.meshgrid(freq, freq))
    maps = []
    for index in range(count):
        cloth = index < count // 2
        peak = rng.uniform(4, 9) if cloth else rng.uniform(3, 6)
        shape = np.exp(-(((radius - peak) / (0.6 * peak)) ** 2))
        noise = np.fft.ifft2(np.fft.fft2(rng.normal(size=(side, side))) * shape).real
        noise *= (body.cloth_contrast if cloth else body.skin_contrast) / noise.std()
        if cloth:
            noise = noise + body.pattern_contrast * _pattern(rng, body.pattern, side)
        maps.append(noise)
    return torch.tensor(np.array(maps), dtype=torch.float32)


def _pattern(rng: np.random.Generator, name: str, side: int) -> np.ndarray:
    """A pattern of clothes, (S, S) between -1 and 1, whole periods on a side."""
    turns = 2 * np.pi * np.arange(side) * int(rng.integers(3, 7)) / side
    down, across = np.sin(turns)[:, None], np.sin(turns)[None]
    if name == "plain":
        return np.zeros((side, side))
    if name == "stripes":
        return np.sign(down + 0 * across if rng.random() < 0.6 else across + 0 * down)
    if name == "dots":
        return np.where(down * across > 0.35, 1.0, -0.2)
    return np.sign(down * across)


def arm_capsules(body: Body, joints: Joints, first_texture: int) -> list[Capsule]:
    """Upper arm, forearm, palm and three fingers of one arm, in drawing order of the list."""
    r, skin = body.arm_radius, first_texture + 4
    sleeve = body.cloth if body.long_sleeves else body.skin
    lower = first_texture + 1 if body.long_sleeves else skin
    along = joints.knuckles - joints.wrist
    across = np.cross(along, np.array([0.0, 0.0, 1.0]))
    across /= np.maximum(np.linalg.norm(across, axis=-1, keepdims=True), 1e-9)
    parts = [
        Capsule(joints.shoulder, joints.elbow, 1.35 * r, 1.05 * r, body.cloth, first_texture),
        Capsule(joints.elbow, joints.wrist, 1.1 * r, 0.75 * r, sleeve, lower),
        Capsule(joints.wrist, joints.knuckles, 0.7 * r, 0.85 * r, body.skin, skin + 1),
    ]
    for spread in (-0.9, 0.0, 0.9):
        base = joints.knuckles + across * r * spread * 0.55
        tip = joints.fingertips + across * r * spread * 0.75
        parts.append(Capsule(base, tip, 0.36 * r, 0.26 * r, body.skin, skin + 2))
    return parts


def trunk_capsules(body: Body, offset: np.ndarray) -> list[Capsule]:
    """Torso, shoulders, neck, head and hair, moved by ``offset`` (F, 3); far parts first."""

    def at(x: float, y: float, z: float = 0.0) -> np.ndarray:
        return offset + np.array([x, y, z])

    s, h, r = body.shoulder_half, body.head_radius, body.arm_radius
    top = -body.neck - 0.6 * h
    half = 0.8 * s
    return [
        Capsule(at(-s, 0), at(s, 0), 1.4 * r, 1.4 * r, body.cloth, 2),
        Capsule(
            at(0, half + r), at(0, half + body.torso), half + r, half * 0.95, body.cloth, 3
        ),
        Capsule(at(0, 0.0), at(0, top), 0.55 * h, 0.55 * h, body.skin, 9),
        Capsule(
            at(0, top - 0.5 * h), at(0, top + (1.6 * body.hair_length - 0.25) * h),
            0.98 * h, h, body.hair, 9,
        ),
        Capsule(
            at(0, top - 0.1 * h, -h), at(0, top + 0.35 * h, -h),
            0.82 * h, 0.7 * h, body.skin, 10,
        ),
        Capsule(at(-0.4 * h, top, -h), at(-0.3 * h, top, -h), 0.13 * h, 0.13 * h, 35.0, 11),
        Capsule(at(0.3 * h, top, -h), at(0.4 * h, top, -h), 0.13 * h, 0.13 * h, 35.0, 11),
        Capsule(
            at(-0.2 * h, top + 0.6 * h, -h), at(0.2 * h, top + 0.6 * h, -h),
            0.09 * h, 0.09 * h, 60.0, 11,
        ),
    ]  # fmt: skip


def leg_capsules(body: Body, offset: np.ndarray, stride: np.ndarray) -> list[Capsule]:
    """Both legs under a trunk at ``offset`` (F, 3); ``stride`` (F,) swings them, radians."""
    hip = 0.8 * body.shoulder_half + body.torso
    capsules = []
    for side in (-1.0, 1.0):
        top = offset + np.array([side * 0.45 * body.shoulder_half, hip, 0.0])
        swing = side * stride
        knee = top + body.thigh * _upright(swing)
        foot = knee + body.shank * _upright(swing - 0.6 * np.abs(stride) * (swing < 0))
        r = body.arm_radius
        capsules += [
            Capsule(top, knee, 2.0 * r, 1.5 * r, body.trousers, 0),
            Capsule(knee, foot, 1.5 * r, 1.1 * r, body.trousers, 1),
        ]
    return capsules


def _upright(angle: np.ndarray) -> np.ndarray:
    """Unit vectors (F, 3) that point down, turned by ``angle`` to the side and towards us."""
    return np.stack([0.7 * np.sin(angle), np.cos(angle), -0.7 * np.sin(angle)], -1)


class Renderer:
    """Draws one person in one scene; ``draw`` gives grey levels (F, H, W) in 0..255."""

    TEXTURES = 14

    def __init__(
        self, body: Body, scene: Scene, rng: np.random.Generator, device: torch.device
    ) -> None:
        self._scene = scene
        self._device = device
        self._textures = draw_textures(rng, body, self.TEXTURES).to(device)
        self._background = self._draw_background(rng)
        lamp = scene.light.direction
        self._lamp = (lamp[0], lamp[1], -lamp[2])

    def _draw_background(self, rng: np.random.Generator) -> torch.Tensor:
        """A wall with soft blotches and a few straight edges or shelves, (H, W) grey levels."""
        camera, contrast = self._scene.camera, self._scene.background_contrast
        coarse = torch.tensor(rng.normal(size=(1, 1, 6, 6)), dtype=torch.float32)
        size = (camera.height, camera.width)
        log = contrast * torch.nn.functional.interpolate(coarse, size, mode="bicubic")[0, 0]
        ys, xs = torch.meshgrid(torch.arange(size[0]), torch.arange(size[1]), indexing="ij")
        shelves = self._scene.place == "shelves"
        for _ in range(int(rng.integers(8, 16) if shelves else rng.integers(1, 6))):
            upright = rng.random() < (0.3 if shelves else 0.6)
            edge = rng.uniform(0, camera.width if upright else camera.height)
            step = torch.sigmoid(((xs if upright else ys) - edge).float())
            log = log + contrast * float(rng.normal()) * step
        return (self._scene.background * torch.exp(log)).clamp(3, 250).to(self._device)

    def _backdrop(self, times: np.ndarray) -> torch.Tensor:
        """The background at ``times`` (F,), (F, H, W): a screen may flicker, a curtain sway."""
        screen, curtain = self._scene.screen, self._scene.curtain
        image = self._background.expand(len(times), -1, -1).clone()
        if curtain is not None:
            shift = curtain.reach_px * np.sin(2 * np.pi * curtain.hertz * times + curtain.lag)
            whole = np.floor(shift).astype(int)
            share = torch.tensor(shift - whole, dtype=torch.float32, device=self._device)
            for frame, pixels in enumerate(whole):
                near = torch.roll(self._background, int(pixels), 1)
                image[frame] = torch.lerp(near, torch.roll(near, 1, 1), share[frame])
        if screen is not None:
            x0, y0, x1, y1 = screen.box
            wave = 1 + screen.depth * np.sign(np.sin(2 * np.pi * screen.hertz * times))
            factor = torch.tensor(wave, dtype=torch.float32, device=self._device)
            image[:, y0:y1, x0:x1] *= factor[:, None, None]
        return image

    def draw(
        self,
        times: np.ndarray,
        behind: list[Capsule],
        trunk: list[Capsule],
        arms: list[Capsule],
    ) -> torch.Tensor:
        """One chunk of frames at ``times`` (F,).

        ``arms`` capsules have F frames. So have the others where something besides the arms
        moves; where all else stands still but for its sway, ``trunk`` has the chunk's two ends.
        """
        frames = len(times)
        if len(trunk[0].a) == frames:
            image = self._backdrop(times)
            for capsule in [*behind, *trunk]:
                self._paint(image, capsule)
        else:
            ends = self._background.expand(2, -1, -1).clone()
            for capsule in trunk:
                self._paint(ends, capsule)
            blend = torch.linspace(0, 1, frames, device=self._device)[:, None, None]
            image = torch.lerp(ends[:1], ends[1:], blend)
        for capsule in sorted(arms, key=lambda c: -float(c.a[:, 2].mean() + c.b[:, 2].mean())):
            self._paint(image, capsule)
        return image

    def _paint(self, image: torch.Tensor, capsule: Capsule) -> None:
        """Composite one capsule over ``image`` (F, H, W), in place and inside its box only."""
        camera = self._scene.camera
        pixel_a, scale_a = camera.project(capsule.a)
        pixel_b, scale_b = camera.project(capsule.b)
        radius_a, radius_b = capsule.radius_a * scale_a, capsule.radius_b * scale_b
        both, wide = np.concatenate([pixel_a, pixel_b]), np.concatenate([radius_a, radius_b])
        low = np.floor((both - wide[:, None]).min(0) - 1).astype(int)
        high = np.ceil((both + wide[:, None]).max(0) + 2).astype(int)
        x0, y0 = max(low[0], 0), max(low[1], 0)
        x1, y1 = min(high[0], camera.width), min(high[1], camera.height)
        if x0 >= x1 or y0 >= y1:
            return

        def column(values: np.ndarray) -> torch.Tensor:
            tensor = torch.tensor(values, dtype=torch.float32, device=self._device)
            return tensor[:, None, None]

        ax, ay = column(pixel_a[:, 0]), column(pixel_a[:, 1])
        bx, by = column(pixel_b[:, 0] - pixel_a[:, 0]), column(pixel_b[:, 1] - pixel_a[:, 1])
        length2 = (bx * bx + by * by).clamp_min(1e-3)
        dx = torch.arange(x0, x1, device=self._device) - ax
        dy = torch.arange(y0, y1, device=self._device)[:, None] - ay
        h = ((dx * bx + dy * by) / length2).clamp_(0, 1)
        radius = column(radius_a) + h * column(radius_b - radius_a)
        dx, dy = dx - h * bx, dy - h * by
        distance = torch.sqrt(dx * dx + dy * dy)
        cover = (radius - distance + 0.5).clamp_(0, 1)
        shade = self._shade(capsule, dx, dy, h, radius, length2, bx, by)
        image[:, y0:y1, x0:x1].lerp_(shade, cover)

    def _shade(
        self,
        capsule: Capsule,
        dx: torch.Tensor,
        dy: torch.Tensor,
        h: torch.Tensor,
        radius: torch.Tensor,
        length2: torch.Tensor,
        bx: torch.Tensor,
        by: torch.Tensor,
    ) -> torch.Tensor:
        """Grey levels of the capsule's surface: albedo, Lambert shading, texture."""
        light: Light = self._scene.light
        nx, ny = dx / radius, dy / radius
        nz = torch.sqrt((1 - nx * nx - ny * ny).clamp_min_(0.0))
        lambert = (nx * self._lamp[0] + ny * self._lamp[1] + nz * self._lamp[2]).clamp_min_(0)
        side = (nx * -by + ny * bx) / torch.sqrt(length2)
        metres = float(np.linalg.norm(capsule.b[0] - capsule.a[0])) + 2 * capsule.radius_a
        rows = (h * (metres * 2.2 * TEXTURE_SIDE)).long() % TEXTURE_SIDE
        around = capsule.radius_a * np.pi * 2.2 * TEXTURE_SIDE
        columns = ((side.clamp(-1, 1) * 0.5 + 0.5) * around).long() % TEXTURE_SIDE
        texture = self._textures[capsule.texture].view(-1)[rows * TEXTURE_SIDE + columns]
        lit = light.ambient + (1.3 - light.ambient) * lambert
        return (capsule.grey * lit * torch.exp(texture)).clamp_(2, 255)
