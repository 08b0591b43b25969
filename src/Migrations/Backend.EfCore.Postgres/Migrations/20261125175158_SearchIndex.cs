using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Backend.EfCore.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class SearchIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_indexed",
                table: "content_texts",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_contents_cut",
                table: "contents",
                column: "user_id",
                filter: "NOT is_text_complete");

            migrationBuilder.CreateIndex(
                name: "IX_content_texts_waiting",
                table: "content_texts",
                columns: new[] { "user_id", "content_id" },
                filter: "NOT is_indexed");

            migrationBuilder.Sql(TrigramIndex.TryCreate);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The extensions stay: others may use them.
            migrationBuilder.Sql($"DROP INDEX IF EXISTS \"{TrigramIndex.Name}\"");

            migrationBuilder.DropIndex(
                name: "IX_contents_cut",
                table: "contents");

            migrationBuilder.DropIndex(
                name: "IX_content_texts_waiting",
                table: "content_texts");

            migrationBuilder.DropColumn(
                name: "is_indexed",
                table: "content_texts");
        }
    }
}
