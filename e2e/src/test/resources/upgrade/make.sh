#!/usr/bin/env bash
# Makes data.tar.xz and answers.json; see README.md beside it.
# Needs bash, curl with HTTP/2, jq, tar and xz.
set -euo pipefail

checkout=$(realpath "${1:?the checkout of the earlier version}")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
data=$work/data
launcher=
trap '[ -z "$launcher" ] || kill -TERM "$launcher"; rm -rf "$work"' EXIT
mkdir -m 700 "$data"
# The superuser's password is part of the database; all other secrets are made anew at each start that misses them.
echo '{"postgres":"of-test-data"}' >"$data/secrets.json"
: >"$data/orderflow.lock"

# Snapshots of short streams, too; pm_sim_slow is answered by the version that carries on.
export ORDERFLOW_EVENT_STORE_SNAPSHOT_EVERY=5
export ORDERFLOW_PAYMENT_SIMULATED_SLOW=1h ORDERFLOW_PAYMENT_PROVIDER_TIMEOUT=1h

up() {
  rm -f "$work/console"
  "$checkout/orderflow" up --data-dir "$data" --gateway-port 0 --no-demo-data >"$work/console" 2>&1 &
  launcher=$!
  until grep -q '^ *Orderflow is ready' "$work/console"; do
    kill -0 "$launcher" || { cat "$work/console"; exit 1; }
    sleep 0.2
  done
  gateway=$(jq -r .gateway.url "$data/cluster.json")
  alice=$(token alice)
  admin=$(token admin)
}

down() {
  kill -TERM "$launcher"
  wait "$launcher"
  launcher=
}

token() {
  curl -fsS -u "$1:$1" -d grant_type=client_credentials "$gateway/oauth2/token" | jq -r .access_token
}

# METHOD PATH USER [BODY]
call() {
  curl -fsS -D "$work/headers" -X "$1" -H "Authorization: Bearer ${!3}" -H 'Content-Type: application/json' \
    ${4:+-d "$4"} "$gateway$2"
}

# ID PIECES
product() {
  call POST /products admin "{\"productId\":\"$1\",\"name\":\"Ấm / Kettle\",\"description\":\"1,7 L\",\"price\":50000,\"currency\":\"VND\"}"
  call POST "/inventory/$1/receipts" admin "{\"quantity\":$2}"
}

# NAME PRODUCT PAYMENT-METHOD [FURTHER FIELDS]
order() {
  call POST /orders alice "{\"version\":\"alice_20261123000000_$1\",\"items\":[{\"productId\":\"$2\",\"quantity\":2,\"expectedPrice\":50000,\"priceVersion\":1}],\"paymentMethod\":\"$3\"${4:-}}"
}

orders() {
  call GET '/orders?pageSize=100' alice
}

# PATH USER CONDITION
await() {
  for _ in $(seq 300); do
    if call GET "$1" "$2" | jq -e "$3"; then return; fi
    sleep 0.2
  done
  echo "never: $3" >&2
  exit 1
}

# PATH USER
answer() {
  local body
  body=$(call GET "$1" "$2")
  jq -n --arg path "$1" --arg user "$2" --argjson body "$body" \
    --arg etag "$(sed -n 's/^etag: *\(.*\)\r$/\1/Ip' "$work/headers")" \
    '{path: $path, user: $user, etag: $etag, body: $body}'
}

# First life: payments have for ever.
ORDERFLOW_SAGA_PAYMENT_DEADLINE=36500d up
product PROD-SETTLED 20
order confirmed PROD-SETTLED pm_card_visa
order cancelled PROD-SETTLED pm_card_chargeDeclined
for n in 1 2 3 4; do
  order "confirmed-$n" PROD-SETTLED pm_card_visa
done
product PROD-PRICED 5
for price in 51000 52000 53000 54000 55000 56000; do
  call PUT /products/PROD-PRICED/price admin "{\"price\":$price}"
done
product PROD-INACTIVE 5
call POST /products/PROD-INACTIVE/deactivate admin
await '/orders?pageSize=100' alice '[.orders[] | select(.status == "PENDING")] == []'
await /inventory/PROD-SETTLED admin '.sold == 10 and .reserved == 0'
product PROD-WAITING 10
order by-customer PROD-WAITING pm_sim_noAnswer
order in-payment PROD-WAITING pm_sim_slow ',"contact":{"name":"Alice","email":"alice@example.com","address":"1 Hang Bai"},"locale":"en"'
product PROD-OPEN 10
product PROD-OVERDUE 10
product PROD-RESERVED 10
await /products/PROD-RESERVED alice '.available == 10'
down

# Second life: what is begun in it is overdue when it is carried on.
ORDERFLOW_SAGA_PAYMENT_DEADLINE=2m ORDERFLOW_INVENTORY_RESERVATION_TTL=2m up
order overdue PROD-OVERDUE pm_sim_noAnswer
# StockRequest{product_id: "PROD-RESERVED", quantity: 4} in a frame of gRPC
printf '\0\0\0\0\x11\x0a\x0dPROD-RESERVED\x10\x04' | curl -fsS --http2-prior-knowledge \
  -H 'content-type: application/grpc' -H 'te: trailers' -H "authorization: Bearer $admin" \
  --data-binary @- -o "$work/reply" -D "$work/headers" \
  "http://$(jq -r '[.services[] | select(.name == "command-side")][0].grpc' "$data/cluster.json")/inventory.InventoryService/CheckAndReserveStock"
grep -qi '^grpc-status: 0' "$work/headers"
await /products/PROD-RESERVED alice '.available == 6'
await /products/PROD-OVERDUE alice '.available == 8'
{
  for id in SETTLED PRICED INACTIVE WAITING OVERDUE RESERVED; do
    answer "/products/PROD-$id" alice
    answer "/inventory/PROD-$id" admin
  done
  for id in $(orders | jq -r '.orders[].orderId'); do
    answer "/orders/$id" alice
  done
} | jq -s . >"$work/answers.json"
down

rm -rf "$data"/{logs,mails,identity,redis,processes.json,postgres/postmaster.opts,kafka/server.properties,kafka/ready}
echo '{"postgres":"of-test-data"}' >"$data/secrets.json"
tar -C "$data" --sort=name --owner=0 --group=0 --numeric-owner -cJf "$here/data.tar.xz" .
cp "$work/answers.json" "$here/answers.json"
