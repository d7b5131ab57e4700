"""Which language a page is in (docs/translating.md).

`lang=` in the address wins and is remembered in a cookie; then the cookie; then what the browser asks for. An embed
knows no cookie: any cache may keep it, by its address and Accept-Language. The desk is in English: half of its texts
have no translation. `lang=` belongs to the page, not to its query: it never travels along to exports or embeds.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

KEY = "lang"
# A year: a reader's language seldom changes.
REMEMBERED_S = 31_536_000
_DESK, _EMBED = "/admin/", "/embed/"


class LanguageMiddleware(LocaleMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if request.path_info.startswith(_EMBED):
            request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
        super().process_request(request)
        if language := _forced(request):
            translation.activate(language)
            request.LANGUAGE_CODE = language

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Data is the same in every language: only pages vary by it."""
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        patch_vary_headers(response, ("Accept-Language",))
        if not request.path_info.startswith(_EMBED):
            patch_vary_headers(response, ("Cookie",))
            if asked := _asked(request):
                response.set_cookie(
                    settings.LANGUAGE_COOKIE_NAME, asked, REMEMBERED_S, samesite="Lax", secure=settings.HTTPS
                )
        return response


def switch(request: HttpRequest) -> list[dict[str, str | bool]]:
    """The present page in each language."""
    current = translation.get_language()
    links: list[dict[str, str | bool]] = []
    for code, name in settings.LANGUAGES:
        params = request.GET.copy()
        params[KEY] = code
        links.append({"code": code, "name": name, "url": f"?{params.urlencode()}", "current": code == current})
    return links


def tag() -> str:
    """For `<html lang>`, and through it for the scripts' Intl: Arabic newsrooms on the web write 0 to 9."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return f"{language}-u-nu-latn" if language == "ar" else language


def _forced(request: HttpRequest) -> str:
    return settings.LANGUAGE_CODE if request.path_info.startswith(_DESK) else _asked(request)


def _asked(request: HttpRequest) -> str:
    asked = request.GET.get(KEY, "")
    return asked if asked in dict(settings.LANGUAGES) else ""
