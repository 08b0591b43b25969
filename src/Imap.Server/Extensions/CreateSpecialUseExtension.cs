using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>
/// CREATE-SPECIAL-USE: CREATE says what the mailbox is for. A mailbox has one use, and a use one mailbox; \All and \Flagged are refused, for no
/// mailbox here shows what is in others. RFC 6154 §3; RFC 8457 §3.
/// </summary>
sealed class CreateSpecialUseExtension : IImapExtension
{
    static readonly ImmutableArray<SpecialUse> Uses = [SpecialUse.Archive, SpecialUse.Drafts, SpecialUse.Junk, SpecialUse.Sent, SpecialUse.Trash, SpecialUse.Important];

    public void Register(ImapRegistry registry)
    {
        registry.Capability("CREATE-SPECIAL-USE", SessionStates.LoggedIn);
        registry.CreateParameter("USE", static (ref reader, options) => options with { SpecialUse = ReadUse(ref reader) });
    }

    static SpecialUse ReadUse(ref ImapReader reader)
    {
        reader.Space();
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        reader.Take('(');
        for (var isFirst = true; !reader.TryTake(')'); isFirst = false)
        {
            if (!isFirst)
                reader.Space();
            reader.Take('\\');
            words.Add(Encoding.ASCII.GetString(reader.Atom("a special use")));
        }

        if (words.Count == 0)
            return SpecialUse.None;
        if (words.Count > 1)
            throw new CommandRefusedException(ResponseCode.UseAttr, "A mailbox can have one special use.");
        var use = Uses.FirstOrDefault(use => words.Contains(use.ToString()));
        return use != SpecialUse.None ? use : throw new CommandRefusedException(ResponseCode.UseAttr, $"No mailbox can have the special use \\{words.Single()} here.");
    }
}
