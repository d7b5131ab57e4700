"""What speaks for and against an incident, as named numbers: the trained judgement weighs them (judgement.py).

Some come from the rules (what the parse, the dates and the places say), some from the encoder (how its heads read the
words of violence). Every number lies about between -3 and 3.
"""

from __future__ import annotations

from math import log

import numpy as np

from incidents.extraction.casualties import CasualtyMention
from incidents.extraction.filling import Article
from incidents.extraction.geometry import POINTS
from incidents.extraction.instruments import SUBJECTS
from incidents.extraction.kinds import READ_AS, Family, Kind
from incidents.extraction.lexicon import INSTRUMENTS
from incidents.extraction.mentions import Mention
from incidents.extraction.merging import Cluster
from incidents.extraction.modality import Status
from incidents.extraction.syntax import Tree
from incidents.extraction.types import ActorRole, Incident, PlacePrecision, TimePrecision
from incidents.language.classes import KINDS, STATUSES
from incidents.language.encoder import Floats
from incidents.language.signals import Signals
from incidents.language.types import Token

# The head's roles that the words behind a field may have.
_ROLES = {
    "date": ("date",),
    "killed": ("killed",),
    "wounded": ("wounded",),
    **{role.value: ("attacker",) for role in (ActorRole.PERPETRATOR, ActorRole.ALLEGED, ActorRole.CLAIMED_BY)},
    **{role.value: ("target", "victim", "killed", "wounded") for role in (ActorRole.TARGET, ActorRole.VICTIM)},
}
_SAID = {role.value: "doer" if _ROLES[role.value] == ("attacker",) else "sufferer" for role in ActorRole}
_DOERS = (ActorRole.PERPETRATOR, ActorRole.ALLEGED, ActorRole.CLAIMED_BY)
_DAYS = (TimePrecision.DAY, TimePrecision.HOUR)
_COARSE = (PlacePrecision.PROVINCE, PlacePrecision.AREA, PlacePrecision.DISTRICT)
# Of a probability of 0 or 1 the log-odds would be endless.
_LEAST = 0.01
_MOST_ODDS = 3.0
_NEWS_DAYS = 3


def evidence(incident: Incident, cluster: Cluster, article: Article, clusters: int) -> dict[str, float]:
    """`clusters` is how many events the article tells of, before any was left out."""
    return {
        **_telling(cluster, article),
        **_fields(incident, cluster, article),
        **_setting(cluster, article, clusters),
        **_reading(incident, cluster, article),
        **_roles(incident, article.document.signals),
    }


def _telling(cluster: Cluster, article: Article) -> dict[str, float]:
    """How often and in which mood it is told."""
    mentions = cluster.mentions
    body = [mention for mention in mentions if not mention.headline]
    return {
        "mentions": log(len(mentions)),
        "asserted": log(1 + sum(m.verdict.status is Status.NEW for m in body)),
        "only the headline": float(not body),
        "in the headline": float(len(body) < len(mentions)),
        "definite at first": float(cluster.first.definite),
        "indefinite": float(any(m.indefinite for m in mentions)),
        "plural at first": float(cluster.first.plural),
        "names its means": float(any(m.specific for m in mentions)),
        "harm only": float(all(m.harm_only for m in mentions)),
        "listed": float(cluster.first.line is not None),
        "another": float(any("another" in m.notes for m in mentions)),
        "past perfect": float(any(_past_perfect(article.tree, m) for m in body)),
        "quoted": float(any(_in_quotation(article.tree, m) for m in body)),
    }


def _fields(incident: Incident, cluster: Cluster, article: Article) -> dict[str, float]:
    """What is known of day, place, people."""
    own = cluster.time.when if cluster.time else None
    names = article.places.names
    link = max((m.link for m in cluster.mentions if m.place is not None), default=0.0)
    where = incident.where
    return {
        "own day": float(own is not None and own.precision in _DAYS),
        "own other time": float(own is not None and own.precision not in _DAYS),
        "no date": float(incident.when.start is None),
        "borrowed date": float(own is None and incident.when.start is not None),
        "days before the article": _age(incident, article),
        "own place": float(cluster.place is not None),
        "place link": min(max(link, 0.0), 4.5) / 2,
        "point": float(where.precision in POINTS),
        "coarse place": float(where.precision in _COARSE),
        "country only": float(where.precision is PlacePrecision.COUNTRY),
        "no place": float(where.precision is PlacePrecision.UNKNOWN),
        "sure place": names[where.toponym].score if where.toponym is not None else 0.0,
        "killed": float(_has(cluster.counts, "killed")),
        "wounded": float(_has(cluster.counts, "wounded")),
        "doer": float(any(actor.role in _DOERS for actor in incident.actors)),
        "known doer": float(any(actor.role in _DOERS and actor.kind for actor in incident.actors)),
        "sufferer": float(any(actor.role not in _DOERS for actor in incident.actors)),
        "weapon": float(bool(incident.weapon)),
        **{f"family {family.value}": float(incident.kind.family is family) for family in Family},
        "kind unknown": float(incident.kind is Kind.UNKNOWN),
        "assassination": float(incident.kind is Kind.ASSASSINATION),
        "clash": float(incident.kind is Kind.ARMED_CLASH),
    }


def _setting(cluster: Cluster, article: Article, clusters: int) -> dict[str, float]:
    """Where in what kind of article it is told."""
    sentences = len(article.document.sentences)
    return {
        "lead": float(article.is_lead(cluster)),
        "opens": float(article.opens_with(cluster)),
        "position": cluster.first.sentence / max(sentences, 1),
        "length": log(1 + sentences) - 3,
        "events told": log(max(clusters, 1)),
        "capitals": float(article.in_capitals),
    }


def _reading(incident: Incident, cluster: Cluster, article: Article) -> dict[str, float]:
    """How the encoder's heads read the words of violence: the mention that it takes most surely for news, and the mean."""
    read = [_status(article.document.signals, article.tree, mention) for mention in cluster.mentions]
    shares = np.array([share for share in read if share is not None])
    if not len(shares):
        return {"read": 0.0}
    by_name = dict(zip(STATUSES, shares.T, strict=True))
    happened = by_name["new"] + by_name["again"]
    supposed = by_name["threat"] + by_name["denied"] + by_name["hypothetical"]
    kind = _kind(article.document.signals, article.tree, cluster, incident.kind)
    return {
        "read": 1.0,
        "read as new": _odds(by_name["new"].max()),
        "read as happened": _odds(happened.max()),
        "read as happened on the whole": _odds(happened.mean()),
        "read as background": _odds(by_name["background"].min()),
        "read as a sum": _odds(by_name["aggregate"].min()),
        "read as supposed": _odds(supposed.min()),
        "read as something else": _odds((by_name["outside"] + by_name["none"]).min()),
        "read as its kind": _odds(kind),
        "read as there": _there(incident, cluster, article),
    }


def _status(signals: Signals | None, tree: Tree, mention: Mention) -> Floats | None:
    """The reading of the word that the head takes most surely for one of violence."""
    tokens = _words_of(tree, mention)
    read = [signals.status_of(token.start, token.end) for token in tokens] if signals is not None else []
    known = [shares for shares in read if shares is not None]
    return min(known, key=lambda shares: float(shares[0]), default=None)


def _words_of(tree: Tree, mention: Mention) -> list[Token]:
    """Its triggers, and the weapons that do what they tell: of "a bomb killed three" the head reads the bomb."""
    words = [tree[trigger.token] for trigger in mention.triggers]
    doers = [doer for word in words for doer in (*tree.children(word, *SUBJECTS), *tree.prepositional(word, "by"))]
    return words + [doer for doer in doers if doer.lemma.lower() in INSTRUMENTS]


def _kind(signals: Signals | None, tree: Tree, cluster: Cluster, kind: Kind) -> float:
    """The most that any word gives to the kinds that this one may be read as."""
    columns = [KINDS.index(name) for name in READ_AS.get(kind, ())]
    tokens = [token for mention in cluster.mentions for token in _words_of(tree, mention)]
    read = [signals.kind_of(token.start, token.end) for token in tokens] if signals is not None else []
    return max((float(shares[columns].sum()) for shares in read if shares is not None), default=0.0)


def _roles(incident: Incident, signals: Signals | None) -> dict[str, float]:
    """Whether the encoder reads the words behind a field as what the field says they are; nothing where it is empty."""
    read: dict[str, float] = {}
    for quote in incident.quotes:
        roles = _ROLES.get(quote.field, ())
        if signals is not None and roles:
            name = f"read as {_SAID.get(quote.field, quote.field)}"
            read[name] = max(read.get(name, -_MOST_ODDS), _odds(signals.role_of(quote.start, quote.end, roles)))
    return read


def _there(incident: Incident, cluster: Cluster, article: Article) -> float:
    """The best that the link head says of the place and any word that tells of it, in log-odds between -3 and 3."""
    signals, place = article.document.signals, incident.where.quote
    if signals is None or place is None:
        return 0.0
    tokens = [article.tree[trigger.token] for mention in cluster.mentions for trigger in mention.triggers]
    odds = [odds for token in tokens if (odds := signals.link(token.start, place.start)) is not None]
    return min(max(max(odds, default=0.0), -_MOST_ODDS), _MOST_ODDS)


def _odds(probability: float) -> float:
    share = min(max(float(probability), _LEAST), 1 - _LEAST)
    return log(share / (1 - share)) / 2


def _age(incident: Incident, article: Article) -> float:
    """Days between the event and the article, from -1 (of these days) to 1 (a season ago); 0 where nothing is known."""
    if article.published is None or incident.when.end is None:
        return 0.0
    days = (article.published - incident.when.end).days
    return min(log(max(days, 0) + 1) / log(_NEWS_DAYS + 1), 3.0) - 1.0


def _has(counts: list[CasualtyMention], effect: str) -> bool:
    return any(count.effect == effect for count in counts)


def _past_perfect(tree: Tree, mention: Mention) -> bool:
    """ "Had killed": older than what is told around it."""
    return any(
        child.text.lower() == "had"
        for trigger in mention.triggers
        if trigger.verb
        for child in tree.children(tree[trigger.token], "aux")
    )


def _in_quotation(tree: Tree, mention: Mention) -> bool:
    """Whether an odd number of quotation marks stands before the word in its sentence."""
    token = tree[mention.main.token]
    before = tree.document.text[tree.sentences[mention.sentence].start : token.start]
    return before.count('"') % 2 == 1 or before.count("\u201c") > before.count("\u201d")
