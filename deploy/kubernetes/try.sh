#!/usr/bin/env bash
# Tries the platform on a cluster of its own on this machine, and places an order. Needs Docker, kind, kubectl, openssl, curl and a
# JDK 25. What it has made goes with: kind delete cluster --name orderflow-try
set -euo pipefail
cd "$(dirname "$0")/../.."

cluster=orderflow-try
services=(command-side query-side saga gateway)
in_cluster() { kubectl --context "kind-$cluster" --namespace orderflow "$@"; }

log=$(mktemp)
forward=
trap 'rm -f "$log"; [[ -z $forward ]] || kill "$forward"' EXIT

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
  post "$staff" /products "{\"productId\": \"$product\", \"name\": \"Phin\", \"description\": \"Drips coffee\", \"price\": 185000, \"currency\": \"VND\"}" > "$log"
  post "$staff" "/inventory/$product/receipts" '{"quantity": 10}' > "$log"
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

./mvnw -q -DskipTests clean package
for service in "${services[@]}"; do
  docker build -q --build-arg "SERVICE=$service" -f deploy/docker/Dockerfile -t "orderflow/$service:try" .
done

kind get clusters | grep -qx "$cluster" || kind create cluster --name "$cluster"
images=("${services[@]/%/:try}")
kind load docker-image --name "$cluster" "${images[@]/#/orderflow/}"

kubectl --context "kind-$cluster" apply -f deploy/kubernetes/base/namespace.yaml
# Once, since the database keeps the passwords; also when some are there, because an earlier attempt was broken off.
in_cluster get secret postgres > "$log" 2>&1 || deploy/kubernetes/secrets.sh | in_cluster apply -f -
in_cluster apply -k deploy/kubernetes/overlays/try
for store in statefulset/postgres statefulset/kafka deployment/redis; do
  in_cluster rollout status --timeout 10m "$store"
done
for service in "${services[@]}"; do
  in_cluster rollout status --timeout 10m "deployment/$service"
done

in_cluster port-forward service/gateway 8080:8080 > "$log" &
forward=$!
curl -sSf --retry 30 --retry-delay 1 --retry-all-errors -o "$log" "$url/products"
place_order
echo "The platform answers at $url while this is forwarded: kubectl --context kind-$cluster -n orderflow port-forward service/gateway 8080:8080"
