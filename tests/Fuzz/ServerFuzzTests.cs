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
    public async Task Whatever_is_said_is_answered(string before)
    {
        var server = await InProcessServer.StartAsync();
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

    static async Task TryAsync(InProcessServer server, byte[] said)
    {
        var heard = Array.Empty<byte>();
        try
        {
            heard = await server.ConverseAsync(said);
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
