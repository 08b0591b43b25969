using System.IO.Pipelines;
using Imap.Server.Errors;
using Imap.Server.Wire;

namespace Fuzz.Tests;

/// <summary>However octets come, in one piece or one by one, they are the same commands, the same answers and the same end.</summary>
public sealed class FramerFuzzTests
{
    [Fact]
    public Task Commands_do_not_depend_on_how_octets_come() => FuzzRun.ForEachAsync(2_000, static async random =>
    {
        var input = Mutation.Input(random);
        var whole = await FrameAsync(input, () => input.Length);
        var pieces = await FrameAsync(input, () => random.Next(1, random.Next(2, 40)));
        Assert.True(whole == pieces, $"In one piece: {whole}\nIn pieces: {pieces}\nThe input: {Printable.Of(input)}");
    });

    static async Task<string> FrameAsync(byte[] input, Func<int> size)
    {
        var (toServer, fromServer) = (new Pipe(), new Pipe());
        using var writer = new ImapWriter(fromServer.Writer, TimeProvider.System, TimeSpan.FromMinutes(1));
        using var reader = new ImapInput(toServer.Reader, writer, TimeProvider.System, TimeSpan.FromMinutes(1));
        var patience = TimeSpan.FromMinutes(1);
        var framer = new CommandFramer(reader, writer, new FramerLimits { MaxLineLength = 8_192, MaxLiteralLength = 4_096, MaxLiterals = 8, Patience = patience, CommandPatience = patience });
        var reading = ReadAllAsync(framer);
        for (var at = 0; at < input.Length;)
        {
            var count = Math.Min(size(), input.Length - at);
            if ((await toServer.Writer.WriteAsync(input.AsMemory(at, count))).IsCompleted)
                break;
            at += count;
        }

        await toServer.Writer.CompleteAsync();
        var read = await reading.WaitAsync(patience);
        await writer.FlushAsync();
        await fromServer.Writer.CompleteAsync();
        var said = await fromServer.Reader.ReadAsync();
        return $"{read} | {Printable.Of(System.Buffers.BuffersExtensions.ToArray(said.Buffer))}";
    }

    static async Task<string> ReadAllAsync(CommandFramer framer)
    {
        var read = "";
        try
        {
            while (await framer.ReadCommandAsync(static command => command.StartsWith("b "u8)) is { } frame)
            {
                read += $"[{Printable.Of(frame.Octets.Span)}] {frame.Fault} ";
                await framer.SkipBodyAsync();
            }
        }
        catch (ConnectionEndException exception)
        {
            read += exception.Message;
        }

        return read;
    }
}
