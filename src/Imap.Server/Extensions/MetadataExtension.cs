using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>
/// METADATA: annotations of mailboxes, and of the server to a user. That they change is told to those who have asked for it by NOTIFY: METADATA cannot be
/// enabled (RFC 5464 §4.1, a MAY). RFC 5464.
/// </summary>
sealed class MetadataExtension : IImapExtension
{
    /// <summary>What a mailbox is for: told here too, and set by CREATE alone. RFC 6154 §4.</summary>
    const string SpecialUseEntry = "/private/specialuse";

    public void Register(ImapRegistry registry)
    {
        registry.Requires<IMetadataUser>("METADATA");
        registry.Capability("METADATA", SessionStates.LoggedIn);
        registry.Command<GetMetadata>();
        registry.Command<SetMetadata>();
    }

    // The empty string is the server. RFC 5464 §4.1.
    static MailboxName? ReadMailbox(ref ImapReader reader)
    {
        if (reader.TryWord("\"\""u8))
            return null;
        return reader.Mailbox();
    }

    /// <summary>entry, in lower case. RFC 5464 §3.2.</summary>
    static string ReadEntry(ref ImapReader reader)
    {
        var expected = reader.Expected("the name of an annotation");
        var octets = reader.AString("the name of an annotation");
        var name = Encoding.Latin1.GetString(octets).ToLowerInvariant();
        var levels = name.Split('/');
        var isValid = name.Length <= MetadataEntry.MaxNameLength && levels is ["", "private" or "shared", ..] && levels.Skip(1).All(static level => level.Length > 0)
            && name.All(static c => c is > '\x19' and < '\x7f' and not ('*' or '%'));
        return isValid ? name : throw expected;
    }

    static int DepthOf(string name) => name.AsSpan().Count('/');

    /// <summary>Tells annotations. RFC 5464 §4.2.</summary>
    /// <remarks>
    /// States: authenticated, selected.<br/>
    /// Syntax: <c>"GETMETADATA" [SP options] SP mailbox [SP options] SP (entry / "(" entry *(SP entry) ")")</c>: the options stand before the mailbox in
    /// the grammar of RFC 5464 §5, and behind it in the examples of §4.2<br/>
    /// Responses: METADATA
    /// </remarks>
    sealed record GetMetadata(MailboxName? Mailbox, ImmutableArray<string> Entries, int MaxSize, int Depth) : IImapCommand<GetMetadata>
    {
        public static CommandDescriptor Descriptor { get; } = new("GETMETADATA", SessionStates.LoggedIn);

        public static GetMetadata Parse(ref ImapReader reader)
        {
            reader.Space();
            var (maxSize, depth) = (int.MaxValue, 0);
            if (reader.NextIs('('))
                ReadOptions(ref reader, ref maxSize, ref depth);
            var mailbox = ReadMailbox(ref reader);
            reader.Space();
            if (reader.NextIs('(') && reader.Rest.Length > 1 && char.IsAsciiLetter((char)reader.Rest[1]))
                ReadOptions(ref reader, ref maxSize, ref depth);
            var entries = ReadEntries(ref reader);
            reader.End();
            return new GetMetadata(mailbox, entries, maxSize, depth);
        }

        public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            var found = await ((IMetadataUser)session.User).GetMetadataAsync(Mailbox, Entries, withInferiors: Depth > 0, cancellationToken);
            var near = found.Where(IsNear).ToList();
            if (Mailbox is { } name && Entries.Contains(SpecialUseEntry) && await ReadSpecialUseAsync(session, name, cancellationToken) is { } use)
                near.Add(use);
            // What was named and is not there is not told: clients take NIL in the response for a mistake.
            Tell(session.Writer, near.FindAll(entry => entry.Value!.Value.Length <= MaxSize));
            // RFC 5464 §4.2.1.
            var longest = near.Select(static entry => entry.Value!.Value.Length).DefaultIfEmpty().Max();
            return longest > MaxSize ? Completion.Ok(new ResponseCode.Text("METADATA", string.Create(CultureInfo.InvariantCulture, $"LONGENTRIES {longest}"))) : Completion.Ok();
        }

        static async ValueTask<MetadataEntry?> ReadSpecialUseAsync(ImapSession session, MailboxName name, CancellationToken cancellationToken)
        {
            var listed = await session.User.ListMailboxesAsync(subscribed: false, cancellationToken);
            return listed.FirstOrDefault(info => info.Name == name) is { SpecialUse: not SpecialUse.None and var use }
                ? new MetadataEntry(SpecialUseEntry, Encoding.ASCII.GetBytes($"\\{use}"))
                : null;
        }

        bool IsNear(MetadataEntry entry) =>
            Depth > 1 || Entries.Any(name => entry.Name == name || (entry.Name.StartsWith(name + "/", StringComparison.Ordinal) && DepthOf(entry.Name) - DepthOf(name) <= Depth));

        void Tell(ImapWriter writer, List<MetadataEntry> entries)
        {
            if (entries.Count == 0)
                return;
            writer.BeginMetadata(Mailbox).Octet('(');
            var separator = "";
            foreach (var entry in entries)
            {
                writer.Atom(separator).AString(Encoding.ASCII.GetBytes(entry.Name)).Space().String(entry.Value!.Value.Span);
                separator = " ";
            }

            writer.Octets(")\r\n"u8);
        }

        static ImmutableArray<string> ReadEntries(ref ImapReader reader)
        {
            if (!reader.TryTake('('))
                return [ReadEntry(ref reader)];
            var entries = new HashSet<string>();
            do
                entries.Add(ReadEntry(ref reader));
            while (reader.TryTake(' '));
            reader.Take(')');
            return [.. entries];
        }

        static void ReadOptions(ref ImapReader reader, ref int maxSize, ref int depth)
        {
            reader.Take('(');
            do
            {
                if (reader.TryWord("MAXSIZE "u8))
                    maxSize = (int)Math.Min(reader.Number(), int.MaxValue);
                else if (reader.TryWord("DEPTH "u8))
                    depth = ReadDepth(ref reader);
                else
                    throw reader.Expected("an option of GETMETADATA");
            }
            while (reader.TryTake(' '));
            reader.Take(')');
            reader.Space();
        }

        static int ReadDepth(ref ImapReader reader) =>
            reader.TryTake('0') ? 0
            : reader.TryTake('1') ? 1
            : reader.TryWord("infinity"u8) ? int.MaxValue
            : throw reader.Expected("0, 1 or infinity");
    }

    /// <summary>Sets and removes annotations, all or none. RFC 5464 §4.3.</summary>
    /// <remarks>
    /// States: authenticated, selected.<br/>
    /// Syntax: <c>"SETMETADATA" SP mailbox SP "(" entry SP nstring *(SP entry SP nstring) ")"</c><br/>
    /// Responses: none
    /// </remarks>
    sealed record SetMetadata(MailboxName? Mailbox, ImmutableArray<MetadataEntry> Entries) : IImapCommand<SetMetadata>
    {
        public static CommandDescriptor Descriptor { get; } = new("SETMETADATA", SessionStates.LoggedIn);

        public IReadOnlyCollection<MailboxName> Changes => Mailbox is { } name ? [name] : [];

        public static SetMetadata Parse(ref ImapReader reader)
        {
            reader.Space();
            var mailbox = ReadMailbox(ref reader);
            reader.Space();
            var entries = new Dictionary<string, MetadataEntry>();
            reader.Take('(');
            do
            {
                var name = ReadSettable(ref reader);
                reader.Space();
                entries[name] = new MetadataEntry(name, ReadValue(ref reader));
            }
            while (reader.TryTake(' '));
            reader.Take(')');
            reader.End();
            return new SetMetadata(mailbox, [.. entries.Values]);
        }

        public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            if (Entries.Any(static entry => entry.Value is { Length: > MetadataEntry.MaxSize }))
                return Completion.No(new ResponseCode.Text("METADATA", string.Create(CultureInfo.InvariantCulture, $"MAXSIZE {MetadataEntry.MaxSize}")), $"An annotation has at most {MetadataEntry.MaxSize} octets.");
            if (Entries.Any(static entry => entry.Name == SpecialUseEntry))
                return Completion.No(ResponseCode.Cannot, "What a mailbox is for is said when it is created.");
            await ((IMetadataUser)session.User).SetMetadataAsync(Mailbox, Entries, cancellationToken);
            session.Watch?.OwnAnnotations(Mailbox, Entries);
            return Completion.Ok();
        }

        // An atom is taken for the string that it spells (deviation: RFC 5464 §5 has an nstring here), for MailKit writes short values so.
        static ReadOnlyMemory<byte>? ReadValue(ref ImapReader reader)
        {
            var isAtom = !reader.NextIs('"') && !reader.NextIs('{');
            var octets = reader.AString("a value");
            return isAtom && Ascii.EqualsIgnoreCase(octets, "NIL"u8) ? default(ReadOnlyMemory<byte>?) : octets.ToArray();
        }

        // RFC 5464 §3.2: two levels at least, and under vendor four.
        static string ReadSettable(ref ImapReader reader)
        {
            var expected = reader.Expected("the name of an annotation that can be set");
            var name = ReadEntry(ref reader);
            return name.Split('/') is ["", _, "vendor", ..] ? DepthOf(name) >= 4 ? name : throw expected
                : DepthOf(name) >= 2 ? name
                : throw expected;
        }
    }
}
