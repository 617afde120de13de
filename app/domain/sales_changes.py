"""What a user wants changed in a sale or a task of the CRM, as he saw it; each is done once for its token."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StageChange:
    """Another stage for a sale.

    Attributes:
        stage_id: The one that it shall be in; `stage` is its name.
        was: The name of the stage that the user saw.
        version: The sale's, as he saw it.
        sale: Its name. Names are for telling of the change, nothing else.
    """

    token: str
    company_id: str
    sale_id: str
    stage_id: str
    version: str
    sale: str = ""
    stage: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class TaskCompletion:
    """A task that is done.

    Attributes:
        version: The task's, as the user saw it.
        title: For telling of it.
    """

    token: str
    company_id: str
    task_id: str
    version: str
    title: str = ""
