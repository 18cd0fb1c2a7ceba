#!/usr/bin/env bash
# Tries the platform on a cluster of its own on this machine, and places an order. Needs Docker, kind, kubectl, openssl, curl and a
# JDK 25. What it has made goes with: kind delete cluster --name orderflow-try
set -euo pipefail
cd "$(dirname "$0")/../.."

cluster=orderflow-try
services=(command-side query-side saga gateway)
in_cluster() { kubectl --context "kind-$cluster" --namespace orderflow "$@"; }

secrets=$(mktemp -d)
forward=
trap 'rm -rf "$secrets"; [[ -z $forward ]] || kill "$forward"' EXIT

# Also when it is there already, because an earlier attempt was broken off.
secret() { in_cluster create secret generic "$@" --dry-run=client -o yaml | in_cluster apply -f -; }

# Secrets are made once, since the database keeps the passwords: one of a role for each service with data, one with what else a service
# needs, and the superuser's. They are in no file but for a moment.
make_secrets() {
  umask 077
  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$secrets/signing-key.pem" 2> "$secrets/log"
  openssl pkey -in "$secrets/signing-key.pem" -pubout -out "$secrets/public-key.pem"
  for name in postgres command-side query-side saga identity; do
    openssl rand -hex 24 | tr -d '\n' > "$secrets/$name"
  done
  cat > "$secrets/clients.json" << JSON
[{"clientId": "alice", "secret": "alice", "scope": "customer"},
 {"clientId": "admin", "secret": "admin", "scope": "staff"},
 {"clientId": "saga", "secret": "$(< "$secrets/identity")", "scope": "service"}]
JSON
  for service in command-side query-side saga; do
    secret "$service-database" --type=kubernetes.io/basic-auth \
      --from-literal="username=${service//-/_}" --from-file="password=$secrets/$service"
  done
  for service in command-side query-side; do
    secret "$service" --from-file="$secrets/public-key.pem"
  done
  secret saga --from-file="$secrets/public-key.pem" \
    --from-file="orderflow.identity.client-secret=$secrets/identity"
  secret gateway --from-file="$secrets/public-key.pem" \
    --from-file="$secrets/signing-key.pem" --from-file="$secrets/clients.json"
  # The last one: it says that all are there.
  secret postgres --from-file="password=$secrets/postgres"
}

url=http://127.0.0.1:8080
field() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"; }
token() { curl -sSf -u "$1:$1" -d grant_type=client_credentials "$url/oauth2/token" | field access_token; }
post() { curl -sSf -H "Authorization: Bearer $1" -H 'Content-Type: application/json' -d "$3" "$url$2"; }

# A product, ten pieces of it, an order of two, and what has become of the order.
place_order() {
  local product order staff customer
  product=PROD-TRY-$(date +%s)
  staff=$(token admin)
  customer=$(token alice)
  post "$staff" /products "{\"productId\": \"$product\", \"name\": \"Phin\", \"description\": \"Drips coffee\", \"price\": 185000, \"currency\": \"VND\"}" > "$secrets/log"
  post "$staff" "/inventory/$product/receipts" '{"quantity": 10}' > "$secrets/log"
  order=$(post "$customer" /orders "{\"version\": \"alice_$(date +%Y%m%d%H%M%S)_try\", \"items\": [{\"productId\": \"$product\",
    \"quantity\": 2, \"expectedPrice\": 185000, \"priceVersion\": 1}], \"paymentMethod\": \"pm_card_visa\"}" | field orderId)
  for _ in {1..60}; do
    status=$(curl -sSf -H "Authorization: Bearer $customer" "$url/orders/$order" | field status)
    if [[ $status == CONFIRMED ]]; then
      echo "$order is $status"
      return
    fi
    sleep 1
  done
  echo "$order is still $status" >&2
  return 1
}

./mvnw -q -DskipTests package
for service in "${services[@]}"; do
  docker build -q --build-arg "SERVICE=$service" -f deploy/docker/Dockerfile -t "orderflow/$service:try" .
done

kind get clusters | grep -qx "$cluster" || kind create cluster --name "$cluster"
images=("${services[@]/%/:try}")
kind load docker-image --name "$cluster" "${images[@]/#/orderflow/}"

kubectl --context "kind-$cluster" apply -f deploy/kubernetes/base/namespace.yaml
in_cluster get secret postgres > "$secrets/log" 2>&1 || make_secrets
in_cluster apply -k deploy/kubernetes/overlays/try
for store in statefulset/postgres statefulset/kafka deployment/redis; do
  in_cluster rollout status --timeout 10m "$store"
done
for service in "${services[@]}"; do
  in_cluster rollout status --timeout 10m "deployment/$service"
done

in_cluster port-forward service/gateway 8080:8080 > "$secrets/log" &
forward=$!
curl -sSf --retry 30 --retry-delay 1 --retry-all-errors -o "$secrets/log" "$url/actuator/health/readiness"
place_order
echo "The platform answers at $url while this is forwarded: kubectl --context kind-$cluster -n orderflow port-forward service/gateway 8080:8080"
