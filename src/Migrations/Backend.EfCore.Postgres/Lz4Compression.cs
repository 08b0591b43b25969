using Microsoft.EntityFrameworkCore.Migrations;

namespace Backend.EfCore.Postgres;

/// <summary>For migrations: how long texts and octets are compressed.</summary>
static class Lz4Compression
{
    /// <summary>
    /// Has all columns of these tables that can be long compressed by lz4, which takes a fraction of the time of PostgreSQL's own; a server
    /// that was built without it keeps its own. To be called again for columns that a later migration adds.
    /// </summary>
    public static void CompressByLz4(this MigrationBuilder migrationBuilder, params string[] tables) =>
        migrationBuilder.Sql($"""
            DO $lz4$
            DECLARE col record;
            BEGIN
                IF 'lz4' IN (SELECT unnest(enumvals) FROM pg_settings WHERE name = 'default_toast_compression') THEN
                    FOR col IN
                        SELECT attrelid::regclass AS table_name, attname AS name
                        FROM pg_attribute
                        WHERE attrelid = ANY ('{"{" + string.Join(',', tables) + "}"}'::regclass[]) AND attnum > 0 AND NOT attisdropped AND attstorage = 'x'
                    LOOP
                        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET COMPRESSION lz4', col.table_name, col.name);
                    END LOOP;
                END IF;
            END
            $lz4$;
            """);
}
