namespace Imap.Server.Tests.Documentation;

/// <summary>A line of docs/rfc/index.tsv.</summary>
/// <param name="Rfc">The number.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Capabilities">The words that CAPABILITY has for it; one that ends in = stands for all that begin so.</param>
/// <param name="Status">complete: all that it asks of a server is there. used: the parts that something else needs are. planned: nothing of it is there yet. no: it is left out.</param>
/// <param name="Tests">What shows it: a folder of transcripts, or one below tests.</param>
/// <param name="Note">What a reader has to know besides.</param>
sealed record RfcRow(string Rfc, string Title, string[] Capabilities, string Status, string Tests, string Note)
{
    public static readonly string[] Columns = ["rfc", "title", "capabilities", "status", "tests", "note"];

    public static RfcRow Parse(string line)
    {
        var fields = line.Split('\t');
        Assert.True(fields.Length == Columns.Length, $"This line has not {Columns.Length} fields: {line}");
        return new RfcRow(fields[0], fields[1], fields[2] == "-" ? [] : fields[2].Split(' '), fields[3], fields[4], fields[5]);
    }

    /// <summary>Whether a word of CAPABILITY is this row's.</summary>
    public bool Has(string capability) => Capabilities.Any(own => own.EndsWith('=') ? capability.StartsWith(own, StringComparison.Ordinal) : capability == own);
}
