"""The moderator's form: one incident, checked before the workflow is asked, never silently behind somebody else's change."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.extraction.types import PlacePrecision
from incidents.models import Incident
from incidents.models.incident import UNPLACED

# Which colour of the article's text stands behind a field of the form.
QUOTES_BEHIND = {
    "kind": "kind",
    "weapon": "weapon",
    **dict.fromkeys(("date_start", "date_end", "time_precision", "reported_on"), "date"),
    **dict.fromkeys(
        ("place_name", "country", "province", "latitude", "longitude", "radius_m", "place_precision"), "place"
    ),
    **dict.fromkeys(("killed_low", "killed_best", "killed_high"), "killed"),
    **dict.fromkeys(("wounded_low", "wounded_best", "wounded_high"), "wounded"),
}
_DAYS = ("date_start", "date_end", "reported_on")
# Others are slips of the hand, and the weeks around them lie beyond Python's calendar.
_YEARS = range(1000, 9000)
_LABELS = {
    "radius_m": gettext_lazy("Radius in metres"),
    "killed_low": gettext_lazy("Killed, lowest"),
    "killed_best": gettext_lazy("best"),
    "killed_high": gettext_lazy("highest"),
    "wounded_low": gettext_lazy("Wounded, lowest"),
    "wounded_best": gettext_lazy("best"),
    "wounded_high": gettext_lazy("highest"),
    "credibility_reason": gettext_lazy("Why this credible"),
}
_SHORT = {"latitude": 10, "longitude": 10, "radius_m": 8, "country": 3}


class ReviewForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    """`shown_version` is the version the moderator looked at; `refusal` is why the workflow declined the last attempt."""

    shown_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Note on the decision"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Optional; moderators see it."),
    )
    refusal: str = ""

    class Meta:
        model = Incident
        fields: tuple[str, ...] = ()
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "summary": forms.Textarea(attrs={"rows": 3}),
            "public_note": forms.Textarea(attrs={"rows": 2}),
            "casualties_by_group": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "shown_version" in self.fields:
            self.fields["shown_version"].initial = self.instance.version
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("autocomplete", "off")
            if name in QUOTES_BEHIND:
                field.widget.attrs["data-quotes"] = QUOTES_BEHIND[name]
            if name in _DAYS:
                field.widget = forms.DateInput(format="%Y-%m-%d", attrs={**field.widget.attrs, "type": "date"})
            if name in _LABELS:
                field.label = _LABELS[name]
            if name in _SHORT:
                field.widget.attrs["size"] = _SHORT[name]
        self._dress()

    def _dress(self) -> None:
        for name in ("latitude", "longitude"):
            if name in self.fields:
                self.fields[name].widget.attrs["step"] = "any"
        if "country" in self.fields:
            self.fields["country"].help_text = _("ISO code, such as IQ.")
        if "publish_after" in self.fields:
            attrs = {**self.fields["publish_after"].widget.attrs, "type": "datetime-local"}
            self.fields["publish_after"] = forms.DateTimeField(
                label=self.fields["publish_after"].label,
                required=False,
                widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs=attrs),
                help_text=_("Empty: at once."),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.refusal:
            self.add_error(None, self.refusal)
        if self.instance.pk and cleaned.get("shown_version") != self.instance.version:
            self._refuse_stale(cleaned.get("shown_version"))
        if cleaned.get("place_precision") in {str(precision) for precision in UNPLACED}:
            cleaned.update(latitude=None, longitude=None, radius_m=None)
        self._check_truths(cleaned)
        return cleaned

    def corrections(self) -> dict[str, Any]:
        """What the moderator changed, as workflows.review takes it."""
        changed = {name: self.cleaned_data[name] for name in self.changed_data if name in (self._meta.fields or ())}
        if changed.get("place_precision") in {str(precision) for precision in UNPLACED}:
            changed.update(latitude=None, longitude=None, radius_m=None)
        return changed

    def _check_truths(self, cleaned: dict[str, Any]) -> None:
        if (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None):
            self.add_error("longitude", _("A position is whole: write both latitude and longitude, or neither."))
        if cleaned.get("latitude") is not None and cleaned.get("place_precision") == PlacePrecision.UNKNOWN:
            self.add_error("place_precision", _("There is a position: say how precise it is."))
        for name in _DAYS:
            if cleaned.get(name) is not None and cleaned[name].year not in _YEARS:
                self.add_error(name, _("Write the year in full, such as 2024."))
        self._check_order(cleaned, "date_start", "date_end", _("The last possible day is before the first."))
        for figure in ("killed", "wounded"):
            low, best, high = (f"{figure}_{bound}" for bound in ("low", "best", "high"))
            message = _("The figures go from low to high.")
            for below, above in ((low, best), (best, high), (low, high)):
                self._check_order(cleaned, below, above, message)

    def _check_order(self, cleaned: dict[str, Any], below: str, above: str, message: str) -> None:
        if cleaned.get(below) is not None and cleaned.get(above) is not None and cleaned[below] > cleaned[above]:
            self.add_error(above, message)

    def _refuse_stale(self, seen: int | None) -> None:
        """Somebody saved meanwhile. Keep what this moderator changed, take over the rest, and say where both differ."""
        now = self.instance
        base = now.history.filter(version=seen).order_by("history_date").last() if seen else None
        who = now.history.order_by("-history_date", "-pk").first()
        data = dict(self.data.items())
        conflicts = []
        for name in self._meta.fields or ():
            bound = self[name]
            theirs = self.initial.get(name)
            if not bound.field.has_changed(theirs, bound.data):
                continue
            untouched = base is not None and not bound.field.has_changed(getattr(base, name), bound.data)
            if untouched:
                _put(data, self.add_prefix(name), bound.field, theirs)
            else:
                conflicts.append((bound.label, theirs))
        data[self.add_prefix("shown_version")] = str(now.version)
        self.data = data
        name = who.history_user.get_username() if who and who.history_user else _("Somebody")
        self.add_error(
            None,
            ValidationError(
                _(
                    "%(who)s changed this incident while you looked at it. Nothing is saved yet and nothing of yours is lost: "
                    "look it over and save again."
                ),
                params={"who": name},
                code="stale",
            ),
        )
        for label, theirs in conflicts:
            value = _("empty") if theirs in (None, "") else theirs
            self.add_error(
                None,
                ValidationError(
                    _("%(field)s: it now says “%(value)s”. Yours is below."), params={"field": label, "value": value}
                ),
            )


def _put(data: Any, key: str, field: forms.Field, value: Any) -> None:
    """Set a field of submitted data as a browser would send it."""
    if isinstance(field, forms.BooleanField):
        data.pop(key, None)
        if value:
            data[key] = "on"
        return
    prepared = field.prepare_value(value)
    if isinstance(prepared, date):
        prepared = field.widget.format_value(prepared)
    data[key] = "" if prepared is None else str(prepared)
