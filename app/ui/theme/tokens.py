"""Design tokens: the only place where a colour, a distance or a size of type is decided."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Space(IntEnum):
    """Distances in device-independent pixels."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24


class Radius(IntEnum):
    """Corner radii."""

    S = 4
    M = 6
    L = 10


class Type(StrEnum):
    """The steps of the type scale; the base is the platform's own font."""

    CAPTION = "caption"
    BODY = "body"
    STRONG = "strong"
    SECTION = "section"
    TITLE = "title"
    DISPLAY = "display"


SCALE: dict[Type, tuple[float, int]] = {
    Type.CAPTION: (0.92, 400),
    Type.BODY: (1.0, 400),
    Type.STRONG: (1.0, 600),
    Type.SECTION: (0.92, 600),
    Type.TITLE: (1.45, 600),
    Type.DISPLAY: (1.9, 600),
}
"""Size as a factor of the base, and weight."""


class Tone(StrEnum):
    """What a colour means. It never stands alone: a word or a sign says the same."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme. Every pair that `READ_ON` names has a contrast of at least 4.5:1, which a test proves.

    Attributes:
        window: Behind everything, and the side list.
        surface: Where one reads and types.
        raised: Menus, pop-ups and cards that lie above.
        sunken: Bars, headers and fields that cannot be edited.
        border: Hairlines. strong_border: edges of what can be typed in.
        faint: The quietest text: units, placeholders, ages.
        accent: Fills with `on_accent` on them. accent_text: links and selected words.
        series: What bars and parts of bars are filled with, in this order; told apart also by the colour-blind.
        ageing: What is open by its age, from not due to the oldest.
    """

    window: str
    surface: str
    raised: str
    sunken: str
    hover: str
    pressed: str
    selected: str
    border: str
    strong_border: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    accent_text: str
    on_accent: str
    accent_soft: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    neutral_soft: str
    shadow: str
    series: tuple[str, ...]
    ageing: tuple[str, ...]

    def tone(self, tone: Tone) -> tuple[str, str]:
        """Foreground and soft background of ``tone``."""
        return {
            Tone.NEUTRAL: (self.muted, self.neutral_soft),
            Tone.ACCENT: (self.accent_text, self.accent_soft),
            Tone.SUCCESS: (self.success, self.success_soft),
            Tone.WARNING: (self.warning, self.warning_soft),
            Tone.DANGER: (self.danger, self.danger_soft),
        }[tone]


LIGHT = Colours(
    window="#f6f6f8",
    surface="#ffffff",
    raised="#ffffff",
    sunken="#f6f6f8",
    hover="#f0f1f4",
    pressed="#e6e7ec",
    selected="#eaedfb",
    border="#e3e4e9",
    strong_border="#c9ccd5",
    text="#1a1c22",
    muted="#545a68",
    faint="#656b79",
    accent="#4355cf",
    accent_hover="#3747b8",
    accent_text="#3c4dc4",
    on_accent="#ffffff",
    accent_soft="#eceefb",
    success="#14703f",
    success_soft="#e4f4ea",
    warning="#8a5200",
    warning_soft="#fdf2dc",
    danger="#b42722",
    danger_soft="#fdecea",
    neutral_soft="#eeeff2",
    shadow="#1a1c2226",
    series=("#4355cf", "#dd7818", "#0b7a5e", "#c23a9a", "#63401a", "#2d9ccd", "#8c1f3f", "#8b919d"),
    ageing=("#4a6fd1", "#b58200", "#cb6a12", "#bd471c", "#961a16"),
)

DARK = Colours(
    window="#141519",
    surface="#1b1d22",
    raised="#23252b",
    sunken="#17181d",
    hover="#262930",
    pressed="#2e313a",
    selected="#2a2f4d",
    border="#2c2f37",
    strong_border="#454a57",
    text="#e9eaee",
    muted="#aab0bd",
    faint="#959ba9",
    accent="#5362d8",
    accent_hover="#6472e4",
    accent_text="#a3aeff",
    on_accent="#ffffff",
    accent_soft="#272c48",
    success="#5fca8f",
    success_soft="#17301f",
    warning="#e8b04c",
    warning_soft="#352a14",
    danger="#ff8a80",
    danger_soft="#3d2020",
    neutral_soft="#2a2d34",
    shadow="#00000066",
    series=("#8593ff", "#f09a3e", "#3fae86", "#f0a8dc", "#a8703a", "#7cd4f7", "#e8e48a", "#8b919e"),
    ageing=("#7f95ee", "#e8c15a", "#ee9f4c", "#f2774c", "#ff5c55"),
)

READ_ON: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("text", ("window", "surface", "raised", "sunken", "hover", "pressed", "selected")),
    ("muted", ("window", "surface", "raised", "sunken", "hover", "selected", "neutral_soft")),
    ("faint", ("window", "surface", "raised", "sunken", "hover")),
    ("accent_text", ("window", "surface", "raised", "hover", "selected", "accent_soft")),
    ("on_accent", ("accent",)),
    ("success", ("surface", "raised", "success_soft")),
    ("warning", ("surface", "raised", "warning_soft")),
    ("danger", ("surface", "raised", "danger_soft")),
    ("text", ("warning_soft", "danger_soft", "accent_soft", "success_soft")),
)
"""Which text stands on which ground."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours, WCAG 2.1."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
