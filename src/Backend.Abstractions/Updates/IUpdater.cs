namespace Backend.Abstractions.Updates;

/// <summary>
/// A backend that can tell of changes that a client did not make itself: from the user's other connections, from other users, from
/// other processes. The seed's <c>Updater</c>. Thread-safe.
/// </summary>
public interface IUpdater
{
    /// <summary>Gives every update from now on that is for this user, its own connections' included, or for everybody.</summary>
    /// <param name="username">As <see cref="IUser.Username"/> has it.</param>
    IUpdateSubscription Subscribe(string username);
}
