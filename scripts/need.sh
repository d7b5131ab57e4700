#!/bin/sh
# need.sh COMMAND-OR-FILE PACKAGE...
# Makes sure that a tool is there: as root it installs the Debian packages, otherwise it says what to type.
set -eu
tool=$1
shift
command -v "$tool" >/dev/null 2>&1 && exit 0
# shellcheck disable=SC2086  # a pattern such as /usr/lib/postgresql/*/bin/initdb
ls $tool >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing $* (for $tool) ..." >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  exit 0
fi
echo "$tool is missing. Type:  sudo apt-get install $*" >&2
exit 1
