using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Backend.EfCore.Dialect;
using Backend.EfCore.Entities;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Backend.EfCore.Postgres;

/// <summary>The store on PostgreSQL: many writers at a time, kept apart by the locks on rows of mailboxes and users.</summary>
sealed class PostgresDialect : MailStoreDialect
{
    /// <summary>The oldest server that is taken: lz4 came with it.</summary>
    public static readonly Version OldestVersion = new(14, 0);

    /// <summary>The advisory lock of who changes the schema: "MSto" in ASCII.</summary>
    const int SchemaLock = 0x4D53746F;

    public override bool HasSingleWriter => false;

    public override int WriteLanes => 4;

    public override TextIndex TextIndex { get; } = new PostgresTextIndex();

    public override void ConfigureModel(ModelBuilder modelBuilder)
    {
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(static entity => entity.GetProperties()).Where(static property => property.ClrType == typeof(string)))
            ConfigureText(property);
        // Of what anybody may have written; all other texts are checked or folded, and so have neither.
        UnstorableText.ReplaceIn(modelBuilder.Entity<UserEntity>().Property(static user => user.Name));
        UnstorableText.ReplaceIn(modelBuilder.Entity<UserEntity>().Property(static user => user.NormalizedName));
        UnstorableText.ReplaceIn(modelBuilder.Entity<ContentEntity>().Property(static content => content.Preview));
        UnstorableText.ReplaceIn(modelBuilder.Entity<ContentEntity>().Property(static content => content.MessageId));
        var texts = modelBuilder.Entity<ContentTextEntity>();
        texts.Property<bool>(PostgresTextIndex.IsIndexed).HasColumnName("is_indexed");
        texts.HasIndex([nameof(ContentTextEntity.UserId), nameof(ContentTextEntity.ContentId)], "IX_content_texts_waiting").HasFilter("NOT is_indexed");
        // Room on each page, so that a changed row stays on its page and no index has to learn of it (HOT).
        modelBuilder.Entity<MessageEntity>().HasStorageParameter("fillfactor", 80);
        modelBuilder.Entity<MailboxEntity>().HasStorageParameter("fillfactor", 50);
    }

    // Its beginning goes to the server with its first query. To say that it is read only would be one more trip, and change nothing.
    public override async Task<IAsyncDisposable> BeginReadAsync(MailStoreContext context, CancellationToken cancellationToken) =>
        await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    /// <summary>
    /// Plans each search for what it seeks: the plan for anything, which a prepared statement gets after a while, takes every mailbox for a small
    /// one and took up to 1.9 times as long on 100,000 messages. A list of contents that is too long for memory would be gone through for each message.
    /// And on one processor: to start workers takes longer than most searches, and others want the other processors.
    /// </summary>
    public override Task PrepareSearchAsync(MailStoreContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync(
            """
            SET LOCAL plan_cache_mode = force_custom_plan;
            SET LOCAL hash_mem_multiplier = 64;
            SET LOCAL max_parallel_workers_per_gather = 0;
            """,
            cancellationToken);

    /// <summary>
    /// READ COMMITTED, whatever the server's default: a statement sees what was committed before it, so what is read under a mailbox's lock is what is.
    /// </summary>
    public override Task<IDbContextTransaction> BeginWriteAsync(MailStoreContext context, CancellationToken cancellationToken) =>
        context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

    // NO KEY: rows that refer to this one can be added meanwhile, since the lock of a foreign key waits for a change of the key only.
    public override async Task<MailboxEntity?> LockMailboxAsync(MailStoreContext context, int userId, int mailboxId, CancellationToken cancellationToken) =>
        (await context.Mailboxes
            .FromSql($"SELECT * FROM mailboxes WHERE user_id = {userId} AND mailbox_id = {mailboxId} FOR NO KEY UPDATE")
            .AsTracking()
            .ToListAsync(cancellationToken)).SingleOrDefault();

    public override async Task<IReadOnlyList<MailboxEntity>> LockMailboxesAsync(MailStoreContext context, int userId, IEnumerable<int> mailboxIds, CancellationToken cancellationToken)
    {
        int[] ids = [.. mailboxIds];
        return await context.Mailboxes
            .FromSql($"SELECT * FROM mailboxes WHERE user_id = {userId} AND mailbox_id = ANY ({ids}) ORDER BY mailbox_id FOR NO KEY UPDATE")
            .AsTracking()
            .ToListAsync(cancellationToken);
    }

    public override Task<List<MailboxRightsEntity>> HoldRightsAsync(MailStoreContext context, int userId, int mailboxId, int guestId, CancellationToken cancellationToken) =>
        context.MailboxRights
            .FromSql($"SELECT * FROM mailbox_rights WHERE user_id = {userId} AND mailbox_id = {mailboxId} AND (grantee_id = {guestId} OR grantee_id IS NULL) ORDER BY identifier FOR SHARE")
            .ToListAsync(cancellationToken);

    public override Task<List<MailboxRightsEntity>> LockRightsAsync(MailStoreContext context, int userId, int mailboxId, CancellationToken cancellationToken) =>
        context.MailboxRights
            .FromSql($"SELECT * FROM mailbox_rights WHERE user_id = {userId} AND mailbox_id = {mailboxId} ORDER BY identifier FOR UPDATE")
            .AsTracking()
            .ToListAsync(cancellationToken);

    public override async Task<TenantEntity?> LockTenantAsync(MailStoreContext context, int tenantId, CancellationToken cancellationToken) =>
        (await context.Tenants
            .FromSql($"SELECT * FROM tenants WHERE id = {tenantId} FOR NO KEY UPDATE")
            .AsTracking()
            .ToListAsync(cancellationToken)).SingleOrDefault();

    public override async Task<UserEntity?> LockUserAsync(MailStoreContext context, int userId, CancellationToken cancellationToken) =>
        (await context.Users
            .FromSql($"SELECT * FROM users WHERE id = {userId} FOR NO KEY UPDATE")
            .AsTracking()
            .ToListAsync(cancellationToken)).SingleOrDefault();

    public override DatabaseFailure Classify(DbException exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => DatabaseFailure.Conflict,
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => DatabaseFailure.Busy,
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } => DatabaseFailure.Corrupt,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => DatabaseFailure.Disconnected,
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction } => DatabaseFailure.Unavailable,
        PostgresException { SqlState: var state } => state[..2] switch
        {
            "23" => DatabaseFailure.Violation,
            // Connection, authorization, resources, operator intervention, the system itself, no such database.
            "08" or "28" or "53" or "57" or "58" or "3D" => DatabaseFailure.Unavailable,
            _ => DatabaseFailure.Other,
        },
        // Not the server's word but the lack of it.
        NpgsqlException { InnerException: IOException or SocketException } => DatabaseFailure.Disconnected,
        NpgsqlException => DatabaseFailure.Unavailable,
        _ => DatabaseFailure.Other,
    };

    public override Task<bool> PrepareAsync(MailStoreContext context, bool create, CancellationToken cancellationToken) =>
        new StartUpCheck(context.ConnectionString).ExecuteAsync(create, cancellationToken);

    public override Task<IReadOnlyList<string>> AdviseAsync(MailStoreContext context, CancellationToken cancellationToken) =>
        new Advice(context.ConnectionString).AskAsync(cancellationToken);

    /// <summary>On a connection of its own, with which the lock goes.</summary>
    public override async Task<IAsyncDisposable?> LockSchemaAsync(MailStoreContext context, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(context.ConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({SchemaLock})", connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    protected override (string Condition, object List) Among(long[] uids) => ("uid = ANY ({6})", uids);

    /// <summary>
    /// Octet by octet, in whatever language the server speaks: names compare as the store compares them. Without a limit of its own: the store checks lengths.
    /// </summary>
    static void ConfigureText(IMutableProperty property)
    {
        property.SetMaxLength(null);
        property.SetCollation("C");
    }
}
