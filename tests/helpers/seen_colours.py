"""How far two colours are apart for those who see all of them and for those who do not."""

_KINDS = (
    ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    # Machado, Oliveira and Fernandes 2009, severity 1: protanopia, deuteranopia, tritanopia
    ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
)
_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
_WHITE = (0.95047, 1.0, 1.08883)
Triple = tuple[float, float, float]


def farness(one: str, other: str) -> float:
    """The least ΔE (CIE 1976) of two ``#rrggbb`` colours over all kinds of sight."""
    pairs = ((_lab(_seen(one, kind)), _lab(_seen(other, kind))) for kind in _KINDS)
    return min(sum((a - b) ** 2 for a, b in zip(left, right, strict=True)) ** 0.5 for left, right in pairs)


def _times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def _seen(colour: str, kind: tuple[Triple, Triple, Triple]) -> Triple:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    first, second, third = (min(1.0, max(0.0, part)) for part in _times(kind, (red, green, blue)))
    return first, second, third


def _lab(colour: Triple) -> Triple:
    x, y, z = (
        share ** (1 / 3) if share > 0.008856 else 7.787 * share + 16 / 116
        for share in (part / white for part, white in zip(_times(_XYZ, colour), _WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
