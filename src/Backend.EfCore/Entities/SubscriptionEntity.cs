namespace Backend.EfCore.Entities;

/// <summary>A name that the user is subscribed to. It outlives the mailbox. RFC 3501 §6.3.6.</summary>
sealed class SubscriptionEntity
{
    public int UserId { get; set; }

    public required string Name { get; set; }
}
