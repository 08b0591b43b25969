using System.IO.Compression;
using System.Net.Security;
using System.Text;

namespace Fuzz.Tests;

/// <summary>
/// The whole server in each state that a connection can be in: whatever a client says, each answer is one that a client can read, nothing is
/// logged as an error, and the conversation comes to an end.
/// </summary>
public sealed class ServerFuzzTests
{
    const int InputsOfOneServer = 100;

    const string Login = "p LOGIN user secret\r\n";
    const string Watch = "p NOTIFY SET STATUS (selected (MessageNew (UID FLAGS) MessageExpunge FlagChange)) (personal (MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange))\r\n";
    const string Selected = Login + "p SELECT INBOX\r\n";

    [Theory]
    [InlineData("")]
    [InlineData("p AUTHENTICATE PLAIN\r\n")]
    [InlineData(Login)]
    [InlineData(Login + "p APPEND INBOX {20+}\r\n")]
    [InlineData(Login + "p IDLE\r\n")]
    [InlineData(Selected)]
    [InlineData(Selected + "p STORE 1:2 +FLAGS (\\Deleted $word)\r\n")]
    [InlineData(Selected + "p IDLE\r\n")]
    [InlineData(Login + "p EXAMINE INBOX\r\n")]
    [InlineData(Login + "p ENABLE IMAP4rev2 UTF8=ACCEPT CONDSTORE QRESYNC\r\np SELECT INBOX\r\n")]
    [InlineData("p AUTHENTICATE SCRAM-SHA-256 biwsbj11c2VyLHI9YWJj\r\n")]
    [InlineData(Login + "p UNAUTHENTICATE\r\n")]
    [InlineData(Login + "p ENABLE IMAP4rev2\r\np SELECT INBOX\r\n")]
    [InlineData(Login + "p ENABLE QRESYNC\r\np SELECT INBOX (QRESYNC (1 1 1:9 (1:2 1:2)))\r\n")]
    [InlineData(Login + Watch)]
    [InlineData(Selected + Watch)]
    [InlineData(Selected + Watch + "p IDLE\r\n")]
    [InlineData(Selected + "p NOTIFY NONE\r\n")]
    [InlineData(Selected + "u SEARCH RETURN (UPDATE (FLAGS) ALL) UNSEEN\r\nv UID SEARCH RETURN (UPDATE SAVE) NOT DELETED YOUNGER 100\r\n")]
    [InlineData(Login + "p SELECT #user/owner/shared\r\n")]
    public async Task Whatever_is_said_is_answered(string before)
    {
        var server = await InProcessServer.StartAsync();
        // The state is one only if it can be reached.
        Assert.DoesNotMatch("(?m)^p (NO|BAD) ", Encoding.Latin1.GetString(await server.ConverseAsync(Encoding.Latin1.GetBytes(before))));
        var tried = 0;
        await FuzzRun.ForEachAsync(400, async random =>
        {
            if (++tried % InputsOfOneServer == 0)
            {
                await server.DisposeAsync();
                server = await InProcessServer.StartAsync();
            }

            await TryAsync(server, [.. Encoding.Latin1.GetBytes(before), .. Mutation.Input(random)]);
        });
        await server.DisposeAsync();
    }

    /// <summary>The same under TLS that STARTTLS began.</summary>
    [Fact]
    public Task Whatever_is_said_in_TLS_is_answered() =>
        TryInLayerAsync("p STARTTLS\r\n", "Begin TLS negotiation now\r\n", static input => [.. Encoding.Latin1.GetBytes(Selected), .. input], static async stream =>
        {
            var tls = new SslStream(stream, leaveInnerStreamOpen: true);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
            });
            return tls;
        });

    /// <summary>The same in DEFLATE, also such that is none.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Whatever_is_said_in_DEFLATE_is_answered(bool isBroken) =>
        TryInLayerAsync(Login + "p COMPRESS DEFLATE\r\n", "DEFLATE active\r\n", static input => input, stream => Task.FromResult<Stream>(new DuplexStream(
            new DeflateStream(stream, CompressionMode.Decompress),
            isBroken ? stream : new DeflateStream(stream, CompressionLevel.Fastest))));

    /// <summary>Messages that are none, and all that can be asked about one.</summary>
    [Fact]
    public async Task Whatever_is_appended_can_be_told_about()
    {
        await using var server = await InProcessServer.StartAsync();
        await FuzzRun.ForEachAsync(400, async random =>
        {
            var message = Mutation.Message(random);
            await TryAsync(server, [
                .. Encoding.Latin1.GetBytes($"{Login}p CREATE new\r\np APPEND new {{{message.Length}+}}\r\n"), .. message,
                .. "\r\np SELECT new\r\np FETCH 1 (ENVELOPE BODYSTRUCTURE BODY RFC822.SIZE BODY.PEEK[1] BODY.PEEK[2.1] BODY.PEEK[1.MIME] BODY.PEEK[2.HEADER] BODY.PEEK[HEADER.FIELDS (To)])\r\n"u8,
                .. "p SEARCH OR SUBJECT a OR BODY b OR SENTSINCE 1-Jan-2020 HEADER Message-ID \"\"\r\np UNSELECT\r\np DELETE new\r\n"u8,
            ]);
        });
    }

    /// <summary>What was found once, each a line of a file in Findings.</summary>
    [Theory]
    [MemberData(nameof(Findings))]
    public async Task What_was_found_once_is_not_found_again(string input)
    {
        await using var server = await InProcessServer.StartAsync();
        await TryAsync(server, Printable.Parse(input));
    }

    public static TheoryData<string> Findings() =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Findings"), "*.txt").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Where(static line => line.Length > 0 && !line.StartsWith('#'))];

    static async Task TryInLayerAsync(string before, string begun, Func<byte[], byte[]> complete, Func<Stream, Task<Stream>> lay)
    {
        await using var server = await InProcessServer.StartAsync();
        await FuzzRun.ForEachAsync(50, async random =>
        {
            var said = complete(Mutation.Input(random));
            await TryAsync(server, said, () => server.ConverseAsync(Encoding.Latin1.GetBytes(before), begun, said, lay));
        });
    }

    static Task TryAsync(InProcessServer server, byte[] said) => TryAsync(server, said, () => server.ConverseAsync(said));

    static async Task TryAsync(InProcessServer server, byte[] said, Func<Task<byte[]>> converse)
    {
        var heard = Array.Empty<byte>();
        try
        {
            heard = await converse();
            new Answers(heard, utf8: Encoding.Latin1.GetString(heard).Contains("* ENABLED ", StringComparison.Ordinal)).Check();
            Assert.Empty(server.TakeErrors());
            Assert.DoesNotContain("SERVERBUG", Encoding.Latin1.GetString(heard), StringComparison.Ordinal);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{exception.Message}\nThe client said: {Printable.Of(said)}\nThe server said: {Printable.Of(heard)}", exception);
        }
    }
}
