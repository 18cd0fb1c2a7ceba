#!/usr/bin/env bash
# Makes data of an earlier version; see README.md beside it.
# Needs bash, curl with HTTP/2, jq, tar and xz; psql, too, for what is under way.
set -euo pipefail

checkout=$(realpath "${1:?the checkout of the earlier version}")
history=${2:?which history: data or under-way}
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
  : >"$work/console"
  "$checkout/orderflow" up --data-dir "$data" --gateway-port 0 --no-demo-data >"$work/console" 2>&1 &
  launcher=$!
  until grep -q '^ *Orderflow is ready' "$work/console"; do
    kill -0 "$launcher" || { cat "$work/console"; exit 1; }
    sleep 0.2
  done
  gateway=$(jq -r .gateway.url "$data/cluster.json")
  alice=$(token alice alice)
  admin=$(token admin admin)
  service=$(token saga "$(jq -r '.["client.saga"]' "$data/secrets.json")")
}

down() {
  kill -TERM "$launcher"
  wait "$launcher"
  launcher=
}

# USER SECRET
token() {
  curl -fsS -u "$1:$2" -d grant_type=client_credentials "$gateway/oauth2/token" | jq -r .access_token
}

# METHOD PATH USER [BODY]
call() {
  curl -fsS -D "$work/headers" -X "$1" -H "Authorization: Bearer ${!3}" -H 'Content-Type: application/json' \
    ${4:+-d "$4"} "$gateway$2"
}

# Fields of a message, as formats of printf: NUMBER VALUE
text() { printf '\\x%02x\\x%02x%s' $(($1 << 3 | 2)) "${#2}" "$2"; }
number() { printf '\\x%02x\\x%02x' $(($1 << 3)) "$2"; }

# METHOD USER MESSAGE, to the command side
grpc() {
  local frame
  frame=$(printf '\\x00\\x00\\x00\\x00\\x%02x' "$(printf "$3" | wc -c)")$3
  printf "$frame" | curl -fsS --http2-prior-knowledge \
    -H 'content-type: application/grpc' -H 'te: trailers' -H "authorization: Bearer ${!2}" \
    --data-binary @- -o "$work/reply" -D "$work/headers" "http://$(instance command-side .grpc)/$1"
  grep -qi '^grpc-status: 0' "$work/headers" || { cat "$work/headers"; exit 1; }
}

# ID PIECES
product() {
  call POST /products admin "{\"productId\":\"$1\",\"name\":\"Ấm / Kettle\",\"description\":\"1,7 L\",\"price\":50000,\"currency\":\"VND\"}"
  call POST "/inventory/$1/receipts" admin "{\"quantity\":$2}"
}

# NAME PRODUCT[,PRODUCT…] PAYMENT-METHOD [FURTHER FIELDS]
order() {
  local items
  items=$(jq -nc '[$ARGS.positional[] | {productId: ., quantity: 2, expectedPrice: 50000, priceVersion: 1}]' --args ${2//,/ })
  call POST /orders alice "{\"version\":\"alice_20261123000000_$1\",\"items\":$items,\"paymentMethod\":\"$3\"${4:-}}"
}

contact=',"contact":{"name":"Alice","email":"alice@example.com","address":"1 Hang Bai"},"locale":"en"'

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

# Id of an order by its name.
id() {
  orders | jq -re --arg key "alice_20261123000000_$1" '.orders[] | select(.version == $key) | .orderId'
}

# SERVICE FIELD
instance() {
  jq -r --arg name "$1" "[.services[] | select(.name == \$name)][0]$2" "$data/cluster.json"
}

# Each order of which a part is told has a product of its own, PROD-NAME, with 10 pieces.
order_alone() {
  product "PROD-${1^^}" 10
  order "$1" "PROD-${1^^}" "${@:2}"
}

cancel() {
  call POST "/orders/$(id "$1")/cancel" alice
}

# NAME OUTCOME [REASON], 1 success, 2 failed: as the payment worker reports it.
complete() {
  local order
  order=$(id "$1")
  grpc orderflow.payment.v1.PaymentService/CompletePayment service \
    "$(text 1 "${order/ORD-/PAY-}")$(text 2 "$order")$(number 3 "$2")${3:+$(text 4 "$3")}"
}

confirm() {
  grpc orderflow.ordering.v1.OrderService/ConfirmOrder service "$(text 1 "$(id "$1")")"
}

sql() {
  local url
  url=$(jq -r .postgres.jdbcUrl "$data/cluster.json")
  PGPASSWORD=$(jq -r .postgres.password "$data/cluster.json") psql -qAtX -v ON_ERROR_STOP=1 \
    -U "$(jq -r .postgres.user "$data/cluster.json")" -c "$1" "${url#jdbc:}"
}

# What must hold within two minutes: a command that succeeds.
until_true() {
  for _ in $(seq 600); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.2
  done
  echo "never: $*" >&2
  exit 1
}

# The saga has said so.
logged() {
  until_true grep -q "$1" "$data/logs/saga-1.log"
}

is_true() {
  [ "$(sql "SELECT $1")" = t ]
}

# Payments whose money the provider has, though its answer never came.
charged() {
  until_true is_true "count(*) = 1 FROM saga.simulated_charge WHERE idempotency_key = '$(id "$1" | sed s/ORD/PAY/)'"
}

kill_command_side() {
  local before
  before=$(instance command-side .pid)
  kill -9 "$before"
  until_true is_back "$before"
}

is_back() {
  [ "$(instance command-side .pid)" != "$1" ] && curl -fsS "$(instance command-side .http)/actuator/health/readiness"
}

# Orders that are done, one of each kind that is carried on, and what is overdue.
make_data() {
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
  order in-payment PROD-WAITING pm_sim_slow "$contact"
  product PROD-OPEN 10
  product PROD-OVERDUE 10
  product PROD-RESERVED 10
  await /products/PROD-RESERVED alice '.available == 10'
  down

  # Second life: what is begun in it is overdue when it is carried on.
  ORDERFLOW_SAGA_PAYMENT_DEADLINE=2m ORDERFLOW_INVENTORY_RESERVATION_TTL=2m up
  order overdue PROD-OVERDUE pm_sim_noAnswer
  reserve PROD-RESERVED
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
}

# PRODUCT: four pieces, without an order.
reserve() {
  grpc inventory.InventoryService/CheckAndReserveStock admin "$(text 1 "$1")$(number 2 4)"
  await "/products/$1" alice '.available == 6'
}

# Orders in every stage, what was decided about them and not done, and what could not proceed.
make_under_way() {
  # Payments have for ever.
  ORDERFLOW_SAGA_PAYMENT_DEADLINE=36500d up
  order_alone by-customer pm_sim_noAnswer
  order_alone in-payment pm_sim_slow "$contact"
  order_alone given-back pm_sim_slow
  await '/orders?pageSize=100' alice '.orders | length == 3'
  until_true is_true "count(*) = 3 FROM saga.provider_tasks WHERE picked"
  logged_mails 1
  cancel given-back
  await /products/PROD-GIVEN-BACK alice '.available == 10'
  down

  # Overdue when it is carried on.
  ORDERFLOW_SAGA_PAYMENT_DEADLINE=10m ORDERFLOW_INVENTORY_RESERVATION_TTL=2m up
  order_alone overdue pm_sim_noAnswer
  product PROD-RESERVED 10
  reserve PROD-RESERVED
  until_true is_true "count(*) = 4 FROM saga.provider_tasks WHERE picked"
  down

  # Its deadline passes in the next life.
  ORDERFLOW_SAGA_PAYMENT_DEADLINE=2m up
  order_alone timing-out pm_sim_noAnswer
  until_true is_true "count(*) = 5 FROM saga.provider_tasks WHERE picked"
  down

  ORDERFLOW_SAGA_PAYMENT_DEADLINE=36500d up
  local name before
  for name in charged kept refused confirming unsold unsold-unheard refunding; do
    order_alone "$name" pm_sim_lostAnswer
  done
  product PROD-HALF-SOLD 10
  product PROD-OTHER-HALF 10
  order half-sold PROD-HALF-SOLD,PROD-OTHER-HALF pm_sim_lostAnswer
  for name in declined unreleased unreleased-unheard; do
    order_alone "$name" pm_sim_noAnswer
  done
  await '/orders?pageSize=100' alice '.orders | length == 16'
  for name in charged kept refused confirming unsold unsold-unheard refunding half-sold; do
    charged "$name"
  done
  until_true is_true "count(*) = 16 FROM saga.provider_tasks WHERE picked"
  cancel refunding
  await /products/PROD-REFUNDING alice '.available == 10'

  # Two records become letters, because the saga of their order cannot be read for a while.
  before=$(sql "SELECT encode(serialized_saga, 'hex') FROM saga.saga_entry WHERE convert_from(serialized_saga, 'UTF8') LIKE '%$(id kept)%'")
  sql "UPDATE saga.saga_entry SET serialized_saga = '{' WHERE encode(serialized_saga, 'hex') = '$before'"
  complete kept 1
  until_true is_true "count(*) = 1 FROM saga.dead_letter"
  confirm kept
  until_true is_true "count(*) = 2 FROM saga.dead_letter"
  sql "UPDATE saga.saga_entry SET serialized_saga = decode('$before', 'hex') WHERE serialized_saga = '{'"

  # A task becomes one, because its order cannot be found for a while.
  before=order-$(id refused)
  sql "UPDATE command_side.domain_event SET aggregate_id = 'hidden' WHERE aggregate_id = '$before'"
  kill_command_side
  complete refused 1
  until_true is_true "count(*) = 3 FROM saga.dead_letter"
  sql "UPDATE command_side.domain_event SET aggregate_id = '$before' WHERE aggregate_id = 'hidden'"

  # While the saga stands still things happen; when it goes on, the command side stands still.
  kill -STOP "$(instance saga .pid)"
  complete confirming 1
  complete refunding 1
  complete declined 2 card_declined
  for name in unsold half-sold; do
    complete "$name" 1
    confirm "$name"
  done
  grpc orderflow.inventory.v1.InventoryService/CommitStock service \
    "$(text 1 PROD-HALF-SOLD)$(text 2 "$(id half-sold)")"
  cancel unreleased
  order_alone unrequested pm_card_visa "$contact"
  await '/orders?pageSize=100' alice '.orders | length == 17'
  before=$(id unrequested)
  declare -A ids
  for name in confirming refunding declined unsold half-sold unreleased unrequested timing-out; do
    ids[$name]=$(id "$name")
  done
  kill -STOP "$(instance command-side .pid)"
  kill -CONT "$(instance saga .pid)"
  logged "request-payment/${ids[unrequested]} failed"
  logged "notify/${ids[unrequested]}/PLACED failed"
  logged "confirm/${ids[confirming]} failed"
  logged "commit-stock/${ids[unsold]}/PROD-UNSOLD failed"
  logged "commit-stock/${ids[half-sold]}/PROD-HALF-SOLD failed"
  logged "commit-stock/${ids[half-sold]}/PROD-OTHER-HALF failed"
  logged "release-stock/${ids[unreleased]}/PROD-UNRELEASED failed"
  logged "request-refund/${ids[refunding]/ORD/PAY} failed"
  logged "cancel/${ids[declined]} failed"
  logged "cancel/${ids[timing-out]} failed"

  # What the saga has never heard of.
  kill -STOP "$(instance saga .pid)"
  kill_command_side
  complete unsold-unheard 1
  confirm unsold-unheard
  cancel unreleased-unheard
  order_alone unheard pm_card_visa
  await '/orders?pageSize=100' alice '.orders | length == 18'
  await '/orders?pageSize=100' alice '[.orders[] | select(.status == "CONFIRMED")] | length == 4'
  await '/orders?pageSize=100' alice '[.orders[] | select(.status == "CANCELLED")] | length == 4'
  sql 'SELECT order_id, stage FROM saga.open_order'
  sql 'SELECT task_name, task_instance, execution_time, picked, consecutive_failures FROM saga.open_task'
  sql 'SELECT source, order_id, identity, cause FROM saga.dead_letter'
  # The saga does not end by itself, and is killed.
  down
}

# HOW MANY mails have been written.
logged_mails() {
  until_true is_true "count(*) = $1 FROM saga.sent_notification"
}

case $history in
  data) make_data ;;
  under-way) make_under_way ;;
  *) echo "there is no history $history" >&2; exit 2 ;;
esac

rm -rf "$data"/{logs,mails,identity,redis,processes.json,postgres/postmaster.opts,kafka/server.properties,kafka/ready}
echo '{"postgres":"of-test-data"}' >"$data/secrets.json"
tar -C "$data" --sort=name --owner=0 --group=0 --numeric-owner -cJf "$here/$history.tar.xz" .
if [ -e "$work/answers.json" ]; then cp "$work/answers.json" "$here/answers.json"; fi
