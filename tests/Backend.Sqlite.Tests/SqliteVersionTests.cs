using Microsoft.Data.Sqlite;

namespace Backend.Sqlite.Tests;

/// <summary>What we rely on in the database that comes with the driver.</summary>
public sealed class SqliteVersionTests
{
    [Fact]
    public async Task The_database_knows_update_returning()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        Assert.True(Version.Parse(connection.ServerVersion) >= new Version(3, 35));
    }
}
