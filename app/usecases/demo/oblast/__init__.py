"""The demo oblast: eighteen fictional districts, what they sent, and what is planted in it."""

from __future__ import annotations

from app.usecases.demo.oblast.build import build_oblast, build_region_demo

__all__ = ["build_oblast", "build_region_demo"]
