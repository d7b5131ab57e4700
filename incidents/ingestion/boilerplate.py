"""What a paragraph of a pasted page is when it is not news: advert, byline, caption, share button, legal notice.

Every rule looks at one paragraph of bounded length; where in the page it stands is the affair of `text`.
"""

from __future__ import annotations

import re
from enum import Enum

from incidents.ingestion import phrases
from incidents.ingestion.stamps import read_line

# Adverts, captions, buttons and bylines are shorter than this; a longer paragraph is only looked at for its first words.
FURNITURE_LENGTH = 400
# A call to subscribe, an offer or a link to another story takes one or two lines.
CALL_LENGTH = 220
# A byline names a few people, each with a place at most.
BYLINE_WORDS = 25
# In an upper-case wire capitals do not tell a name; only a short line is taken for a byline.
BYLINE_WORDS_UPPER = 8
# A sentence of news has rarely fewer words; what is shorter may be a button, a kicker or a heading.
PROSE_WORDS = 8
# A paragraph of this many characters is prose even without a closing full stop.
PROSE_LENGTH = 160
# From the tersest headline to one with a second sentence.
HEADLINE_WORDS = (3, 40)
# "World", "Middle East": what stands alone above a headline.
NAVIGATION_WORDS = 2


class Furniture(Enum):
    """The kinds of boilerplate a single paragraph shows by its words."""

    ADVERT = "advert"
    CALL = "call"
    SHARE = "share"
    CAPTION = "caption"
    LINK = "link"
    LINK_LIST = "link list"
    KICKER = "kicker"
    CREDIT = "credit"
    COOKIES = "cookies"
    LEGAL = "legal"
    END = "end"


_SMALL_WORDS = "and in for of the with at news agencies staff & y und de da del der den di van von la le el al bin ibn"
_BYLINE_SMALL = frozenset(_SMALL_WORDS.split())
# "al-Hakim", "d'Arcy"
_ARTICLE = re.compile(r"(?:[ae][ldnrstz]h?-|d['\u2019])[^\W\d_]")
_ARTICLES = frozenset(("A", "AN", "THE", "ITS", "THEIR", "HIS", "HER"))
# Before the headline of another story.
_ARROWS = ("→", "»", ">>")
_ORNAMENT = " <\t\u00a0*#|•·\u2013—-=_~>»←→↓▼▲⏳🔥⚡🚨👉✅📩📧🔔📸🎥▶️\ufeff\u200b\u200c\u200d\u200e\u200f"


def furniture(text: str) -> Furniture | None:
    """What kind of boilerplate a paragraph is by its own words; None for what may be news."""
    bare = text[:FURNITURE_LENGTH].strip(_ORNAMENT)
    is_short = len(text) <= FURNITURE_LENGTH
    if not bare:
        return Furniture.ADVERT
    if phrases.END.match(bare):
        return Furniture.END
    if phrases.LEGAL.match(bare) or (phrases.FOOT.match(bare) and not is_prose(text)):
        return Furniture.LEGAL
    if phrases.COOKIES.match(bare):
        return Furniture.COOKIES
    if not is_short:
        return None
    if phrases.CREDIT.match(bare) or _is_credit(bare):
        return Furniture.CREDIT
    if phrases.CAPTION.match(bare) or (phrases.CAPTION_END.search(text) and not _is_news_with_credit(text, bare)):
        return Furniture.CAPTION
    return _short_furniture(text, bare) if len(text) <= CALL_LENGTH else None


def _short_furniture(text: str, bare: str) -> Furniture | None:
    if phrases.LINK_LIST.match(bare):
        return Furniture.LINK_LIST
    if (phrases.ADVERT.match(bare) and not is_prose(text)) or _is_offer(text, bare):
        return Furniture.ADVERT
    if phrases.LINK.match(bare) or (text.startswith(_ARROWS) and not text.endswith((".", "!", "?"))):
        return Furniture.LINK
    if phrases.KICKER.match(bare):
        return Furniture.KICKER
    if phrases.CALL.match(bare):
        return Furniture.CALL
    if not is_prose(text) and phrases.SHARE.search(bare) and not re.search(r"\w", phrases.SHARE_WORDS.sub(" ", bare)):
        return Furniture.SHARE
    return Furniture.SHARE if phrases.GLUED_SHARE.fullmatch(bare[:CALL_LENGTH]) else None


def _is_credit(bare: str) -> bool:
    """ "Reporting by Jane Doe in Paris; editing by ..." and not "Reporting by state media could not be verified"."""
    match = phrases.CREDIT_BY.match(bare)
    return match is not None and _are_names(re.split(r"[;.]", bare[match.end() :], maxsplit=1)[0].split())


def _is_offer(text: str, bare: str) -> bool:
    """An offer in the imperative, or one that is no sentence: news may report that a shop gives 20% off."""
    if is_prose(text) and phrases.IMPERATIVE.match(bare) is None:
        return False
    return phrases.OFFER.search(bare) is not None


def _is_news_with_credit(text: str, bare: str) -> bool:
    return bare[0] in "\"'“\u2018«" or _glued_credit(text) is not None


def _glued_credit(text: str) -> int | None:
    """Where the credit of a picture begins that stands at the end of a paragraph of news."""
    match = phrases.CAPTION_END.search(text, max(len(text) - FURNITURE_LENGTH, 0))
    if match is None:
        return None
    start = match.start() + (text[match.start()] in '.!?)]"”')
    return start if phrases.ATTRIBUTED.search(text[:start][-FURNITURE_LENGTH:]) else None


def credit_start(text: str) -> int | None:
    """Where "Reporting by ...; editing by ..." or the credit of a picture begins at the end of a paragraph of news."""
    tail = max(len(text) - FURNITURE_LENGTH, 0)
    match = phrases.CREDIT_TAIL.search(text, tail)
    return match.start() if match else _glued_credit(text)


def is_prose(text: str) -> bool:
    """Whether a paragraph reads as sentences and not as a heading, a button or an item."""
    if len(text) >= PROSE_LENGTH:
        return True
    return _unquoted(text).endswith((".", "!", "?", "…")) and len(text.split()) >= PROSE_WORDS


def is_headline(text: str) -> bool:
    """Whether a paragraph may be a headline: a few words that do not end as a sentence does."""
    if is_prose(text) or phrases.DATELINE.match(text) or _unquoted(text).endswith((".", ":", ";", ",")):
        return False
    return HEADLINE_WORDS[0] <= len(text.split()) <= HEADLINE_WORDS[1]


def _unquoted(text: str) -> str:
    return text.rstrip("'\"”\u2019»)] ")


def is_described(text: str) -> bool:
    """The agency and the description of a picture, as screen readers are given it."""
    return len(text) <= CALL_LENGTH and phrases.DESCRIBED.fullmatch(text) is not None


def is_biography(text: str) -> bool:
    """ "Jane Doe is a correspondent who covers ...": the reporters below a story, as a person in it may be told of too."""
    return len(text) <= FURNITURE_LENGTH and phrases.BIOGRAPHY.match(text) is not None


def is_navigation(text: str) -> bool:
    """Sections and breadcrumbs above a headline: a word or two, or several between separators."""
    if phrases.TRAIL.fullmatch(text[:FURNITURE_LENGTH]):
        return True
    return len(text.split()) <= NAVIGATION_WORDS and not text.endswith((".", "!", "?"))


def byline(text: str) -> str:
    """The names of a byline, "" where the paragraph is none."""
    if len(text) > CALL_LENGTH:
        return ""
    if phrases.AGENCY.fullmatch(text):
        return text.strip("()")
    if is_role(text):
        return text
    rest = read_line(text).rest
    match = phrases.BYLINE.match(rest)
    names = rest[match.end() :].strip(" ,:;|•·-\u2013—") if match else ""
    words = names.split()
    if not words or len(words) > BYLINE_WORDS or names.endswith((".", "!", "?", "…")):
        return ""
    if text.isupper() and (len(words) > BYLINE_WORDS_UPPER or words[0] in _ARTICLES):
        return ""
    return names if _are_names(words) else ""


def is_role(text: str) -> bool:
    """ "Middle East correspondent", with or without the name before it."""
    return len(text.split()) <= BYLINE_WORDS_UPPER and phrases.ROLE.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Whether a line may be a person's name and nothing else."""
    words = text.split()
    return 2 <= len(words) <= 4 and text.replace(" ", "").replace("-", "").isalpha() and _are_names(words)


def _are_names(words: list[str]) -> bool:
    """Whether all words are written as names are, or are the small words between names."""
    return (
        bool(words)
        and words[0][0].isalpha()
        and all(word.lower() in _BYLINE_SMALL or not word[0].islower() or _ARTICLE.match(word) for word in words)
    )
