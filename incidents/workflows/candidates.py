"""A candidate incident made of what one mention says, with a title of our own and never the article's sentence."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from incidents.extraction.kinds import Kind
from incidents.extraction.types import PlacePrecision
from incidents.models import Article, Incident, Mention
from incidents.workflows import changes
from incidents.workflows.rollup import roll_up

# Where the label of a kind names alternatives or is no headline.
_HEADLINES = {
    Kind.BOMBING: "bombing",
    Kind.MISSILE_ROCKET: "missile or rocket attack",
    Kind.LANDMINE: "landmine explosion",
    Kind.ARMED_ATTACK: "armed attack",
    Kind.ARSON: "destruction of property",
    Kind.RIOT: "mob violence",
    Kind.OTHER: "incident",
    Kind.UNKNOWN: "incident",
}
_PREPOSITIONS = {PlacePrecision.SITE: "at", PlacePrecision.FACILITY: "at", PlacePrecision.NEAR: "near"}
# English puts an article before these: "in the Red Sea", "in the United States".
_WITH_ARTICLE_ENDS = (
    " Sea",
    " Ocean",
    " Gulf",
    " Strait",
    " Channel",
    " River",
    " Valley",
    " Desert",
    " Strip",
    " Bank",
)
_WITH_ARTICLE_STARTS = (
    "Gulf of ",
    "Strait of ",
    "Bay of ",
    "Sea of ",
    "United ",
    "Democratic Republic",
    "Central African",
)
_TITLE_LENGTH = 300


def title_of(incident: Incident) -> str:
    """A sentence from the fields: "Drone strike in Baghdad kills at least 2"."""
    kind = Kind(incident.kind)
    headline = _HEADLINES.get(kind, kind.label)
    tolls = [
        f"{verb} {count}"
        for verb, count in (
            ("kills", _count(incident.killed_low, incident.killed_high)),
            ("wounds", _count(incident.wounded_low, incident.wounded_high)),
        )
        if count
    ]
    words = [headline[:1].upper() + headline[1:], _where(incident), " and ".join(tolls)]
    return " ".join(filter(None, words))[:_TITLE_LENGTH]


def incident_from_mention(mention: Mention, groups: dict[str, Any] | None = None) -> Incident:
    """A stored candidate with what the mention says; the mention becomes its first."""
    incident = Incident()
    fill(incident, mention, groups)
    incident.save()
    mention.incident = incident
    mention.save(update_fields=["incident"])
    for stated in mention.actors:
        changes.add_role(incident, stated)
    return incident


def fill(incident: Incident, mention: Mention, groups: dict[str, Any] | None = None) -> None:
    """Set the incident's fields from its only mention, without saving. `groups` are casualties_by_group."""
    for field in ("kind", "weapon", "date_start", "date_end", "time_precision"):
        setattr(incident, field, getattr(mention, field))
    for field in ("place_name", "latitude", "longitude", "place_precision", "confidence"):
        setattr(incident, field, getattr(mention, field))
    place: dict[str, Any] = mention.place_candidates[0] if mention.place_candidates else {}
    incident.country, incident.province = place.get("country") or "", place.get("province") or ""
    placed = mention.latitude is not None
    incident.radius_m = place.get("radius_m") if placed else None
    incident.place_found_by = (place.get("provider") or "gazetteer") if placed else ""
    published = mention.article.published_at
    incident.reported_on = published.date() if published else None
    incident.casualties_by_group = groups or {}
    roll_up(incident, [mention])
    incident.title = title_of(incident)


def settle_articles(articles: QuerySet[Article]) -> None:
    """An article is reviewed when it tells of something, and nothing of it waits for a decision."""
    read = articles.filter(state__in=[Article.State.EXTRACTED, Article.State.REVIEWED])
    for article in read:
        told = Incident.objects.filter(mentions__article=article)
        settled = told.exists() and not told.waiting().exists()
        state = Article.State.REVIEWED if settled else Article.State.EXTRACTED
        if article.state != state:
            Article.objects.filter(pk=article.pk).update(state=state)


def _count(low: int | None, high: int | None) -> str:
    """In words; "" for silence and for nobody."""
    if not low and not high:
        return ""
    if high is None:
        return f"at least {low}"
    if not low:
        return f"up to {high}"
    return str(low) if low == high else f"{low} to {high}"


def _where(incident: Incident) -> str:
    name = incident.place_name
    if not name:
        return ""
    article = "the " if name.endswith(_WITH_ARTICLE_ENDS) or name.startswith(_WITH_ARTICLE_STARTS) else ""
    preposition = _PREPOSITIONS.get(PlacePrecision(incident.place_precision), "in")
    return f"{preposition} {article}{name}"
