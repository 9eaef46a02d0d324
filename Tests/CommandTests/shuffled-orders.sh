#!/usr/bin/env bash
# Registers the sample's 96 communities one by one through the command, in shuffled orders, each in a database of its own; runs
# the same round in each and prints its three digests. Exits with 1 when two orders differ.
#
#   Tests/CommandTests/shuffled-orders.sh [ORDERS]     20 orders by default; ENTRAIDE_BIN names the command
set -euo pipefail
cd "$(dirname "$0")/../.."

orders="${1:-20}"
entraide="$(realpath "${ENTRAIDE_BIN:-.build/debug/entraide}")"
work="$(mktemp -d /tmp/eo-XXXXXX)"
chmod 711 "$work"
export ENTRAIDE_HOME="$work/home" LANG=C.UTF-8
unset ENTRAIDE_DATABASE
stop() {
  unset ENTRAIDE_DATABASE
  "$entraide" database stop 2> /dev/null || true
  rm -rf "$work"
}
trap stop EXIT

"$entraide" init 2> /dev/null
administrator="host=$ENTRAIDE_HOME/run dbname=postgres user=postgres"
sample=deploy/sample
for order in $(seq "$orders"); do
  psql -XAtq -d "$administrator" -c "CREATE DATABASE o$order TEMPLATE entraide OWNER entraide"
  export ENTRAIDE_DATABASE="host=$ENTRAIDE_HOME/run dbname=o$order user=entraide"
  "$entraide" territory import "$sample/communes.csv" > /dev/null
  # The seed is the order's number: the same orders every time. A parent has to be there before its children.
  shuf --random-source=<(yes "$order") "$sample/communities.ndjson" > "$work/shuffled"
  { grep -v '"parent"' "$work/shuffled"; grep '"parent"' "$work/shuffled"; } > "$work/order"
  while IFS= read -r profile; do
    printf '%s\n' "$profile" | "$entraide" community register --file - > /dev/null 2> "$work/err" || {
      cat "$work/err" >&2
      exit 1
    }
  done < "$work/order"
  "$entraide" round create r > /dev/null
  "$entraide" round open r > /dev/null 2>&1
  "$entraide" round run r --on 2027-01-15 > /dev/null 2>&1
  "$entraide" round show r --proof | cut -f 7-9 | tee -a "$work/digests" | sed "s/^/$order	/"
  psql -XAtq -d "$administrator" -c "DROP DATABASE o$order WITH (FORCE)"
done

different="$(sort -u "$work/digests" | wc -l)"
echo "$orders orders, $(wc -l < "$sample/communities.ndjson") communities, $different set(s) of digests"
[ "$different" -eq 1 ]
