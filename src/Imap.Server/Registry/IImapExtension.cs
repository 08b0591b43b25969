namespace Imap.Server.Registry;

/// <summary>Something that IMAP can do: RFC 9051's core, or an extension. It fills slots of the registry.</summary>
interface IImapExtension
{
    /// <summary>Fills the slots. Called once, when the server starts.</summary>
    void Register(ImapRegistry registry);
}
