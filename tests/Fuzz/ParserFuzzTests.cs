using System.Text;
using Backend.Memory;
using Imap.Server;
using Imap.Server.Errors;
using Imap.Server.Extensions;
using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Fuzz.Tests;

/// <summary>Reading a command succeeds, or fails as it should: with a sentence that says what was expected.</summary>
public sealed class ParserFuzzTests
{
    static readonly ImapRegistry Commands = new(ImapExtensions.BuiltIn, new MemoryBackend());
    static readonly ImapServerOptions Options = new();

    [Fact]
    public void There_are_commands_to_begin_with() => Assert.InRange(Seeds.Lines.Count, 300, int.MaxValue);

    [Fact]
    public Task Reading_a_command_never_fails_otherwise_than_it_should() => FuzzRun.ForEachAsync(50_000, static random =>
    {
        var line = Mutation.Mutate(random, Seeds.Lines[random.Next(Seeds.Lines.Count)]);
        try
        {
            Read(line);
        }
        catch (Exception exception) when (exception is ImapSyntaxException or CommandRefusedException or BackendException)
        {
            Assert.NotEqual("", exception.Message);
        }

        return Task.CompletedTask;
    });

    /// <summary>A search that is refused while it is read, and whose refusal its result options have to hear of.</summary>
    [Theory]
    [InlineData("e SORT RETURN (COUNT) (DATE) X-NON4+SENSE ALL")]
    [InlineData("e SEARCH RETURN (SAVE) CHARSET X-NON4+SENSE ALL")]
    [InlineData("e ESEARCH IN (personal) CHARSET X-NON4+SENSE ALL")]
    public void Nothing_is_left_of_a_search_that_is_refused(string line) => Read(Encoding.ASCII.GetBytes(line));

    static void Read(byte[] octets)
    {
        var reader = new ImapReader(octets, new ParseContext(Commands, Options, Uid: false));
        reader.Tag();
        reader.Space();
        var name = Encoding.ASCII.GetString(reader.Atom());
        var uid = name.Equals("UID", StringComparison.OrdinalIgnoreCase);
        if (uid)
        {
            reader.Space();
            name = $"UID {Encoding.ASCII.GetString(reader.Atom())}";
        }

        if (!Commands.Commands.TryGetValue(name, out var entry))
            return;
        var arguments = new ImapReader(octets, new ParseContext(Commands, Options, uid), reader.Position);
        Assert.NotNull(entry.Parser(ref arguments));
        // What goes on behind the first message or part is read as it comes.
        var goesOn = entry.Descriptor.StreamedLiteral is not null || name.Equals("AUTHENTICATE", StringComparison.OrdinalIgnoreCase);
        Assert.True(arguments.AtEnd || goesOn, $"Something was left over: {Encoding.Latin1.GetString(octets)}");
    }
}
