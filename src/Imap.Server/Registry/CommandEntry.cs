namespace Imap.Server.Registry;

/// <summary>A command as the dispatcher finds it by its word.</summary>
/// <param name="Name">Its word or words: <c>FETCH</c>, <c>UID FETCH</c>.</param>
/// <param name="Descriptor">What there is to know of it.</param>
/// <param name="Uid">Whether this is the form with UID.</param>
/// <param name="Parser">Reads it.</param>
sealed record CommandEntry(string Name, CommandDescriptor Descriptor, bool Uid, CommandParser Parser)
{
    /// <summary>Whether EXPUNGE may be told before it completes. RFC 9051 §7.5.1.</summary>
    public bool AllowsExpunge => Descriptor.Updates == UpdatePolicy.All || (Descriptor.Updates == UpdatePolicy.HoldExpunges && Uid);
}
