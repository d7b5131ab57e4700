"""From a stored article to mentions and candidates. Run again, it changes nothing that a person has decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from incidents import pipeline
from incidents.gazetteer.types import Home
from incidents.ingestion.languages import is_english
from incidents.language.parse import MOST_CHARACTERS
from incidents.models import Article, Incident, Mention, Quote, Review, Source
from incidents.workflows import changes
from incidents.workflows.candidates import fill, incident_from_mention, settle_articles
from incidents.workflows.duplicates import propose
from incidents.workflows.findings import Finding, findings
from incidents.workflows.geocoding import provider
from incidents.workflows.places import gazetteer
from incidents.workflows.publish import announce
from incidents.workflows.search import index


@dataclass(frozen=True, slots=True)
class Extracted:
    """How many rows of each there are now more, other or fewer than before; all 0 when nothing changed."""

    created: int = 0
    updated: int = 0
    removed: int = 0
    aggregates: int = 0
    note: str = ""


def read_article(
    text: str, *, title: str = "", language: str = "", published: date | None = None, home: Home | None = None
) -> list[Finding]:
    """What the pipeline finds. Only English is read.

    The database is read for the moderators' places, and written only where the operator configured a geocoding
    provider: its answers are kept.
    """
    if not is_english(language):
        return []
    extraction = pipeline.read(
        text,
        published=published,
        gazetteer=gazetteer(),
        title=title,
        home=home,
        geocoder=provider(),
    )
    return findings(extraction, text)


def home_of(source: Source | None) -> Home | None:
    return Home(source.country or None, source.latitude, source.longitude) if source else None


def extract_article(*, article: Article) -> Extracted:
    """Find the article's incidents and store them as candidates; those of a syndicated copy join the original's.

    A later run brings up to date what nobody has decided, adds what is new, and leaves the rest alone. The reading
    itself (some 0.2 s) is done before the transaction begins. Raises GazetteerMissing.
    """
    if not is_english(article.language):
        note = f"This is not English ({article.language}): read it yourself, nothing was extracted."
        _note(article, note)
        _mark(article, Article.State.READ)
        return Extracted(note=note)
    if len(article.text) > MOST_CHARACTERS:
        _note(article, f"The text is very long: only its first {MOST_CHARACTERS:,} characters were read for incidents.")
    found = read_article(
        article.text,
        title=article.title,
        language=article.language,
        published=article.published_at.date() if article.published_at else None,
        home=home_of(article.source),
    )
    return _store(article, found)


@transaction.atomic
def _store(article: Article, found: list[Finding]) -> Extracted:
    Article.objects.select_for_update().get(pk=article.pk)  # one run at a time
    known = {mention.key: mention for mention in article.mentions.prefetch_related("quotes", "incident")}
    pairs = [(finding, known.pop(finding.key, None)) for finding in found]
    pairs = [(finding, mention or _same_trigger(finding, known)) for finding, mention in pairs]
    created = updated = removed = 0
    for finding, mention in pairs:
        if mention is None:
            created += _create(article, finding)
        else:
            updated += _update(mention, finding)
    for mention in known.values():
        removed += _remove(mention)
    if created or updated:
        propose(*Incident.objects.waiting().filter(mentions__article=article))
    _mark(article, Article.State.EXTRACTED)
    settle_articles(Article.objects.filter(pk=article.pk))
    article.refresh_from_db(fields=["state"])
    return Extracted(created, updated, removed, sum(finding.is_aggregate for finding in found))


def _same_trigger(finding: Finding, known: dict[str, Mention]) -> Mention | None:
    """The stored mention that the same words gave rise to, taken out of `known`."""
    for key, mention in known.items():
        spans = {(quote.start, quote.end) for quote in mention.quotes.all() if quote.field == "kind"}
        if mention.is_aggregate == finding.is_aggregate and spans & finding.spans():
            return known.pop(key)
    return None


def _create(article: Article, finding: Finding) -> int:
    """1 for a new candidate, 0 for an aggregate and for what a copy repeats."""
    mention = Mention.objects.create(article=article, key=finding.key, **finding.fields)
    _set_quotes(mention, finding)
    if finding.is_aggregate:
        return 0
    if article.copy_of is not None:
        mention.incident = _original_incident(article.copy_of, mention)
        mention.save(update_fields=["incident"])
        if mention.incident is not None and mention.incident.is_public:
            announce()
        return 0
    incident_from_mention(mention, finding.groups)
    return 1


def _original_incident(original: Article, mention: Mention) -> Incident | None:
    """Which of the original's incidents the copy's mention tells of; None where the copy was edited too much to tell."""
    theirs = list(original.mentions.filter(is_aggregate=False).select_related("incident").order_by("pk"))
    same = [each for each in theirs if each.key == mention.key]
    same += [
        each
        for each in theirs
        if (each.kind, each.date_start, each.place_name) == (mention.kind, mention.date_start, mention.place_name)
    ]
    return same[0].incident if same else None


def _update(mention: Mention, finding: Finding) -> int:
    """Bring a stored mention and its undecided candidate up to date; 1 when anything that is said differs."""
    said = {name: value for name, value in finding.fields.items() if name != "extractor_version"}
    differs = mention.key != finding.key or any(getattr(mention, name) != value for name, value in said.items())
    if not differs and mention.extractor_version == finding.fields["extractor_version"]:
        return 0
    for name, value in finding.fields.items():
        setattr(mention, name, value)
    mention.key = finding.key
    mention.save()
    _set_quotes(mention, finding)
    if differs and mention.incident is not None and _undecided(mention.incident):
        _refill(mention.incident, mention, finding)
    return int(differs)


def _refill(incident: Incident, mention: Mention, finding: Finding) -> None:
    fill(incident, mention, finding.groups)
    changes.set_roles(incident, mention.actors)
    incident.bump()
    incident.save()


def _remove(mention: Mention) -> int:
    """Drop what a later run no longer finds, unless a person has decided about it."""
    if mention.incident is not None:
        if not _undecided(mention.incident):
            return 0
        mention.incident.delete()
    mention.delete()
    return 1


def _undecided(incident: Incident) -> bool:
    """Whether the candidate is the extractor's alone: one article's, never decided on, and nobody looks at it."""
    reviews = Review.objects.filter(incident=incident)
    return (
        incident.status in {Incident.Status.CANDIDATE, Incident.Status.IN_REVIEW}
        and incident.mentions.count() == 1
        and not (reviews.decided() | reviews.open_claims()).exists()
        and not incident.merged.exists()
    )


def _set_quotes(mention: Mention, finding: Finding) -> None:
    wanted = {(words.field, words.start, words.end): words.text for words in finding.words}
    for quote in mention.quotes.all():
        if wanted.pop((quote.field, quote.start, quote.end), None) is None:
            quote.delete()
    Quote.objects.bulk_create(
        Quote(mention=mention, field=name, start=start, end=end, text=text)
        for (name, start, end), text in wanted.items()
    )
    if wanted and mention.incident_id is not None:
        index([mention.incident_id])


def _mark(article: Article, state: Article.State) -> None:
    article.state, article.error, article.extractor_version = state, "", pipeline.EXTRACTOR_VERSION
    article.save(update_fields=["state", "error", "extractor_version", "notes"])


def _note(article: Article, note: str) -> None:
    if note not in article.notes:
        article.notes = [*article.notes, note]
