using MailKit.Net.Imap;

namespace Imap.Server.Tests;

/// <summary>What we rely on in the client that these tests speak with.</summary>
public sealed class MailKitTests
{
    [Fact]
    public void A_client_knows_no_capability_before_it_connects()
    {
        using var client = new ImapClient();

        Assert.Equal(ImapCapabilities.None, client.Capabilities);
    }
}
