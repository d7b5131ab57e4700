"""The heads of the encoder and the classes that each tells apart, in the order of the model's outputs."""

from __future__ import annotations

# Tags of word pieces: outside, and the first and the further pieces of a name.
TAGS = ("O", "B-PLACE", "I-PLACE", "B-DEMONYM", "I-DEMONYM")
# What a word tells of: an incident that is news, told again, older, counted over a time, threatened, denied, imagined,
# or nothing of the kind though it could seem so (training/corpus/README.md).
STATUSES = ("outside", "new", "again", "background", "aggregate", "threat", "denied", "hypothetical", "none")
KINDS = (
    "air_strike", "drone_strike", "missile", "shelling", "bombing", "suicide_bombing", "landmine", "shooting", "clash",
    "assassination", "abduction", "stabbing", "arson", "ship_attack", "chemical", "mob", "other",
)  # fmt: skip
ROLES = ("attacker", "target", "victim", "weapon", "date", "killed", "wounded")
ROLE_TAGS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BI"))
# The heads in the order of the model's outputs; after them come query and key of links, LINK_WIDTH numbers each.
CLASSES = {"names": TAGS, "status": STATUSES, "kinds": KINDS, "roles": ROLE_TAGS}
LINK_WIDTH = 32
