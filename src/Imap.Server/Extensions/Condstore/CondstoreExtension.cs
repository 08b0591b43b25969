using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions.Condstore;

/// <summary>
/// CONDSTORE: modification sequences, and what can be asked and done by them. Every command that asks for one enables it. There is one
/// modification sequence for each message, so the condition of +FLAGS and -FLAGS may fail for another flag than the one that is changed
/// (deviation: RFC 7162 §3.1.12 would have it avoided). RFC 7162 §3.1.
/// </summary>
sealed class CondstoreExtension : IImapExtension
{
    /// <summary>Its capability, which is also what ENABLE calls it.</summary>
    public const string Name = "CONDSTORE";

    public void Register(ImapRegistry registry)
    {
        registry.Requires<ICondstoreMailbox>(Name);
        registry.Capability(Name, SessionStates.LoggedIn);
        registry.Enablable(new Enablable(Name) { WhenEnabled = static (session, _) => session.TellModSeqsAsync() });
        registry.SelectParameter(Name, static (ref _) => new CondstoreParameter());
        registry.FetchItem("MODSEQ", static (ref _) => new ModSeqItem());
        registry.FetchModifier("CHANGEDSINCE", static (ref reader) => new ChangedSince(reader.ModSeq()));
        registry.StoreModifier("UNCHANGEDSINCE", static (ref reader) => new UnchangedSince(reader.ModSeq()));
        registry.SearchKey("MODSEQ", static (ref reader, _) => reader.ModSeqKey());
        registry.StatusItem(new StatusItem("HIGHESTMODSEQ", StatusItems.HighestModSeq, static status => status.HighestModSeq?.Value)
        {
            Asked = static (session, cancellationToken) => session.EnableAsync(Name, cancellationToken),
        });
    }
}
