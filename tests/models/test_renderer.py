"""What the renderer draws: skin where skin is, left as right, hands like hands, near before far."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.data.gestures import SETTINGS
from models.data.performer.body import LEFT, RIGHT, Body, draw_body
from models.data.performer.hand import hand_capsules
from models.data.performer.limbs import Capsule, arm_capsules, leg_capsules, trunk_capsules
from models.data.performer.pixel import draw_pixel
from models.data.performer.renderer import Renderer
from models.data.performer.scene import HAND_SHARE, Camera, Scene, draw_scene
from models.data.performer.skeleton import Joints, unit
from models.data.performer.textures import PATCHES, Surface, Textures, draw_textures
from models.data.performer_set import VARIED_FROM, setting_of

SIDE = 128
SKIN = (Surface.SKIN, Surface.HAND)


def someone(seed: int, **fields: object) -> Body:
    return replace(draw_body(np.random.default_rng(seed), True), **fields)


def upright(side: int, body: Body, palm_z: float = -1.0, palm_x: float = 0.0, curl: float = 0.0):
    """An arm that is held up with its fingers up, half a metre before the breast."""
    inward = 1.0 if side == RIGHT else -1.0
    along = np.array([[0.0, -1.0, 0.0]])
    wrist = np.array([[0.0, 0.5 * body.hand, -0.45]])
    elbow = wrist + np.array([[-0.06 * inward, body.forearm, 0.0]])
    return Joints(
        side=side,
        shoulder=elbow + np.array([[-0.05 * inward, 0.2, 0.1]]),
        elbow=elbow,
        wrist=wrist,
        knuckles=wrist + along * 0.5 * body.hand,
        fingertips=wrist + along * body.hand,
        along=along,
        palm=unit(np.array([[palm_x * inward, 0.0, palm_z]])),
        curl=np.full((1, 5), curl),
        spread=np.full(1, 0.3),
    )


def close_scene(seed: int, body: Body, hand_px: float = 80.0) -> Scene:
    """A dark, even place under light from everywhere, the hand in the middle of the picture."""
    scene = draw_scene(np.random.default_rng(seed), "hand", SIDE, SIDE, hand_m=body.hand)
    middle = (SIDE - 1) / 2
    camera = Camera(SIDE, SIDE, hand_px / body.hand * 0.55, 1.0, (middle, middle), 0.0)
    light = replace(scene.light, ambient=1.3, level=1.0, flicker=0.0, lamp_m=0.0)
    return replace(
        scene, camera=camera, light=light, background=3.0, background_contrast=0.0,
        screen=None, curtain=None, passer=None,
    )  # fmt: skip


def picture(body: Body, joints: Joints, seed: int = 0, hand_px: float = 80.0) -> np.ndarray:
    renderer = Renderer(body, close_scene(seed, body, hand_px), np.random.default_rng(seed))
    return renderer.draw(np.zeros(1), [], [], renderer.arm(joints))[0]


@pytest.mark.parametrize("side", [RIGHT, LEFT])
@pytest.mark.parametrize("long_sleeves", [True, False])
@pytest.mark.parametrize("size_px", [10.0, 25.0, 90.0])
def test_skin_is_skin_and_cloth_is_cloth(side: int, long_sleeves: bool, size_px: float) -> None:
    body = someone(1, skin=150.0, cloth=40.0, trousers=70.0, long_sleeves=long_sleeves)
    joints, still = upright(side, body), np.zeros((1, 3))
    arm = arm_capsules(body, joints)
    hand = hand_capsules(body, joints, size_px)
    rest = [*trunk_capsules(body, still), *leg_capsules(body, still, np.zeros(1))]
    for part in [*arm, *hand, *rest]:
        if part.grey in (body.cloth, body.trousers):
            assert part.surface is Surface.CLOTH
        elif part.grey == body.skin:
            assert part.surface in SKIN
    assert all(part.surface in SKIN for part in hand)
    cloth = [part.surface is Surface.CLOTH for part in arm]
    assert cloth == [True, long_sleeves, *([False] if long_sleeves else [])]


def test_each_surface_has_the_contrast_of_its_own() -> None:
    body = someone(2, pattern="plain", cloth_contrast=0.4, skin_contrast=0.1)
    layers = np.log(draw_textures(np.random.default_rng(2), body).layers)
    for patch in range(PATCHES):
        assert layers[Textures.index(Surface.CLOTH, patch)].std() == pytest.approx(0.4, rel=1e-4)
        assert layers[Textures.index(Surface.SKIN, patch)].std() == pytest.approx(0.1, rel=1e-4)
    with pytest.raises(ValueError, match="expected a patch from 0 to 5, got 6"):
        Textures.index(Surface.CLOTH, PATCHES)


def test_right_and_left_parts_have_the_same_contrast() -> None:
    """People drawn with one arm and, mirrored, with the other: hands and forearms differ alike."""
    contrast = {RIGHT: [], LEFT: []}
    for seed in range(40):
        body = someone(seed, long_sleeves=seed % 2 == 0, skin=120.0, cloth=120.0, pattern="plain")
        for side in (RIGHT, LEFT):
            image = picture(body, upright(side, body), seed)
            contrast[side].append([np.log(part[part > 30]).std() for part in (image[20:64], image)])
    right, left = np.array(contrast[RIGHT]), np.array(contrast[LEFT])
    np.testing.assert_allclose(right.mean(0), left.mean(0), rtol=0.05)
    # Neither arm's parts have more contrast in most of the people.
    assert ((right > left).mean(0) > 0.2).all()
    assert ((right > left).mean(0) < 0.8).all()


@pytest.mark.parametrize("hand_px", [12.0, 30.0, 80.0])
def test_a_left_hand_is_the_mirror_image_of_a_right_one(hand_px: float) -> None:
    plain = someone(3, skin_contrast=1e-6, cloth_contrast=1e-6, pattern="plain")
    right, left = (picture(plain, upright(s, plain, curl=0.3), 3, hand_px) for s in (RIGHT, LEFT))
    np.testing.assert_allclose(left[:, ::-1], right, atol=0.5)


def test_a_hand_is_broad_from_its_palm_and_back_and_thin_from_its_edge() -> None:
    body = someone(4)
    palm, back, edge = (
        (picture(body, upright(RIGHT, body, z, x))[40:62] > 30).sum(1).mean()
        for z, x in ((-1.0, 0.0), (1.0, 0.0), (0.0, 1.0))
    )
    assert palm == pytest.approx(back, rel=0.1)
    assert edge < 0.6 * palm


def test_an_open_hand_shows_four_fingers_and_a_fist_none() -> None:
    body = someone(5)
    hand, fist = (picture(body, upright(RIGHT, body, curl=c)) > 30 for c in (0.0, 1.0))
    top = np.flatnonzero(hand.any(1))[0]
    row = hand[top + 22].astype(int)
    assert (np.diff(row) == 1).sum() == 4
    assert np.flatnonzero(fist.any(1))[0] - top > 0.25 * 80
    assert np.flatnonzero(hand.any(1))[-1] - top >= 75


def test_a_bent_finger_keeps_its_length() -> None:
    body = someone(6)

    def lengths(curl: float) -> list[float]:
        parts = hand_capsules(body, upright(RIGHT, body, curl=curl), 30.0)
        return [float(np.linalg.norm(part.b - part.a)) for part in parts[8:]]

    np.testing.assert_allclose(lengths(0.1), lengths(0.9), rtol=1e-9)


def test_a_small_hand_has_fewer_parts() -> None:
    body = someone(7)
    counts = [len(hand_capsules(body, upright(RIGHT, body), px)) for px in (10.0, 25.0, 90.0)]
    assert counts == sorted(set(counts))


def ball(x: float, z: float, grey: float, radius: float = 0.1) -> Capsule:
    at = np.array([[x, 0.0, z]])
    return Capsule(at, at, radius, radius, grey, Surface.SKIN)


def test_the_nearer_surface_is_seen_in_whatever_order_parts_come() -> None:
    body = someone(8, skin_contrast=1e-6)
    renderer = Renderer(body, close_scene(8, body), np.random.default_rng(8))
    near, far = ball(0.0, -0.6, 200.0, 0.05), ball(0.02, -0.2, 60.0, 0.2)
    one, other = (renderer.draw(np.zeros(1), [], [], parts) for parts in ([near, far], [far, near]))
    np.testing.assert_array_equal(one, other)
    assert one[0, 64, 64] == pytest.approx(1.3 * 200.0, rel=0.02)
    assert one[0, 64, 100] == pytest.approx(1.3 * 60.0, rel=0.02)


@pytest.mark.parametrize("radius_px", [0.2, 1.0, 5.5, 20.0])
def test_a_ball_covers_its_disc(radius_px: float) -> None:
    body = someone(9, skin_contrast=1e-6)
    scene = close_scene(9, body)
    renderer = Renderer(body, scene, np.random.default_rng(9))
    _, magnification = scene.camera.project(np.array([0.0, 0.0, 0.0]))
    image = renderer.draw(np.zeros(1), [], [], [ball(0.0, 0.0, 100.0, radius_px / magnification)])
    covered = ((image - image.min()) / (130.0 - image.min())).sum()
    # Half a pixel of radius at the least: what is finer only gets fainter.
    assert covered == pytest.approx(np.pi * radius_px**2, rel=0.15 if radius_px >= 1 else 1.0)


def test_without_a_trunk_only_arms_are_drawn() -> None:
    body = someone(10)
    renderer = Renderer(body, close_scene(10, body), np.random.default_rng(10))
    empty = renderer.draw(np.zeros(3), [], [], [])
    assert empty.shape == (3, SIDE, SIDE)
    assert empty.dtype == np.float32
    assert np.ptp(empty) < 1e-3


def test_hand_scenes_show_a_hand_of_its_share_where_the_camera_looks() -> None:
    shares = []
    for seed in range(60):
        scene = draw_scene(np.random.default_rng(seed), "hand", SIDE, 96, hand_m=0.19)
        pixel, scale = scene.camera.project(np.array([0.0, -0.05, -0.45]))
        assert scene.hands_only
        aside, down = np.abs(pixel - np.array([63.5, 47.5]))
        assert aside <= 0.15 * 96 + 2
        assert down <= 0.1 * scale + 1
        shares.append(0.19 * float(scale) / 96)
    assert HAND_SHARE[0] <= min(shares) < 0.25
    assert 0.75 < max(shares) <= HAND_SHARE[1] + 1e-9
    others = [draw_scene(np.random.default_rng(1), s, SIDE, SIDE) for s in ("ordinary", "wild")]
    assert not any(scene.hands_only for scene in others)


def test_faint_people_are_small_and_hard_to_see() -> None:
    scenes = [draw_scene(np.random.default_rng(seed), "wild", SIDE, SIDE) for seed in range(200)]
    faint = [scene for scene in scenes if scene.faint]
    assert 0.05 < len(faint) / len(scenes) < 0.3
    assert max(scene.camera.scale for scene in faint) < 60
    rng = np.random.default_rng(0)
    assert draw_pixel(rng, True, True).threshold >= 0.25 >= draw_pixel(rng, True).threshold
    plain = [draw_scene(np.random.default_rng(seed), "ordinary", SIDE, SIDE) for seed in range(50)]
    assert not any(scene.faint for scene in plain)


def test_settings_take_turns_and_late_training_is_never_ordinary() -> None:
    assert [setting_of("test", index) for index in range(6)] == [*SETTINGS, *SETTINGS]
    assert [setting_of("train", index) for index in range(3)] == [*SETTINGS]
    late = [setting_of("train", VARIED_FROM + index) for index in range(4)]
    assert sorted(set(late)) == ["hand", "wild"]
    assert late[:2] == late[2:]


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a setting out of ordinary, wild, hand, got 'x'"):
        draw_scene(np.random.default_rng(0), "x", SIDE, SIDE)
