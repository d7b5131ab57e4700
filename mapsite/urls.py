"""The admin, and everything else in incidents/urls.py."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [path("admin/", admin.site.urls), path("", include("incidents.urls"))]
