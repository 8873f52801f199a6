from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.heartbeat import Heartbeat


def beats(heart: Heartbeat, times: int = 10) -> int:
    heard: list[bool] = []
    count = heart.beat.connect(lambda: heard.append(True))
    for _ in range(times):
        heart.timeout.emit()
    heart.beat.disconnect(count)
    return len(heard)


def test_what_nobody_sees_is_refreshed_at_reading_pace_unless_it_is_filmed(qtbot) -> None:
    window, watched = QWidget(), []
    qtbot.addWidget(window)
    heart = Heartbeat(window, lambda: bool(watched))
    assert beats(heart) == 1
    with qtbot.waitExposed(window):
        window.show()
    assert beats(heart) == 10
    window.hide()
    assert beats(heart) == 0  # the last one is not 200 ms ago
    watched.append(True)
    assert beats(heart) == 10
