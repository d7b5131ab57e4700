"""The words by which pages give away what is not news. Patterns only; `boilerplate` says how they are used.

Every pattern is bounded and begins at a fixed place or word, so that matching is linear in the text. A phrase that
may as well begin a sentence of news has to go on as only a page does: "related:" and not "related".
"""

from __future__ import annotations

import re


def _starts(*alternatives: str) -> re.Pattern[str]:
    """Any of these at the beginning of a paragraph."""
    return re.compile(rf"(?:{'|'.join(alternatives)})", re.IGNORECASE)


def _whole(*alternatives: str) -> re.Pattern[str]:
    """Any of these, and nothing else, in a paragraph."""
    return re.compile(rf"(?:{'|'.join(alternatives)})\s{{0,3}}[:.…>»→]{{0,3}}$", re.IGNORECASE)


_OUTLET = (
    r"(?:bbc|cnn|npr|dw|voa|rfi|pbs|abc|cbs|nbc|sky|fox|cbc|france 24|al jazeera|euronews|afp|reuters|ap)"
    r"(?: (?:news(?:hour)?|africa|arabic|persian|world service|international|english|africa service|monitoring)){0,2}"
)

# fmt: off
ADVERT = _whole(
    r"ads?",
    r"advert(?:isement|isment|ising)?s?(?:\s?[-\u2013—|·]\s?.{0,60})?",
    r"sponsored(?: content| by .{1,40})?",
    r"promoted(?: content| stories)?",
    r"paid (?:content|post|partnership)",
    r"partner content",
    r"(?:story|article) continues (?:below|after)(?: (?:the |this )?(?:ad|advertisement|advert))?",
    r"scroll (?:down )?(?:to|for) (?:continue|more).{0,40}",
    r"\d{1,2} ?min(?:ute)?s?(?: (?:read|listen|video|watch))?",
    r"a[+-]?(?:\s?a[+-]?){1,3}",
    r"remove ads|ad choices|why this ad\??",
    r"article share tools|view more share options|more sharing options|share this (?:post|entry)|copy this link|about sharing",
    r"forwarded (?:message|from .{1,60})|sent from my .{1,30}",
    r"page \d{1,3}(?: of \d{1,3})?",
    r"view results|vote now",
    r"purchase licensing rights.{0,40}",
    r"key (?:events|moments|points)(?: show)?",
)
OFFER = re.compile(
    r"\b\d{1,2}\s?% off\b|\bup to \d{1,2}\s?% (?:off|discount)|\bsave (?:up to )?\d{1,2}\s?% on\b"
    r"|(?:claim|get|see) (?:sale|offer|deal|discount)$"  # a button, often glued to the words before it
    r"|\bfree trial\b|\blimited[- ]time (?:offer|deal|only)\b|\bblack friday (?:sale|deals?)\b|\bspecial offer\b"
    r"|\bsale ends\b|\bfinal hours!|\bpromo code\b|\bbuy now\b|\bshop now\b"
    r"|\b(?:just|only) [$£€]\d{1,4} (?:a|per) (?:week|month|year)\b",
    re.IGNORECASE,
)
IMPERATIVE = _starts(
    r"(?:save|get|claim|buy|shop|enjoy|try|start|unlock|hurry|grab|discover|order|book|only today|last chance)\b",
    r"don['\u2019]t miss\b",
    r"(?:final|last) (?:hours|days|chance)",
)
CALL = _starts(
    r"subscribe\b(?! to (?:the (?:view|idea|theory|notion)|this))",
    r"sign[ -]?(?:up|in)(?: (?:now|today|here|for|to|with)\b|$)",
    r"log[ -]?in(?: (?:now|here|to|with)\b|$)",
    r"register(?: (?:now|today|here|for (?:free|our|an account)|to (?:read|continue|comment))\b|$)",
    r"already (?:a|have) (?:a )?(?:subscriber|member|account)",
    r"become a (?:member|subscriber|supporter)",
    r"get (?:the|our|all the|your) (?:latest|daily|best|top|free|day's|morning|news|app).{0,120}"
    r"\b(?:inbox|newsletter|app|alerts?|e-?mails?|phone)\b",
    r"(?:download|get) (?:our|the) (?:free |new )?apps?\b",
    r"follow (?:us\b|our\b|@|.{1,40} on (?:twitter|x|facebook|instagram|google news|telegram|whatsapp|tiktok|youtube)\b)",
    r"like us on facebook",
    r"(?:noticed|found|spotted|see) an? (?:mistake|error|typo)\b.{0,3}\?",
    r"you must (?:be logged in|log in)|views?\s?:\s?[\d ,.]{1,12}k?$|[\d ,.]{1,12}k? views$",
    r"(?:recommend|like|reply|replies) ?\(\d{1,6}\)$|reuse this content$",
    r"your subscription (?:failed|is|was|has)\b|something went wrong|an error occurred|please try again",
    r"join (?:our|us on) .{0,60}(?:channel|group|whatsapp|telegram|community|newsletter|facebook)",
    r"support (?:our|independent|quality|premium)(?: \w{2,15})? journalism",
    r"donate (?:now|today)",
    r"(?:enter )?your (?:e-?mail(?: address)?|inbox)$",
    r"enter your e-?mail",
    r"thank you for (?:subscribing|signing up|registering|reading)",
    r"please (?:check your (?:e-?mail|inbox)|enable javascript|(?:log|sign) in|subscribe)",
    r"by (?:signing up|subscribing|registering|submitting|clicking|continuing)\b.{0,80}"
    r"\byou (?:agree|accept|consent|confirm|acknowledge|will receive)",
    r"manage (?:your )?(?:subscription|account|preferences)",
    r"start your .{0,30}trial",
    r"(?:our |the )?(?:daily |weekly |free |morning |evening )*newsletters?$",
    r"turn on (?:desktop )?notifications",
    r"skip to (?:main )?(?:content|navigation)",
    r"back to (?:top|home(?:page)?)$",
    r"(?:open|close|toggle) (?:menu|search|navigation)",
    r"you(?: have|['\u2019]ve) \d{1,3} (?:free )?articles?",
    r"you(?: have|['\u2019]ve) (?:exhausted|reached|used) (?:your|all)\b.{0,60}\b(?:limit|stories|articles)\b",
    r"(?:continue reading|read more stories)\b.{0,80}\b(?:subscription|account|free)\b|continue reading$",
    r"(?:[^.!?]{3,120}\? )?(?:vote in (?:our|the) poll|take (?:our|the) (?:poll|survey)|leave (?:a|your) comment"
    r"|(?:tell us|let us know) (?:in the comments|what you think))\b",
    r"have your say\s?[:|]",
    r"this article is (?:for|reserved for) subscribers",
    r"(?:do you )?have (?:a|any) (?:news )?(?:tip|story)\b.{0,80}\?",
)
SHARE = re.compile(
    r"\b(?:share|shares|save|tweet|print|copy link|facebook|twitter|whatsapp|telegram|linkedin|e-?mail|bookmark|listen)\b",
    re.IGNORECASE,
)
SHARE_WORDS = re.compile(
    r"\b(?:share|shares|this|article|story|page|post|on|via|to|with|by|the|or|and|facebook|twitter|whatsapp|telegram"
    r"|linkedin|reddit|e-?mail|mail|print|copy|copied|link|url|clipboard|tweet|pin|pinterest|messenger|viber|vk|save"
    r"|bookmark|listen|gift|flipboard|instagram|youtube|sms|x|pocket|friends?|more|options|resize|text|size|font"
    r"|comments?|\d{1,4})\b",
    re.IGNORECASE,
)
# "FacebookTwitterWhatsApp": the words of buttons without their icons.
GLUED_SHARE = re.compile(
    r"(?:facebook|twitter|whatsapp|telegram|linkedin|messenger|reddit|pinterest|flipboard|bluesky|threads|e-?mail|print"
    r"|copy|link|url|share|tweet|sms|x|\W){2,60}",
    re.IGNORECASE,
)
CAPTION = _starts(
    r"(?:file |stock |handout |aerial )?(?:photo|photograph|picture|image)s?"
    r"(?: (?:source|credit|caption|by|via|courtesy))?\s?[:/|©]",
    r"(?:image|photo|picture) (?:source|credit|caption|courtesy)\b",
    r"file (?:photo|picture|image|footage)\b(?=\s?[:.,|\u2013—-]|$)",
    r"(?:caption|credits?|photos? by|graphic|infographic|gallery|slideshow|video|listen|play|play video)\s?[:|]",
    r"(?:play|watch) (?:the )?video\b",
    r"\[\d{1,2}/\d{1,2}\]|item \d{1,2} of \d{1,2}\b",
    r"©\s?(?:reuters|afp|ap|getty|epa|anadolu|xinhua|tass|shutterstock|x|twitter)\b",
    r"(?:afp|ap|reuters|getty images|epa|anadolu)(?: (?:photo|via getty images|file))?\s?[/|]",
    r"view (?:image|gallery)\b",
    r"getty images\b",
)
# "[Name/AFP]", "(AP Photo/Name)" and the like; a bare "(AFP)" ends many a brief of real news.
CAPTION_END = re.compile(
    r"(?:[(\[](?=[^()\[\]]{0,60}(?:/|\b(?:photo|images|via|handout|picture|file)\b))[^()\[\]]{0,60}"
    r"\b(?:AP|AFP|Reuters|EPA|Getty|Anadolu|Xinhua|photo|handout)\b[^()\[\]]{0,60}[)\]]"
    r"|(?:^|[.!?)\]\"”])\s{0,2}(?:(?:AFP|REUTERS|AP|EPA)(?: Photo)?/[\w .'\u2019-]{2,60}|(?:AFP|AP|EPA) via Getty Images"
    r"|(?:photo|photograph|picture|image|credit)s?(?: by| credit)?\s?: ?[\w .,'\u2019&-]{2,50}(?:/[\w .'\u2019&-]{2,40}){1,3}"
    r"|[\w .'\u2019/-]{0,60}\bGetty Images|file photo|courtesy photo))\W{0,3}$",
    re.IGNORECASE,
)
# What a caption hardly ever has, and a paragraph of news that a credit is glued to often.
ATTRIBUTED = re.compile(r"\b(?:said|told|added|announced|confirmed|according to)\b[^.!?]{0,200}[.!?][\"\u201d\u2019]?\s{0,2}$")
# "Getty Images Soldiers stand beside a truck": the description of a picture, before the line printed under it.
DESCRIBED = re.compile(r"(?:getty images|reuters|afp|epa|ap|anadolu|supplied|handout)(?: \S{1,30}){5,40}$", re.IGNORECASE)
LINK = _starts(
    r"(?:read|see|watch|learn|click here|find out|discover)(?: (?:more|also|next|now|on))?\s?[:|>»→]",
    r"(?:related|recommended|more on this|don['\u2019]t miss|must[- ]read|also read)"
    r"(?: (?:story|stories|article|articles|coverage|topics|news|reading|links?|content))?\s?[:|]",
    r"(?:also read|see also|read also|read next|up next|learn more|show more|load more)\b(?! (?:out|aloud)\b)",
    r"read more\b(?! than\b)|(?:view|see) all\b(?! (?:of|the|that|those|my|our|his|her|their)\b)",
    r"click here\b|(?:(?:@\w{2,40}|(?:https?://|www\.|t\.me/)\S{1,300})[\s|,·:-]{0,5}){1,6}$",
    r"(?:previous|next)(?: (?:article|post|story))?\s?:",
    r"for more (?:information|news|stories|on this)\b",
    r"(?:topics|tags|filed under|categories|keywords|more about)\s?[:|]",
    r"(?:key points|in this (?:story|article)|table of contents)\W{0,3}$",
)
LINK_LIST = _whole(
    r"(?:related|recommended|latest|more|top|popular|trending|other|similar|featured|breaking)"
    r" (?:stories|articles?|news|topics|coverage|posts?|reads?|reading|videos?|links?|content|headlines)",
    r"more (?:on this(?: story)?|stories like this|from .{1,40})",
    r"more on (?:this|the) (?:story|topic)",
    r"(?:also|more) (?:on|from) (?:our|this) (?:web)?site",
    r"related|trending(?: now)?|(?:related )?topics|tags|filed under|categories|keywords",
    r"most (?:read|popular|viewed|shared)",
    r"you (?:may|might) (?:also )?(?:like|be interested in)",
    r"(?:recommended|picked|selected) for you",
    r"editor['\u2019]?s['\u2019]? (?:picks?|choice)",
    r"what to (?:read|watch) next|read next|up next",
    r"(?:from )?around the web",
    r"don['\u2019]t miss|also in the news|(?:read|see) also|also read",
)
CREDIT = _starts(
    r"\(?with (?:inputs?|reporting|files?|contributions?|additional reporting) (?:from|by)\b",
    r"our standards\s?:",
    r"this story (?:has been|was) (?:updated|corrected|edited|auto-?generated|originally published)\b",
    r"an? (?:earlier |previous )?version of this (?:article|story|report)\b",
    r"editor['\u2019]s note\s?[:\u2013—-].{0,200}\b(?:updated|corrected|published|version|translated)\b",
    r"(?:correction|clarification)\s?[:\u2013—-].{0,60}\b(?:earlier|previous) version\b",
    r"this (?:article|report) (?:has been|was) (?:updated|corrected|edited by|auto-?generated|originally published)\b",
    r"(?:contact|write to|email) (?:the (?:author|reporter|writer)|us at)\b",
    r"©? ?(?:the )?thomson reuters trust principles",
    r"this article is more than \d{1,2} (?:days?|weeks?|months?|years?) old",
    r"reporting from [^.]{2,60}$",
    r"(?:press release|for immediate release|release (?:number|no)\b.{0,30})\s?:?$",
    r"source\s?:\s?\S{1,40}(?:\s\S{1,40}){0,4}$",
    r"[^.!?]{3,250}\bcontributed (?:reporting|to this (?:report|story|article))(?: from [^.!?]{2,60})?\.?$",
    r"[a-z]{2,5}(?:-[a-z]{2,5}){0,3}/[a-z]{2,5}(?:[/-][a-z]{2,5}){0,4}$",  # "str-ab/cd": who wrote and edited
)
CREDIT_BY = _starts(
    r"\(?(?:additional |with )?(?:reporting|writing|editing|written|compiled|edited|reported|translated) by\s",
)
CREDIT_TAIL = re.compile(
    r"\s{0,2}\(?\b(?:additional )?(?:reporting|writing|editing) by [^;]{2,200};[^.;]{0,80}"
    r"\b(?:writing|editing|reporting) by [^()]{2,160}\)?$",
    re.IGNORECASE,
)
COOKIES = _starts(
    r"(?:we|this (?:web)?site|our (?:web)?site) (?:and our (?:\d{1,4} )?partners )?(?:uses?|stores?|may use) (?:\w{1,20} ){0,3}cookies",
    r"(?:accept|reject|allow|decline)(?: all)?(?: cookies)?$",
    r"cookies?(?: (?:settings?|policy|preferences|notice|consent))?$",
    r"by (?:using|browsing|continuing (?:to (?:use|browse)|on)) (?:this|our) (?:web)?site",
    r"manage (?:cookies|consent|privacy)",
    r"we value your privacy|your privacy (?:choices|matters)",
)
LEGAL = _starts(
    r"©",
    r"\(c\) ?(?:19|20)\d\d",
    r"\(c\) ?(?:afp|agence france-presse|reuters|thomson reuters|ap|the associated press|dpa|epa)\b.{0,40}$",
    r"copyright\b\s?(?:©|\(c\)|(?:19|20)\d\d|[|:])",
    r"(?:.{0,80}\b)?all rights reserved\b",
    r"(?:.{0,40}\b)?(?:material|content|article) may not be (?:published|reproduced|copied|redistributed)\b",
    r"(?:the )?(?:views|opinions) expressed (?:here|in this|on this|by (?:the|our) (?:author|authors|contributors))\b",
    r"(?:it is prohibited|unauthori[sz]ed (?:use|reproduction|distribution))\b.{0,240}\b(?:written permission|website|site|content)\b",
)
# Below an agency's credits: who the reporters are.
BIOGRAPHY = re.compile(
    r"[^.!?]{2,60}\b(?:is|was|are|covers|reports|writes|joined|has (?:covered|reported|worked))\b[^.!?]{0,160}"
    r"\b(?:reporter|correspondent|journalist|editor|columnist|writer|bureau chief|photographer|news agency|newsroom)s?\b",
    re.IGNORECASE,
)
# Words of a page's foot; only where they are no sentence.
FOOT = _starts(
    r"terms (?:of (?:use|service)|(?:and|&) conditions)\b",
    r"privacy (?:policy|notice|statement)\b",
    r"(?:do not sell (?:or share )?my|about us|contact us|advertise with us)(?:$|\s?[|•·/])",
    r"registered (?:office|in england)\b",
)
END = _starts(
    r"(?:readers?|users?|your|our)['\u2019]? comments$",
    r"(?:latest|recent|top|reader|view|all|show|read|see|load|leave|post|write|add)(?: (?:a|your|the|all))?"
    r" (?:comments?|reply)(?: ?\(?\d{0,6}\)?)?$",
    r"join the (?:conversation|discussion)\b.{0,30}$",
    r"(?:comments?|\d{1,5} comments?|comments? ?\(?\d{1,5}\)?)$",
    r"(?:general )?risk (?:disclosure|disclaimer)\b\s?(?:[:.]|$)",
    r"risk warning\s?(?::|$)",
    r"(?:legal )?disclaimer\s?(?:[:.|]|$)",
    r"about the authors?$",
)
# "Analysis: ..." is a headline above the text and a link below its first paragraph.
KICKER = _starts(r"(?:explainer|opinion|analysis|in pictures|interactive|podcast|watch)\s?[:|]")
BYLINE = re.compile(r"(?:by|written by|reported by|story by|text by|author:?)\s{1,3}", re.IGNORECASE)
AGENCY = re.compile(
    r"\(?(?:reuters|agence france-presse|afp|(?:the )?associated press|ap|dpa|efe|xinhua|tass|anadolu agency"
    r"|(?:\w{2,20} ){1,3}(?:news service|news network|web desk|news desk|online desk)"
    r"|staff (?:writer|reporter)s?|news (?:desk|agencies|wires)|agencies|from our correspondent|our foreign staff)"
    r"(?: (?:staff|and agencies|in .{1,30}))?\)?",
    re.IGNORECASE,
)
ROLE = re.compile(
    rf"(?:reporting (?:for|from) )?{_OUTLET}(?:,| in) [\w .\u2019'-]{{2,40}}|"
    r"(?:\S{1,30} ){0,6}(?:correspondent|reporter|editor|analyst|columnist|staff writer)s?(?:, [\w .]{2,40}| in [\w ]{2,40})?",
    re.IGNORECASE,
)
DATELINE = re.compile(r"[^()]{2,60}\([^()]{2,60}\)(?: \([^()]{2,60}\))?\s?[-\u2013—]")
# "World > Africa"; with strokes only from three parts on, since a headline may have its site after one.
TRAIL = re.compile(
    r"[^>»\u203a/|•]{1,30}(?:(?:\s?[>»\u203a]\s?[^>»\u203a/|•]{1,40}){1,8}|(?:\s[/|•]\s?[^>»\u203a/|•]{1,40}){2,8}"
    r"|(?:[|•]\b[^>»\u203a/|•]{1,40}){1,8})"
)
# fmt: on
