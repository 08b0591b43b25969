using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions.Catenate;

/// <summary>CATENATE: messages that are made of texts and of parts of other messages. RFC 4469; RFC 4466 §2.5.</summary>
sealed class CatenateExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("CATENATE", SessionStates.LoggedIn);
        registry.AppendSource("CATENATE", static (ref reader) =>
        {
            reader.Space();
            reader.Take('(');
            return new CatenateSource();
        });
    }
}
