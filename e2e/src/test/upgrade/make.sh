#!/usr/bin/env bash
# Makes the data directory of an earlier version that UpgradeE2E starts the present one on.
# See README.md beside it.
set -euo pipefail

checkout=${1:?the built checkout of the earlier version}
archive=$(realpath -m "${2:?the archive to write, *.tar.xz}")
work=$(mktemp -d)
data=$work/data
answers=$data/answers
mkdir -m 700 "$data"
launcher=

export ORDERFLOW_EVENT_STORE_SNAPSHOT_EVERY=5
export ORDERFLOW_PAYMENT_SIMULATED_SLOW=1h ORDERFLOW_PAYMENT_PROVIDER_TIMEOUT=1h

up() {
  # A session of its own: an interrupt of this script is not one of the launcher.
  "$checkout/orderflow" up --data-dir "$data" --gateway-port 0 --no-demo-data >"$work/console" 2>&1 &
  launcher=$!
  until grep -q '^ *Orderflow is ready' "$work/console"; do
    kill -0 "$launcher" || { cat "$work/console"; exit 1; }
    sleep 0.2
  done
  gateway=$(jq -r .gateway.url "$data/cluster.json")
  alice=$(token alice)
  staff=$(token admin)
}

down() {
  kill -TERM "$launcher"
  wait "$launcher"
  launcher=
}
trap '[ -z "$launcher" ] || kill -TERM "$launcher"; rm -rf "$work"' EXIT

token() {
  curl -fsS -u "$1:$1" -d grant_type=client_credentials "$gateway/oauth2/token" | jq -r .access_token
}

# METHOD PATH TOKEN [BODY]
call() {
  curl -fsS -X "$1" -H "Authorization: Bearer $3" -H 'Content-Type: application/json' \
    ${4:+-d "$4"} "$gateway$2"
}

# ID PIECES; its price is 50000
product() {
  call POST /products "$staff" "{\"productId\":\"$1\",\"name\":\"Ấm / Kettle $1\",\"description\":\"1,7 L\",\"price\":50000,\"currency\":\"VND\"}" >"$work/out"
  call POST "/inventory/$1/receipts" "$staff" "{\"quantity\":$2}" >"$work/out"
}

# NAME PRODUCT PAYMENT-METHOD [MORE-FIELDS]; 2 pieces
order() {
  call POST /orders "$alice" "{\"version\":\"alice_20261123000000_$1\",\"items\":[{\"productId\":\"$2\",\"quantity\":2,\"expectedPrice\":50000,\"priceVersion\":1}],\"paymentMethod\":\"$3\"${4:-}}" >"$work/out"
}

# What a user reads: FILE PATH TOKEN
keep() {
  mkdir -p "$(dirname "$answers/$1")"
  call GET "$2" "$3" | jq -S . >"$answers/$1"
}

# JSON-PATH-FILTER of all orders of alice, until it is true
await() {
  for _ in $(seq 300); do
    call GET '/orders?pageSize=100' "$alice" | jq -e "$1" >"$work/out" && return
    sleep 0.2
  done
  echo "never: $1" >&2
  exit 1
}

# First life: payments have for ever.
ORDERFLOW_SAGA_PAYMENT_DEADLINE=36500d up
product PROD-SETTLED 20
order confirmed PROD-SETTLED pm_card_visa
order cancelled PROD-SETTLED pm_card_chargeDeclined
for _ in 1 2 3 4; do
  order "confirmed-$_" PROD-SETTLED pm_card_visa
done
await '[.orders[] | select(.status == "PENDING")] | length == 0'
product PROD-PRICED 5
for price in 51000 52000 53000 54000 55000 56000; do
  call PUT /products/PROD-PRICED/price "$staff" "{\"price\":$price}" >"$work/out"
done
product PROD-INACTIVE 5
call POST /products/PROD-INACTIVE/deactivate "$staff" >"$work/out"
product PROD-WAITING 10
order by-customer PROD-WAITING pm_sim_noAnswer
order in-payment PROD-WAITING pm_sim_slow ',"contact":{"name":"Alice","email":"alice@example.com","address":"1 Hang Bai"},"locale":"en"'
product PROD-OVERDUE 10
product PROD-RESERVED 10
sleep 3
down

# Second life: what is begun in it is overdue when it is carried on.
ORDERFLOW_SAGA_PAYMENT_DEADLINE=2m ORDERFLOW_INVENTORY_RESERVATION_TTL=2m up
order overdue PROD-OVERDUE pm_sim_noAnswer
# StockRequest{product_id: "PROD-RESERVED", quantity: 4}, in a gRPC frame
printf '\0\0\0\0\x11\x0a\x0dPROD-RESERVED\x10\x04' | curl -fsS --http2-prior-knowledge \
  -H 'content-type: application/grpc' -H 'te: trailers' -H "authorization: Bearer $staff" \
  --data-binary @- -o "$work/out" -D "$work/headers" \
  "http://$(jq -r '[.services[] | select(.name == "command-side")][0].grpc' "$data/cluster.json")/inventory.InventoryService/CheckAndReserveStock"
grep -qi '^grpc-status: 0' "$work/headers"
sleep 3
keep products.json '/products?pageSize=100' "$alice"
keep orders.json '/orders?pageSize=100' "$alice"
for id in SETTLED PRICED INACTIVE WAITING OVERDUE RESERVED; do
  keep "stock/PROD-$id.json" "/inventory/PROD-$id" "$staff"
done
jdbc=$(jq -r .postgres.jdbcUrl "$data/cluster.json")
echo "$jdbc"
down

cat "$work/console" | tail -5
find "$data" -type f -printf '%s %p\n' | sort -n | tail -30
du -sh "$data"/*
cp -r "$data" /tmp/wt/evolution.data/
