"""What is typed of a call, a meeting, an e-mail, a note or a task, before the CRM has it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain.contact_changes import new_token
from app.domain.contacts import NewTouchPoint, TouchKind
from app.ui.formats import Formats

WITH_DIRECTION = (TouchKind.CALL, TouchKind.EMAIL)


@dataclass(slots=True)
class TouchDraft:
    """What is typed for one company and not in the CRM yet.

    Attributes:
        due: What is typed as the day of a task.
        sent: What was sent and not acknowledged; sent again it has the same token.
    """

    kind: TouchKind = TouchKind.CALL
    subject: str = ""
    text: str = ""
    person_id: str = ""
    at: datetime | None = None
    due: str = ""
    is_incoming: bool = False
    sent: NewTouchPoint | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing is said in it."""
        return not self.subject.strip() and not self.text.strip()

    @classmethod
    def of(cls, touch: NewTouchPoint) -> "TouchDraft":
        """What was typed of one that an earlier run of the program sent."""
        due = Formats().day(touch.due) if touch.due is not None else ""
        return cls(touch.kind, touch.subject, touch.text, touch.person_id, touch.at, due, touch.is_incoming, sent=touch)

    def texts(self) -> Mapping[str, str]:
        """To be remembered; empty where nothing is said in it."""
        if self.is_empty:
            return {}
        return {
            "kind": self.kind.value,
            "subject": self.subject,
            "text": self.text,
            "person": self.person_id,
            "at": self.at.isoformat() if self.at is not None else "",
            "due": self.due,
            "incoming": "yes" if self.is_incoming else "",
        }

    def recall(self, texts: Mapping[str, str]) -> None:
        """Take over what was remembered. Raises ValueError for what another version wrote."""
        self.kind, self.subject, self.text = TouchKind(texts["kind"]), texts["subject"], texts["text"]
        self.person_id, self.due, self.is_incoming = texts["person"], texts["due"], bool(texts["incoming"])
        self.at = datetime.fromisoformat(texts["at"]) if texts["at"] else None

    def touch(self, company_id: str, due: date | None) -> NewTouchPoint:
        """What is to be sent.

        The token belongs to what was typed: the same again is the same touch point, anything else is another one.
        """
        wanted = NewTouchPoint(
            "",
            company_id,
            self.kind,
            self.at or datetime.now().astimezone(),
            self.subject.strip() or " ".join(self.text.split())[:80],
            self.text.strip(),
            self.person_id,
            due=due if self.kind is TouchKind.TASK else None,
            is_incoming=self.is_incoming and self.kind in WITH_DIRECTION,
        )
        if self.sent is not None and replace(self.sent, token="") == wanted:
            return self.sent
        return replace(wanted, token=new_token())
