using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Backend.EfCore.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class SortAndThread : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "content_sorts",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    content_id = table.Column<long>(type: "bigint", nullable: false),
                    sent_date = table.Column<long>(type: "bigint", nullable: true),
                    base_subject = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_reply = table.Column<bool>(type: "boolean", nullable: false),
                    from = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    to = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    cc = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    display_from = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    display_to = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    message_id = table.Column<long>(type: "bigint", nullable: true),
                    references = table.Column<byte[]>(type: "bytea", nullable: false),
                    thread_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_content_sorts", x => new { x.user_id, x.content_id });
                    table.ForeignKey(
                        name: "FK_content_sorts_contents_user_id_content_id",
                        columns: x => new { x.user_id, x.content_id },
                        principalTable: "contents",
                        principalColumns: new[] { "user_id", "content_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.SecureMail("content_sorts");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "content_sorts");
        }
    }
}
