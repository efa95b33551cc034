#!/bin/sh
# Fetches the Aspire dashboard into the folder given, once: it comes with Aspire's command-line tool on npm.
set -eu
version=13.5.4
folder=$1
mkdir -p "$folder"
exec 9>"$folder.lock"
flock 9
[ -x "$folder/aspire-managed" ] && exit 0
command -v npm >/dev/null || { echo "npm is missing; install it (apt-get install npm) or set SENTINEL_FEED=public" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "@microsoft/aspire-cli-linux-x64@$version" >/dev/null
tar -xzf ./*.tgz package/bin/aspire
# A clean environment: inside a build the tool would take MSBuild's variables for its own.
env -i PATH="$PATH" HOME="$work" ASPIRE_CLI_TELEMETRY_OPTOUT=true \
  package/bin/aspire setup --install-path "$work/bundle" --non-interactive >setup.log 2>&1 || true
# What counts is what was unpacked: on a busy machine the tool sometimes rejects its own layout.
[ -x "$(echo bundle/versions/*/managed/aspire-managed)" ] || { cat setup.log >&2; exit 1; }
# The program comes last, since its presence means that all is there.
rm -rf "$folder/wwwroot"
mv bundle/versions/*/managed/wwwroot bundle/versions/*/managed/aspire-managed "$folder/"
