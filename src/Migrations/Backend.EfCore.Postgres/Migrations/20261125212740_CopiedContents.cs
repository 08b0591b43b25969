using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Backend.EfCore.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class CopiedContents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "origin",
                table: "contents",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.CreateIndex(
                name: "IX_contents_origin",
                table: "contents",
                columns: new[] { "user_id", "content_id", "origin" },
                filter: "origin IS NOT NULL");

            migrationBuilder.CompressByLz4("contents");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_contents_origin",
                table: "contents");

            migrationBuilder.DropColumn(
                name: "origin",
                table: "contents");
        }
    }
}
