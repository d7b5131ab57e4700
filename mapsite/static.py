"""Static files: names with their hash once collected, their plain names before."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedOrPlainStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types here
    """So that `runserver` and a fresh clone work before anybody called collectstatic.

    A file that the manifest does not know keeps its plain name, which WhiteNoise serves from where it lies.
    """

    # Imports between our modules get the hashed names too, so that browsers may keep them for ever.
    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        known: dict[str, str] = self.hashed_files
        return known.get(self.hash_key(self.clean_name(name)), name)
