from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import dv_processing as dv
import pytest

from app.events import Resolution
from app.settings import CameraSettings, Settings
from app.settings_file import load
from app.sources.contract import CameraSpec, FileSpec, SourceError
from app.sources.devices import camera, camera_setup
from app.sources.devices.biases import parse_bias, with_settings
from app.sources.devices.camera import FoundCamera, connect_camera, discover_cameras, open_camera
from app.sources.devices.live import LiveSource
from app.sources.devices.presets import presets_for
from app.sources.devices.usb import UsbCamera
from tests.sources.fakes import (
    Clock,
    FakeCamera,
    FakeDavis,
    FakeDriver,
    FakeDvs128,
    FakeDvxplorer,
)
from tests.sources.making import events_of


def test_the_real_driver_is_asked_without_an_exception() -> None:
    assert isinstance(discover_cameras(), list)


def test_cameras_are_listed_by_model_and_serial_number() -> None:
    assert discover_cameras(FakeDriver([FakeCamera([])])) == [FoundCamera("DVS128", "00000279")]
    assert discover_cameras(FakeDriver()) == []
    assert str(FoundCamera("DVS128", "00000279")) == "DVS128 00000279"


@pytest.mark.parametrize("serial", [None, "00000279"])
def test_a_camera_is_opened_by_its_serial_number(serial: str | None) -> None:
    fake = FakeCamera([events_of((1, 2, 3, 1))], size=(346, 260))
    driver = FakeDriver([fake])
    device = connect_camera(CameraSpec(serial), driver)
    assert driver.opened == ["00000279"]
    assert device.name == "DVS128_0279"
    assert device.resolution == Resolution(346, 260)
    assert fake.interval == timedelta(milliseconds=2)
    events = device.read()
    assert events is not None
    assert events.tolist() == [(1, 2, 3, 1)]
    assert device.read() is None


def test_no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "blocked_cameras", list)
    with pytest.raises(SourceError, match=r"^there is no event camera connected: plug one in"):
        open_camera(CameraSpec(), FakeDriver())


def test_another_camera_than_the_one_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "blocked_cameras", list)
    with pytest.raises(SourceError, match=r"serial number 0042, only DVS128 00000279$"):
        open_camera(CameraSpec("0042"), FakeDriver([FakeCamera([])]))


def test_a_camera_that_the_user_may_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = [UsbCamera("152a:8400", Path("/dev/bus/usb/001/004"))]
    monkeypatch.setattr(camera, "blocked_cameras", lambda: blocked)
    with pytest.raises(SourceError, match="at /dev/bus/usb/001/004, but this user may not open"):
        open_camera(CameraSpec(), FakeDriver())


def test_an_error_of_the_driver_is_one_sentence() -> None:
    class Refusing(FakeDriver):
        def open(self, serial: str) -> FakeCamera:
            return super().open("another")

    with pytest.raises(SourceError) as caught:
        open_camera(CameraSpec(), Refusing([FakeCamera([])]))
    assert str(caught.value) == (
        "cannot open the camera DVS128 00000279: InvalidArgument: no such device"
    )


def test_an_unplugged_camera_is_opened_again() -> None:
    first = FakeCamera([events_of((10, 1, 1, 1))], unplugged=True)
    second = FakeCamera([events_of((5, 2, 2, 0))])
    driver = FakeDriver([first, second])
    with open_camera(CameraSpec(), driver) as source:
        batches = [batch for batch, _ in zip(source.batches(), range(10), strict=False)]
    events = [batch for batch in batches if len(batch.events)]
    assert [int(batch.events["t"][0]) for batch in events] == [10, 5]
    assert [batch.restarted for batch in events] == [False, True]
    assert driver.opened == ["00000279", "00000279"]


def test_a_still_scene_is_no_reason_to_open_a_camera_again() -> None:
    camera, clock = FakeCamera([events_of((10, 1, 1, 1))]), Clock()
    driver = FakeDriver([camera])
    source = LiveSource(
        lambda: connect_camera(CameraSpec(), driver),
        reopen_after_s=None,
        opens_slowly=True,
        clock=clock,
        sleep=clock.sleep,
    )
    batches = source.batches()
    while clock.now_s < 1600.0:
        assert not next(batches).restarted
    assert source.info.note == "DVS128_0279 has sent no events for 2 s"
    camera.unplugged = True
    while not source.info.is_opening:
        next(batches)
    assert source.info.note == "DVS128_0279 is gone; it is being opened again"
    assert driver.opened == ["00000279"]  # it is not tried before everybody knows
    next(batches)
    assert source.info.note is not None
    assert source.info.note.startswith("there is no event camera connected")
    assert not source.info.is_opening


def test_only_events_are_sent() -> None:
    davis = FakeDavis([])
    connect_camera(CameraSpec(), FakeDriver([davis]))
    assert davis.sends == set()


def test_the_real_cameras_have_every_switch_and_every_bias() -> None:
    kinds = dv.io.camera
    assert all(hasattr(kinds.DAVIS, name) for name in camera_setup._UNUSED)
    for enumeration, method, _, _ in camera_setup._BIASES:
        kind = kinds.DVS128 if enumeration == "Bias" else kinds.DAVIS
        assert hasattr(kind, enumeration)
        assert hasattr(kind, method)
    for name in (*camera_setup._NUMBERS, *camera_setup._WORDS):
        assert any(hasattr(kind, f"set{name}") for kind in (kinds.DAVIS, kinds.DVXplorer)), name


@pytest.mark.parametrize(
    ("name", "sensor", "expected"),
    [
        ("DAVIS346_00000499", None, Resolution(346, 260)),
        ("DVXplorer_DXA00093", None, Resolution(640, 480)),
        ("Prototype_1", "300x200", Resolution(300, 200)),
    ],
)
def test_a_camera_that_does_not_say_how_large_it_is(
    name: str, sensor: str | None, expected: Resolution
) -> None:
    driver = FakeDriver([FakeCamera([], size=None, name=name)])
    assert connect_camera(CameraSpec(sensor=sensor), driver).resolution == expected


def test_a_camera_of_which_nobody_knows_how_large_it_is() -> None:
    driver = FakeDriver([FakeCamera([], size=None, name="Prototype_1")])
    with pytest.raises(SourceError, match="Prototype_1 does not say how large its sensor is"):
        connect_camera(CameraSpec(), driver)


def test_biases_of_every_kind_of_camera() -> None:
    dvs, davis, dvx = FakeDvs128([]), FakeDavis([]), FakeDvxplorer([])
    connect_camera(CameraSpec(biases=("diff_on=482443", "REFR=6")), FakeDriver([dvs]))
    assert dvs.biases == {"DIFF_ON": 482443, "REFR": 6}
    given = ("On=4:200", "apscascode=21", "skip_filter=2")
    connect_camera(CameraSpec(biases=given), FakeDriver([davis]))
    assert davis.biases == {"On": (4, 200), "ApsCascode": (21,), "SkipFilter": (2,)}
    given = ("ReadoutFPS=constant_500", "ContrastThresholdOn=9")
    connect_camera(CameraSpec(biases=given), FakeDriver([dvx]))
    assert (dvx.readout.name, dvx.threshold) == ("CONSTANT_500", 9)


def test_biases_are_set_again_when_the_camera_comes_back() -> None:
    first, second = FakeDvs128([], unplugged=True), FakeDvs128([events_of((5, 2, 2, 0))])
    with open_camera(CameraSpec(biases=("DIFF=7",)), FakeDriver([first, second])) as source:
        next(batch for batch in source.batches() if batch.events.size)
    assert first.biases == second.biases == {"DIFF": 7}


@pytest.mark.parametrize(
    ("camera", "bias", "complaint"),
    [
        (FakeDvs128([]), "gain=1", "expected a bias that this camera has (CAS, INJGND, "),
        (FakeDvs128([]), "diff", "expected a bias such as diff_on=500 or On=4:200, got 'diff'"),
        (FakeDvs128([]), "diff=4:200", "expected a whole number, for the bias DIFF, got '4:200'"),
        (FakeDvs128([]), "diff=20000000", "the bias DIFF cannot be 20000000: out of range"),
        (FakeDvs128([]), "diff=-1", "the bias DIFF cannot be -1: value is negative"),
        (FakeDavis([]), "on=4", "expected coarse and fine, such as 4:200, for the bias On, got"),
        (FakeDavis([]), "DiffCascode=1:1", "expected a bias that this camera has ("),
        (FakeDvxplorer([]), "ReadoutFPS=9", "expected ReadoutFPS out of CONSTANT_100, CONSTANT_2"),
        (FakeCamera([]), "diff=1", "expected a bias that this camera has (none at all), got"),
    ],
)
def test_what_a_camera_cannot_be_set_to(camera: FakeCamera, bias: str, complaint: str) -> None:
    with pytest.raises(SourceError) as caught:
        connect_camera(CameraSpec(biases=(bias,)), FakeDriver([camera]))
    assert str(caught.value).startswith(complaint)


def test_the_biases_of_the_settings_come_first() -> None:
    settings = Settings(camera=CameraSettings(biases=("DIFF=7",)))
    spec = with_settings(CameraSpec("7", biases=("DIFF=8",)), settings)
    assert spec == CameraSpec("7", biases=("DIFF=7", "DIFF=8"))
    assert with_settings(FileSpec("x"), settings) == FileSpec("x")


def test_a_camera_gets_its_own_biases_after_those_of_all() -> None:
    own = ("00000279:DIFF=8", "00000279:REFR=6", "other:DIFF=9")
    settings = Settings(camera=CameraSettings(biases=("DIFF=7", "PR=3"), own=own))
    spec = with_settings(CameraSpec(biases=("PR=4",)), settings)
    assert isinstance(spec, CameraSpec)
    fake = FakeDvs128([])
    connect_camera(spec, FakeDriver([fake]))
    assert fake.biases == {"DIFF": 8, "PR": 4, "REFR": 6}
    assert spec.biases_for("unknown") == ("DIFF=7", "PR=3", "PR=4")


@pytest.mark.parametrize("kind", ["DVS128", "DAVIS", "DVXplorer", "DVXplorerM"])
def test_every_preset_is_what_the_real_driver_lets_be_set(kind: str) -> None:
    adjustments = camera_setup.adjustments_of(getattr(dv.io.camera, kind))
    known = {adjustment.name: adjustment for adjustment in adjustments}
    presets = presets_for(kind.upper(), frozenset(known))
    assert len(presets) > 1
    for preset in presets:
        for name, value in map(parse_bias, preset.biases):
            assert known[name].parse(value)


def test_what_is_offered_before_a_camera_is_open_is_what_it_has_then() -> None:
    for fake in (FakeDvs128([]), FakeDavis([]), FakeDvxplorer([])):
        offered = {each.name: each for each in camera_setup.adjustments_of(type(fake))}
        for knob in camera_setup.knobs_of(fake):
            assert set(knob.adjustment.counts) <= set(offered[knob.name].counts)
            assert knob.adjustment.words == offered[knob.name].words


def test_a_bias_in_the_settings_that_is_none_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"camera": {"biases": ["DIFF=7", "loud"]}}')
    loaded = load(path)
    assert loaded.settings.camera.biases == ("DIFF=7",)
    assert "expected NAME=VALUE such as diff_on=500, got 'loud'" in loaded.notes[0]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("DIFF=7", "expected SERIAL:NAME=VALUE such as 00000279:diff_on=500, got 'DIFF=7'"),
        ("a b:DIFF=7", "expected SERIAL:NAME=VALUE such as 00000279:diff_on=500, got"),
        ("7:loud", "expected NAME=VALUE such as diff_on=500, got '7:loud'"),
    ],
)
def test_an_own_bias_in_the_settings_that_is_none_is_left_out(
    tmp_path: Path, text: str, complaint: str
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(f'{{"camera": {{"own": ["{text}", "7:On=4:200"]}}}}')
    loaded = load(path)
    assert loaded.settings.camera.own == ("7:On=4:200",)
    assert complaint in loaded.notes[0]
