"""What is still to be done with a company: Creme's activities of the type "task", and ticking one off."""

from functools import partial
from typing import Any

from creme.activities import constants as act
from creme.activities.models import Status
from creme.creme_core.core.workflow import run_workflow_engine
from django.db.models import F
from django.utils.timezone import localtime

from . import touch_points
from .checks import check
from .errors import Conflict, Invalid, NotFound
from .http import Answer, Call
from .persons import circle, get_company
from .receipts import once
from .text import clean
from .touch_points import Activity

_MOST = 200
# An administrator's own statuses say nothing of whether it is done; such a task stays in the list.
_OVER = (act.UUID_STATUS_DONE, act.UUID_STATUS_CANCELLED, act.UUID_STATUS_UNSUCCESSFUL)


def tasks(call: Call, company_id: int) -> Answer:
    """``GET companies/<id>/tasks``: the open ones, the one that is due first at the top, those without a day last."""
    around = circle(call.user, get_company(call.user, company_id))
    found = (
        touch_points.activities(call.user, around, frozenset({"task"}))
        .exclude(status__uuid__in=_OVER)
        .order_by(F("end").asc(nulls_last=True), "pk")[:_MOST]
    )
    rows = list(found)
    people = touch_points.people_of(call.user, [row.pk for row in rows])
    return {"tasks": [_json(call.user, row, people.get(row.pk, [])) for row in rows]}


def complete(call: Call, task_id: int) -> Answer:
    """``POST tasks/<id>/done`` with ``key`` and ``version``, the one that the user saw; once for each key.

    When it was changed since, nothing is written and the answer is a conflict with the task as it is. One that is
    done already is what was wanted.
    """
    return once(call, f"done {task_id}", partial(_complete, call, task_id))


def _complete(call: Call, task_id: int) -> Answer:
    user, version = call.user, call.body.text("version", most=60, required=True)
    with run_workflow_engine(user=user):
        task = Activity.objects.select_for_update().filter(pk=task_id, is_deleted=False).first()
        if task is None or str(task.type.uuid) != act.UUID_TYPE_TASK:
            raise NotFound("There is no such task in Creme, or it is in the trash.")
        user.has_perm_to_access_or_die("activities")
        user.has_perm_to_view_or_die(task)
        user.has_perm_to_change_or_die(task)
        done = Status.objects.filter(uuid=act.UUID_STATUS_DONE).first()
        if done is None:
            raise Invalid.field("status", "This Creme has no status for what is done.")
        if task.status_id != done.pk:
            if _version(task) != version:
                raise Conflict("Somebody else has changed this.", current=_json(user, task, []))
            task.status = done
            check(task, {})
            task.save()
    return {"task": _json(user, task, [])}


def _json(user: Any, task: Any, people: list[dict[str, Any]]) -> dict[str, Any]:
    at = task.end or task.start
    return {
        "id": str(task.pk),
        "title": clean(task.title),
        "text": clean(task.description)[:2000],
        "due": localtime(at).date().isoformat() if at else None,
        "status": clean(task.status.name) if task.status else "",
        "is_open": task.status is None or str(task.status.uuid) not in _OVER,
        "owner": clean(task.user),
        "people": people,
        "version": _version(task),
        "can_change": user.has_perm_to_change(task),
    }


def _version(task: Any) -> str:
    return str(task.modified.isoformat(timespec="microseconds"))
