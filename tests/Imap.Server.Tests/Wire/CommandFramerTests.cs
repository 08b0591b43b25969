using System.IO.Pipelines;
using System.Text;
using CsCheck;
using Imap.Server.Errors;
using Imap.Server.Wire;

namespace Imap.Server.Tests.Wire;

/// <summary>RFC 9051 §4.3; RFC 7888 §3-4.</summary>
public sealed class CommandFramerTests
{
    [Fact]
    public async Task A_line_is_a_command()
    {
        await using var wire = new Wire("a NOOP\r\nb LOGOUT\r\n");

        Assert.Equal(["a NOOP", "b LOGOUT"], await wire.ReadAllAsync());
    }

    [Fact]
    public async Task A_literal_is_asked_for_and_is_part_of_its_command()
    {
        await using var wire = new Wire("a LOGIN {4}\r\nus\r\n {2}\r\npw\r\nb NOOP\r\n");

        Assert.Equal(["a LOGIN {4}\r\nus\r\n {2}\r\npw", "b NOOP"], await wire.ReadAllAsync());
        Assert.Equal("+ OK\r\n+ OK\r\n", await wire.SaidAsync());
    }

    [Fact]
    public async Task A_literal_with_a_plus_comes_unasked()
    {
        await using var wire = new Wire("a LOGIN {4+}\r\nuser {0+}\r\n\r\n");

        Assert.Equal(["a LOGIN {4+}\r\nuser {0+}\r\n"], await wire.ReadAllAsync());
        Assert.Equal("", await wire.SaidAsync());
    }

    [Theory]
    [InlineData("a \"{5}\"\r\n")]
    [InlineData("a {x}\r\n")]
    [InlineData("a {}\r\n")]
    [InlineData("a {+}\r\n")]
    [InlineData("a {5} \r\n")]
    [InlineData("a {-5}\r\n")]
    public async Task What_is_no_announcement_is_text(string line)
    {
        await using var wire = new Wire(line);

        Assert.Equal([line[..^2]], await wire.ReadAllAsync());
    }

    [Fact]
    public async Task However_the_octets_come_the_commands_are_the_same()
    {
        const string Commands = "a NOOP\r\nb LOGIN {4+}\r\nus\r\n {10}\r\n0123456789 end\r\n\r\nc {0+}\r\n {1}\r\n\n\r\n";
        await Gen.Int[1, 20].Array[1, 20].SampleAsync(static async sizes =>
        {
            await using var wire = new Wire();
            var feeding = wire.FeedAsync(Commands, sizes);
            var read = await wire.ReadAllAsync();
            await feeding;
            return read.SequenceEqual(["a NOOP", "b LOGIN {4+}\r\nus\r\n {10}\r\n0123456789 end", "", "c {0+}\r\n {1}\r\n\n"]);
        }, iter: 100);
    }

    [Fact]
    public async Task A_literal_that_is_too_large_is_not_asked_for()
    {
        await using var wire = new Wire("a LOGIN {100}\r\nb NOOP\r\n");

        Assert.Equal(["!a LOGIN {100}", "b NOOP"], await wire.ReadAllAsync());
        Assert.Equal("", await wire.SaidAsync());
    }

    [Fact]
    public async Task A_literal_that_is_too_large_and_comes_anyway_is_skipped()
    {
        await using var wire = new Wire($"a LOGIN {{100+}}\r\n{new string('\n', 100)} {{3+}}\r\nx\r\n y\r\nb NOOP\r\n");

        Assert.Equal(["!a LOGIN {100+}\r\n {3+}\r\n y", "b NOOP"], await wire.ReadAllAsync());
    }

    [Fact]
    public async Task Too_many_literals_are_refused()
    {
        await using var wire = new Wire($"a{string.Concat(Enumerable.Repeat(" {1+}\r\nx", 5))}\r\nb NOOP\r\nc{string.Concat(Enumerable.Repeat(" {1+}\r\nx", 4))} {{1}}\r\nd NOOP\r\n");

        var read = await wire.ReadAllAsync();
        Assert.Equal(4, read.Count);
        Assert.StartsWith("!a", read[0], StringComparison.Ordinal);
        Assert.Equal("b NOOP", read[1]);
        Assert.StartsWith("!c", read[2], StringComparison.Ordinal);
        Assert.Equal("d NOOP", read[3]);
    }

    [Theory]
    [InlineData("a NOOP\n")]
    [InlineData("a NO\0OP\r\n")]
    public async Task What_is_no_line_is_a_fault(string line)
    {
        await using var wire = new Wire(line + "b NOOP\r\n");

        var read = await wire.ReadAllAsync();
        Assert.StartsWith("!a NO", read[0], StringComparison.Ordinal);
        Assert.Equal("b NOOP", read[1]);
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_a_fault_and_keeps_its_tag()
    {
        await using var wire = new Wire($"a NOOP {new string('x', 500)}\r\nb NOOP\r\n");

        var read = await wire.ReadAllAsync();
        Assert.StartsWith("!a NOOP xxx", read[0], StringComparison.Ordinal);
        Assert.Equal(100, read[0].Length - 1);
        Assert.Equal("b NOOP", read[1]);
    }

    [Fact]
    public async Task The_lines_of_a_command_count_together()
    {
        await using var wire = new Wire($"a {new string('x', 60)} {{1+}}\r\ny{new string('x', 60)}\r\nb NOOP\r\n");

        var read = await wire.ReadAllAsync();
        Assert.StartsWith("!a xxx", read[0], StringComparison.Ordinal);
        Assert.Equal("b NOOP", read[1]);
    }

    [Theory]
    [InlineData("a NOOP")]
    [InlineData("a LOGIN {5+}\r\nab")]
    [InlineData("a LOGIN {5+}\r\nabcde")]
    [InlineData("a {100+}\r\nab")]
    public async Task A_client_that_goes_has_said_nothing(string half)
    {
        await using var wire = new Wire(half);

        Assert.Empty(await wire.ReadAllAsync());
    }

    [Fact]
    public async Task The_body_is_left_in_the_stream()
    {
        await using var wire = new Wire("a APPEND {5+}\r\nINBOX {6}\r\nab\r\ncd\r\nb NOOP\r\n");
        var frame = await wire.Framer.ReadCommandAsync(static command => command.EndsWith("INBOX "u8));

        Assert.Equal(6, frame!.Value.Body!.Value.Length);
        Assert.Equal("", await wire.SaidAsync());
        await using (var body = wire.Framer.OpenBody())
        {
            Assert.Equal(6, body.Length);
            using var reader = new StreamReader(body);
            Assert.Equal("ab\r\ncd", await reader.ReadToEndAsync());
        }

        Assert.Equal("+ OK\r\n", await wire.SaidAsync());
        Assert.True((await wire.Framer.ReadOnAsync(static _ => true)).IsEmpty);
        Assert.Equal(["b NOOP"], await wire.ReadAllAsync());
    }

    [Theory]
    [InlineData("a APPEND {6}\r\nb NOOP\r\n", false, 0)]
    [InlineData("a APPEND {6+}\r\nab\r\ncd\r\nb NOOP\r\n", false, 0)]
    [InlineData("a APPEND {6+}\r\nab\r\ncd {3+}\r\nxyz\r\nb NOOP\r\n", false, 0)]
    [InlineData("a APPEND {6}\r\nab\r\ncd\r\nb NOOP\r\n", true, 0)]
    [InlineData("a APPEND {6}\r\nab\r\ncd\r\nb NOOP\r\n", true, 2)]
    [InlineData("a APPEND {6}\r\nab\r\ncd\r\nb NOOP\r\n", true, 6)]
    public async Task What_is_left_of_a_body_is_skipped(string octets, bool open, int read)
    {
        await using var wire = new Wire(octets);
        await wire.Framer.ReadCommandAsync(static _ => true);
        if (open)
        {
            await using var body = wire.Framer.OpenBody();
            await body.ReadExactlyAsync(new byte[read], TestContext.Current.CancellationToken);
        }

        await wire.Framer.SkipBodyAsync();
        Assert.Equal(["b NOOP"], await wire.ReadAllAsync());
    }

    [Fact]
    public async Task A_command_goes_on_behind_its_body()
    {
        await using var wire = new Wire("a APPEND {2+}\r\nab URL {3+}\r\nxyz TEXT {4}\r\ncdef end\r\nb NOOP\r\n");
        await wire.Framer.ReadCommandAsync(static _ => true);
        Assert.Equal("ab", await BodyAsync());

        Assert.Equal(" URL {3+}\r\nxyz TEXT {4}", Encoding.ASCII.GetString((await wire.Framer.ReadOnAsync(static piece => piece.EndsWith("TEXT "u8))).Span));
        Assert.Equal("", await wire.SaidAsync());
        Assert.Equal("cdef", await BodyAsync());
        Assert.Equal("+ OK\r\n", await wire.SaidAsync());
        Assert.Equal(" end", Encoding.ASCII.GetString((await wire.Framer.ReadOnAsync(static _ => true)).Span));
        await wire.Framer.SkipBodyAsync();
        Assert.Equal(["b NOOP"], await wire.ReadAllAsync());

        async Task<string> BodyAsync()
        {
            await using var body = wire.Framer.OpenBody();
            using var reader = new StreamReader(body);
            return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("a APPEND {2+}\r\nab {5000+}\r\n")]
    [InlineData("a APPEND {2+}\r\nab\0")]
    public async Task What_goes_on_wrongly_is_skipped(string octets)
    {
        await using var wire = new Wire(octets + new string('x', 5_000) + "\r\nb NOOP\r\n");
        await wire.Framer.ReadCommandAsync(static _ => true);
        await using (var body = wire.Framer.OpenBody())
            await body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<ImapSyntaxException>(async () => await wire.Framer.ReadOnAsync(static _ => false));
        await wire.Framer.SkipBodyAsync();
        Assert.Equal(["b NOOP"], await wire.ReadAllAsync());
    }

    [Fact]
    public async Task A_client_that_goes_within_a_body_makes_reading_fail()
    {
        await using var wire = new Wire("a APPEND {5+}\r\nab");
        await wire.Framer.ReadCommandAsync(static _ => true);
        await using var body = wire.Framer.OpenBody();

        await Assert.ThrowsAsync<ConnectionEndException>(() => body.CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task A_literal_that_cannot_be_skipped_ends_the_connection()
    {
        await using var wire = new Wire("a LOGIN {99999999999+}\r\n");

        Assert.NotNull((await Assert.ThrowsAsync<ConnectionEndException>(wire.ReadAllAsync)).Text);
    }

    /// <summary>Both ends of a connection without a network.</summary>
    sealed class Wire : IAsyncDisposable
    {
        readonly Pipe toServer = new();
        readonly Pipe toClient = new();
        readonly ImapWriter writer;
        readonly ImapInput input;

        public Wire()
        {
            writer = new ImapWriter(toClient.Writer, TimeProvider.System, TimeSpan.FromMinutes(1));
            input = new ImapInput(toServer.Reader, writer, TimeProvider.System, TimeSpan.FromMinutes(1));
            Framer = new CommandFramer(input, writer, new FramerLimits
            {
                MaxLineLength = 100,
                MaxLiteralLength = 10,
                MaxLiterals = 4,
                Patience = TimeSpan.FromSeconds(10),
                CommandPatience = TimeSpan.FromSeconds(10),
            });
        }

        public Wire(string octets) : this()
        {
            toServer.Writer.WriteAsync(Encoding.Latin1.GetBytes(octets)).AsTask().GetAwaiter().GetResult();
            toServer.Writer.Complete();
        }

        public CommandFramer Framer { get; }

        public async Task FeedAsync(string octets, int[] sizes)
        {
            var left = Encoding.Latin1.GetBytes(octets).AsMemory();
            for (var i = 0; !left.IsEmpty; i++)
            {
                var size = Math.Min(sizes[i % sizes.Length], left.Length);
                await toServer.Writer.WriteAsync(left[..size]);
                left = left[size..];
                await Task.Yield();
            }

            await toServer.Writer.CompleteAsync();
        }

        // A command with a fault has an exclamation mark in front.
        public async Task<List<string>> ReadAllAsync()
        {
            var commands = new List<string>();
            while (await Framer.ReadCommandAsync(static _ => false) is { } frame)
                commands.Add((frame.Fault is null ? "" : "!") + Encoding.Latin1.GetString(frame.Octets.Span));
            return commands;
        }

        public async Task<string> SaidAsync()
        {
            await writer.FlushAsync();
            if (!toClient.Reader.TryRead(out var result))
                return "";
            var said = Encoding.Latin1.GetString(result.Buffer);
            toClient.Reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            return said;
        }

        public async ValueTask DisposeAsync()
        {
            await toClient.Writer.CompleteAsync();
            input.Dispose();
            writer.Dispose();
        }
    }
}
