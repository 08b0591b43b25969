using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Backend.EfCore.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SearchIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // By hand: EF Core would give all rows that are there the same id.
            migrationBuilder.Sql("""
                CREATE TABLE new_content_texts (
                    "id" INTEGER NOT NULL CONSTRAINT "PK_content_texts" PRIMARY KEY AUTOINCREMENT,
                    "user_id" INTEGER NOT NULL,
                    "content_id" INTEGER NOT NULL,
                    "header" TEXT NOT NULL,
                    "part_header" TEXT NOT NULL,
                    "body" TEXT NOT NULL,
                    CONSTRAINT "FK_content_texts_contents_user_id_content_id" FOREIGN KEY ("user_id", "content_id") REFERENCES "contents" ("user_id", "content_id") ON DELETE CASCADE
                );
                INSERT INTO new_content_texts (user_id, content_id, header, part_header, body)
                SELECT user_id, content_id, header, part_header, body FROM content_texts ORDER BY rowid;
                DROP TABLE content_texts;
                ALTER TABLE new_content_texts RENAME TO content_texts;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_content_texts_user_id_content_id",
                table: "content_texts",
                columns: new[] { "user_id", "content_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_contents_cut",
                table: "contents",
                column: "user_id",
                filter: "NOT is_text_complete");

            migrationBuilder.Sql("""
                CREATE VIRTUAL TABLE search_headers USING fts5(text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');
                CREATE VIRTUAL TABLE search_bodies USING fts5(text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');
                CREATE TRIGGER content_texts_search AFTER DELETE ON content_texts
                BEGIN
                    DELETE FROM search_headers WHERE rowid = old.id;
                    DELETE FROM search_bodies WHERE rowid = old.id;
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER content_texts_search;
                DROP TABLE search_headers;
                DROP TABLE search_bodies;
                """);

            migrationBuilder.DropIndex(
                name: "IX_contents_cut",
                table: "contents");

            migrationBuilder.Sql("""
                CREATE TABLE old_content_texts (
                    "user_id" INTEGER NOT NULL,
                    "content_id" INTEGER NOT NULL,
                    "header" TEXT NOT NULL,
                    "part_header" TEXT NOT NULL,
                    "body" TEXT NOT NULL,
                    CONSTRAINT "PK_content_texts" PRIMARY KEY ("user_id", "content_id"),
                    CONSTRAINT "FK_content_texts_contents_user_id_content_id" FOREIGN KEY ("user_id", "content_id") REFERENCES "contents" ("user_id", "content_id") ON DELETE CASCADE
                );
                INSERT INTO old_content_texts (user_id, content_id, header, part_header, body)
                SELECT user_id, content_id, header, part_header, body FROM content_texts ORDER BY id;
                DROP TABLE content_texts;
                ALTER TABLE old_content_texts RENAME TO content_texts;
                """);
        }
    }
}
