"""What people see when a page does not open, in a sentence."""

from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from starlette.exceptions import HTTPException

from bot.console.gate import WATCHING_ROUTES
from bot.console.pages import pages_of, path_of


def sign_in_needed(request: Request, _error: Exception) -> Response:
    """Sends a browser to the sign-in page, and back after it; a script gets 401."""
    if request.scope["route"].name in WATCHING_ROUTES:
        return PlainTextResponse("sign in", status_code=401)
    query = urlencode({"next": _way_back(request)})
    return RedirectResponse(f"{path_of(request, 'sign_in_page')}?{query}", status_code=303)


def _way_back(request: Request) -> str:
    """The page that was asked for; for a form, the page that it stood on where that is known."""
    if request.method == "GET":
        query = f"?{request.url.query}" if request.url.query else ""
        return request.url.path + query
    request_id = request.path_params.get("request_id", "")
    if request_id.isascii() and request_id.isdigit():
        return path_of(request, "show_case", request_id=request_id)
    return path_of(request, "list_requests")


def form_refused(request: Request, _error: Exception) -> Response:
    """The form is not ours or too old."""
    return pages_of(request).page(request, "refused.html", status=403, reason="form")


def office_gone(request: Request, _error: Exception) -> Response:
    """The person's office is gone: an administrator must move her."""
    return pages_of(request).page(request, "refused.html", status=403, reason="office")


def invalid(request: Request, _error: Exception) -> Response:
    """An address that names nothing."""
    return pages_of(request).page(request, "refused.html", status=404, reason="404")


def http_error(request: Request, error: Exception) -> Response:
    """Any other refusal, by its status."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return pages_of(request).page(request, "refused.html", status=status, reason=str(status))
