#!/bin/bash
# Makes what is secret when it is not there yet: one directory below /secrets for each service, read by nobody else. A file's
# name is the setting's. Nothing is ever made anew: the database and the tokens in use depend on it.
set -euo pipefail
umask 077

# A secret of this name in this directory, the same as the one beside it when there is one.
secret() {
  local file=/secrets/$1
  if [[ ! -s $file ]]; then
    if (($# > 1)); then cp "/secrets/$2" "$file"; else openssl rand -hex 24 > "$file"; fi
  fi
}

# The public halves of the private keys on standard input, which may be several: see docs/operations.md.
public_halves() {
  local line pem=
  while IFS= read -r line; do
    pem+=$line$'\n'
    if [[ $line == -----END* ]]; then
      openssl pkey -pubout <<< "$pem"
      pem=
    fi
  done
}

key=/secrets/gateway/signing-key.pem
if [[ ! -s $key ]]; then
  openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$key.new"
  mv "$key.new" "$key"
fi
public_halves < "$key" > /secrets/gateway/public-key.pem
keys=/secrets/gateway/session-keys
if [[ ! -s $keys ]]; then
  openssl rand -base64 32 > "$keys"
fi

secret postgres/postgres
clients='{"clientId":"alice","secret":"alice","scope":"customer"},{"clientId":"bob","secret":"bob","scope":"customer"}'
clients+=',{"clientId":"carol","secret":"carol","scope":"customer"},{"clientId":"admin","secret":"admin","scope":"staff"}'
for service in command-side query-side saga; do
  secret "$service/spring.datasource.password"
  secret "$service/orderflow.identity.client-secret"
  secret "postgres/${service//-/_}" "$service/spring.datasource.password"
  cp /secrets/gateway/public-key.pem "/secrets/$service/public-key.pem"
  clients+=",{\"clientId\":\"$service\",\"secret\":\"$(< "/secrets/$service/orderflow.identity.client-secret")\",\"scope\":\"service\"}"
done
printf '[%s]\n' "$clients" > /secrets/gateway/clients.json

chown -R 10001:10001 /secrets/{gateway,command-side,query-side,saga}
# The server's own user reads these; its number is the image's affair.
chmod 755 /secrets/postgres
chmod 444 /secrets/postgres/*
