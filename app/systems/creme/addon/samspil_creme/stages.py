"""Where a sale is on its way: Creme's sales phases in their own order, and moving a sale to another one."""

from functools import partial

from creme.creme_core.core.workflow import run_workflow_engine

from .checks import check
from .errors import Conflict, Invalid, NotFound
from .http import Answer, Call, need
from .processes import sale_json, sale_version
from .receipts import once
from .text import clean


def stages(call: Call) -> Answer:
    """``GET sales/stages``: all of them, in the administrator's order. One ends a sale where it is won or lost."""
    need("opportunities")
    from creme.opportunities.models import SalesPhase

    call.user.has_perm_to_access_or_die("opportunities")
    return {
        "stages": [
            {"id": str(phase.pk), "name": clean(phase.name), "state": _state(phase.won, phase.lost)}
            for phase in SalesPhase.objects.order_by("order", "pk")
        ]
    }


def set_stage(call: Call, sale_id: int) -> Answer:
    """``POST sales/<id>/stage`` with ``key``, ``stage`` and ``version``, the one that the user saw; once for each key.

    When the sale was changed since, nothing is written and the answer is a conflict with the sale as it is. One that
    is in that stage already is what was wanted.
    """
    need("opportunities")
    return once(call, f"stage {sale_id}", partial(_set_stage, call, sale_id))


def _set_stage(call: Call, sale_id: int) -> Answer:
    from creme.opportunities import get_opportunity_model
    from creme.opportunities.models import SalesPhase

    user, version = call.user, call.body.text("version", most=60, required=True)
    wanted = call.body.needed_id("stage")
    # What the administrator has Creme do with a sale that is won, such as making its target a customer, is done too.
    with run_workflow_engine(user=user):
        model = get_opportunity_model()
        sale = model.objects.select_for_update().filter(pk=sale_id, is_deleted=False).first()
        if sale is None:
            raise NotFound("There is no such sale in Creme, or it is in the trash.")
        user.has_perm_to_access_or_die("opportunities")
        user.has_perm_to_view_or_die(sale)
        user.has_perm_to_change_or_die(sale)
        phase = SalesPhase.objects.filter(pk=wanted).first()
        if phase is None:
            raise Invalid.field("stage", "This stage is not there any more.")
        if sale.sales_phase_id != phase.pk:
            if sale_version(sale) != version:
                raise Conflict("Somebody else has changed this.", current=sale_json(user, sale))
            sale.sales_phase = phase
            check(sale, {"sales_phase": "stage"})
            sale.save()
    return {"sale": sale_json(user, sale)}


def _state(won: bool, lost: bool) -> str:
    return "won" if won else "lost" if lost else "open"
