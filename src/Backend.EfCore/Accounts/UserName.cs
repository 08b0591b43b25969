using System.Text;

namespace Backend.EfCore.Accounts;

/// <summary>The rules of login names.</summary>
static class UserName
{
    const int MaxLength = 255;

    /// <summary>The form in which names are compared: in any case, and composed or not, it is the same name.</summary>
    public static string Normalize(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    /// <summary>Checks a name for a new user.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidUserName"/>.</exception>
    public static void Check(string name)
    {
        var fault = name.Length is 0 or > MaxLength ? $"has {name.Length} characters; 1 to {MaxLength} are taken"
            : Normalize(name).Length > MaxLength ? $"has more than {MaxLength} characters when its ligatures are written out"
            : name.Any(char.IsWhiteSpace) ? "has a space in it"
            : name.Any(char.IsControl) ? "has a control character in it"
            : name.Contains('/') ? "has a / in it"
            : name.Any(char.IsSurrogate) && !name.IsNormalizedSafely() ? "is not Unicode text"
            : null;
        if (fault is not null)
            throw new BackendException(BackendError.InvalidUserName, $"The user name {fault}.");
    }

    static bool IsNormalizedSafely(this string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormKC).Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
