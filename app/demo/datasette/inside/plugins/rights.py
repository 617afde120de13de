"""Who may see what, beyond Datasette's own settings: a clerk has the panels and no tables."""

from datasette import Response, hookimpl


@hookimpl
def permission_allowed(actor, action):  # noqa: ANN001, ANN201 - Datasette's own shape
    """Tables are an analyst's. There is no setting that says so of all tables, also of those that a load adds."""
    # Never True: what Datasette says of the database that a table is in would not be asked any more.
    return False if action == "view-table" and (actor or {}).get("id") != "analyst" else None


@hookimpl
def forbidden(datasette, request):  # noqa: ANN001, ANN201 - Datasette's own shape
    """Show somebody who is not signed in the way in, when it is a person with a browser."""
    if request.actor is None and not request.path.endswith(".json") and "authorization" not in request.headers:
        return Response.redirect(datasette.urls.path("/-/login"))
    return None
