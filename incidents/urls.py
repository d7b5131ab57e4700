"""The public addresses."""

from __future__ import annotations

from django.urls import path

from incidents.views import columns, embed, explorer, exports, incident, matches, pages, sources, titles

app_name = "incidents"
urlpatterns = [
    path("", explorer.explorer, name="explorer"),
    path("incidents/", explorer.incident_list, name="list"),
    path("incidents/<slug:code>/", incident.incident_detail, name="incident"),
    path("incidents/<slug:code>/picture.png", incident.incident_picture, name="picture"),
    path("incidents/<slug:code>/cite.bib", incident.cite_bibtex, name="cite-bibtex"),
    path("incidents/<slug:code>/cite.ris", incident.cite_ris, name="cite-ris"),
    path("sources/", sources.source_list, name="sources"),
    path("sources/<int:pk>/", sources.source_detail, name="source"),
    path("articles/<int:pk>/", sources.article_detail, name="article"),
    path("embed/", embed.embed, name="embed"),
    path("embed/<slug:slug>/", embed.embed_saved, name="embed-saved"),
    path("export.csv", exports.export_csv, name="export-csv"),
    path("export.geojson", exports.export_geojson, name="export-geojson"),
    path("titles.json", titles.titles, name="titles"),
    path("columns/latest.json", columns.latest, name="columns-latest"),
    path("columns/latest.arrow", columns.latest_file, name="columns-latest-file"),
    path("columns/<slug:version>.arrow", columns.version, name="columns"),
    path("columns/<slug:version>.pack", columns.version, {"form": "pack"}, name="columns-packed"),
    path("columns/<slug:version>/changes.arrow", columns.changes, name="columns-changes"),
    path("columns/<slug:version>/matches", matches.matches, name="columns-matches"),
    path("about/", pages.about, name="about"),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", pages.favicon, name="favicon"),
]
