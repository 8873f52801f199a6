"""A gesture is taught and forgotten in the real window, with keys and with the mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.model_file import load_spec
from tests.ui.real.desk import RealDesk
from tests.ui.real.steps import CLAPPING, perform

# Learning alone is a minute's work where something else is to be done, too.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

LEARNT_WITHIN_S = 600.0
SitDown = Callable[..., RealDesk]


def test_a_gesture_is_taught_and_forgotten(sit_down: SitDown) -> None:
    desk = sit_down(str(CLAPPING))
    perform(desk)
    desk.press("ctrl+t")
    desk.answer("Teach a gesture", "Salute")
    desk.until(lambda: taught(desk) == ["Salute"], LEARNT_WITHIN_S)
    desk.until(lambda: "Salute" in desk.tells("classes"))
    assert "+you" in desk.set("recognition")["model"]
    desk.click("Salute")
    desk.click("Forget")
    desk.until(lambda: taught(desk) == [])
    desk.until(lambda: "Salute" not in desk.tells("classes"))
    teach_by_mouse(desk, "Bow")
    desk.click("Bow")
    desk.press("Tab", "Tab", "space")
    desk.until(lambda: taught(desk) == [])
    desk.until(lambda: "Bow" not in desk.tells("classes"))


def teach_by_mouse(desk: RealDesk, name: str) -> None:
    """Write over the name that is there, and click on the button below."""
    desk.click("Name of the gesture")
    desk.press("ctrl+a")
    desk.do("type", "--delay", "20", name)
    desk.click("Show the gesture")
    desk.until(lambda: taught(desk) == [name], LEARNT_WITHIN_S)
    desk.until(lambda: name in desk.tells("classes"))


def taught(desk: RealDesk) -> list[str] | None:
    """What the network in the user's folder was taught; none where there is no such file."""
    files = [*(desk.home / "data" / "spikehand").glob("*+you.safetensors")]
    return list(load_spec(files[0])[0].training.get("taught", ())) if files else None
