using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Lists names of mailboxes. RFC 3501 §6.3.8; RFC 9051 §6.3.9; RFC 5258 §3.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>list [SP "(" [option *(SP option)] ")"] SP mailbox SP (list-mailbox / "(" list-mailbox *(SP list-mailbox) ")") [SP "RETURN" SP "(" [option *(SP option)] ")"]</c><br/>
/// Responses: LIST, and those of return options
/// </remarks>
/// <param name="Reference">What stands before each pattern.</param>
/// <param name="Patterns">The patterns.</param>
/// <param name="Selection">The selection options, each once.</param>
/// <param name="Returns">The return options, each once.</param>
/// <param name="IsExtended">Whether it is written as only RFC 5258 has it.</param>
sealed record List(string Reference, ImmutableArray<string> Patterns, ImmutableArray<ListSelection> Selection, ImmutableArray<ListReturn> Returns, bool IsExtended)
    : IImapCommand<List>
{
    public static CommandDescriptor Descriptor { get; } = new("LIST", SessionStates.LoggedIn);

    public static List Parse(ref ImapReader reader)
    {
        reader.Space();
        var isExtended = reader.NextIs('(');
        ImmutableArray<ListSelection> selection = [];
        if (isExtended)
        {
            selection = ReadSelection(ref reader);
            reader.Space();
        }

        var reference = MailboxPattern.Read(reader, reader.AString("a reference"));
        reader.Space();
        isExtended |= reader.NextIs('(');
        var patterns = ReadPatterns(ref reader);
        ImmutableArray<ListReturn> returns = [];
        if (reader.TryWord(" RETURN "u8))
        {
            isExtended = true;
            returns = ReadReturns(ref reader);
        }

        reader.End();
        return new List(reference, patterns, selection, returns, isExtended);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        // RFC 3501 §6.3.8: an empty pattern asks for the delimiter and the root, which here is nothing.
        if (!IsExtended && Patterns[0].Length == 0)
        {
            session.Writer.Octets("* LIST (\\Noselect) \"/\" \"\"\r\n"u8);
            return Completion.Ok();
        }

        // RFC 5258 §3: in extended commands it means nothing.
        MailboxPattern[] patterns = [.. Patterns.Where(static pattern => pattern.Length > 0).Select(pattern => new MailboxPattern(Reference + pattern))];
        IReadOnlyList<ListedName> names = ListedNames.Of(await ReadAllAsync(session, patterns, cancellationToken), name => patterns.Any(pattern => pattern.Matches(name)), Selection);
        foreach (var option in Returns)
            names = await option.PrepareAsync(session, names, cancellationToken);
        await WriteAsync(session.Writer, names);
        return Completion.Ok();
    }

    /// <summary>Every name that may be listed.</summary>
    async ValueTask<IReadOnlyList<MailboxInfo>> ReadAllAsync(ImapSession session, MailboxPattern[] patterns, CancellationToken cancellationToken)
    {
        if (!Selection.Any(static option => option.IncludesNonExistent))
            return await ReadExistentAsync(session, patterns, cancellationToken);
        var subscribed = await session.User.ListMailboxesAsync(subscribed: true, cancellationToken);
        if (!Selection.Any(static option => option.AddsSuperiors))
            return subscribed;
        // What is above a name that is selected may be there without being subscribed to.
        return [.. subscribed.UnionBy(await ReadExistentAsync(session, patterns, cancellationToken), static info => info.Name)];
    }

    /// <summary>The mailboxes; and where a pattern asks for them, the levels above others' mailboxes too, which are none. RFC 4314 §4 (LIST).</summary>
    static async ValueTask<IReadOnlyList<MailboxInfo>> ReadExistentAsync(ImapSession session, MailboxPattern[] patterns, CancellationToken cancellationToken) =>
        [.. (await session.User.ListMailboxesAsync(subscribed: false, cancellationToken)).Where(info =>
            (info.Attributes & MailboxAttributes.NonExistent) == 0 || Array.Exists(patterns, pattern => pattern.AsksForLevels && pattern.Matches(info.Name)))];

    async ValueTask WriteAsync(ImapWriter writer, IReadOnlyList<ListedName> names)
    {
        var attributes = MailboxListWriter.Always;
        if (IsExtended)
            attributes |= MailboxAttributes.NonExistent;
        foreach (var more in Selection.Select(static option => option.Attributes).Concat(Returns.Select(static option => option.Attributes)))
            attributes |= more;
        string[] criteria = [.. Selection.Where(static option => option.Selects is not null).Select(static option => option.Name)];
        foreach (var name in names)
        {
            writer.MailboxList("LIST"u8, name.Info, attributes, name.HasSelectedInferior ? criteria : []);
            foreach (var option in Returns)
                option.Write(writer, name);
            await writer.FlushIfFullAsync();
        }
    }

    static ImmutableArray<string> ReadPatterns(ref ImapReader reader)
    {
        if (!reader.TryTake('('))
            return [MailboxPattern.Read(reader, reader.ListMailbox())];
        var patterns = new HashSet<string>();
        do
            patterns.Add(MailboxPattern.Read(reader, reader.ListMailbox()));
        while (reader.TryTake(' '));
        reader.Take(')');
        return [.. patterns];
    }

    static ImmutableArray<ListSelection> ReadSelection(ref ImapReader reader)
    {
        var options = new List<ListSelection>();
        reader.Take('(');
        for (var isFirst = true; !reader.TryTake(')'); isFirst = false)
        {
            if (!isFirst)
                reader.Space();
            var expected = reader.Expected("a selection option of LIST");
            if (!reader.Context.Registry.ListSelections.TryGetValue(Encoding.ASCII.GetString(reader.Atom("a selection option of LIST")), out var option))
                throw expected;
            // RFC 5258 §3: an option that is there twice is there once.
            if (!options.Contains(option))
                options.Add(option);
        }

        // RFC 5258 §3.1 (RECURSIVEMATCH).
        if (options.Find(static option => option.AddsSuperiors) is { } modifier && !options.Exists(static option => option.Selects is not null))
            throw new ImapSyntaxException($"{modifier.Name} needs another selection option.");
        return [.. options];
    }

    static ImmutableArray<ListReturn> ReadReturns(ref ImapReader reader)
    {
        var options = new Dictionary<string, ListReturn>(StringComparer.OrdinalIgnoreCase);
        reader.Take('(');
        for (var isFirst = true; !reader.TryTake(')'); isFirst = false)
        {
            if (!isFirst)
                reader.Space();
            var expected = reader.Expected("a return option of LIST");
            var name = Encoding.ASCII.GetString(reader.Atom("a return option of LIST"));
            if (!reader.Context.Registry.ListReturns.TryGetValue(name, out var parser))
                throw expected;
            options[name] = parser(ref reader);
        }

        return [.. options.Values];
    }
}
