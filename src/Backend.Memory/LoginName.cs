namespace Backend.Memory;

/// <summary>The rules of login names.</summary>
static class LoginName
{
    const int MaxLength = 255;

    /// <summary>The form in which names are compared: in any case, and composed or not, it is the same name.</summary>
    public static string Normalize(string name) => Compose(name).ToUpperInvariant();

    /// <summary>The text with all that looks or is typed alike made the same (NFKC); itself when it is not Unicode text.</summary>
    public static string Compose(string text) => IsUnicode(text) ? text.Normalize(NormalizationForm.FormKC) : text;

    /// <summary>Refuses what cannot be the name of a user.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidUserName"/>.</exception>
    public static void Check(string name)
    {
        var fault = name.Length is 0 or > MaxLength ? $"has {name.Length} characters; 1 to {MaxLength} are taken"
            : name.Any(char.IsWhiteSpace) ? "has a space in it"
            : name.Any(char.IsControl) ? "has a control character in it"
            : name.Contains('/') ? "has a / in it"
            : !IsUnicode(name) ? "is not Unicode text"
            : null;
        if (fault is not null)
            throw new BackendException(BackendError.InvalidUserName, $"The user name {fault}.");
    }

    static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
                return false;
        return true;
    }
}
