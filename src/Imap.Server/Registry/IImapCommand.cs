using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>A command: what it is called, where it is legal, how it is read. One implementation is all that a command takes.</summary>
/// <typeparam name="TSelf">The command itself.</typeparam>
interface IImapCommand<TSelf> : IParsedCommand
    where TSelf : IImapCommand<TSelf>
{
    /// <summary>What the dispatcher has to know of it.</summary>
    static abstract CommandDescriptor Descriptor { get; }

    /// <summary>Reads the arguments, from the octet behind the command's word to the end. Without I/O.</summary>
    static abstract TSelf Parse(ref ImapReader reader);
}
