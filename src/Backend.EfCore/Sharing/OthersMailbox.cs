using Backend.EfCore.Tenancy;

namespace Backend.EfCore.Sharing;

/// <summary>Somebody else's mailbox, as a user finds it.</summary>
/// <param name="OwnerId">Whose it is.</param>
/// <param name="MailboxId">Its number, of the owner's.</param>
/// <param name="Name">Its name to the user.</param>
/// <param name="Rights">The user's rights when it was found.</param>
sealed record OthersMailbox(int OwnerId, int MailboxId, MailboxName Name, MailboxRights Rights)
{
    /// <summary>Its name to its owner.</summary>
    public MailboxName OwnName => OtherUsers.TryParse(Name, out _, out var mailbox) ? mailbox : throw new InvalidOperationException($"\"{Name}\" is nobody else's.");

    /// <summary>The owner's lease, for the user who found it.</summary>
    public Lease LeaseFor(int userId) => Lease.ForGuest(OwnerId, new Guest(userId, MailboxId));
}
