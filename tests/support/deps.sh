#!/bin/sh
# Install the Debian packages named that are missing: tests/support/deps.sh
# PACKAGE... Elsewhere than on Debian, say what is needed.
set -eu

if ! command -v dpkg-query >/dev/null; then
    echo "naskah needs what these Debian 12 packages hold:"
    printf '  %s\n' "$@"
    exit 0
fi

missing=
for package in "$@"; do
    state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$state" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "Installing:$missing"
sudo=
if [ "$(id -u)" != 0 ]; then
    sudo=sudo
    if ! command -v sudo >/dev/null; then
        echo "Run as root: apt-get install$missing" >&2
        exit 1
    fi
fi
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# shellcheck disable=SC2086
$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
