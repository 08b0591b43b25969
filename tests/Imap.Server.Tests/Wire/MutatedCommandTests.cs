using System.Text;
using Backend.Memory;
using CsCheck;
using Imap.Server.Errors;
using Imap.Server.Extensions;
using Imap.Server.Registry;
using Imap.Server.Wire;
using Imap.Specification.Tests;

namespace Imap.Server.Tests.Wire;

/// <summary>Every command of the transcripts with octets changed, taken out and put in: reading it succeeds, or fails as it should.</summary>
public sealed class MutatedCommandTests
{
    static readonly ImapRegistry Commands = new(ImapExtensions.BuiltIn, new MemoryBackend());

    static readonly byte[][] Corpus =
    [
        .. Transcript.Names.SelectMany(static name => Transcript.Read(name.Data).Steps)
            .Where(static step => step.Kind == "C").Select(static step => Encoding.Latin1.GetBytes(step.Text)),
    ];

    [Fact]
    public void There_are_commands_to_begin_with() => Assert.InRange(Corpus.Length, 300, int.MaxValue);

    [Fact]
    public void Reading_a_command_never_fails_otherwise_than_it_should() =>
        Gen.Select(Gen.Int[0, Corpus.Length - 1], Gen.Select(Gen.Int[0, 3], Gen.Int[0, 200], Gen.Byte, Gen.Int[0, 20]).Array[0, 6])
            .Sample(static (which, mutations) => Read(Mutate(Corpus[which], mutations)), iter: 50_000);

    static byte[] Mutate(byte[] command, (int What, int Where, byte Octet, int Count)[] mutations)
    {
        var octets = command.ToList();
        foreach (var (what, where, octet, count) in mutations)
        {
            var at = octets.Count == 0 ? 0 : where % octets.Count;
            if (what == 0)
                octets.Insert(at, octet);
            else if (what == 1)
                octets.InsertRange(at, "()\"{}\\%*[]<> :,."u8.ToArray().Skip(count % 15).Take(1 + (count % 3)));
            else if (what == 2)
                octets.RemoveRange(at, Math.Min(count, octets.Count - at));
            else
                octets.InsertRange(at, octets.Skip(count).Take(count).ToList());
        }

        return [.. octets];
    }

    static bool Read(byte[] octets)
    {
        try
        {
            var reader = new ImapReader(octets, new ParseContext(Commands, new ImapServerOptions(), Uid: false));
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
                return true;
            var arguments = new ImapReader(octets, new ParseContext(Commands, new ImapServerOptions(), uid), reader.Position);
            Assert.NotNull(entry.Parser(ref arguments));
            Assert.True(arguments.AtEnd || name.Equals("AUTHENTICATE", StringComparison.OrdinalIgnoreCase));
            return true;
        }
        catch (Exception exception) when (exception is ImapSyntaxException or CommandRefusedException or BackendException)
        {
            return exception.Message.Length > 0;
        }
    }
}
