"""Who publishes, and what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incidents.models.fields import latitude_field, longitude_field, position_constraints

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from incidents.models.mention import Mention


class SourceQuerySet(models.QuerySet["Source"]):
    def public(self) -> Self:
        """Sources of at least one article that stands behind a published incident."""
        from incidents.models.incident import Incident

        # Of each source it is asked alone: the first incident answers, where a list of all sources reads every mention.
        return self.filter(Exists(Incident.objects.published().filter(mentions__article__source=OuterRef("pk"))))


class Source(models.Model):
    """Who publishes. Reliability is the Admiralty scale's letter; F, the default, says nothing either way."""

    class Kind(models.TextChoices):
        AGENCY = "agency", _("news agency")
        NEWSPAPER = "newspaper", _("newspaper")
        BROADCASTER = "broadcaster", _("broadcaster")
        OFFICIAL = "official", _("official")
        NGO = "ngo", _("non-governmental organisation")
        SOCIAL = "social", _("social media")
        OTHER = "other", _("other")

    class Reliability(models.TextChoices):
        A = "A", _("A: completely reliable")
        B = "B", _("B: usually reliable")
        C = "C", _("C: fairly reliable")
        D = "D", _("D: not usually reliable")
        E = "E", _("E: unreliable")
        F = "F", _("F: cannot be judged")

    name = models.CharField(max_length=200)
    domain = models.CharField(
        max_length=253, unique=True, null=True, blank=True, help_text=_("Without www, such as example.org.")
    )
    country = models.CharField(max_length=2, blank=True, help_text=_("ISO code of its home country, such as IQ."))
    home_place = models.CharField(
        max_length=200,
        blank=True,
        help_text=_("Where it is at home: local papers leave out their own town and country."),
    )
    latitude = latitude_field()
    longitude = longitude_field()
    language = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    reliability = models.CharField(max_length=1, choices=Reliability, default=Reliability.F)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = position_constraints("source")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("incidents:source", args=[self.pk])


class ArticleQuerySet(models.QuerySet["Article"]):
    def public(self) -> Self:
        """Articles that stand behind a published incident."""
        from incidents.models.incident import Incident

        return self.filter(Exists(Incident.objects.published().filter(mentions__article=OuterRef("pk"))))

    def originals(self) -> Self:
        """Without syndicated copies: five copies of one agency story are one source."""
        return self.filter(copy_of=None)


class Article(models.Model):
    """One article by whatever route it came. `text` is clean; the bytes as fetched lie in storage "raw" by their SHA-256."""

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        READ = "read", _("read")
        EXTRACTED = "extracted", _("extracted")
        REVIEWED = "reviewed", _("reviewed")
        FAILED = "failed", _("failed")

    class PublishedPrecision(models.TextChoices):
        MINUTE = "minute", _("to the minute")
        DAY = "day", _("to the day")
        UNKNOWN = "unknown", _("not known")

    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="articles")
    url = models.URLField(
        _("canonical URL"), max_length=1000, unique=True, null=True, blank=True, help_text=_("Empty for a pasted text.")
    )
    title = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=12, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_precision = models.CharField(max_length=8, choices=PublishedPrecision, default=PublishedPrecision.UNKNOWN)
    published_from = models.CharField(max_length=20, blank=True, help_text=_("Where the date was read."))
    fetched_at = models.DateTimeField()
    text = models.TextField(blank=True)
    text_sha256 = models.CharField(
        max_length=64, db_index=True, help_text=_("Of the clean text: the same text twice is one article.")
    )
    fingerprint = models.BigIntegerField(default=0, help_text=_("Simhash of the text, for near-identical copies."))
    copy_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", verbose_name=_("syndicated copy of")
    )
    raw_sha256 = models.CharField(max_length=64, blank=True)
    raw_content_type = models.CharField(max_length=200, blank=True)
    raw_headers = models.JSONField(default=dict, blank=True)
    archive_url = models.URLField(max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    error = models.TextField(blank=True)
    notes = models.JSONField(default=list, blank=True, help_text=_("What the reader wants a person to know."))
    extractor_version = models.CharField(max_length=40, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False, help_text=_("Written by us to show the site."))

    objects = ArticleQuerySet.as_manager()

    mentions: RelatedManager[Mention]

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="article_failed_has_error", condition=~Q(state="failed") | ~Q(error="")),
            models.CheckConstraint(name="article_is_no_copy_of_itself", condition=~Q(copy_of=models.F("pk"))),
        ]
        # The queue and the look-up of copies both ask for the newest first.
        indexes = [models.Index(fields=["-published_at"], name="article_newest")]

    def __str__(self) -> str:
        return self.title or self.url or f"article {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("incidents:article", args=[self.pk])
