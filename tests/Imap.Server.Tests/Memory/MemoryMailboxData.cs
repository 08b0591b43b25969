using System.Collections.Immutable;

namespace Imap.Server.Tests.Memory;

/// <summary>A mailbox with its messages.</summary>
public sealed class MemoryMailboxData(MailboxName name, UidValidity validity)
{
    public MailboxName Name { get; set; } = name;

    public UidValidity UidValidity { get; } = validity;

    public uint UidNext { get; set; } = 1;

    public long ModSeq { get; set; } = 1;

    public uint RecentFrom { get; set; } = 1;

    public bool IsNoSelect { get; set; }

    public bool IsDeleted { get; set; }

    public SpecialUse SpecialUse { get; set; }

    public List<MemoryMessage> Messages { get; } = [];

    public List<(long ModSeq, Uid Uid)> Expunged { get; } = [];

    public FlagSet Flags => FlagSet.Of(Flag.Settable.Concat(Messages.SelectMany(static message => message.Flags)));

    public static FlagSet PermanentFlags { get; } = FlagSet.Of([.. Flag.Settable, Flag.Wildcard]);

    public MemoryMessage Add(byte[] octets, FlagSet flags, DateTimeOffset date, long modSeq)
    {
        var message = new MemoryMessage(new Uid(UidNext++), octets, date) { Flags = flags.Except(FlagSet.Of(Flag.Recent)), ModSeq = modSeq };
        Messages.Add(message);
        return message;
    }

    public ImmutableArray<Uid> Remove(Func<MemoryMessage, bool> which)
    {
        var gone = Messages.Where(which).Select(static message => message.Uid).ToImmutableArray();
        if (gone.IsEmpty)
            return gone;
        ModSeq++;
        Messages.RemoveAll(message => gone.Contains(message.Uid));
        Expunged.AddRange(gone.Select(uid => (ModSeq, uid)));
        return gone;
    }
}
