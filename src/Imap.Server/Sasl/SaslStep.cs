namespace Imap.Server.Sasl;

/// <summary>Where a SASL exchange stands: over, with the user, or at a challenge.</summary>
/// <param name="User">The user who has been let in, or null.</param>
/// <param name="Challenge">The octets of the next challenge, before base64.</param>
readonly record struct SaslStep(IUser? User, ReadOnlyMemory<byte> Challenge);
