"""From a parsed article and its place names to incidents, each once, and what is told but is no single incident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from incidents.extraction.actors import find_actors
from incidents.extraction.filling import Article
from incidents.extraction.kinds import Kind
from incidents.extraction.lexicon import DYING
from incidents.extraction.linking import Places
from incidents.extraction.mentions import Mention
from incidents.extraction.merging import Cluster, Told, merge
from incidents.extraction.modality import HAPPENED, UNCOUNTED_PLURAL, Status
from incidents.extraction.notes import is_note
from incidents.extraction.reading import find_mentions
from incidents.extraction.register import find_entry
from incidents.extraction.strangers import without_strangers
from incidents.extraction.syntax import Tree
from incidents.extraction.types import ActorMention, ActorRole, Aggregate, Incident, PlaceName
from incidents.language.types import Document

# Of those below, fewer than one in eight was right on the development articles.
_LEAST_CONFIDENCE = 0.5
# A note says little, so that little can be sure of it; what it tells is checked by a person as anything else.
_LEAST_OF_NOTE = 0.3


def find_incidents(
    document: Document, places: Sequence[PlaceName], *, published: date | None
) -> tuple[tuple[Incident, ...], tuple[Aggregate, ...]]:
    """Incidents in the order in which they are first told, and aggregates. Pure; never raises on any text.

    Cost: linear in the text, a few milliseconds for an article, for a chronicle bounded by its first 400 mentions.
    """
    tree = Tree(document)
    places = without_strangers(document.text, places)
    linked = Places(tree, places)
    note = is_note(document)
    mentions = find_mentions(document, tree, linked, published)
    if note and not mentions:
        mentions = find_entry(document, tree, linked, published)
    told = [Told(mention, _actors(document, mention, linked)) for mention in mentions]
    _act_in_lists(told)
    clusters = merge(
        [item for item in told if item.mention.verdict.status in HAPPENED or _may_repeat(item)], linked, published
    )
    article = Article(document, tree, linked, published, clusters)
    least = _LEAST_OF_NOTE if note else _LEAST_CONFIDENCE
    incidents: list[Incident] = []
    aggregates: list[Aggregate] = []
    for cluster in clusters:
        incident = article.incident(cluster) if (note and cluster.asserted) or _is_incident(cluster, article) else None
        if incident and incident.confidence >= least:
            incidents.append(incident)
        elif any(m.plural or m.verdict.status is Status.AGGREGATE for m in cluster.mentions if not m.headline):
            aggregates.append(article.aggregate(cluster))
    for item in told:
        if item.mention.verdict.status is Status.AGGREGATE and not _may_repeat(item):
            aggregates.append(article.aggregate(Cluster(item, linked)))
    return tuple(incidents), tuple(aggregates)


def _may_repeat(told: Told) -> bool:
    """A plural that was not counted may be the strikes that were told before."""
    verdict = told.mention.verdict
    return verdict.status is Status.AGGREGATE and verdict.reason == UNCOUNTED_PLURAL


def _actors(document: Document, mention: Mention, places: Places) -> tuple[ActorMention, ...]:
    found: dict[tuple[str, str], ActorMention] = {}
    inside = [places.names[number] for number in places.everywhere.get(mention.sentence, ())]
    for trigger in mention.triggers:
        for actor in find_actors(document, trigger.token, inside):
            if _is_its_place(actor, mention, places.names):
                continue
            found.setdefault((actor.name.lower(), actor.role), actor)
    return tuple(found.values())


def _act_in_lists(all_told: Sequence[Told]) -> None:
    """Who acts in the lines of a list that do not say so: "On Monday, coalition jets carried out these strikes: ..."."""
    doers: dict[int, tuple[ActorMention, ...]] = {}
    for told in all_told:
        acting = tuple(actor for actor in told.actors if actor.role is ActorRole.PERPETRATOR)
        line = told.mention.line
        if line is None:
            doers[told.mention.sentence] = doers.get(told.mention.sentence, ()) + acting
        elif not acting and not told.mention.harm_only:
            told.actors += next((doers[header] for header in line.headers if doers.get(header)), ())


def _is_its_place(actor: ActorMention, mention: Mention, places: Sequence[PlaceName]) -> bool:
    """Where it happened is not who did it ("Near Mosul, one strike ..." has no other subject for the parser)."""
    if mention.place is None or actor.quote is None or actor.role is not ActorRole.PERPETRATOR:
        return False
    name = places[mention.place]
    return actor.quote.start < name.end and name.start < actor.quote.end


def _is_incident(cluster: Cluster, article: Article) -> bool:
    """A single event that is asserted and has something to hold on to: its own place or day, or the article's lead."""
    asserted = [mention for mention in cluster.asserted if not mention.headline]
    if not asserted:
        asserted = [] if article.has_body(cluster) else cluster.asserted
    if not asserted or _tells_of_death_alone(asserted, article):
        return False
    if cluster.kind is Kind.UNKNOWN and not (article.opens_with(cluster) and cluster.counts):
        return False
    if all(mention.definite for mention in asserted) and not (
        article.has_place(cluster) and (cluster.time or article.opens_with(cluster))
    ):
        return False
    if any(mention.line is not None for mention in asserted):
        return True
    dated = cluster.time is not None and cluster.time.when.start is not None
    if article.has_place(cluster):
        return dated or article.is_lead(cluster) or not all(m.plural and not m.counts for m in asserted)
    return article.is_lead(cluster) or (dated and any(m.specific or m.counts for m in asserted))


def _tells_of_death_alone(asserted: Sequence[Mention], article: Article) -> bool:
    """That someone died is no violence yet; that someone was killed is, where an article opens with it."""
    told = [trigger for mention in asserted for trigger in mention.triggers]
    return all(trigger.kind is None and article.tree[trigger.token].lemma.lower() in DYING for trigger in told)
