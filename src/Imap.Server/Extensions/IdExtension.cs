using Imap.Server.Diagnostics;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>ID: client and server tell each other what they are. RFC 2971.</summary>
sealed class IdExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("ID", SessionStates.Any);
        registry.Command<Id>();
    }

    /// <summary>Tells what the server is; what the client is goes into the log and nowhere else (§3: nothing may depend on it).</summary>
    /// <remarks>
    /// States: any.<br/>
    /// Syntax: <c>"ID" SP ("(" [string SP nstring *(SP string SP nstring)] ")" / nil)</c><br/>
    /// Responses: ID
    /// </remarks>
    sealed record Id(string Client) : IImapCommand<Id>
    {
        const int MaxFields = 30;

        public static CommandDescriptor Descriptor { get; } = new("ID", SessionStates.Any);

        public static Id Parse(ref ImapReader reader)
        {
            reader.Space();
            if (reader.TryWord("NIL"u8))
            {
                reader.End();
                return new Id("");
            }

            var fields = new List<string>();
            reader.Take('(');
            while (!reader.TryTake(')'))
            {
                if (fields.Count > 0)
                    reader.Space();
                if (fields.Count == MaxFields)
                    throw reader.Expected("at most 30 fields");
                var name = reader.Decode(reader.String());
                reader.Space();
                fields.Add(reader.TryNString(out var value) ? $"{name}={reader.Decode(value)}" : name);
            }

            reader.End();
            return new Id(string.Join(' ', fields));
        }

        public ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            if (Client.Length > 0)
                session.Logger.Identified(Client);
            session.Writer.Octets("* ID (\"name\" "u8).String(session.Options.ServerName);
            if (session.Options.ServerVersion is { } version)
                session.Writer.Octets(" \"version\" "u8).String(version);
            session.Writer.Octets(")\r\n"u8);
            return ValueTask.FromResult(Completion.Ok());
        }
    }
}
