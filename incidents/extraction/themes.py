"""What a whole article is about: the same words tell of violence in the news, and of something else in a trial report,
a match, a drill, a film or an anniversary."""

from __future__ import annotations

import re

from incidents.language.types import Document

# A word of the theme counts double in the headline and the first sentences; this sum of at least this many words
# makes it the article's theme (a judge shot outside a court is two words, and no trial).
_ENOUGH = 4
_FEWEST_WORDS = 3
_LEAD_SENTENCES = 3
_LEAD_WEIGHT = 2
_LONG_AGO = re.compile(
    r"\b(?:years?|decades?|century|centuries|generations?)\s(?:ago|before|earlier|on)\b|\banniversary\b|\bcommemorat"
    r"|\bmemorial\b|\bmark(?:s|ed|ing)? (?:a|\w{3,6}) (?:year|month)s? since\b",
    re.IGNORECASE,
)
_BY_ACCIDENT = re.compile(
    r"\b(?:gas (?:leak|explosion|blast)|leaking|boiler|gas (?:cylinder|canister|pipe|main)|methane|fireworks?|short circuit|accident(?:al|ally)?"
    r"|overturned|overturning|derailed|collided|collision|lost control)\b",
    re.IGNORECASE,
)


# "The squad said that no trace of explosives had been found and that a cylinder had leaked", anywhere in an article.
_CAUSED_BY_GAS = re.compile(
    r"\b(?:caused by|due to|result of|triggered by|blamed on|traced to|because of)\b[^.\n]{0,60}\b(?:gas|cylinders?|leak(?:age)?|short[- ]circuit"
    r"|boiler|electrical|malfunction|negligence)\b",
    re.IGNORECASE,
)
_NO_ATTACK = re.compile(
    r"\brul(?:ed|ing) out\b[^.\n]{0,40}\b(?:terror(?:ism)?|sabotage|foul play|an attack|militan\w{1,4}|explosives?)\b"
    r"|\bno (?:trace|sign|evidence|indication)s? of\b[^.\n]{0,40}\b(?:terror(?:ism)?|sabotage|foul play|an attack|explosives?)\b",
    re.IGNORECASE,
)

_BOMB = re.compile(
    r"\b(?:bomb(?:s|ings?|ed|ers?)?(?! (?:disposal|squad|technician|scare|expert))|IEDs?|explosive devices?|grenades?|detonated)\b",
    re.IGNORECASE,
)


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


SPORT = "sport"
_THEMES = {
    "a trial": _words(
        "trial court jury judge sentence sentenced convicted guilty defendant prosecutor verdict plead pleaded appeal"
        " acquitted courtroom testimony testified lawyer jailed prison indictment"
    ),
    SPORT: _words(
        "match goal league coach striker midfielder defender goalkeeper referee season cup tournament club penalty"
        " halftime half-time team player score scored fans stadium champions quarterback innings visitors"
        " batsman batter bowler wicket wickets overs runs spinner semi-finals"
    ),
    "a drill": _words(
        "drill exercise exercises rehearsal rehearsed simulated simulation volunteers mock scenario test"
    ),
    "labour": _words(
        "union unions wage wages pay walkout strikers employers negotiations workers nurses teachers picket"
        " commuters stoppage collective"
    ),
    "fiction": _words(
        "film films movie director novel actor actress screen audience audiences cinema plot series episode theatre"
        " festival script thriller premiere documentary camera character characters"
    ),
    "history": _words(
        "century historian historians museum archive archives centenary exhibition memoir 1910s 1920s 1940s"
    ),
    "remembrance": _words(
        "anniversary remember remembers remembered remembrance tribute silent commemorate commemorated wreath memorial mourners silence"
    ),
}


_TELLING = frozenset().union(*_THEMES.values())
# Only their everyday words mislead ("strike", "attack", "shot"); what names its means or its dead is meant.
LENIENT = frozenset([SPORT, "labour"])


def theme_of(document: Document) -> str:
    """The theme of an article that reports no news of violence; "" for one that does."""
    lead = document.sentences[: _LEAD_SENTENCES + 1]
    lead_end = lead[-1].last if lead else 0
    counts: dict[str, int] = {}
    words_of: dict[str, int] = {}
    seen: set[tuple[str, str]] = set()
    for token in document.tokens:
        lemma, word = token.lemma.lower(), token.text.lower()
        if lemma not in _TELLING and word not in _TELLING:
            continue
        for theme, words in _THEMES.items():
            if (lemma in words or word in words) and (theme, lemma) not in seen:
                seen.add((theme, lemma))
                words_of[theme] = words_of.get(theme, 0) + 1
                counts[theme] = counts.get(theme, 0) + (_LEAD_WEIGHT if token.index < lead_end else 1)
    themes = [theme for theme in counts if counts[theme] >= _ENOUGH and words_of[theme] >= _FEWEST_WORDS]
    return max(themes, key=lambda theme: counts[theme], default="")


def is_long_ago(sentence: str) -> bool:
    """ "Twenty years before", "on the anniversary"."""
    return _LONG_AGO.search(sentence) is not None


def is_accident(sentence: str) -> bool:
    """What explodes there is a boiler or a gas pipe."""
    return _BY_ACCIDENT.search(sentence) is not None


def is_cleared_up(text: str) -> bool:
    """Whether an article says that what exploded or burned was no attack: by its cause and by what it was not, or by one of
    them where it names no bomb, not even as a rumour."""
    said = (_CAUSED_BY_GAS.search(text) is not None) + (_NO_ATTACK.search(text) is not None)
    return said == 2 or (said == 1 and _BOMB.search(text) is None)
