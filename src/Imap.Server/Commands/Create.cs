using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Creates a mailbox, and the superiors that are missing. RFC 9051 §6.3.4; RFC 3501 §6.3.3; RFC 4466 §2.2.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>create SP mailbox [SP "(" parameter *(SP parameter) ")"]</c><br/>
/// Responses: LIST in IMAP4rev2, where the name was altered
/// </remarks>
sealed record Create(SuppliedName Name, CreateOptions Options) : IImapCommand<Create>
{
    public static CommandDescriptor Descriptor { get; } = new("CREATE", SessionStates.LoggedIn);

    public IReadOnlyCollection<MailboxName> Changes => [Name.Name];

    public static Create Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.SuppliedMailbox();
        var options = reader.TryTake(' ') ? ReadParameters(ref reader) : CreateOptions.Default;
        reader.End();
        return new Create(name, options);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        var data = await session.User.CreateMailboxAsync(Name.Name, Options, cancellationToken);
        if (Name.IsAltered)
            await AlteredNames.TellAsync(session, Name.Name, Name, cancellationToken);
        return Completion.Ok(session.Registry.CreateCodes.Select(code => code(data)).FirstOrDefault(static code => code is not null));
    }

    static CreateOptions ReadParameters(ref ImapReader reader)
    {
        var options = CreateOptions.Default;
        reader.Take('(');
        do
        {
            var expected = reader.Expected("a parameter of CREATE");
            if (!reader.Context.Registry.CreateParameters.TryGetValue(Encoding.ASCII.GetString(reader.Atom("a parameter of CREATE")), out var parser))
                throw expected;
            options = parser(ref reader, options);
        }
        while (reader.TryTake(' '));
        reader.Take(')');
        return options;
    }
}
