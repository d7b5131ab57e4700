#!/bin/sh
# venv.sh REQUIREMENTS: makes .venv with Python 3.11 or newer and installs exactly what the file pins.
# uv is used where it is on the PATH (seconds), pip otherwise (a minute or two).
set -eu
requirements=$1
python=${PYTHON:-python3}
scripts/need.sh "$python" python3 python3-venv
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Python 3.11 or newer is needed, and $python is $("$python" -V). Type:  make run PYTHON=/path/to/python3.11" >&2
  exit 1
}
if command -v uv >/dev/null 2>&1; then
  [ -x .venv/bin/python ] || uv venv --quiet --python "$(command -v "$python")" .venv
  uv pip install --quiet --python .venv/bin/python --require-hashes -r "$requirements"
else
  if [ ! -x .venv/bin/pip ]; then
    "$python" -c 'import ensurepip' 2>/dev/null || {
      version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
      scripts/need.sh "/usr/lib/$(echo "$version" | cut -d- -f1)/ensurepip/__init__.py" "$version"
    }
    "$python" -m venv .venv
  fi
  .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r "$requirements"
fi
