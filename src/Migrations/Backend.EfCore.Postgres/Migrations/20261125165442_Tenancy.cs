using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Backend.EfCore.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Tenancy : Migration
    {
        static readonly string[] MailTables =
        [
            "mailboxes", "mailbox_history", "subscriptions", "messages", "keywords", "message_keywords", "mailbox_changes", "contents", "content_texts", "content_chunks",
        ];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "domains",
                table: "tenants");

            migrationBuilder.CreateTable(
                name: "tenant_domains",
                columns: table => new
                {
                    domain = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    tenant_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tenant_domains", x => x.domain);
                    table.ForeignKey(
                        name: "FK_tenant_domains_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_tenant_domains_tenant_id",
                table: "tenant_domains",
                column: "tenant_id");

            migrationBuilder.SecureAdministration();
            migrationBuilder.SecureMail(MailTables);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Unsecure([.. MailTables, "users", "tenants"]);

            migrationBuilder.DropTable(
                name: "tenant_domains");

            migrationBuilder.AddColumn<List<string>>(
                name: "domains",
                table: "tenants",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");
        }
    }
}
