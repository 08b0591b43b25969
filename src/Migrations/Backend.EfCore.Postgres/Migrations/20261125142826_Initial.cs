using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Backend.EfCore.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "tenants",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    domains = table.Column<List<string>>(type: "text[]", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    max_users = table.Column<int>(type: "integer", nullable: true),
                    max_bytes = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tenants", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    tenant_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    normalized_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    salt = table.Column<byte[]>(type: "bytea", nullable: false),
                    iterations = table.Column<int>(type: "integer", nullable: false),
                    stored_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    server_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    max_bytes = table.Column<long>(type: "bigint", nullable: true),
                    max_messages = table.Column<long>(type: "bigint", nullable: true),
                    next_mailbox_id = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_users", x => x.id);
                    table.ForeignKey(
                        name: "FK_users_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "contents",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    content_id = table.Column<long>(type: "bigint", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sent_day = table.Column<int>(type: "integer", nullable: true),
                    sent_date = table.Column<long>(type: "bigint", nullable: true),
                    message_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    subject = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    from = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    to = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    cc = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    envelope = table.Column<byte[]>(type: "bytea", nullable: false),
                    body_structure = table.Column<byte[]>(type: "bytea", nullable: false),
                    layout = table.Column<byte[]>(type: "bytea", nullable: false),
                    header_fields = table.Column<byte[]>(type: "bytea", nullable: false),
                    preview = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_text_complete = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_contents", x => new { x.user_id, x.content_id });
                    table.ForeignKey(
                        name: "FK_contents_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "keywords",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    keyword_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    normalized_name = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_keywords", x => new { x.user_id, x.keyword_id });
                    table.ForeignKey(
                        name: "FK_keywords_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mailbox_history",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    uid_validity = table.Column<long>(type: "bigint", nullable: false),
                    uid = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mailbox_history", x => new { x.user_id, x.name });
                    table.ForeignKey(
                        name: "FK_mailbox_history_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mailboxes",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    mailbox_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    selectable = table.Column<bool>(type: "boolean", nullable: false),
                    special_use = table.Column<int>(type: "integer", nullable: false),
                    uid_validity = table.Column<long>(type: "bigint", nullable: false),
                    uid_next = table.Column<long>(type: "bigint", nullable: false),
                    highest_mod_seq = table.Column<long>(type: "bigint", nullable: false),
                    messages = table.Column<long>(type: "bigint", nullable: false),
                    unseen = table.Column<long>(type: "bigint", nullable: false),
                    deleted = table.Column<long>(type: "bigint", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    recent_uid = table.Column<long>(type: "bigint", nullable: false),
                    pruned_mod_seq = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mailboxes", x => new { x.user_id, x.mailbox_id });
                    table.ForeignKey(
                        name: "FK_mailboxes_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "subscriptions",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_subscriptions", x => new { x.user_id, x.name });
                    table.ForeignKey(
                        name: "FK_subscriptions_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "content_chunks",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    content_id = table.Column<long>(type: "bigint", nullable: false),
                    chunk = table.Column<int>(type: "integer", nullable: false),
                    codec = table.Column<int>(type: "integer", nullable: false),
                    octets = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_content_chunks", x => new { x.user_id, x.content_id, x.chunk });
                    table.ForeignKey(
                        name: "FK_content_chunks_contents_user_id_content_id",
                        columns: x => new { x.user_id, x.content_id },
                        principalTable: "contents",
                        principalColumns: new[] { "user_id", "content_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "content_texts",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    content_id = table.Column<long>(type: "bigint", nullable: false),
                    header = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    part_header = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    body = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_content_texts", x => new { x.user_id, x.content_id });
                    table.ForeignKey(
                        name: "FK_content_texts_contents_user_id_content_id",
                        columns: x => new { x.user_id, x.content_id },
                        principalTable: "contents",
                        principalColumns: new[] { "user_id", "content_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mailbox_changes",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    mailbox_id = table.Column<int>(type: "integer", nullable: false),
                    mod_seq = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    uids = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    changed_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mailbox_changes", x => new { x.user_id, x.mailbox_id, x.mod_seq, x.kind });
                    table.ForeignKey(
                        name: "FK_mailbox_changes_mailboxes_user_id_mailbox_id",
                        columns: x => new { x.user_id, x.mailbox_id },
                        principalTable: "mailboxes",
                        principalColumns: new[] { "user_id", "mailbox_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "message_keywords",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    mailbox_id = table.Column<int>(type: "integer", nullable: false),
                    uid = table.Column<long>(type: "bigint", nullable: false),
                    keyword_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_message_keywords", x => new { x.user_id, x.mailbox_id, x.uid, x.keyword_id });
                    table.ForeignKey(
                        name: "FK_message_keywords_mailboxes_user_id_mailbox_id",
                        columns: x => new { x.user_id, x.mailbox_id },
                        principalTable: "mailboxes",
                        principalColumns: new[] { "user_id", "mailbox_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    mailbox_id = table.Column<int>(type: "integer", nullable: false),
                    uid = table.Column<long>(type: "bigint", nullable: false),
                    content_id = table.Column<long>(type: "bigint", nullable: false),
                    flags = table.Column<long>(type: "bigint", nullable: false),
                    mod_seq = table.Column<long>(type: "bigint", nullable: false),
                    internal_date = table.Column<long>(type: "bigint", nullable: false),
                    internal_offset = table.Column<short>(type: "smallint", nullable: false),
                    save_date = table.Column<long>(type: "bigint", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_messages", x => new { x.user_id, x.mailbox_id, x.uid });
                    table.ForeignKey(
                        name: "FK_messages_contents_user_id_content_id",
                        columns: x => new { x.user_id, x.content_id },
                        principalTable: "contents",
                        principalColumns: new[] { "user_id", "content_id" });
                    table.ForeignKey(
                        name: "FK_messages_mailboxes_user_id_mailbox_id",
                        columns: x => new { x.user_id, x.mailbox_id },
                        principalTable: "mailboxes",
                        principalColumns: new[] { "user_id", "mailbox_id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 80);

            migrationBuilder.CreateIndex(
                name: "IX_keywords_user_id_normalized_name",
                table: "keywords",
                columns: new[] { "user_id", "normalized_name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_mailboxes_user_id_name",
                table: "mailboxes",
                columns: new[] { "user_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_messages_user_id_content_id",
                table: "messages",
                columns: new[] { "user_id", "content_id" });

            migrationBuilder.CreateIndex(
                name: "IX_tenants_name",
                table: "tenants",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_users_normalized_name",
                table: "users",
                column: "normalized_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_users_tenant_id",
                table: "users",
                column: "tenant_id");

            migrationBuilder.CompressByLz4("contents", "content_texts", "content_chunks", "mailbox_changes");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "content_chunks");

            migrationBuilder.DropTable(
                name: "content_texts");

            migrationBuilder.DropTable(
                name: "keywords");

            migrationBuilder.DropTable(
                name: "mailbox_changes");

            migrationBuilder.DropTable(
                name: "mailbox_history");

            migrationBuilder.DropTable(
                name: "message_keywords");

            migrationBuilder.DropTable(
                name: "messages");

            migrationBuilder.DropTable(
                name: "subscriptions");

            migrationBuilder.DropTable(
                name: "contents");

            migrationBuilder.DropTable(
                name: "mailboxes");

            migrationBuilder.DropTable(
                name: "users");

            migrationBuilder.DropTable(
                name: "tenants");
        }
    }
}
