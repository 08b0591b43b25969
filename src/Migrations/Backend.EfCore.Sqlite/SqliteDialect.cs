using System.Data.Common;
using System.Text.Json;
using Backend.EfCore.Dialect;
using Backend.EfCore.Entities;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Backend.EfCore.Sqlite;

/// <summary>The store on SQLite: one writer at a time, readers beside it (WAL).</summary>
sealed class SqliteDialect : MailStoreDialect
{
    /// <summary>Marks a file as a mail store: "MSto" in ASCII. SQLite's application_id.</summary>
    const int ApplicationId = 0x4D53746F;

    /// <summary>How long start-up waits for another program that holds the lock and writes nothing, in seconds.</summary>
    const int StartTimeout = 5;

    readonly Func<MailStoreContext, int, int, CancellationToken, Task<MailboxEntity?>> mailboxById = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, CancellationToken token) =>
            context.Mailboxes.AsTracking().SingleOrDefault(mailbox => mailbox.UserId == userId && mailbox.MailboxId == mailboxId));

    readonly Func<MailStoreContext, int, CancellationToken, Task<UserEntity?>> userById = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, CancellationToken token) =>
            context.Users.AsTracking().SingleOrDefault(user => user.Id == userId));

    public override bool HasSingleWriter => true;

    public override TextIndex TextIndex { get; } = new SqliteTextIndex();

    /// <summary>Gives each text a number of its own, in the order of commits, by which the text index knows it.</summary>
    public override void ConfigureModel(ModelBuilder modelBuilder)
    {
        var texts = modelBuilder.Entity<ContentTextEntity>();
        texts.Property<long>(SqliteTextIndex.Id).HasColumnName("id");
        texts.HasKey(SqliteTextIndex.Id);
    }

    public override async Task<IAsyncDisposable> BeginReadAsync(MailStoreContext context, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        var transaction = ((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return new ReadTransaction((await context.Database.UseTransactionAsync(transaction, cancellationToken))!, transaction);
    }

    public override Task<MailboxEntity?> LockMailboxAsync(MailStoreContext context, int userId, int mailboxId, CancellationToken cancellationToken) =>
        mailboxById(context, userId, mailboxId, cancellationToken);

    public override Task<TenantEntity?> LockTenantAsync(MailStoreContext context, int tenantId, CancellationToken cancellationToken) =>
        context.Tenants.AsTracking().SingleOrDefaultAsync(tenant => tenant.Id == tenantId, cancellationToken);

    public override Task<UserEntity?> LockUserAsync(MailStoreContext context, int userId, CancellationToken cancellationToken) =>
        userById(context, userId, cancellationToken);

    public override DatabaseFailure Classify(DbException exception) => exception is SqliteException { SqliteErrorCode: var code, SqliteExtendedErrorCode: var extended }
        ? (code, extended) switch
        {
            (_, raw.SQLITE_BUSY_SNAPSHOT) => DatabaseFailure.Conflict,
            (raw.SQLITE_BUSY or raw.SQLITE_LOCKED, _) => DatabaseFailure.Busy,
            (raw.SQLITE_CONSTRAINT, _) => DatabaseFailure.Violation,
            (raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB, _) => DatabaseFailure.Corrupt,
            (raw.SQLITE_READONLY or raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM, _) => DatabaseFailure.Unavailable,
            _ => DatabaseFailure.Other,
        }
        : DatabaseFailure.Other;

    public override async Task<bool> PrepareAsync(MailStoreContext context, bool create, CancellationToken cancellationToken)
    {
        // A connection of its own, so that its short time-out is no other's.
        var settings = new SqliteConnectionStringBuilder(context.Database.GetConnectionString()) { Pooling = false, DefaultTimeout = StartTimeout };
        var file = settings.DataSource;
        if (!create && settings.Mode == SqliteOpenMode.ReadWriteCreate)
            settings.Mode = SqliteOpenMode.ReadWrite;
        try
        {
            await using var connection = new SqliteConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            // Else a store with its tables would open, and fail at the first change.
            if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
                throw new SqliteException("attempt to write a readonly database", raw.SQLITE_READONLY);
            await CheckFileAsync(connection, file, cancellationToken);
            return true;
        }
        catch (SqliteException exception) when (!create && exception.SqliteErrorCode == raw.SQLITE_CANTOPEN && !File.Exists(file))
        {
            return false;
        }
        catch (SqliteException exception)
        {
            throw new BackendException(
                Classify(exception) == DatabaseFailure.Corrupt ? BackendError.Corruption : BackendError.Unavailable,
                $"The database file \"{file}\" {Fault(exception)}",
                exception);
        }
    }

    protected override (string Condition, object List) Among(long[] uids) => ("uid IN (SELECT value FROM json_each({6}))", JsonSerializer.Serialize(uids));

    static async Task CheckFileAsync(SqliteConnection connection, string file, CancellationToken cancellationToken)
    {
        var tables = await ScalarAsync(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table'", cancellationToken);
        if (tables > 0 && await ScalarAsync(connection, "PRAGMA application_id", cancellationToken) != ApplicationId)
            throw new BackendException(BackendError.Unavailable, $"The database file \"{file}\" belongs to another program: it is no mail store. Name another file.");
        await ScalarAsync(connection, "PRAGMA journal_mode = WAL", cancellationToken);
        await using (var probe = await BeginProbeAsync(connection, cancellationToken))
        {
            if (tables == 0)
                await ScalarAsync(connection, $"PRAGMA application_id = {ApplicationId}", cancellationToken, probe);
            await probe.CommitAsync(cancellationToken);
        }

        var expected = await ScalarAsync(connection, "PRAGMA page_count", cancellationToken) * await ScalarAsync(connection, "PRAGMA page_size", cancellationToken);
        await ScalarAsync(connection, "PRAGMA wal_checkpoint(PASSIVE)", cancellationToken);
        var size = new FileInfo(file).Length;
        if (size > 0 && size < expected && new FileInfo(file + "-wal") is not { Exists: true, Length: > 0 })
            throw new BackendException(BackendError.Corruption, $"The database file \"{file}\" is cut off: it should have {expected} octets and has {size}. Restore it from a backup.");
        foreach (var table in await TablesAsync(connection, cancellationToken))
            await ScalarAsync(connection, $"SELECT 1 FROM \"{table}\" LIMIT 1", cancellationToken);
    }

    /// <summary>Takes the lock for writing, however long others keep taking it: a store that they write to is in use, not locked.</summary>
    static async Task<SqliteTransaction> BeginProbeAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        for (var seen = await ScalarAsync(connection, "PRAGMA data_version", cancellationToken); ;)
        {
            try
            {
                return connection.BeginTransaction(deferred: false);
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_BUSY)
            {
                var now = await ScalarAsync(connection, "PRAGMA data_version", cancellationToken);
                if (now == seen)
                    throw;
                seen = now;
            }
        }
    }

    static async Task<List<string>> TablesAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            names.Add(reader.GetString(0));
        return names;
    }

    static async Task<long> ScalarAsync(DbConnection connection, string sql, CancellationToken cancellationToken, DbTransaction? transaction = null)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    static string Fault(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "is locked by another program. Stop that program, or name another file.",
        raw.SQLITE_READONLY => "cannot be written to. Give this program the right to write the file and its folder, or name another file.",
        raw.SQLITE_CANTOPEN => "cannot be opened. Check that its folder exists and that this program may read and write there.",
        raw.SQLITE_NOTADB => "is no SQLite database. Name another file, or restore this one from a backup.",
        raw.SQLITE_CORRUPT => "is damaged. Restore it from a backup.",
        raw.SQLITE_FULL => "cannot grow: the disk is full.",
        _ => $"cannot be used: {exception.Message}",
    };
}
