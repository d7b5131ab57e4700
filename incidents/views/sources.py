"""Who the incidents are known from: sources, and articles with their quotes but never their text."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from incidents.models import Article, Incident, Mention, Source
from incidents.publishing import public
from incidents.publishing.passages import passages

ARTICLES_SHOWN = 200


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    published = Q(articles__mentions__incident__in=Incident.objects.published())
    sources = Source.objects.public().annotate(
        article_count=Count("articles", filter=published, distinct=True),
        incident_count=Count("articles__mentions__incident", filter=published, distinct=True),
    )
    return render(
        request,
        "incidents/sources.html",
        {"section": "sources", "sources": sources.order_by("-incident_count", "name")},
    )


@require_safe
def source_detail(request: HttpRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source.objects.public(), pk=pk)
    articles = Article.objects.public().filter(source=source).prefetch_related(_public_mentions())
    # Two hundred texts of up to 2 MB are not read to print their headlines.
    articles = articles.defer("text", "raw_headers")
    context = {"source": source, "articles": articles[:ARTICLES_SHOWN], "count": articles.count()}
    return render(request, "incidents/source.html", context)


@require_safe
def article_detail(request: HttpRequest, pk: int) -> HttpResponse:
    articles = Article.objects.public().select_related("source", "copy_of").prefetch_related(_public_mentions())
    article = get_object_or_404(articles, pk=pk)
    first = article.copy_of
    context = {
        "article": article,
        "accounts": [_account(article, mention) for mention in article.mentions.all()],
        "first": first if first and Article.objects.public().filter(pk=first.pk).exists() else None,
    }
    return render(request, "incidents/article.html", context)


def _public_mentions() -> Prefetch[str]:
    """What an article says of published incidents; its other mentions are a moderator's business."""
    mentions = Mention.objects.filter(incident__in=Incident.objects.published())
    return Prefetch("mentions", mentions.select_related("incident").prefetch_related("quotes"))


def _account(article: Article, mention: Mention) -> dict[str, Any]:
    incident = mention.incident
    shown = incident is not None and public.shows_words(incident)
    return {"incident": incident, "passages": passages(article.text, mention.quotes.all()) if shown else []}
