using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>COMPRESS=DEFLATE. RFC 4978. After login only: before it, nobody costs the server that memory.</summary>
sealed class CompressExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("COMPRESS=DEFLATE", SessionStates.LoggedIn);
        registry.Command<Compress>();
    }

    /// <summary>Compresses both directions behind the tagged OK. RFC 4978 §3.</summary>
    /// <remarks>
    /// States: authenticated, selected.<br/>
    /// Syntax: <c>"COMPRESS" SP "DEFLATE"</c><br/>
    /// Responses: none
    /// </remarks>
    sealed record Compress : IImapCommand<Compress>
    {
        public static CommandDescriptor Descriptor { get; } = new("COMPRESS", SessionStates.LoggedIn);

        public static Compress Parse(ref ImapReader reader)
        {
            reader.Space();
            if (!Ascii.EqualsIgnoreCase(reader.Atom("DEFLATE"), "DEFLATE"u8))
                throw new ImapSyntaxException("DEFLATE is the only algorithm there is.");
            reader.End();
            return new Compress();
        }

        public ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            // RFC 4978 §3 has BAD for this, and an example with NO, which is what clients know (deviation).
            if (session.Pipe.IsCompressed)
                return ValueTask.FromResult(Completion.No(ResponseCode.CompressionActive, "DEFLATE is active already"));
            session.AfterAnswer = _ =>
            {
                session.Pipe.StartCompression();
                return ValueTask.CompletedTask;
            };
            return ValueTask.FromResult(Completion.Ok(null, "DEFLATE active"));
        }
    }
}
