#!/bin/sh
# The browser tests need a Chromium. Where none is found, install Debian's; say clearly where that cannot be done.
set -u
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No Chromium was found and there is no apt-get: install chromium by hand, then run make test again." >&2
    exit 1
fi
root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "No Chromium was found: run 'apt-get install chromium' as root, then make test again." >&2
        exit 1
    fi
    root="sudo"
fi
echo "Installing Chromium for the browser tests"
install="$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium"
$install >/dev/null 2>&1 || { $root apt-get update -qq && $install >/dev/null; } || {
    echo "Chromium could not be installed by apt-get: install it by hand, then run make test again." >&2
    exit 1
}
