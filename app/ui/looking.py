"""Looking closer: the microscope, and the region that the networks see; by mouse, menu and keys."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.pipeline.snapshot import Reading, Snapshot
from app.pipeline.wishes import RegionWish
from app.recognition.watching import Patch
from app.ui.actions import Actions
from app.ui.instrument import Instrument
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.player import Player
from app.ui.logic.target import Of, Target, busiest
from app.ui.logic.words import wrapped
from app.ui.microscope.view import MicroscopeView
from app.ui.raster_strip import RasterStrip
from app.ui.theme import Look
from app.ui.window_store import WindowStore

PICTURE_TIP = QT_TRANSLATE_NOOP(
    "window",
    "The wheel zooms; right-click for the neuron microscope and for what the network sees; "
    "Shift and drag draws that",
)
FORGETTING = 0.97  # of spikes, from picture to picture
SPIKES_TIP = QT_TRANSLATE_NOOP("window", "Right-click a row for the neuron microscope")


class Looking(QObject):
    """A click moves the microscope while it is open; a right click offers to open it."""

    def __init__(
        self,
        window: QWidget,
        instrument: Instrument,
        actions: Actions,
        player: Player,
        store: WindowStore,
    ) -> None:
        super().__init__(window)
        self._instrument = instrument
        self._actions = actions
        self._player = player
        self._snapshot: Snapshot | None = None
        self._fired = np.zeros(0)  # how often each hidden neuron has, of late
        self._canvas = instrument.events.canvas
        self._pointer = instrument.events.pointer
        self.microscope = MicroscopeView(
            window, actions["microscope"], store, player.watch, self._mark
        )
        self._connect_picture()
        self._connect_spikes()

    def restore(self) -> None:
        """As it was when the window was closed last."""
        self.microscope.restore()

    def take_over(self, before: Looking) -> None:
        """Look at what was looked at."""
        self.microscope.target = before.microscope.target

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """What has come, for whoever looks closer."""
        self._snapshot = snapshot
        self._actions["everything"].setEnabled(self._player.region is not None)
        self._choose_first()
        place = int(self._instrument.comparing and self._actions["other_spikes"].isChecked())
        for reading in snapshot.readings[place : place + 1]:
            self._count(reading)
        self.microscope.show_snapshot(snapshot, place)

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self.microscope.set_look(look)

    def _choose_first(self) -> None:
        """Where nobody has chosen, look at the place in the picture that is busiest."""
        nobody_chose = self.microscope.is_open and self.microscope.target == Target()
        levels = self._instrument.events.levels
        settled = self._snapshot is not None and self._snapshot.readings
        if nobody_chose and settled and levels is not None and levels.any():
            self.microscope.look_at(busiest(levels))

    # The picture

    def _connect_picture(self) -> None:
        pointer, draw = self._pointer, self._actions["region"]
        pointer.pointed.connect(self._point)
        pointer.region_drawn.connect(self._see)
        pointer.everything_wished.connect(self._see_everything)
        pointer.drawing_changed.connect(draw.setChecked)
        draw.toggled.connect(lambda drawing: setattr(pointer, "drawing", drawing))
        self._actions.connect("everything", self._see_everything)
        self._canvas.setToolTip(wrapped(translate("window", PICTURE_TIP)))
        self._canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._canvas.customContextMenuRequested.connect(self._open_picture_menu)

    def _open_picture_menu(self, point: QPoint) -> None:
        pixel = self._canvas.pixel_at(point)
        menu = QMenu(self._canvas)
        if pixel is not None:
            target = Target(Of.PIXELS, pixel.x(), pixel.y())
            words = translate("window", "Look at these pi&xels with the microscope")
            self._add(menu, words, target)
            menu.addSeparator()
        menu.addAction(self._actions["region"])
        menu.addAction(self._actions["everything"])
        menu.addSeparator()
        for name in ("zoom_whole", "save_picture", "film"):
            menu.addAction(self._actions[name])
        _open(menu, self._canvas, point)

    def _point(self, pixel: QPoint) -> None:
        if self.microscope.is_open:
            self.microscope.look_at(Target(Of.PIXELS, pixel.x(), pixel.y()))

    def _mark(self, patch: Patch | None) -> None:
        marked = None if patch is None else QRect(patch.x, patch.y, patch.width, patch.height)
        self._canvas.show_watched(marked)

    def _see(self, region: QRect) -> None:
        """Let the networks see ``region`` of the sensor that plays now."""
        info = self._snapshot.info if self._snapshot is not None else None
        if info is not None:
            wanted = (region.x(), region.y(), region.width(), region.height())
            self._player.set_region(RegionWish(wanted, info.resolution))

    def _see_everything(self) -> None:
        if self._player.region is not None:
            self._player.set_region(None)

    # The spikes

    def _connect_spikes(self) -> None:
        raster = self._instrument.raster
        for strip, target_of in ((raster.output, _output), (raster.hidden, self._hidden)):
            strip.clicked.connect(lambda neurons, of=target_of: self._follow(of(neurons)))
            strip.setToolTip(wrapped(translate("window", SPIKES_TIP)))
            strip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            strip.customContextMenuRequested.connect(
                lambda point, strip=strip, of=target_of: self._open_row_menu(strip, of, point)
            )

    def _follow(self, target: Target) -> None:
        if self.microscope.is_open:
            self.microscope.look_at(target)

    def _open_row_menu(
        self, strip: RasterStrip, target_of: Callable[[range], Target], point: QPoint
    ) -> None:
        neurons = strip.neurons_at(point.y())
        if not neurons:
            return
        menu = QMenu(strip)
        words = translate("window", "Look at this &neuron with the microscope")
        self._add(menu, words, target_of(neurons))
        _open(menu, strip, point)

    def _hidden(self, neurons: range) -> Target:
        """Of neurons that share a row, the one that has fired most of late."""
        fired = self._fired[neurons.start : neurons.stop]
        return Target(Of.HIDDEN, number=neurons[int(fired.argmax())] if fired.size else neurons[0])

    def _count(self, reading: Reading) -> None:
        for chunk in reading.raster:
            fired = chunk.hidden.sum(0, dtype=np.float64)
            same = fired.shape == self._fired.shape
            self._fired = FORGETTING * self._fired + fired if same else fired

    def _add(self, menu: QMenu, words: str, target: Target) -> None:
        menu.addAction(words).triggered.connect(lambda: self.microscope.look_at(target))


def _output(classes: range) -> Target:
    return Target(Of.OUTPUT, class_=classes[0])


def _open(menu: QMenu, widget: QWidget, point: QPoint) -> None:
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(widget.mapToGlobal(point))
