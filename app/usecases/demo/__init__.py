"""The demo district: fictional, deterministic, lived through the program's own use cases."""

from __future__ import annotations

from app.usecases.demo.build import DemoSummary, build_demo

__all__ = ["DemoSummary", "build_demo"]
