using Imap.Server.Commands;
using Imap.Server.Extensions.Acl;
using Imap.Server.Extensions.Catenate;
using Imap.Server.Extensions.Condstore;
using Imap.Server.Extensions.Contexts;
using Imap.Server.Extensions.MultiSearch;
using Imap.Server.Extensions.Notify;
using Imap.Server.Extensions.Qresync;
using Imap.Server.Registry;

namespace Imap.Server.Extensions;

/// <summary>Everything the server can do: one line for each thing.</summary>
static class ImapExtensions
{
    /// <summary>In the order in which CAPABILITY tells them.</summary>
    public static ImmutableArray<IImapExtension> BuiltIn { get; } =
    [
        new Imap4Rev1(),
        new Imap4Rev2(),
        new StartTlsExtension(),
        new LiteralExtension(),
        new SaslIrExtension(),
        new ScramExtension(),
        new PlainExtension(),
        new LoginExtension(),
        new TokenExtension(),
        new CompressExtension(),
        new UnauthenticateExtension(),
        new EnableExtension(),
        new IdExtension(),
        new IdleExtension(),
        new NamespaceExtension(),
        new ChildrenExtension(),
        new ListExtendedExtension(),
        new ListStatusExtension(),
        new StatusSizeExtension(),
        new SpecialUseExtension(),
        new CreateSpecialUseExtension(),
        new AppendLimitExtension(),
        new ObjectIdExtension(),
        new AclExtension(),
        new ListMyRightsExtension(),
        new QuotaExtension(),
        new MetadataExtension(),
        new UidPlusExtension(),
        new UnselectExtension(),
        new MoveExtension(),
        new SaveDateExtension(),
        new PreviewExtension(),
        new BinaryExtension(),
        new EsearchExtension(),
        new SearchresExtension(),
        new PartialExtension(),
        new ContextSearchExtension(),
        new NotifyExtension(),
        new WithinExtension(),
        new CondstoreExtension(),
        new QresyncExtension(),
        new MultiSearchExtension(),
        new SortExtension(),
        new SortDisplayExtension(),
        new EsortExtension(),
        new ThreadExtension(),
        new I18NLevelExtension(),
        new MultiAppendExtension(),
        new CatenateExtension(),
        new Utf8AcceptExtension(),
        new ReplaceExtension(),
    ];
}
