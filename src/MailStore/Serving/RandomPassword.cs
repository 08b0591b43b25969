using System.Security.Cryptography;

namespace MailStore.Serving;

/// <summary>Passwords that can be read out and typed.</summary>
static class RandomPassword
{
    // Without letters and digits that look alike.
    const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    const int Groups = 4;
    const int GroupLength = 5;

    /// <summary>Makes one of 20 letters and digits, about 99 bits.</summary>
    public static string Create() =>
        string.Join('-', Enumerable.Range(0, Groups).Select(static _ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));
}
