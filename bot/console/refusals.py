"""What people see when a page does not open, in a sentence."""

from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from starlette.exceptions import HTTPException

from bot.console.frame.forms import field
from bot.console.frame.gate import PAST_GATE, WATCHING_ROUTES, recognise
from bot.console.frame.pages import pages_of, path_of
from bot.console.gaps.written import written
from bot.console.people.sign_in import target_of

PAGES_OF_ROWS = {
    "request_id": "show_case",
    "group_id": "show_gap",
    "person_id": "show_person",
    "correction_id": "show_correction",
    "attempt_id": "show_run",
    "article": "write_correction",
}
"""By the id in a form's address: the page on which the form stood."""

DRAFTS_OF_ROWS = {"request_id": "case", "group_id": "gap", "article": "correction"}
"""By the id in an address: what `data-keep` calls the row."""


def sign_in_needed(request: Request, _error: Exception) -> Response:
    """Sends a browser to the sign-in page, and back after it; a script gets 401."""
    setattr(request.state, PAST_GATE, False)
    if request.scope["route"].name in WATCHING_ROUTES:
        return PlainTextResponse("sign in", status_code=401)
    query = urlencode({"next": _way_back(request)})
    return RedirectResponse(f"{path_of(request, 'sign_in_page')}?{query}", status_code=303)


def password_owed(request: Request, _error: Exception) -> Response:
    """Leads to where the password is changed; a script gets 401."""
    if request.scope["route"].name in WATCHING_ROUTES:
        return PlainTextResponse("change your password", status_code=401)
    return RedirectResponse(path_of(request, "show_account"), status_code=303)


def second_factor_owed(request: Request, _error: Exception) -> Response:
    """Leads to where a second factor is set up; a script gets 401."""
    if request.scope["route"].name in WATCHING_ROUTES:
        return PlainTextResponse("set up your second factor", status_code=401)
    return RedirectResponse(path_of(request, "show_second_factor"), status_code=303)


def _way_back(request: Request) -> str:
    """The page that was asked for; for a form, the page that it stood on where that is known."""
    if request.method == "GET":
        query = f"?{request.url.query}" if request.url.query else ""
        return request.url.path + query
    # The gate lets no other ids through than those that a row can have.
    for name, page in PAGES_OF_ROWS.items():
        if name in request.path_params:
            return path_of(request, page, **{name: request.path_params[name]})
    return path_of(request, "list_requests")


def form_refused(request: Request, _error: Exception) -> Response:
    """The form is not ours or too old. Who signed in meanwhile, in another tab, goes on."""
    if request.scope["route"].name == "sign_in" and recognise(request) is not None:
        onward = field(request.state.form, "next")
        return RedirectResponse(target_of(request, onward), status_code=303)
    return _refused(request, 403, "form")


def office_gone(request: Request, _error: Exception) -> Response:
    """The person's office is gone: an administrator must move her."""
    return _refused(request, 403, "office")


def invalid(request: Request, _error: Exception) -> Response:
    """An address that names nothing."""
    return _refused(request, 404, "404")


def http_error(request: Request, error: Exception) -> Response:
    """Any other refusal, by its status."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _refused(request, status, str(status))


def _refused(request: Request, status: int, reason: str) -> Response:
    """Says why, and shows what was written, which would be lost with the form."""
    return pages_of(request).page(
        request,
        "refused.html",
        status=status,
        reason=reason,
        written=written(getattr(request.state, "form", None)),
        drafts=_drafts(request),
        way_back=_way_back(request),
    )


def _drafts(request: Request) -> str:
    """Under which name the page that was asked for keeps its drafts; empty where it has none."""
    for name, kind in DRAFTS_OF_ROWS.items():
        if name in request.path_params:
            return f"{kind}-{request.path_params[name]}"
    return ""
