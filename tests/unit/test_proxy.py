"""Failed logins are counted by who asks, not by the proxy in front."""

from __future__ import annotations

from django.test import RequestFactory

from mapsite.proxy import client_address

HEADERS = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.9"}


def test_without_a_proxy_the_header_is_not_believed(settings):
    settings.BEHIND_PROXY = False
    assert client_address(RequestFactory().get("/", **HEADERS)) == "10.0.0.1"


def test_behind_a_proxy_only_its_own_entry_counts(settings):
    settings.BEHIND_PROXY = True
    assert client_address(RequestFactory().get("/", **HEADERS)) == "203.0.113.9"


def test_a_proxy_that_says_nothing_is_named_itself(settings):
    settings.BEHIND_PROXY = True
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1")) == "10.0.0.1"
