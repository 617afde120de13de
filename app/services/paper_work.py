"""A document of the ERP's that somebody asked for: which there are, which one it is to be, and its making."""

from collections.abc import Callable, Coroutine
from enum import StrEnum
from typing import Any

from app.domain.documents import Document, DocumentKind, OrderDocuments
from app.ports.errors import SystemFault
from app.ports.jobs import Job, Runner
from app.services.order_writer import as_fault


class Stage(StrEnum):
    """How far a document is."""

    NONE = "none"  # nothing is asked for
    WRITING = "writing"  # lines go into the ERP first
    UNWRITTEN = "unwritten"  # some of them wait for the user, who says whether to go on without
    ASKING = "asking"  # which documents there are
    CHOOSING = "choosing"  # the user says which of several
    MAKING = "making"  # the ERP makes it
    NO_KINDS = "no_kinds"  # the ERP makes none of it
    FAILED = "failed"


class PaperWork:
    """One document at a time; asking for another one forgets the first. Subclasses say what it is a document of.

    Attributes:
        stage: How far it is.
        offered: What the ERP offers, once it was asked.
        kind: The document that is made, once it is known which.
        fault: Why there is none, at the stage `Stage.FAILED`.
        on_stage: Is called when `stage` is another.
        on_made: Gets the document, and the customer's mail address as the ERP has it or an empty text.
    """

    def __init__(self, runner: Runner) -> None:
        self.stage = Stage.NONE
        self.offered: OrderDocuments | None = None
        self.kind: DocumentKind | None = None
        self.fault: SystemFault | None = None
        self.on_stage: Callable[[], None] = lambda: None
        self.on_made: Callable[[Document, str], None] = lambda _document, _mail_to: None
        self._runner = runner
        self._job: Job | None = None

    def choose(self, kind: DocumentKind) -> None:
        """Which one it is to be."""
        work = self._make(kind.key)
        if work is not None:
            self.kind = kind
            self._start(Stage.MAKING, lambda: self._runner.run(work, self._on_made, self._fail))

    def cancel(self) -> None:
        """Nothing is wanted any more; an answer that comes late is dropped."""
        self._stop()
        self._set(Stage.NONE)

    def _offer(self) -> Coroutine[Any, Any, OrderDocuments] | None:
        """The question which documents there are, or None where there is nothing to make one of."""
        raise NotImplementedError

    def _make(self, key: str) -> Coroutine[Any, Any, Document] | None:
        """The question for one of them."""
        raise NotImplementedError

    def _ask(self) -> None:
        """Ask which documents there are, and for the one where there is no choice."""
        work = self._offer()
        if work is None:
            self._set(Stage.NO_KINDS)
        else:
            self._start(Stage.ASKING, lambda: self._runner.run(work, self._on_offered, self._fail))

    def _on_offered(self, offered: OrderDocuments) -> None:
        self._job = None
        self.offered = offered
        if not offered.kinds:
            self._set(Stage.NO_KINDS)
        elif len(offered.kinds) == 1:
            self.choose(offered.kinds[0])
        else:
            self._set(Stage.CHOOSING)

    def _on_made(self, document: Document) -> None:
        self._job = None
        self._set(Stage.NONE)
        self.on_made(document, self.offered.mail_to if self.offered is not None else "")

    def _fail(self, error: Exception) -> None:
        self._job = None
        self.fault = as_fault(error)
        self._set(Stage.FAILED)

    def _start(self, stage: Stage, run: Callable[[], Job]) -> None:
        self._stop()
        self._set(stage)
        self._job = run()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _set(self, stage: Stage) -> None:
        if stage is not self.stage:
            self.stage = stage
            self.on_stage()
