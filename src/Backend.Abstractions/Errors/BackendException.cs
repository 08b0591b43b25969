namespace Backend.Abstractions.Errors;

/// <summary>
/// The one exception by which a backend refuses: a reason that a front end can act on and a text that a user can read. The store is
/// as it was before the call. Nothing of a driver or of EF Core ever leaves a backend otherwise than as <see cref="Exception.InnerException"/> of this.
/// </summary>
public sealed class BackendException : Exception
{
    /// <summary>A refusal.</summary>
    /// <param name="error">The reason.</param>
    /// <param name="message">What was wrong and what to do, one sentence or two without line breaks, fit to be shown to the user.</param>
    /// <param name="innerException">What caused it, for the log.</param>
    public BackendException(BackendError error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>The reason.</summary>
    public BackendError Error { get; }
}
