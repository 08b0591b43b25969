using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>What the dispatcher has to know of a command, so that no command has to see to it by itself.</summary>
/// <param name="Name">The command's word, without UID.</param>
/// <param name="States">The states in which it is legal. RFC 9051 §6.</param>
sealed record CommandDescriptor(string Name, SessionStates States)
{
    /// <summary>Whether it is written with UID in front.</summary>
    public UidForm UidForm { get; init; }

    /// <summary>What the client is told of changes before it completes.</summary>
    public UpdatePolicy Updates { get; init; } = UpdatePolicy.All;

    /// <summary>Whether it changes the selected mailbox, and so is refused where that is read-only. RFC 9051 §6.3.3.</summary>
    public bool Writes { get; init; }

    /// <summary>Whether the mailbox that is selected is left, also when the command is refused. RFC 9051 §6.3.2.</summary>
    public bool LeavesMailbox { get; init; }

    /// <summary>Whether it puts messages into a mailbox that it names: one that is missing is TRYCREATE. RFC 9051 §6.3.12, §6.4.7.</summary>
    public bool HasDestination { get; init; }

    /// <summary>Whether it is no longer there once IMAP4rev2 is enabled. RFC 9051 Appendices A and E.</summary>
    public bool IsRev1Only { get; init; }

    /// <summary>Whether its line may be longer than others before login, for it has a token in it. RFC 7628 §3.</summary>
    public bool HasLongLine { get; init; }

    /// <summary>Which of its literals it reads from the stream itself; given the arguments so far. Null: none.</summary>
    public LiteralTest? StreamedLiteral { get; init; }
}
