using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>
/// QUOTA: what users have and may have, in octets and messages. SETQUOTA is there for all and refused with NOPERM to those who are no
/// administrators. RFC 9208.
/// </summary>
sealed class QuotaExtension : IImapExtension
{
    const string Storage = "STORAGE";
    const string Message = "MESSAGE";

    /// <summary>Octets in a unit of STORAGE. RFC 9208 §5.1.</summary>
    const long Unit = 1024;

    public void Register(ImapRegistry registry)
    {
        registry.Requires<IQuotaUser>("QUOTA");
        registry.Capability("QUOTA", SessionStates.LoggedIn);
        registry.Capability($"QUOTA=RES-{Storage}", SessionStates.LoggedIn);
        registry.Capability($"QUOTA=RES-{Message}", SessionStates.LoggedIn);
        registry.Capability("QUOTASET", SessionStates.LoggedIn);
        registry.Command<GetQuota>();
        registry.Command<GetQuotaRoot>();
        registry.Command<SetQuota>();
        // RFC 9208 §4.1.4. DELETED is the core's.
        registry.StatusItem(new StatusItem("DELETED-STORAGE", StatusItems.DeletedStorage, static status => status.DeletedStorage));
    }

    static IQuotaUser UserOf(ImapSession session) => (IQuotaUser)session.User;

    // RFC 9208 §4.2.1: a resource that is not limited is not named.
    static void Tell(ImapWriter writer, QuotaRoot root)
    {
        writer.Octets("* QUOTA "u8).AString(Encoding.UTF8.GetBytes(root.Name)).Octets(" ("u8);
        if (root.Limits.MaxBytes is { } bytes)
            writer.Octets("STORAGE "u8).Number((root.Bytes + Unit - 1) / Unit).Space().Number(bytes / Unit);
        if (root.Limits is { MaxBytes: not null, MaxMessages: not null })
            writer.Space();
        if (root.Limits.MaxMessages is { } messages)
            writer.Octets("MESSAGE "u8).Number(root.Messages).Space().Number(messages);
        writer.Octets(")\r\n"u8);
    }

    /// <summary>Tells the usage and limits of a quota root. RFC 9208 §4.1.1.</summary>
    /// <remarks>
    /// States: authenticated, selected.<br/>
    /// Syntax: <c>"GETQUOTA" SP quota-root-name</c><br/>
    /// Responses: QUOTA
    /// </remarks>
    sealed record GetQuota(string Root) : IImapCommand<GetQuota>
    {
        public static CommandDescriptor Descriptor { get; } = new("GETQUOTA", SessionStates.LoggedIn);

        public static GetQuota Parse(ref ImapReader reader)
        {
            reader.Space();
            var root = reader.AStringText("a quota root");
            reader.End();
            return new GetQuota(root);
        }

        public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            Tell(session.Writer, await UserOf(session).GetQuotaAsync(Root, cancellationToken));
            return Completion.Ok();
        }
    }

    /// <summary>Tells the quota roots of a mailbox, which need not be there, with usage and limits. RFC 9208 §4.1.2.</summary>
    /// <remarks>
    /// States: authenticated, selected.<br/>
    /// Syntax: <c>"GETQUOTAROOT" SP mailbox</c><br/>
    /// Responses: QUOTAROOT, QUOTA
    /// </remarks>
    sealed record GetQuotaRoot(MailboxName Mailbox) : IImapCommand<GetQuotaRoot>
    {
        public static CommandDescriptor Descriptor { get; } = new("GETQUOTAROOT", SessionStates.LoggedIn);

        public static GetQuotaRoot Parse(ref ImapReader reader)
        {
            reader.Space();
            var mailbox = reader.Mailbox();
            reader.End();
            return new GetQuotaRoot(mailbox);
        }

        public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            // Where nothing is limited there is no root to tell of (RFC 9208 §4.2.2): to clients an empty list of resources is a mistake.
            QuotaRoot[] roots = [.. (await UserOf(session).GetQuotaRootsAsync(Mailbox, cancellationToken)).Where(static root => root.Limits != QuotaLimits.None)];
            session.Writer.Octets("* QUOTAROOT "u8).Mailbox(Mailbox);
            foreach (var root in roots)
                session.Writer.Space().AString(Encoding.UTF8.GetBytes(root.Name));
            session.Writer.Crlf();
            foreach (var root in roots)
                Tell(session.Writer, root);
            return Completion.Ok();
        }
    }

    /// <summary>Sets the limits of a quota root; those that are not named are taken away. RFC 9208 §4.1.3.</summary>
    /// <remarks>
    /// States: authenticated, selected.<br/>
    /// Syntax: <c>"SETQUOTA" SP quota-root-name SP "(" [resource SP number64 *(SP resource SP number64)] ")"</c><br/>
    /// Responses: QUOTA
    /// </remarks>
    sealed record SetQuota(string Root, QuotaLimits Limits) : IImapCommand<SetQuota>
    {
        public static CommandDescriptor Descriptor { get; } = new("SETQUOTA", SessionStates.LoggedIn);

        public static SetQuota Parse(ref ImapReader reader)
        {
            reader.Space();
            var root = reader.AStringText("a quota root");
            reader.Space();
            var limits = QuotaLimits.None;
            reader.Take('(');
            for (var isFirst = true; !reader.TryTake(')'); isFirst = false)
            {
                if (!isFirst)
                    reader.Space();
                var resource = Encoding.ASCII.GetString(reader.Atom("a resource"));
                reader.Space();
                limits = With(limits, resource, reader.Number64());
            }

            reader.End();
            return new SetQuota(root, limits);
        }

        public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            Tell(session.Writer, await UserOf(session).SetQuotaAsync(Root, Limits, cancellationToken));
            return Completion.Ok();
        }

        static QuotaLimits With(QuotaLimits limits, string resource, long limit) => resource.ToUpperInvariant() switch
        {
            Storage => limits with { MaxBytes = Math.Min(limit, long.MaxValue / Unit) * Unit },
            Message => limits with { MaxMessages = limit },
            _ => throw new CommandRefusedException(ResponseCode.Cannot, $"The resource {resource} cannot be limited here."),
        };
    }
}
