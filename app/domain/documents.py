"""What goes on paper or into a file: an order as the ERP makes it for the customer, and overviews of figures."""

from dataclasses import dataclass, field

from app.domain.text import one_line

PDF = "application/pdf"
CSV = "text/csv"

_IN_NO_NAME = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))
"""Separators of paths, and what Windows allows in no name."""
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
"""Names that Windows keeps for itself, whatever comes after a dot."""
_LONGEST_NAME = 180
"""Bytes: file systems end at 255, and Windows counts the folder too."""


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A document that the ERP makes of an order ("Order confirmation"), as it names it in the user's language."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class OrderDocuments:
    """What the ERP offers for one order.

    Attributes:
        kinds: The documents that this user may have, the ERP's own order.
        mail_to: The customer's mail address as the ERP has it, or empty.
    """

    kinds: tuple[DocumentKind, ...]
    mail_to: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was made.

    Attributes:
        file_name: A name without a path that every system takes; see `file_name`.
        media_type: ``application/pdf`` where the ERP can make one; else what it has.
        made_here: It was put together by this program of what systems answered; the ERP has no such document.
    """

    file_name: str
    media_type: str
    content: bytes = field(repr=False)
    made_here: bool = False

    @property
    def is_pdf(self) -> bool:
        """It can be shown and printed here; anything else only by the program that belongs to it."""
        return self.media_type == PDF

    @property
    def title(self) -> str:
        """Its name without the extension."""
        return self.file_name.rpartition(".")[0]


def file_name(text: str, extension: str) -> str:
    """``text``, whoever gave it, as the name of a file: no path, no control characters, of a length that is taken.

    Args:
        extension: Without a dot; ours, not somebody else's.
    """
    name = one_line(text).translate(_IN_NO_NAME).strip(" .-")
    name = name.encode()[:_LONGEST_NAME].decode(errors="ignore").rstrip(" .-")
    if not name or name.partition(".")[0].rstrip().casefold() in _DEVICES:
        name = f"document {name}".rstrip()
    return f"{name}.{extension}"
