using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Tells data of messages. RFC 9051 §6.4.5; RFC 3501 §6.4.5; RFC 2180 §4.1.</summary>
/// <remarks>
/// States: selected.<br/>
/// Syntax: <c>["uid" SP] fetch SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")")</c><br/>
/// Responses: FETCH
/// </remarks>
sealed record Fetch(NumberSet Messages, ImmutableArray<FetchItem> Items) : IImapCommand<Fetch>
{
    public static CommandDescriptor Descriptor { get; } = new("FETCH", SessionStates.Selected)
    {
        UidForm = UidForm.Both,
        Updates = UpdatePolicy.HoldExpunges,
    };

    public static Fetch Parse(ref ImapReader reader)
    {
        reader.Space();
        var messages = reader.NumberSet();
        reader.Space();
        var items = ReadItems(ref reader);
        reader.End();
        return new Fetch(messages, items);
    }

    public ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken) =>
        new FetchAnswer(session, Messages, Items).WriteAsync(cancellationToken);

    static ImmutableArray<FetchItem> ReadItems(ref ImapReader reader)
    {
        if (!reader.TryTake('('))
            return ReadMacroOrItem(ref reader);
        var items = ImmutableArray.CreateBuilder<FetchItem>();
        do
            items.Add(ReadItem(ref reader));
        while (reader.TryTake(' '));
        reader.Take(')');
        return items.DrainToImmutable();
    }

    // RFC 9051 §6.4.5: a macro stands by itself.
    static ImmutableArray<FetchItem> ReadMacroOrItem(ref ImapReader reader)
    {
        if (reader.Context.Registry.FetchMacros.TryGetValue(Encoding.ASCII.GetString(reader.Rest), out var items))
        {
            reader.TryWord(reader.Rest);
            return items;
        }

        return [ReadItem(ref reader)];
    }

    static FetchItem ReadItem(ref ImapReader reader)
    {
        var expected = reader.Expected("a data item of FETCH");
        var name = Encoding.ASCII.GetString(reader.Word("a data item of FETCH"));
        return reader.Context.Registry.FetchItems.TryGetValue(name, out var parser) ? parser(ref reader) : throw expected;
    }
}
