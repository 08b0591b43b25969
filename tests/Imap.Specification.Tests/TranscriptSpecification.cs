namespace Imap.Specification.Tests;

/// <summary>What the server says on the wire, by transcripts: one folder for each RFC.</summary>
/// <typeparam name="TFixture">The server.</typeparam>
public abstract class TranscriptSpecification<TFixture>(TFixture fixture)
    where TFixture : class, IImapFixture
{
    /// <summary>Each is played as it stands.</summary>
    [Theory]
    [MemberData(nameof(Transcript.Names), MemberType = typeof(Transcript))]
    public virtual Task A_conversation_goes_as_written(string transcript) => TranscriptPlayer.PlayAsync(Transcript.Read(transcript), fixture);
}
