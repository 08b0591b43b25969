namespace Imap.Server.Tests.Extensions;

/// <summary>What the transcripts of RFC 4469 cannot show.</summary>
public sealed class CatenateTests
{
    /// <summary>A part that is refused for its size is let go at once: in a database each listing holds a connection.</summary>
    [Fact]
    public async Task A_part_that_is_too_large_holds_nothing_of_the_store()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxAppendSize = 1_024);
        await server.AppendAsync([.. "Subject: a long one\r\n\r\n"u8, .. new byte[2_000]]);
        using var client = await server.LogInAsync();

        Assert.StartsWith("a NO [TOOBIG] ", Assert.Single(await client.CommandAsync("a", "APPEND INBOX CATENATE (URL \"/INBOX/;UID=1\")")), StringComparison.Ordinal);

        Assert.Equal(0, server.Backend.OpenListings);
    }
}
