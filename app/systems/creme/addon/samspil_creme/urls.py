"""Everything under /samspil/v1/. A change that an older client would not understand makes a v2 beside it."""

from django.urls import path, re_path

from . import (
    account,
    cards,
    categories,
    changes,
    log,
    names,
    numbers,
    people,
    processes,
    search,
    stages,
    tasks,
    timeline,
)
from .http import endpoint, nowhere, open_endpoint

_V1 = "v1/"

urlpatterns = [
    path(f"{_V1}ping", open_endpoint(get=account.ping)),
    path(f"{_V1}sign-in", open_endpoint(post=account.sign_in)),
    path(f"{_V1}sign-out", endpoint(post=account.sign_out)),
    path(f"{_V1}sign-ins", endpoint(get=account.sign_ins)),
    path(f"{_V1}sign-ins/<int:token_id>", endpoint(delete=account.forget)),
    path(f"{_V1}whoami", endpoint(get=account.who_am_i)),
    path(f"{_V1}search", endpoint(get=search.search)),
    path(f"{_V1}names", endpoint(get=names.names)),
    path(f"{_V1}changes/companies", endpoint(get=changes.companies)),
    path(f"{_V1}changes/touch-points", endpoint(get=changes.activity)),
    path(f"{_V1}companies", endpoint(get=search.by_number)),
    path(f"{_V1}own-companies", endpoint(get=search.own)),
    path(f"{_V1}companies/<int:company_id>", endpoint(get=cards.company)),
    path(f"{_V1}companies/<int:company_id>/timeline", endpoint(get=timeline.timeline)),
    path(f"{_V1}companies/<int:company_id>/sales", endpoint(get=processes.sales)),
    path(f"{_V1}companies/<int:company_id>/tasks", endpoint(get=tasks.tasks)),
    path(f"{_V1}tasks/<int:task_id>/done", endpoint(post=tasks.complete)),
    path(f"{_V1}sales/stages", endpoint(get=stages.stages)),
    path(f"{_V1}sales/<int:sale_id>/stage", endpoint(post=stages.set_stage)),
    path(f"{_V1}companies/<int:company_id>/cases", endpoint(get=processes.cases)),
    path(f"{_V1}companies/<int:company_id>/campaigns", endpoint(get=processes.campaigns)),
    path(f"{_V1}companies/<int:company_id>/touch-points", endpoint(post=log.log)),
    path(f"{_V1}companies/<int:company_id>/people", endpoint(post=people.add)),
    path(f"{_V1}companies/<int:company_id>/corrections", endpoint(post=people.correct)),
    path(f"{_V1}companies/<int:company_id>/number", endpoint(post=numbers.set_number)),
    path(f"{_V1}companies/<int:company_id>/categories/<slug:key>", endpoint(post=categories.set_value)),
    path(f"{_V1}categories/<slug:key>/choices", endpoint(get=categories.choices)),
    re_path("", nowhere),
]
