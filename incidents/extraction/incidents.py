"""From a parsed article and its place names to incidents, each once, and what is told but is no single incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from incidents.extraction.actors import find_actors, find_claims
from incidents.extraction.confidence import parts, reasons
from incidents.extraction.dates import recorded_on
from incidents.extraction.evidence import evidence
from incidents.extraction.filling import Article
from incidents.extraction.judgement import INCIDENT, RIGHT, judge
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

# What is less probably an incident than this is left out; where the rules would not take it, the judgement must be surer
# (chosen on the development texts, docs/training.md).
_LEAST = 0.3
_LEAST_OF_LOOSE = 0.5
# "A bomb in X hurt nine people": with means, place and figures an incident must read like something else to be left out.
_LEAST_IN_FULL = 0.08
# The judgement has learned from hardly any notes of one sentence and from no lists: what the rules find there stands.
_LEAST_OF_NOTE = 0.02
# "No one has claimed it. Officials blame X": so many sentences after it was told.
_CLAIMED_WITHIN = 3


@dataclass(frozen=True, slots=True)
class Found:
    """An event that the article tells of, with what speaks for its being an incident; `words` are first and last
    (exclusive) characters of the words that tell of it."""

    incident: Incident
    evidence: dict[str, float]
    words: tuple[tuple[int, int], ...]


def find_incidents(
    document: Document, places: Sequence[PlaceName], *, published: date | None
) -> tuple[tuple[Incident, ...], tuple[Aggregate, ...]]:
    """Incidents in the order in which they are first told, and aggregates. Pure; never raises on any text.

    Cost: linear in the text, some 45 ms for an article of 820 words, for a chronicle bounded by its first 400 mentions.
    """
    told, clusters, article = _read(document, places, published)
    incidents: list[Incident] = []
    aggregates: list[Aggregate] = []
    for cluster in clusters:
        incident = _incident(cluster, article, len(clusters))
        if incident is not None:
            incidents.append(incident)
        elif any(m.plural or m.verdict.status is Status.AGGREGATE for m in cluster.mentions if not m.headline):
            aggregates.append(article.aggregate(cluster))
    for item in told:
        if item.mention.verdict.status is Status.AGGREGATE and not _may_repeat(item):
            aggregates.append(article.aggregate(Cluster(item, article.places)))
    return tuple(incidents), tuple(aggregates)


def look(document: Document, places: Sequence[PlaceName], *, published: date | None) -> list[Found]:
    """Every event told as having happened, also those that find_incidents leaves out: what the judgement learns from."""
    _, clusters, article = _read(document, places, published)
    return [_found(cluster, article, len(clusters)) for cluster in clusters]


def _read(
    document: Document, places: Sequence[PlaceName], published: date | None
) -> tuple[list[Told], list[Cluster], Article]:
    tree = Tree(document)
    published = recorded_on(document, published) or published
    places = without_strangers(document.text, places)
    linked = Places(tree, places)
    mentions = find_mentions(document, tree, linked, published)
    if not mentions and is_note(document):
        mentions = find_entry(document, tree, linked, published)
    told = [Told(mention, _actors(document, mention, linked)) for mention in mentions]
    _act_in_lists(told)
    clusters = merge(
        [item for item in told if item.mention.verdict.status in HAPPENED or _may_repeat(item)],
        linked,
        published,
        note=is_note(document),
    )
    _add_claims(document, tree, told)
    return told, clusters, Article(document, tree, linked, published, clusters)


def _add_claims(document: Document, tree: Tree, all_told: Sequence[Told]) -> None:
    """Who claims or is blamed for what was told last, in its own sentence or in one of the next."""
    happened = [told for told in all_told if told.mention.verdict.status in HAPPENED]
    for told, following in zip_longest(happened, happened[1:]):
        first = told.mention.sentence
        end = following.mention.sentence if following else len(document.sentences)
        named = any(actor.role is not ActorRole.VICTIM for actor in told.actors)
        for sentence in range(first + named, min(end, first + _CLAIMED_WITHIN + 1)):
            told.actors += find_claims(tree, sentence)


def _found(cluster: Cluster, article: Article, clusters: int) -> Found:
    incident = article.incident(cluster)
    note = is_note(article.document)
    holds = (note and bool(cluster.asserted)) or _is_incident(cluster, article)
    seen = evidence(incident, cluster, article, clusters) | {"holds": float(holds), "note": float(note)}
    tokens = [article.tree[trigger.token] for mention in cluster.mentions for trigger in mention.triggers]
    return Found(incident, seen, tuple((token.start, token.end) for token in tokens))


def _incident(cluster: Cluster, article: Article, clusters: int) -> Incident | None:
    """The incident with its confidence; None where too little speaks for it."""
    if all(mention.verdict.status is Status.AGGREGATE or mention.follows for mention in cluster.mentions):
        return None
    found = _found(cluster, article, clusters)
    judged = judge(found.evidence)
    if judged[INCIDENT] < _least(found.evidence):
        return None
    return replace(
        found.incident,
        confidence=round(judged[RIGHT], 3),
        parts=parts(found.incident, judged),
        reasons=reasons(found.incident, cluster, found.evidence),
    )


def _least(seen: Mapping[str, float]) -> float:
    if not seen["holds"]:
        return _LEAST_OF_LOOSE
    if seen["note"] or seen["listed"]:
        return _LEAST_OF_NOTE
    figures = seen["killed"] or seen["wounded"]
    told_in_full = seen["own place"] and figures and (seen["names its means"] or seen["own day"])
    return _LEAST_IN_FULL if told_in_full else _LEAST


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
