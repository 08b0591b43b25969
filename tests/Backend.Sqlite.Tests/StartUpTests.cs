using Microsoft.Data.Sqlite;

namespace Backend.Sqlite.Tests;

/// <summary>A database file that cannot be used is refused with a text for the operator, and is left as it was.</summary>
public sealed class StartUpTests
{
    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await using var store = new SqliteStore();
        await File.WriteAllTextAsync(store.File, string.Concat(Enumerable.Repeat("This is no database. ", 500)), SqliteStore.Token);

        await RefusedAsync(store, BackendError.Corruption, "is no SQLite database");
    }

    [Fact]
    public async Task The_database_of_another_program_is_refused_and_kept()
    {
        await using var store = new SqliteStore();
        await ExecuteAsync(store, "CREATE TABLE theirs (id INTEGER)");

        await RefusedAsync(store, BackendError.Unavailable, "belongs to another program");
        Assert.Equal(1, await store.ScalarAsync("SELECT count(*) FROM sqlite_master"));
    }

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        await using var store = new SqliteStore();
        await store.Database.MigrateAsync(SqliteStore.Token);
        await ExecuteAsync(store, "INSERT INTO __EFMigrationsHistory VALUES ('29991231235959_FromTheFuture', '99.0.0')");

        await RefusedAsync(store, BackendError.Unavailable, "newer version");
    }

    [Fact]
    public async Task A_locked_file_is_refused()
    {
        await using var store = new SqliteStore();
        await store.Database.MigrateAsync(SqliteStore.Token);
        await using var other = await OpenAsync(store);
        await using var transaction = other.BeginTransaction();
        await store.RestartAsync();

        await RefusedAsync(store, BackendError.Unavailable, "is locked by another program");
    }

    [Fact]
    public async Task A_file_that_another_program_writes_to_without_a_pause_is_taken()
    {
        await using var store = new SqliteStore();
        await store.Database.MigrateAsync(SqliteStore.Token);
        await using var other = await OpenAsync(store);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(8));
        var writing = new TaskCompletionSource();
        var writes = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    using var transaction = other.BeginTransaction();
                    writing.TrySetResult();
                    using var command = other.CreateCommand();
                    (command.CommandText, command.Transaction) = ("INSERT INTO tenants (name, state) VALUES (hex(randomblob(8)), 0)", transaction);
                    command.ExecuteNonQuery();
                    Thread.Sleep(1500);
                    transaction.Commit();
                }
            },
            SqliteStore.Token);
        await writing.Task;
        await store.RestartAsync();

        Assert.Empty(await store.Database.MigrateAsync(SqliteStore.Token));

        await stop.CancelAsync();
        await writes;
    }

    [Fact]
    public async Task A_file_that_is_cut_off_is_refused()
    {
        await using var store = new SqliteStore();
        await store.Database.MigrateAsync(SqliteStore.Token);
        await ExecuteAsync(store, "PRAGMA wal_checkpoint(TRUNCATE)");
        await store.RestartAsync();
        SqliteConnection.ClearAllPools();
        await using (var file = File.OpenWrite(store.File))
            file.SetLength(file.Length / 2);

        await RefusedAsync(store, BackendError.Corruption, "Restore it from a backup");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        await using var store = new SqliteStore();
        Directory.Delete(Path.GetDirectoryName(store.File)!);

        await RefusedAsync(store, BackendError.Unavailable, "cannot be opened");
        Directory.CreateDirectory(Path.GetDirectoryName(store.File)!);
    }

    static async Task RefusedAsync(SqliteStore store, BackendError error, string text)
    {
        var refused = await Assert.ThrowsAsync<BackendException>(() => store.Database.MigrateAsync(SqliteStore.Token));

        Assert.Equal(error, refused.Error);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }

    static async Task ExecuteAsync(SqliteStore store, string sql)
    {
        await using var connection = await OpenAsync(store);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(SqliteStore.Token);
    }

    static async Task<SqliteConnection> OpenAsync(SqliteStore store)
    {
        var connection = new SqliteConnection($"Data Source={store.File};Pooling=False");
        await connection.OpenAsync(SqliteStore.Token);
        return connection;
    }
}
