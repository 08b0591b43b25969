using Microsoft.EntityFrameworkCore.Migrations;

namespace Backend.EfCore.Postgres;

/// <summary>
/// For migrations: row-level security. A policy reads for whom a statement is from settings that <see cref="LeaseInterceptor"/> tells; who has told
/// nothing sees nothing, and can add nothing. It holds for the owner of the tables too. A migration that moves rows has to lift it for as long
/// (<c>ALTER TABLE ... NO FORCE ROW LEVEL SECURITY</c>), since nobody's lease is on it.
/// </summary>
static class RowSecurity
{
    const string User = "nullif(current_setting('mailstore.user', true), '')::integer";
    const string Tenant = "nullif(current_setting('mailstore.tenant', true), '')::integer";
    const string Login = "nullif(current_setting('mailstore.login', true), '')";
    const string Administration = "current_setting('mailstore.administration', true) = 'on'";

    /// <summary>For tables whose keys begin with user_id: the user sees and changes the user's own rows.</summary>
    public static void SecureMail(this MigrationBuilder migrationBuilder, params string[] tables)
    {
        foreach (var table in tables)
        {
            Enable(migrationBuilder, table);
            migrationBuilder.Sql($"CREATE POLICY own ON {table} USING (user_id = {User});");
        }
    }

    /// <summary>
    /// For the tables of the administration, which sees and changes all. A tenant sees what is its own; who logs in sees the row of that name; a user sees
    /// and changes the user's own row.
    /// </summary>
    public static void SecureAdministration(this MigrationBuilder migrationBuilder)
    {
        foreach (var (table, tenant) in new[] { ("tenants", "id"), ("tenant_domains", "tenant_id"), ("users", "tenant_id") })
        {
            Enable(migrationBuilder, table);
            migrationBuilder.Sql($"CREATE POLICY administration ON {table} USING ({Administration});");
            migrationBuilder.Sql($"CREATE POLICY tenant ON {table} FOR SELECT USING ({tenant} = {Tenant});");
        }

        migrationBuilder.Sql($"CREATE POLICY login ON users FOR SELECT USING (normalized_name = {Login});");
        migrationBuilder.Sql($"CREATE POLICY own ON users FOR SELECT USING (id = {User});");
        migrationBuilder.Sql($"CREATE POLICY change_own ON users FOR UPDATE USING (id = {User});");
    }

    /// <summary>
    /// For what gives rights to others: its owner sees and changes it, and gives none beyond the own tenant; a user sees what was given to the user and to
    /// anyone in the user's tenant; the administration moves users from tenant to tenant.
    /// </summary>
    public static void SecureSharing(this MigrationBuilder migrationBuilder)
    {
        const string OwnTenant = $"tenant_id = (SELECT users.tenant_id FROM users WHERE users.id = {User})";
        Enable(migrationBuilder, "mailbox_rights");
        migrationBuilder.Sql($"CREATE POLICY administration ON mailbox_rights USING ({Administration});");
        migrationBuilder.Sql($"CREATE POLICY own ON mailbox_rights USING (user_id = {User}) WITH CHECK (user_id = {User} AND {OwnTenant});");
        migrationBuilder.Sql($"CREATE POLICY given ON mailbox_rights FOR SELECT USING ((grantee_id = {User} OR grantee_id IS NULL) AND {OwnTenant});");
    }

    /// <summary>Undoes all of these.</summary>
    public static void Unsecure(this MigrationBuilder migrationBuilder, params string[] tables)
    {
        foreach (var table in tables)
            migrationBuilder.Sql($"""
                DO $unsecure$
                DECLARE policy record;
                BEGIN
                    FOR policy IN SELECT policyname FROM pg_policies WHERE schemaname = current_schema() AND tablename = '{table}'
                    LOOP
                        EXECUTE format('DROP POLICY %I ON {table}', policy.policyname);
                    END LOOP;
                    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
                    ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
                END
                $unsecure$;
                """);
    }

    static void Enable(MigrationBuilder migrationBuilder, string table) =>
        migrationBuilder.Sql($"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;");
}
