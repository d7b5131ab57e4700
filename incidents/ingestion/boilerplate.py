"""What a paragraph of a pasted page is when it is not news: advert, byline, caption, share button, legal notice.

Every rule looks at one paragraph of bounded length; where in the page it stands is the affair of `text`.
"""

from __future__ import annotations

import re
from enum import Enum

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


class Furniture(Enum):
    """The kinds of boilerplate a single paragraph shows by its words."""

    ADVERT = "advert"
    CALL = "call"
    SHARE = "share"
    CAPTION = "caption"
    LINK = "link"
    LINK_LIST = "link list"
    CREDIT = "credit"
    COOKIES = "cookies"
    LEGAL = "legal"
    END = "end"


def _starts(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(alternatives)})", re.IGNORECASE)


def _whole(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(alternatives)})\s*[:.…>»→]*", re.IGNORECASE)


_ADVERT = _whole(
    r"ads?", r"advert(?:isement|isment|ising)?s?(?:\s*[-\u2013—|]\s*.{0,60})?", r"sponsored(?: content| by .{1,60})?",
    r"promoted(?: content| stories)?", r"paid (?:content|post|partnership)", r"partner content",
    r"(?:story|article) continues (?:below|after)(?: (?:the )?(?:ad|advertisement|advert))?",
    r"scroll (?:down )?(?:to|for) (?:continue|more).{0,40}", r"remove ads", r"ad choices", r"why this ad\??",
)  # fmt: skip
_OFFER = re.compile(
    r"\b\d{1,2}\s?% off\b|\bup to \d{1,2}\s?% (?:off|discount)|\bclaim (?:sale|offer|deal|discount)\b|\bfree trial\b"
    r"|\blimited[- ]time (?:offer|deal|only)\b|\bblack friday (?:sale|deals?)\b|\bspecial offer\b|\bsale ends\b"
    r"|\bfinal hours!|\bpromo code\b|\bbuy now\b|\bshop now\b|\b(?:just|only) [$£€]\d+ (?:a|per) (?:week|month|year)\b",
    re.IGNORECASE,
)
_CALL = _starts(
    r"subscribe\b", r"sign[ -]?up\b", r"sign[ -]?in\b", r"log[ -]?in\b", r"register (?:now|today|for|to|here)\b",
    r"already (?:a|have) (?:a )?(?:subscriber|member|account)", r"become a (?:member|subscriber|supporter)",
    r"get (?:the|our|all the|your) (?:latest|daily|best|top|free|day's|morning|news|app).{0,120}"
    r"(?:inbox|newsletter|app|alerts?|emails?|phone)\b",
    r"(?:download|get) (?:our|the) (?:free )?(?:app|apps)\b", r"follow (?:us|our|@|.{1,40} on (?:twitter|x|facebook|instagram|"
    r"google news|telegram|whatsapp|tiktok|linkedin|youtube)\b)", r"like us on facebook", r"join (?:our|us on) .{0,60}"
    r"(?:channel|group|whatsapp|telegram|community|newsletter|facebook)", r"support (?:our|independent) journalism",
    r"donate (?:now|today)", r"(?:enter )?your (?:e-?mail(?: address)?|inbox)\b", r"enter your e-?mail",
    r"thank you for (?:subscribing|signing up|registering|reading)", r"please (?:check your (?:e-?mail|inbox)|enable "
    r"javascript|(?:log|sign) in|subscribe)", r"by (?:signing up|subscribing|registering|submitting|clicking|continuing),? "
    r"(?:.{0,40}\b)?(?:you|to use)\b", r"manage (?:your )?(?:subscription|account|preferences)", r"start your .{0,30}trial",
    r"(?:our |the )?(?:daily |weekly |free |morning |evening )*newsletters?$", r"turn on (?:desktop )?notifications",
    r"skip to (?:main )?(?:content|navigation)", r"back to (?:top|home(?:page)?)\b", r"(?:open|close|toggle) (?:menu|search|"
    r"navigation)", r"you have \d+ (?:free )?articles?", r"this article is (?:for|reserved for) subscribers",
    r"have (?:a|any) (?:news )?(?:tip|story)\b.{0,80}\?", r"do you have (?:a|any) (?:tip|story|information)",
)  # fmt: skip
_SHARE_WORDS = re.compile(
    r"\b(?:share|shares|this|article|story|page|post|on|via|to|with|by|the|or|and|facebook|twitter|whatsapp|telegram|linkedin|"
    r"reddit|e-?mail|mail|print|copy|copied|link|url|clipboard|tweet|pin|pinterest|messenger|viber|vk|save|bookmark|listen|"
    r"gift|flipboard|instagram|youtube|sms|x|pocket|friends?|more|options|resize|text|size|font|comments?|\d{1,4})\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:share|shares|tweet|print|copy link|facebook|twitter|whatsapp|telegram|linkedin|e-?mail|bookmark|listen)\b",
    re.IGNORECASE,
)
_CAPTION = _starts(
    r"(?:file |stock |handout |aerial )?(?:photo|photograph|picture|image)s?(?: (?:source|credit|caption|by|via|courtesy))?"
    r"\s?[:/(|©]", r"(?:image|photo|picture) (?:source|credit|caption|courtesy)\b", r"file (?:photo|picture|image|footage)\b",
    r"(?:caption|credits?|photo by|photos by|graphic|infographic|gallery|slideshow|video|watch|listen|play|play video)\s?[:|]",
    r"(?:play|watch) (?:the )?video\b", r"©\s?(?:reuters|afp|ap|getty|epa|anadolu|xinhua|tass|shutterstock|x|twitter)",
    r"(?:afp|ap|reuters|getty images|epa|anadolu)(?: (?:photo|via getty images|file))?\s?[/|]", r"view (?:image|gallery)\b",
)  # fmt: skip
_CAPTION_END = re.compile(
    r"(?:[(\[][^()\[\]]{0,60}\b(?:AP|AFP|Reuters|EPA|Getty|Getty Images|Anadolu|Xinhua|AP Photo|File photo|Handout)\b[^()\[\]]{0,60}[)\]]"
    r"|\b(?:AFP|REUTERS|AP|EPA)/[\w .'\u2019-]{2,60}|\b(?:AFP|AP|EPA) via Getty Images|\bGetty Images|\bfile photo|\bcourtesy photo)\W*$",
    re.IGNORECASE,
)
_LINK = _starts(
    r"(?:read|see|watch|learn|click here|find out|discover)(?: (?:more|also|next|now|on))?\s?[:|>»→]",
    r"(?:related|recommended|more on this|don['\u2019]t miss|must[- ]read|explainer|opinion|analysis|also read|in pictures)"
    r"(?: (?:story|stories|article|articles|coverage|topics|news|reading|links?|content))?\s?[:|]",
    r"(?:also read|see also|read also|read more|read next|up next|learn more|show more|load more|view all|see all|click here)\b",
    r"for more (?:information|news|stories|on this)\b", r"(?:topics|tags|filed under|categories|keywords|more about)\s?[:|]",
)  # fmt: skip
_LINK_LIST = _whole(
    r"(?:related|recommended|latest|more|top|popular|trending|other|similar|featured|breaking|live)"
    r" (?:stories|articles?|news|topics|coverage|posts?|reads?|reading|videos?|links?|content|headlines|from .{1,40}|on this(?: story)?"
    r"|in .{1,30}|stories like this)", r"more on (?:this|the) (?:story|topic)", r"related", r"trending(?: now)?", r"most (?:read|popular|viewed|shared)",
    r"(?:you )?(?:may|might) (?:also )?(?:like|be interested in)", r"(?:recommended|picked|selected) for you", r"editors?['\u2019]?s?['\u2019]? (?:picks?|choice)",
    r"(?:what to )?(?:read|watch) next", r"up next", r"in this (?:story|article)", r"key points", r"table of contents", r"around the web",
    r"from (?:around )?the web", r"don['\u2019]t miss", r"also (?:in the news|on .{1,30})", r"more from .{1,40}",
)  # fmt: skip
_CREDIT = _starts(
    r"\(?(?:additional |with )?(?:reporting|writing|editing|written|compiled|edited|reported|translated|text) by\b",
    r"\(?with (?:inputs?|reporting|files?|contributions?|additional reporting) (?:from|by)\b", r"our standards\s?:",
    r"(?:this (?:story|article|report) (?:has been|was) (?:updated|corrected|published|edited|produced|auto-?generated|"
    r"originally|generated))\b", r"(?:contact|write to|email) (?:the (?:author|reporter|writer)|us at)\b",
    r"©? ?(?:the )?thomson reuters trust principles", r"source\s?:\s?\S+(?:\s\S+){0,4}$", r"\S+(?: \S+){1,3} contributed to this (?:report|story|article)",
)  # fmt: skip
_CREDIT_TAIL = re.compile(
    r"\s*\(?\b(?:additional )?(?:reporting|writing|editing) by [^;]{2,200};[^.;]{0,80}\b(?:writing|editing|reporting) by [^()]{2,160}\)?$",
    re.IGNORECASE,
)
_COOKIES = _starts(
    r"(?:we|this (?:web)?site|our (?:web)?site) (?:and our (?:\d+ )?partners )?(?:uses?|stores?|may use) (?:\w+ ){0,3}cookies",
    r"(?:accept|reject|allow|decline)(?: all)?(?: cookies)?$", r"cookies?(?: (?:settings?|policy|preferences|notice|consent))?$",
    r"by (?:using|browsing|continuing (?:to (?:use|browse)|on)) (?:this|our) (?:web)?site", r"manage (?:cookies|consent|privacy)",
    r"we value your privacy", r"your privacy (?:choices|matters)",
)  # fmt: skip
_LEGAL = _starts(
    r"©", r"\(c\) ?(?:19|20)\d\d", r"copyright\b\s?(?:©|\(c\)|(?:19|20)\d\d|[-\u2013:|])", r"(?:.{0,80}\b)?all rights reserved\b",
    r"(?:.{0,40}\b)?(?:material|content|article) may not be (?:published|reproduced|copied|redistributed|used)\b",
    r"(?:terms (?:of (?:use|service)|(?:and|&) conditions)|privacy (?:policy|notice|statement))\b.{0,160}$",
    r"(?:do not sell (?:or share )?my|about us|contact us|advertise with us)\b.{0,120}$",
    r"(?:the )?(?:views|opinions) expressed (?:in|by|here)\b", r"(?:it is prohibited|unauthorized (?:use|reproduction|distribution))"
    r"(?: to)? .{0,200}\b(?:permission|prohibited|website)?", r"registered (?:office|in england)\b",
)  # fmt: skip
_END = _starts(
    r"(?:latest|recent|top|reader|view|all|show|read|see|load|leave|post|write|add|join)(?: (?:a|your|the|all))? (?:comments?|reply|conversation|discussion)\b.{0,30}$",
    r"(?:comments?|\d{1,5} comments?|comments? ?\(?\d{1,5}\)?|discussion|join the (?:conversation|discussion))$",
    r"(?:general )?risk (?:disclosure|warning|disclaimer)\b\s?[:.]?", r"(?:legal )?disclaimer\s?[:.|-]", r"(?:legal )?disclaimer$",
    r"about the authors?$", r"responses$",
)  # fmt: skip
_BYLINE = re.compile(r"(?:by|written by|reported by|story by|text by|author:?|from)\s+", re.IGNORECASE)
_BYLINE_SMALL = frozenset(
    (
        "and",
        "in",
        "for",
        "of",
        "the",
        "with",
        "at",
        "&",
        "y",
        "und",
        "de",
        "da",
        "del",
        "der",
        "den",
        "di",
        "van",
        "von",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
    )
)
_ARTICLES = frozenset(("A", "AN", "THE", "ITS", "THEIR", "HIS", "HER"))
_AGENCY = re.compile(
    r"\(?(?:reuters|agence france-presse|afp|(?:the )?associated press|ap|dpa|efe|xinhua|tass|anadolu agency|staff (?:writer|reporter)s?"
    r"|news (?:desk|agencies|wires)|agencies|from our correspondent|our foreign staff)(?: (?:staff|and agencies|in .{1,30}))?\)?",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"[^>»\u203a/|•]{1,30}(?:\s[>»\u203a/|•]\s?[^>»\u203a/|•]{1,40}){1,8}")
_ORNAMENT = " \t\u00a0*#|•·\u2013—-=_~>»←→↓▼▲⏳🔥⚡🚨👉✅📩📧🔔📸🎥▶️\ufeff\u200b\u200c\u200d\u200e\u200f"


def furniture(text: str) -> Furniture | None:
    """What kind of boilerplate a paragraph is by its own words; None for what may be news."""
    bare = text[:FURNITURE_LENGTH].strip(_ORNAMENT)
    is_short = len(text) <= FURNITURE_LENGTH
    if not bare:
        return Furniture.ADVERT
    if _END.match(bare):
        return Furniture.END
    if _LEGAL.match(bare):
        return Furniture.LEGAL
    if _COOKIES.match(bare):
        return Furniture.COOKIES
    if not is_short:
        return None
    if _CREDIT.match(bare):
        return Furniture.CREDIT
    if _CAPTION.match(bare) or (_CAPTION_END.search(text) and not _is_quotation(bare)):
        return Furniture.CAPTION
    return _short_furniture(text, bare) if len(text) <= CALL_LENGTH else None


def _short_furniture(text: str, bare: str) -> Furniture | None:
    if _LINK_LIST.fullmatch(bare):
        return Furniture.LINK_LIST
    if _ADVERT.fullmatch(bare) or (_OFFER.search(bare) and not is_prose(text)):
        return Furniture.ADVERT
    if _LINK.match(bare):
        return Furniture.LINK
    if _CALL.match(bare):
        return Furniture.CALL
    if _SHARE.search(bare) and not re.search(r"\w", _SHARE_WORDS.sub(" ", bare)):
        return Furniture.SHARE
    return None


def _is_quotation(bare: str) -> bool:
    return bare[0] in "\"'“\u2018«"


def credit_start(text: str) -> int | None:
    """Where "Reporting by ...; editing by ..." begins at the end of a paragraph."""
    tail = max(len(text) - FURNITURE_LENGTH, 0)
    match = _CREDIT_TAIL.search(text, tail)
    return match.start() if match else None


def is_prose(text: str) -> bool:
    """Whether a paragraph reads as sentences and not as a heading, a button or an item."""
    if len(text) >= PROSE_LENGTH:
        return True
    closed = text.rstrip("'\"”\u2019»)]").rstrip()
    return closed.endswith((".", "!", "?", "…")) and len(text.split()) >= PROSE_WORDS


def is_headline(text: str) -> bool:
    """Whether a paragraph may be a headline: a few words that do not end as a sentence does."""
    words = text.split()
    return (
        3 <= len(words) <= 40 and not is_prose(text) and not text.rstrip("'\"”\u2019»)]").endswith((".", ":", ";", ","))
    )


def is_navigation(text: str) -> bool:
    """Sections and breadcrumbs above a headline: a word or two, or several between separators."""
    return (len(text.split()) <= 2 and not text.endswith((".", "!", "?"))) or _TRAIL.fullmatch(
        text[:FURNITURE_LENGTH]
    ) is not None


def byline(text: str) -> str:
    """The names of a byline, "" where the paragraph is none."""
    if len(text) > CALL_LENGTH:
        return ""
    if _AGENCY.fullmatch(text):
        return text.strip("()")
    rest = read_line(text).rest
    match = _BYLINE.match(rest)
    names = rest[match.end() :].strip(" ,:;|•·-\u2013—") if match else ""
    words = names.split()
    if not words or len(words) > BYLINE_WORDS or names.endswith((".", "!", "?", "…")):
        return ""
    if text.isupper() and (len(words) > BYLINE_WORDS_UPPER or words[0] in _ARTICLES):
        return ""
    if all(word.lower() in _BYLINE_SMALL or not word[0].islower() for word in words) and words[0][0].isalpha():
        return names
    return ""
