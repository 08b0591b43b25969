namespace Backend.Specification.Tests.Messages;

/// <summary>The sections that <see cref="NestedMessage"/> has.</summary>
public static class SectionCases
{
    public static TheoryData<string> Present => [.. NestedMessage.SectionNames];
}
