"""The palette of the window, light and dark, with the contrast that a test recomputes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by role, `#RRGGBB`.  soft is a ground for its tone, line its border, bare its text."""

    ground: str
    surface: str
    alt: str
    raised: str
    edit: str
    line: str
    field: str
    text: str
    text2: str
    muted: str
    accent: str
    hover: str
    on_accent: str
    accent_text: str
    soft: str
    select: str
    err: str
    err_soft: str
    err_line: str
    warn: str
    warn_soft: str
    warn_line: str
    ok: str
    ok_soft: str
    ok_line: str
    rail: str
    rail_on: str
    rail_text: str
    rail_muted: str
    bar: str
    bar_ground: str = "#20303F"  # of the undo bar, in both themes
    badge: str = "#F3BE5C"
    on_badge: str = "#17304D"
    ramp: tuple[str, str, str, str, str] = ("#EDF3FA", "#C9DDF1", "#9DC2E6", "#6199D0", "#1D5FA7")


LIGHT = Tokens(
    ground="#F2F5F8", surface="#FFFFFF", alt="#F8FAFC", raised="#EAEFF4", edit="#F3F8FE",
    line="#D8DFE7", field="#7A8897", text="#1A2430", text2="#465464", muted="#5C6978",
    accent="#1D5FA7", hover="#174D88", on_accent="#FFFFFF",
    accent_text="#1A5596", soft="#E3EDF8", select="#D6E6F7",
    err="#B3261E", err_soft="#FCEAE8", err_line="#C8453C",
    warn="#7F5200", warn_soft="#FFF2D6", warn_line="#B97A00",
    ok="#1B6838", ok_soft="#E1F2E6", ok_line="#2F8A52",
    rail="#17304D", rail_on="#2B5482", rail_text="#D7E2EE", rail_muted="#9DB3CA", bar="#9DBDDF",
)  # fmt: skip

DARK = Tokens(
    ground="#14191F", surface="#1C232B", alt="#202831", raised="#27303A", edit="#1E2A38",
    line="#38434F", field="#748293", text="#E7ECF2", text2="#BAC5D1", muted="#9AA7B5",
    accent="#82B6F2", hover="#A3CAF7", on_accent="#0B1A2B",
    accent_text="#9AC5F5", soft="#213850", select="#274566",
    err="#FFA39B", err_soft="#462423", err_line="#E0746B",
    warn="#F2C46B", warn_soft="#40331A", warn_line="#C99431",
    ok="#86D6A0", ok_soft="#1B3A28", ok_line="#4FA56F",
    rail="#0E1318", rail_on="#213850", rail_text="#CBD6E2", rail_muted="#8C9BAC", bar="#45688E",
)  # fmt: skip


def _luminance(hexed: str) -> float:
    def channel(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(int(hexed[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1…21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
