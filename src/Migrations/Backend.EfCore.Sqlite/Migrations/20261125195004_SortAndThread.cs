using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Backend.EfCore.Sqlite.Migrations
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
                    user_id = table.Column<int>(type: "INTEGER", nullable: false),
                    content_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sent_date = table.Column<long>(type: "INTEGER", nullable: true),
                    base_subject = table.Column<string>(type: "TEXT", nullable: false),
                    is_reply = table.Column<bool>(type: "INTEGER", nullable: false),
                    from = table.Column<string>(type: "TEXT", nullable: false),
                    to = table.Column<string>(type: "TEXT", nullable: false),
                    cc = table.Column<string>(type: "TEXT", nullable: false),
                    display_from = table.Column<string>(type: "TEXT", nullable: false),
                    display_to = table.Column<string>(type: "TEXT", nullable: false),
                    message_id = table.Column<long>(type: "INTEGER", nullable: true),
                    references = table.Column<byte[]>(type: "BLOB", nullable: false),
                    thread_id = table.Column<long>(type: "INTEGER", nullable: false)
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "content_sorts");
        }
    }
}
