"""Specifications of sources in words."""

from __future__ import annotations

from pathlib import Path

from app.sources.contract import CameraSpec, FileSpec, NetworkSpec, PerformerSpec, SourceSpec


def described(spec: SourceSpec) -> str:
    """What a specification stands for, to begin a sentence with."""
    match spec:
        case FileSpec():
            return f"the recording {Path(spec.path).name}"
        case NetworkSpec():
            return f"the event server {spec.ip}:{spec.port}"
        case CameraSpec():
            return f"the camera {spec.serial}" if spec.serial else "the camera"
        case PerformerSpec():
            return "the performer"
