"""The words around a trigger that say whether it happened, by what they say. Everything here is data."""

from __future__ import annotations

from incidents.extraction.words import word_set

INTENT_MODALS = word_set("will shall can must should ought 'll ca wo")
SUPPOSED_MODALS = word_set("would could may might 'd")
NOBODY = word_set("none nobody no-one nothing")
CONDITIONS = word_set("if unless whether lest should")
THREATS = word_set("""
    threaten vow warn plan urge call want hope intend pledge promise consider prepare seek aim expect predict
    order authorize authorise allow refuse decide agree swear demand encourage advise need train plot conspire
    dare
""")
PREVENTS = word_set(
    "prevent avoid avert deter thwart foil halt stop end cease oppose discuss debate fear suspend limit curb"
)
DENIALS = word_set("deny reject dispute refute disprove rule")
COURT = word_set(
    "accuse charge convict sentence indict acquit suspect plead extradite prosecute arrest try jail imprison blame wanted"
)
REACTIONS = word_set(
    "condemn denounce deplore mourn investigate commemorate mark recall remember criticize criticise decry praise discuss"
)
# An infinitive below one of these did happen.
REALISED = word_set(
    "manage begin start appear seem proceed happen help report say believe know use try attempt fail continue"
)
# "Turkish strikes nearly doubled in the first half of the year".
GROWING = word_set("double treble triple quadruple halve rise surge soar decline decrease dwindle multiply")
SAID_TO_HAVE = word_set("claim allege think understand suspect fear")
LASTING = word_set("continue persist rage intensify escalate resume subside spread grow increase worsen mount")
# Verbs whose past is written like their present; the parser guesses.
SAME_IN_PAST = word_set("hit set burst split")
FALSE = word_set("unfounded false untrue incorrect groundless baseless fabricated")
# "27 attacks" and more are a sum, not a series of strikes of one operation.
SUM = 10
# So many people are kidnapped or killed in years, not in one event.
THOUSANDS = 5_000
HABITS = word_set("""
    often frequently regularly routinely repeatedly constantly occasionally sometimes usually daily weekly
    increasingly indiscriminately periodically commonly typically generally nightly annually
""")
SUPPOSED_ADJECTIVES = word_set(
    "possible potential future planned imminent further threatened anticipated hypothetical prospective attempted any"
    " eventual looming would-be simulated mock"
)
COUNTED_ADJECTIVES = word_set(
    "frequent repeated daily sporadic regular constant numerous many countless ongoing increasing intermittent"
    " continuous continuing multiple several successive various separate near-daily almost-daily continued indiscriminate"
    " escalatory systematic other such most weekly"
)
FORMER_ADJECTIVES = word_set("previous past prior recent earlier last historic latest")
COUNTED_HEADS = word_set("""
    series wave spate string number hundred thousand dozen score increase rise surge spike upsurge escalation
    pattern cycle rate history campaign frequency intensification spree succession total percent majority
    resumption continuation rash flurry barrage-of lot
""")
PERIODS = word_set("hour day week month year")
LONG_SPANS = word_set("week month year decade generation century")
SUPPOSED_HEADS = word_set("""
    threat risk fear possibility danger plan plot prospect warning potential ability capability prevention
    preparation preparedness deterrence likelihood chance intention end halt stop rehearsal drill exercise ban
    ceasefire moratorium rumour rumor hoax speculation
""")
AFTERWARDS_HEADS = word_set("""
    anniversary victim investigation probe trial suspect responsibility condemnation memory aftermath response
    reaction retaliation revenge reprisal mastermind involvement role connection charge wake scene survivor
    perpetrator outrage footage video photo inquiry news report statement site funeral defense defence support
    author protection place day time hour morning night
""")
ORDINALS = word_set("second third fourth fifth sixth seventh eighth ninth tenth latest")
