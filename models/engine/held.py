"""A network handed to compiled code once instead of array by array at every call.

Numba takes a named tuple apart whenever it is passed: 20 us for the fifty arrays of a network,
as much as a tick takes. A structure that is passed by reference costs less than one.
"""

from __future__ import annotations

from typing import Any

from numba import types
from numba.experimental import structref

from models.compiling import compiled
from models.engine.record import Notes


@structref.register
class _HeldType(types.StructRef):
    def preprocess_fields(self, fields: Any) -> Any:
        """Types without the values they had at first."""
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


class Held(structref.StructRefProxy):
    """``network``, a tuple of named tuples of arrays, and the ``notes`` on its neurons.

    The arrays are those that were given: what Python writes to them, compiled code sees.
    """

    network: Any
    notes: Notes


structref.define_boxing(_HeldType, Held)
structref.define_attributes(_HeldType)
structref.define_constructor(Held, _HeldType, ["network", "notes"])


@compiled
def hold(network: Any, notes: Notes) -> Held:
    """Hand a network over."""
    return Held(network, notes)
