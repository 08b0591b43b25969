using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Backend.EfCore.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Sharing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "mailbox_rights",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "INTEGER", nullable: false),
                    mailbox_id = table.Column<int>(type: "INTEGER", nullable: false),
                    identifier = table.Column<string>(type: "TEXT", nullable: false),
                    grantee_id = table.Column<int>(type: "INTEGER", nullable: true),
                    tenant_id = table.Column<int>(type: "INTEGER", nullable: false),
                    rights = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mailbox_rights", x => new { x.user_id, x.mailbox_id, x.identifier });
                    table.ForeignKey(
                        name: "FK_mailbox_rights_mailboxes_user_id_mailbox_id",
                        columns: x => new { x.user_id, x.mailbox_id },
                        principalTable: "mailboxes",
                        principalColumns: new[] { "user_id", "mailbox_id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_mailbox_rights_users_grantee_id",
                        column: x => x.grantee_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_mailbox_rights_grantee_id",
                table: "mailbox_rights",
                column: "grantee_id");

            migrationBuilder.CreateIndex(
                name: "IX_mailbox_rights_tenant_id_grantee_id",
                table: "mailbox_rights",
                columns: new[] { "tenant_id", "grantee_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "mailbox_rights");
        }
    }
}
