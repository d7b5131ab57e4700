"""A moderator's decisions. Each is one transaction and leaves one Review that says what it takes to take it back.

The functions bring the incident they are given up to date with the database first: what a form has put on the object
is passed in `changes`, never left on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from incidents.models import Article, Incident, IncidentActor, Mention, Review
from incidents.models.review import CLAIM_TIMEOUT
from incidents.workflows import changes as corrections
from incidents.workflows.candidates import incident_from_mention, settle_articles
from incidents.workflows.duplicates import propose
from incidents.workflows.moderators import named
from incidents.workflows.publish import announce
from incidents.workflows.rollup import roll_up

Status = Incident.Status
Decision = Review.Decision
# What a decision sets beside the fields a person may correct, and undoing puts back.
_DECIDED_FIELDS = ("status", "rejection_reason", "published_at", "reviewed_by_id")
_REASON_LENGTH = 300
_PUBLIC_WORDS = ("title", "summary", "credibility_reason", "public_note")


class ReviewError(Exception):
    """A decision that can not be taken; the message says what to do instead."""


class ClaimedByOtherError(ReviewError):
    """Somebody else looks at the incident now."""


class StaleVersionError(ReviewError):
    """The incident is no longer what the moderator saw."""


@transaction.atomic
def claim(*, incident: Incident, by: User) -> Review:
    """Start to look at an incident. Claiming again goes on with the same claim; after CLAIM_TIMEOUT the clock starts anew."""
    _lock(incident)
    _check(incident, by)
    mine = Review.objects.filter(incident=incident, reviewer=by, decision="").first()
    if mine is None:
        mine = Review.objects.create(incident=incident, reviewer=by)
    elif _expired(mine):
        mine.claimed_at = timezone.now()
        mine.save(update_fields=["claimed_at"])
    if incident.status == Status.CANDIDATE:
        _set_status(incident, Status.IN_REVIEW)
    return mine


@transaction.atomic
def release_claim(*, incident: Incident, by: User) -> None:
    """Stop looking without a decision. Nothing happens where there is no claim."""
    _lock(incident)
    Review.objects.filter(incident=incident, reviewer=by, decision="").delete()
    if incident.status == Status.IN_REVIEW and not Review.objects.open_claims().filter(incident=incident).exists():
        _set_status(incident, Status.CANDIDATE)


@transaction.atomic
def correct(
    *, incident: Incident, by: User, version: int, changes: Mapping[str, Any], reason: str = ""
) -> Review | None:
    """Change fields of an incident (workflows.changes.CORRECTABLE, and "actors"); None when nothing differs.

    A claim of the moderator stays, with its clock started anew.
    """
    _lock(incident)
    _check(incident, by, version)
    before = _before(incident)
    made = _apply(incident, changes)
    if not made:
        return None
    if incident.status == Status.PUBLISHED:
        _refuse_hidden_name(incident)
    was_claimed = Review.objects.filter(incident=incident, reviewer=by, decision="").exists()
    review = _decide(incident, by, Decision.CORRECT, reason=reason, changes=made, undo=before)
    if was_claimed:
        Review.objects.create(incident=incident, reviewer=by)
    return review


@transaction.atomic
def publish(
    *,
    incident: Incident,
    by: User,
    version: int | None = None,
    credibility: int | None = None,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
) -> Review:
    """Show an incident to the public, with the corrections in `changes`. `concerns` says what to think of before.

    `reason` is why; with a `credibility` it is the reason of that, which the public reads.
    """
    _lock(incident)
    _check(incident, by, version)
    if incident.status == Status.PUBLISHED:
        raise ReviewError(f"{incident.code} is published already: correct it instead.")
    _refuse_merged(incident)
    before = _before(incident)
    judged = {} if credibility is None else {"credibility": credibility, "credibility_reason": reason}
    made = _apply(incident, {**(changes or {}), **judged})
    if not incident.title.strip():
        raise ReviewError("The incident has no title: write what happened and where, as a sentence.")
    _refuse_hidden_name(incident)
    incident.status, incident.rejection_reason = Status.PUBLISHED, ""
    incident.published_at, incident.reviewed_by = timezone.now(), by
    accepted = list(Mention.objects.filter(incident=incident, accepted_by=None).values_list("pk", flat=True))
    Mention.objects.filter(pk__in=accepted).update(accepted_by=by)
    undo = {**before, "accepted": accepted}
    return _decide(incident, by, Decision.PUBLISH, reason=reason, changes=made, undo=undo)


@transaction.atomic
def reject(*, incident: Incident, by: User, reason: str, version: int | None = None) -> Review:
    """Set a candidate aside, or take a published incident back, for a reason."""
    _lock(incident)
    _check(incident, by, version)
    if incident.status == Status.REJECTED:
        raise ReviewError(f"{incident.code} is rejected already: publish it, or undo the rejection.")
    _refuse_merged(incident)
    if not (reason := reason.strip()):
        raise ReviewError("Say why: a rejection without a reason teaches nobody anything.")
    before = _before(incident)
    incident.status, incident.rejection_reason = Status.REJECTED, reason[:_REASON_LENGTH]
    incident.reviewed_by = by
    return _decide(incident, by, Decision.REJECT, reason=reason, undo=before)


@transaction.atomic
def merge(*, incident: Incident, into: Incident, by: User, version: int | None = None, reason: str = "") -> Review:
    """`incident` is the same as `into`: its mentions and actors go there, and `merged_into` leads there."""
    if incident.pk == into.pk:
        raise ReviewError("An incident can not be merged into itself: choose the other one.")
    for one in sorted((incident, into), key=lambda each: each.pk):  # one order for everybody: no deadlock
        _lock(one)
    _check(incident, by, version)
    _refuse_merged(incident)
    if into.status in {Status.MERGED, Status.REJECTED}:
        raise ReviewError(f"{into.code} is {into.get_status_display()}: merge into an incident that stands.")
    moved = list(Mention.objects.filter(incident=incident).values_list("pk", flat=True))
    undo = {
        **_before(incident),
        "into": into.pk,
        "mentions": moved,
        "roles": _share_roles(incident, into),
        "reported_on": corrections.plain(into.reported_on),
    }
    Mention.objects.filter(pk__in=moved).update(incident=into)
    roll_up(into)
    into.reported_on = min(filter(None, (into.reported_on, incident.reported_on)), default=None)
    _save(into, by)
    incident.status, incident.merged_into = Status.MERGED, into
    return _decide(incident, by, Decision.MERGE, reason=reason, undo=undo, also=[into])


@transaction.atomic
def split(*, incident: Incident, mentions: Iterable[Mention], by: User, version: int | None = None) -> Incident:
    """Make a candidate of some of the incident's mentions, because they tell of something else."""
    _lock(incident)
    _check(incident, by, version)
    _refuse_merged(incident)
    chosen = list(Mention.objects.filter(pk__in=[mention.pk for mention in mentions], incident=incident).order_by("pk"))
    if not chosen or len(chosen) == Mention.objects.filter(incident=incident).count():
        raise ReviewError("Choose some of this incident's mentions to split off, and leave at least one.")
    before = _before(incident)
    new = incident_from_mention(chosen[0])
    Mention.objects.filter(pk__in=[mention.pk for mention in chosen]).update(incident=new)
    if roll_up(new):
        _save(new, by)
    roll_up(incident)
    undo = {**before, "new": new.pk, "mentions": [mention.pk for mention in chosen]}
    _decide(incident, by, Decision.SPLIT, undo=undo, also=[new])
    return new


@transaction.atomic
def undo(*, review: Review, by: User) -> Review:
    """Take a decision back: the last one of its incident that still stands."""
    incident = review.incident
    _lock(incident)
    _check(incident, by)
    review.refresh_from_db(fields=["undo", "decision"])
    if not review.undo:
        raise ReviewError("There is nothing to undo here: decide again instead.")
    standing = Review.objects.decided().filter(incident=incident).exclude(undo={}).order_by("-decided_at", "-pk")
    if standing[0].pk != review.pk:
        raise ReviewError("A later decision stands on this one: undo that first.")
    before = corrections.state(incident)
    _put_back(incident, review)
    also = []
    if review.decision == Decision.MERGE:
        also.append(_unmerge(incident, review.undo, by))
    elif review.decision == Decision.SPLIT:
        _unsplit(incident, review.undo)
    Mention.objects.filter(pk__in=review.undo.get("accepted", [])).update(accepted_by=None)
    roll_up(incident)
    review.undo = {}
    review.save(update_fields=["undo"])
    after = corrections.state(incident)
    made = {field: [before[field], after[field]] for field in before if before[field] != after[field]}
    reason = f"undo: {review.get_decision_display()}"
    return _decide(incident, by, Decision.UNDO, reason=reason, changes=made, also=also)


def concerns(*, incident: Incident) -> list[str]:
    """What a moderator should think of before publishing; nothing here stops anybody. Two queries."""
    found = []
    if incident.date_start is None and incident.date_end is None:
        found.append("No date: it will be listed, and stands on no day of the timeline.")
    elif (incident.date_start or incident.date_end or date.max) > timezone.localdate():
        found.append("The date is in the future.")
    if incident.latitude is None:
        found.append("No point on the map: it will be counted and listed, never drawn.")
    if not incident.mentions.exists():
        found.append("No article stands behind it.")
    elif not incident.mentions.exclude(article__source=None).exists():
        found.append("No source is known: readers can not see who says so.")
    return found


def _lock(incident: Incident) -> None:
    """Bring the object up to date, its row held until the end of the transaction."""
    incident.refresh_from_db(from_queryset=Incident.objects.select_for_update())


def _check(incident: Incident, by: User, version: int | None = None) -> None:
    """The moderator saw this version, and nobody else looks at it."""
    others = Review.objects.open_claims().filter(incident=incident).exclude(reviewer=by).select_related("reviewer")
    if other := others.first():
        raise ClaimedByOtherError(
            f"{named(other.reviewer)} looks at {incident.code} since {timezone.localtime(other.claimed_at):%H:%M}: "
            f"take another one, or wait {CLAIM_TIMEOUT.seconds // 60} minutes."
        )
    if version is not None and version != incident.version:
        raise StaleVersionError(
            f"{incident.code} was changed while you looked at it: load it again, and make your change on what it says now."
        )


def _refuse_merged(incident: Incident) -> None:
    if incident.merged_into is not None:
        raise ReviewError(f"{incident.code} is merged into {incident.merged_into.code}: undo the merge first.")


def _refuse_hidden_name(incident: Incident) -> None:
    """The public reads no name in words that the cap takes off the map."""
    if not (name := incident.hidden_place_name):
        return
    named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    for field in _PUBLIC_WORDS:
        if named.search(getattr(incident, field)):
            words = field.replace("_", " ")
            raise ReviewError(f"The {words} names {name}, which the public may not know: write it without.")


def _apply(incident: Incident, changes: Mapping[str, Any]) -> corrections.Changes:
    """Set fields and actors. ReviewError for what is no value of its field, or no truth."""
    try:
        made = corrections.apply(incident, changes)
        if corrections.ACTORS in changes:
            made |= corrections.set_roles(incident, changes[corrections.ACTORS])
    except ValidationError as error:
        raise ReviewError(" ".join(error.messages)) from error
    return made


def _before(incident: Incident) -> dict[str, Any]:
    return {"decided": {field: corrections.plain(getattr(incident, field)) for field in _DECIDED_FIELDS}}


def _put_back(incident: Incident, review: Review) -> None:
    """Status and fields as they were before the decision. A claim of then is long over: in review is candidate again."""
    decided = dict(review.undo["decided"])
    if decided["status"] == Status.IN_REVIEW:
        decided["status"] = Status.CANDIDATE
    corrections.restore(incident, decided)
    before = {field: values[0] for field, values in review.changes.items()}
    if (actors := before.pop(corrections.ACTORS, None)) is not None:
        corrections.set_roles(incident, actors)
    corrections.restore(incident, before)


def _decide(
    incident: Incident,
    by: User,
    decision: Review.Decision,
    *,
    reason: str = "",
    changes: corrections.Changes | None = None,
    undo: dict[str, Any] | None = None,
    also: Iterable[Incident] = (),
) -> Review:
    """Save the incident and write the decision down, in the moderator's claim where there is one. `also` changed too."""
    was_public = Incident.objects.filter(pk=incident.pk, status=Status.PUBLISHED).exists()
    _save(incident, by)
    now = timezone.now()
    review = Review.objects.filter(incident=incident, reviewer=by, decision="").first()
    if review is None:
        review = Review(incident=incident, reviewer=by, claimed_at=now)
    elif not _expired(review):
        review.seconds = int((now - review.claimed_at).total_seconds())
    review.decision, review.decided_at, review.reason = decision, now, reason[:_REASON_LENGTH]
    review.changes, review.undo = changes or {}, undo or {}
    review.save()
    Review.objects.filter(incident=incident, decision="").delete()  # claims that ran out
    propose(incident, *also)
    settle_articles(Article.objects.filter(mentions__incident=incident).distinct())
    if was_public or incident.status == Status.PUBLISHED:
        announce()
    return review


def _save(incident: Incident, by: User) -> None:
    if not incident.bump():
        raise StaleVersionError(f"{incident.code} was changed at the same moment: load it again.")
    incident._history_user = by  # type: ignore[attr-defined]  # simple_history reads it
    incident.save()


def _expired(review: Review) -> bool:
    return review.claimed_at <= timezone.now() - CLAIM_TIMEOUT


def _set_status(incident: Incident, status: Incident.Status) -> None:
    """A claim is no change of the incident: neither its version nor its history moves."""
    Incident.objects.filter(pk=incident.pk).update(status=status)
    incident.status = status


def _share_roles(incident: Incident, into: Incident) -> list[int]:
    """Give `into` the roles that it lacks; their keys."""
    known = set(into.roles.values_list("actor", "role"))
    missing = [role for role in incident.roles.all() if (role.actor_id, role.role) not in known]
    return [
        IncidentActor.objects.create(incident=into, actor_id=role.actor_id, role=role.role, says=role.says).pk
        for role in missing
    ]


def _unmerge(incident: Incident, undo: Mapping[str, Any], by: User) -> Incident:
    """The other one, which loses what came to it."""
    into = Incident.objects.select_for_update().get(pk=undo["into"])
    moved = Mention.objects.filter(pk__in=undo["mentions"])
    if moved.exclude(incident=into).exists():
        raise ReviewError(f"{into.code}, which it was merged into, was merged or split since: undo that first.")
    incident.merged_into = None
    moved.update(incident=incident)
    IncidentActor.objects.filter(pk__in=undo["roles"], incident=into).delete()
    corrections.restore(into, {"reported_on": undo["reported_on"]})
    roll_up(into)
    _save(into, by)
    return into


def _unsplit(incident: Incident, undo: Mapping[str, Any]) -> None:
    new = Incident.objects.select_for_update().get(pk=undo["new"])
    others = Mention.objects.filter(incident=new).exclude(pk__in=undo["mentions"])
    if new.status not in {Status.CANDIDATE, Status.IN_REVIEW} or others.exists() or new.merged.exists():
        raise ReviewError(f"{new.code}, which the split made, was decided since: take that back first, or merge it.")
    Mention.objects.filter(incident=new).update(incident=incident)
    new.delete()
