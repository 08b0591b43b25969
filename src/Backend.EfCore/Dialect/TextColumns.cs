namespace Backend.EfCore.Dialect;

/// <summary>Which of a content's folded texts a search looks into.</summary>
[Flags]
enum TextColumns
{
    /// <summary>The headers of the message and of its parts.</summary>
    Headers = 1,

    /// <summary>The text of the body.</summary>
    Body = 2,
}
