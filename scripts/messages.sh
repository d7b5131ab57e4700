#!/bin/sh
# The public texts of the site into locale/*/LC_MESSAGES/django.po, and these into .mo. Needs gettext (apt-get install gettext).
# The desk, the commands and the models' help stay in English.
set -eu
cd "$(dirname "$0")/.."
for language in ar es fr; do set -- "$@" -l "$language"; done
for folder in .venv node_modules var static tests training benchmarks samples incidents/admin incidents/models \
  incidents/migrations incidents/workflows incidents/management incidents/extraction incidents/gazetteer \
  incidents/ingestion incidents/language templates/admin; do
  set -- "$@" --ignore "$folder/*"
done
.venv/bin/python manage.py makemessages --no-wrap --no-location --no-obsolete \
  --ignore incidents/apps.py --ignore incidents/admin_site.py "$@"
for language in ar es fr; do
  msgfmt --check -o "locale/$language/LC_MESSAGES/django.mo" "locale/$language/LC_MESSAGES/django.po"
done
