using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Tells data of messages. RFC 9051 §6.4.5; RFC 3501 §6.4.5; RFC 2180 §4.1; RFC 4466 §2.4.</summary>
/// <remarks>
/// States: selected.<br/>
/// Syntax: <c>["uid" SP] fetch SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")") [SP "(" fetch-modifier *(SP fetch-modifier) ")"]</c><br/>
/// Responses: FETCH
/// </remarks>
sealed record Fetch(NumberSet Messages, ImmutableArray<FetchItem> Items, ImmutableArray<FetchModifier> Modifiers) : IImapCommand<Fetch>
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
        var modifiers = reader.TryTake(' ') ? reader.Parameters(reader.Context.Registry.FetchModifiers, "a modifier of FETCH") : [];
        reader.End();
        return new Fetch(messages, items, modifiers);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        var request = new FetchRequest(session, Messages, Items, Modifiers);
        foreach (var modifier in Modifiers.OrderBy(static modifier => modifier.Order))
            await modifier.ApplyAsync(request, cancellationToken);
        return await new FetchAnswer(request).WriteAsync(cancellationToken);
    }

    static ImmutableArray<FetchItem> ReadItems(ref ImapReader reader)
    {
        return reader.TryTake('(') ? ReadItemList(ref reader) : ReadMacroOrItem(ref reader);
    }

    /// <summary>Data items up to the closing parenthesis of their list.</summary>
    public static ImmutableArray<FetchItem> ReadItemList(ref ImapReader reader)
    {
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
        var end = reader.Rest.IndexOf((byte)' ');
        var word = end < 0 ? reader.Rest : reader.Rest[..end];
        if (reader.Context.Registry.FetchMacros.TryGetValue(Encoding.ASCII.GetString(word), out var items))
        {
            reader.TryWord(word);
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
