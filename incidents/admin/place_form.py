"""The form of a local place: checked against the globe, and against what saving it would change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from incidents.admin.lines import LinesField
from incidents.admin.positions import look_exchanged, out_of_range
from incidents.models import LocalPlace
from incidents.workflows.place_changes import Changes, preview

# The button that asks what saving would change, in a form and as ?preview= in the address of an empty one.
ASKED = "_preview"
ASKED_AT_ONCE = "preview"
# The box that says: I have seen which published incidents have this name.
SEEN = "seen"
MOVE = "move"
# Errors of this code are no errors: the form was only asked.
ONLY_ASKED = "only-asked"
# A note or a number of another list changes nothing that is read.
_TELLING = frozenset(["name", "aliases", "level", "country", "province", "latitude", "longitude", "radius_m"])


class LocalPlaceForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    """`changes` is what saving would change, once the form was cleaned and has no other fault."""

    aliases = LinesField(label=gettext_lazy("Other names and spellings"))
    changes: Changes | None = None

    class Meta:
        model = LocalPlace
        fields = [
            *("name", "aliases", "level", "country", "province"),
            *("latitude", "longitude", "radius_m", "geonames_id", "note"),
        ]
        labels = {"radius_m": gettext_lazy("Radius in metres"), "geonames_id": gettext_lazy("GeoNames number")}
        help_texts = {"country": gettext_lazy("ISO code, such as IQ.")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("latitude", "longitude"):
            if name in self.fields:
                self.fields[name] = forms.FloatField(
                    label=self.fields[name].label, widget=forms.NumberInput(attrs={"step": "any"})
                )

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).strip().upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if latitude is not None and longitude is not None:
            problem = out_of_range(latitude, longitude) or look_exchanged(
                latitude, longitude, cleaned.get("country", "")
            )
            if problem:
                self.add_error("latitude", problem)
        if not self.errors and (self.was_asked or not self.instance.pk or _TELLING & set(self.changed_data)):
            self._look_ahead(cleaned)
        return cleaned

    @property
    def was_asked(self) -> bool:
        return ASKED in self.data or ASKED_AT_ONCE in self.data

    @property
    def only_asked(self) -> bool:
        """The form has no fault but that somebody wants to look before saving."""
        return self.is_bound and {error.code for error in self.errors.get("__all__", _NONE).as_data()} == {ONLY_ASKED}

    @property
    def moves(self) -> dict[int, int]:
        """The candidates that were ticked, each with the version that was shown."""
        ticked = self.data.getlist(MOVE) if hasattr(self.data, "getlist") else []
        pairs = (value.split("-") for value in ticked)
        return {int(pair[0]): int(pair[1]) for pair in pairs if len(pair) == 2 and all(map(_is_number, pair))}

    def _look_ahead(self, cleaned: dict[str, Any]) -> None:
        self.changes = preview(
            place=LocalPlace(pk=self.instance.pk, **{name: cleaned[name] for name in self._meta.fields or ()})
        )
        if self.was_asked:
            self.add_error(None, ValidationError(_("Nothing is saved yet."), code=ONLY_ASKED))
        elif (touched := len(self.changes.published)) and self.data.get(SEEN) != self.changes.seen:
            message = ngettext(
                "%(n)s published incident has this name. It stays where it is: look at it below, tick that you have, and save again.",
                "%(n)s published incidents have this name. They stay where they are: look at them below, tick that you have, and save again.",
                touched,
            )
            self.add_error(None, ValidationError(message, code="confirm", params={"n": touched}))


_NONE: Any = forms.utils.ErrorList()


def _is_number(text: str) -> bool:
    """One that fits every database's largest integer."""
    return text.isdecimal() and len(text) < 19
