"""Who publishes, and what was published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import DeskAdmin
from incidents.admin.evidence import article_evidence
from incidents.admin.words import age
from incidents.gazetteer.errors import GazetteerMissing
from incidents.models import Article, Incident, Mention, Source
from incidents.publishing.wording import language as language_name

# Each takes a fifth of a second to read, within one request.
MOST_AT_ONCE = 50


def _count(rows: QuerySet[Any], of: str) -> Coalesce:
    """How many of `rows`, whose field `of` points at the outer row: counted for the rows shown, not for the table."""
    counted = rows.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    fieldsets = [
        (None, {"fields": [("name", "domain"), ("kind", "reliability", "language")]}),
        (
            _("Home"),
            {
                "fields": [("home_place", "country"), ("latitude", "longitude")],
                "description": _("Local papers leave out their own town and country: it is looked for here first."),
            },
        ),
    ]
    list_display = ["name", "domain", "kind", "reliability", "home", "article_count"]
    list_filter = ["kind", "reliability"]
    search_fields = ["name", "domain"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        sources: QuerySet[Source] = super().get_queryset(request)
        return sources.annotate(article_count=_count(Article.objects.all(), "source"))

    @admin.display(description=_("home"))
    def home(self, source: Source) -> str:
        return ", ".join(part for part in (source.home_place, source.country) if part)

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, source: Any) -> int:
        return int(source.article_count)


class LanguageFilter(admin.SimpleListFilter):
    """What the extractor does not read is a person's to read."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        codes = Article.objects.exclude(language="").order_by("language").values_list("language", flat=True).distinct()
        return [("unread", _("not read by the extractor")), *((code, language_name(code)) for code in codes)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        value = self.value()
        if value == "unread":
            return queryset.filter(state=Article.State.READ)
        return queryset.filter(language=value) if value else queryset


class ArticleForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    class Meta:
        model = Article
        fields: tuple[str, ...] = ()
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}

    archive_url = forms.URLField(label=_("Archived copy"), required=False, max_length=1000, assume_scheme="https")
    published_at = forms.DateTimeField(
        label=_("Published at"),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )

    def clean_copy_of(self) -> Article | None:
        """A copy points at the first article: of two that point at each other, neither would count as a source."""
        original: Article | None = self.cleaned_data["copy_of"]
        if original is not None and (original == self.instance or original.copy_of_id is not None):
            raise forms.ValidationError(_("This is a copy itself: choose the article that was first."))
        return original


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    """Its text is what every quote points into: it is read here, never written."""

    class Media:
        css = {"all": ["css/desk-review.css"]}

    form = ArticleForm
    change_form_template = "admin/incidents/article/change_form.html"
    fieldsets = [
        (None, {"fields": ["title", "source", "byline", ("published_at", "published_precision"), "language"]}),
        (_("Where it is"), {"fields": ["address", "archive_url", "copy_of"]}),
        (
            _("How it was read"),
            {"fields": ["state", "error", "remarks", "fetched_at", "published_from", "extractor_version", "is_sample"]},
        ),
    ]
    readonly_fields = [
        *("address", "state", "error", "remarks", "fetched_at", "published_from", "extractor_version", "is_sample"),
    ]
    autocomplete_fields = ["source"]
    raw_id_fields = ["copy_of"]

    actions = ["read_again"]
    list_display = ["headline", "source", "published_at", "state", "candidate_count", "waiting_count", "fetched"]
    list_display_links = ["headline"]
    list_filter = ["state", LanguageFilter, "published_precision", "is_sample", ("copy_of", admin.EmptyFieldListFilter)]
    list_select_related = ["source"]
    search_fields = ["title", "url"]
    date_hierarchy = "published_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles: QuerySet[Article] = super().get_queryset(request).select_related("source")
        match = request.resolver_match
        if match is None or match.url_name != "incidents_article_changelist":
            return articles
        told = Mention.objects.filter(is_aggregate=False)
        return articles.defer("text", "raw_headers", "notes").annotate(
            candidate_count=_count(told, "article"),
            waiting_count=_count(
                told.filter(incident__status__in=[Incident.Status.CANDIDATE, Incident.Status.IN_REVIEW]), "article"
            ),
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles come in through `ingest`, which reads them; a row typed by hand would have no text."""
        return False

    @admin.action(description=_("Read selected articles again"), permissions=["change"])
    def read_again(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        """After a place was added or a date mended. What moderators decided stays as it is."""
        chosen = list(queryset[:MOST_AT_ONCE])
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": gettext("Read these articles again?"),
                "chosen": chosen,
                "most": MOST_AT_ONCE,
            }
            return TemplateResponse(request, "admin/incidents/article/read_again.html", context)
        # The reader takes three seconds and its models' memory to load: no server process pays that for its lists.
        from incidents.workflows.extract import extract_article

        for article in chosen:
            try:
                done = extract_article(article=article)
            except GazetteerMissing as error:
                messages.error(request, str(error))
                return None
            words = gettext("%(new)s new, %(changed)s changed, %(gone)s gone.")
            words %= {"new": done.created, "changed": done.updated, "gone": done.removed}
            self.log_change(request, article, f"{gettext('Read again')}: {words}")
            messages.success(request, f"{article}: {done.note or words}")
        return None

    @admin.display(description=_("article"), ordering="title")
    def headline(self, article: Article) -> str:
        marks = [str(_("copy"))] if article.copy_of_id else []
        marks += [language_name(article.language)] if article.state == Article.State.READ else []
        flags = format_html_join("", ' <span class="desk-flag">{}</span>', ((mark,) for mark in marks))
        problem = format_html('<span class="desk-problem">{}</span>', article.error[:200]) if article.error else ""
        return format_html("{}{}{}", str(article), flags, problem)

    @admin.display(description=_("incidents told"), ordering="candidate_count")
    def candidate_count(self, article: Any) -> int:
        return int(article.candidate_count)

    @admin.display(description=_("waiting"), ordering="waiting_count")
    def waiting_count(self, article: Any) -> int:
        return int(article.waiting_count)

    @admin.display(description=_("fetched ago"), ordering="fetched_at")
    def fetched(self, article: Article) -> str:
        return age(article.fetched_at)

    @admin.display(description=_("address"))
    def address(self, article: Article) -> str:
        if not article.url:
            return str(_("pasted text"))
        if not article.url.startswith(("http://", "https://")):
            return article.url
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', article.url, article.url)

    @admin.display(description=_("remarks"))
    def remarks(self, article: Article) -> str:
        return "\n".join(map(str, article.notes))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None:
            context["evidence"] = article_evidence(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)
