namespace Backend.Specification.Tests.Models;

/// <summary>What one of a user's sessions does.</summary>
readonly record struct SessionStep(int Session, Act Act)
{
    public override string ToString() => $"session {Session}: {Act}";
}
