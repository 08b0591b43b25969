#!/usr/bin/env bash
# Adds a migration of the same name for every database: scripts/add-migration.sh NAME
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ $# -ne 1 || ! $1 =~ ^[A-Z][A-Za-z0-9]*$ ]]; then
    echo "usage: $0 NAME, such as AddQuotaRoots" >&2
    exit 2
fi

name=$1
projects=(src/Migrations/Backend.EfCore.Sqlite src/Migrations/Backend.EfCore.Postgres)

for project in "${projects[@]}"; do
    if compgen -G "$project/Migrations/*_$name.cs" > /dev/null; then
        echo "$project has a migration $name already." >&2
        exit 1
    fi
done

dotnet tool restore
added=()
undo() {
    for project in "${added[@]}"; do
        dotnet ef migrations remove --force --no-build --project "$project" || true
    done
}
trap undo ERR

for project in "${projects[@]}"; do
    dotnet build --nologo "$project"
done
for project in "${projects[@]}"; do
    dotnet ef migrations add "$name" --no-build --project "$project"
    added+=("$project")
done

printf '\nAdded %s:\n' "$name"
ls -1 src/Migrations/*/Migrations/*_"$name".cs
cat << END

Look at both. New columns of text or octets that can be long want CompressByLz4 in the one for PostgreSQL. Then dotnet test.
END
