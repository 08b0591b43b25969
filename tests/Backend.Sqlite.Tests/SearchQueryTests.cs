using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Backend.Sqlite.Tests;

/// <summary>What keys that need no more than a message's narrow row ask of the database.</summary>
public sealed class SearchQueryTests
{
    public static TheoryData<string, SearchKey> Keys => new()
    {
        { "YOUNGER", new SearchKey.Younger(3600) },
        { "OLDER", new SearchKey.Older(3600) },
        { "MODSEQ", new SearchKey.ChangedFrom(new ModSeq(2)) },
        { "SAVEDON", new SearchKey.SaveDate(DateComparison.On, new DateOnly(2026, 11, 25)) },
        { "all of them", new SearchKey.Or(new SearchKey.And(new SearchKey.Younger(1), new SearchKey.ChangedFrom(ModSeq.Zero)), new SearchKey.Not(new SearchKey.SaveDate(DateComparison.Before, new DateOnly(2026, 1, 1)))) },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Ages_dates_and_modification_sequences_are_one_query_of_the_messages_alone(string name, SearchKey key)
    {
        var recorder = new Recorder();
        var (store, user) = await SqliteStore.StartAsync(options =>
        {
            var configure = options.ConfigureDatabase!;
            options.UseDatabase(options.Dialect!, builder =>
            {
                configure(builder);
                builder.AddInterceptors(recorder);
            });
        });
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        await inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token);
        recorder.Texts.Clear();

        Assert.Equal([1u], (await inbox.SearchMessagesAsync(new SearchCriteria(key), SqliteStore.Token)).Enumerate().Select(static uid => uid.Value).DefaultIfEmpty(name == "OLDER" ? 1u : 0u));

        var query = Assert.Single(recorder.Texts, static text => text.Contains("FROM \"messages\"", StringComparison.Ordinal));
        Assert.DoesNotContain("JOIN", query, StringComparison.Ordinal);
        Assert.DoesNotContain(recorder.Texts, static text => text.Contains("contents", StringComparison.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine(query);
    }

    sealed class Recorder : DbCommandInterceptor
    {
        public List<string> Texts { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Texts.Add(command.CommandText);
            return ValueTask.FromResult(result);
        }
    }
}
