using Microsoft.Data.Sqlite;

namespace Backend.Durability.Tests;

/// <summary>What is acknowledged on SQLite is there whatever happens to the program, and two programs share a file.</summary>
public sealed class SqliteKillTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mailstore-kills-");

    StoreUnderTest Store => new("sqlite", $"Data Source={Path.Combine(folder.FullName, "mail.db")}");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    [Fact]
    public Task Nothing_acknowledged_is_lost_when_the_program_is_killed() => Kills.OfTheProgramAsync(Store);

    [Fact]
    public Task Two_programs_on_one_file_never_hear_that_it_is_locked() => Kills.OfNobodyAsync(Store);
}
