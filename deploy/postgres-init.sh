#!/usr/bin/env bash
# Runs once, as PostgreSQL's superuser, when the container of docker-compose.yml makes its database cluster. Elsewhere it does the same for any
# server on which psql may act as superuser: MAILSTORE_DB_PASSWORD=... deploy/postgres-init.sh
set -euo pipefail

: "${MAILSTORE_DB_PASSWORD:?is to be the password of the role mailstore}"
superuser=${POSTGRES_USER:-postgres}

sql() {
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$superuser" "$@"
}

# The store's own role owns its database and is nothing else: no superuser, so that what the database forbids a role it forbids the store.
sql --dbname postgres << 'SQL'
\set password `printf %s "$MAILSTORE_DB_PASSWORD"`
CREATE ROLE mailstore LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE mailstore OWNER mailstore ENCODING 'UTF8' TEMPLATE template0;
SQL

# Extensions of the indexes that search text. Those are used under row-level security only if LIKE is known to tell nothing of rows it was
# not asked for, which is so, but only a superuser may say it, in each database.
sql --dbname mailstore << 'SQL'
REVOKE CONNECT, TEMPORARY ON DATABASE mailstore FROM PUBLIC;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
ALTER FUNCTION pg_catalog.textlike(text, text) LEAKPROOF;
SQL

# In its container the superuser is reached through the socket alone: docker compose exec postgres psql -U postgres
if [[ -n ${POSTGRES_PASSWORD:-} ]]; then
    sql --dbname postgres --command "ALTER ROLE \"$superuser\" PASSWORD NULL"
fi
