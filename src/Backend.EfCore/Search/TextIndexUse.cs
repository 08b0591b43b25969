namespace Backend.EfCore.Search;

/// <summary>When searches look into the text index.</summary>
enum TextIndexUse
{
    /// <summary>Where it is likely to be quicker than a look at every message.</summary>
    WhereQuicker,

    /// <summary>Wherever it can answer, for tests of its answers.</summary>
    Always,

    /// <summary>Nowhere, for comparison.</summary>
    Never,
}
