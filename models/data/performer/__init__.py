"""A synthetic person before a simulated DVS: recordings with known truth, without a camera."""

from models.data.performer.performance import (
    Label,
    Performance,
    Performer,
    get_ready,
    perform,
    stream_acts,
)

__all__ = ["Label", "Performance", "Performer", "get_ready", "perform", "stream_acts"]
