#!/bin/bash
# A role and a schema of its own for each service, when the server has no data yet. The services make their tables themselves.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c "REVOKE ALL ON DATABASE $POSTGRES_DB FROM PUBLIC"
for role in command_side query_side saga; do
  psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -d "$POSTGRES_DB" \
    -v role="$role" -v database="$POSTGRES_DB" -v password="$(< "/run/secrets/$role")" <<'SQL'
CREATE ROLE :"role" LOGIN PASSWORD :'password';
ALTER ROLE :"role" IN DATABASE :"database" SET search_path = :"role";
GRANT CONNECT ON DATABASE :"database" TO :"role";
CREATE SCHEMA :"role" AUTHORIZATION :"role";
SQL
done
