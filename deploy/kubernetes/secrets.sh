#!/usr/bin/env bash
# Prints the Secrets of the overlay `try`, for `kubectl apply -f -`: one of a role for each service with data, one with what else a service
# needs, and the superuser's. Each run makes others. They are in no file but for a moment.
set -euo pipefail
umask 077

files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT
cd "$files"

# A Secret with this name and type; each further argument is a key and the file that holds its value.
secret() {
  local entry data=
  for entry in "${@:3}"; do
    data+="${data:+, }\"${entry%%=*}\": \"$(base64 < "${entry#*=}" | tr -d '\n')\""
  done
  printf -- '---\n{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "%s"}, "type": "%s", "data": {%s}}\n' "$1" "$2" "$data"
}

openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out signing-key.pem 2> log
openssl pkey -in signing-key.pem -pubout -out public-key.pem
openssl rand -base64 32 > session-keys
for name in postgres command-side query-side saga identity; do
  openssl rand -hex 24 | tr -d '\n' > "$name"
done
cat > clients.json << JSON
[{"clientId": "alice", "secret": "alice", "scope": "customer"},
 {"clientId": "bob", "secret": "bob", "scope": "customer"},
 {"clientId": "carol", "secret": "carol", "scope": "customer"},
 {"clientId": "admin", "secret": "admin", "scope": "staff"},
 {"clientId": "saga", "secret": "$(< identity)", "scope": "service"}]
JSON

for service in command-side query-side saga; do
  printf %s "${service//-/_}" > username
  secret "$service-database" kubernetes.io/basic-auth username=username "password=$service"
done
for service in command-side query-side; do
  secret "$service" Opaque public-key.pem=public-key.pem
done
secret saga Opaque public-key.pem=public-key.pem orderflow.identity.client-secret=identity
secret gateway Opaque public-key.pem=public-key.pem signing-key.pem=signing-key.pem clients.json=clients.json \
  session-keys=session-keys
# The last one: it says that all are there.
secret postgres Opaque password=postgres
