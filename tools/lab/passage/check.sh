#!/usr/bin/env bash
# Compares captures of the passage lab with their truth.tsv: on each side the connections and streams of its lines and
# no others, each changed as the line says, and no frame is damaged.
#
#   check.sh DIRECTORY
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
directory=${1:?directory of the captures}

# shellcheck source=../captures.sh
source "$here/../captures.sh"

for capture in "$directory"/*.pcap; do require_sound "${capture##*/}"; done
while IFS= read -r failure; do fail "$failure"; done < <("$here/check.py" "$directory" || echo "check.py failed")
size=$(cat "$directory"/*.pcap | wc -c)
((size < 1500000)) || fail "$size bytes of captures"
exit $((failures > 0))
