namespace Backend.Mime.Text;

/// <summary>Takes one of the texts of a message that SEARCH looks into.</summary>
interface ITextTarget : ICharSink
{
    /// <summary>Whether what follows makes no difference.</summary>
    bool IsDone { get; }

    /// <summary>Whether it takes no more text.</summary>
    bool IsFull { get; }

    /// <summary>Ends the line, where something stands on it.</summary>
    void EndLine();
}
