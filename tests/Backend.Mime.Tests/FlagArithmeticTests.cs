namespace Backend.Mime.Tests;

/// <summary>What STORE makes of flags. RFC 9051 §6.4.6.</summary>
public sealed class FlagArithmeticTests
{
    [Theory]
    [InlineData("", FlagsOperation.Replace, "", "")]
    [InlineData(@"\Seen", FlagsOperation.Replace, @"\Flagged $Work", @"\Flagged $Work")]
    [InlineData(@"\Seen \Recent", FlagsOperation.Replace, @"\Flagged", @"\Flagged \Recent")]
    [InlineData(@"\Seen \Recent", FlagsOperation.Replace, "", @"\Recent")]
    [InlineData(@"\Seen", FlagsOperation.Replace, @"\Recent", "")]
    [InlineData(@"\Seen", FlagsOperation.Add, @"\Deleted", @"\Seen \Deleted")]
    [InlineData(@"\Seen", FlagsOperation.Add, @"\Seen", @"\Seen")]
    [InlineData("", FlagsOperation.Add, @"\Recent \Seen", @"\Seen")]
    [InlineData(@"\Seen \Deleted", FlagsOperation.Remove, @"\deleted", @"\Seen")]
    [InlineData(@"\Seen \Recent", FlagsOperation.Remove, @"\Recent \Seen", @"\Recent")]
    [InlineData("$Work", FlagsOperation.Remove, "$WORK", "")]
    [InlineData("$Work", FlagsOperation.Remove, "$Play", "$Work")]
    public void The_operation_changes_all_flags_but_Recent(string current, FlagsOperation operation, string flags, string expected)
        => Assert.Equal(Flags(expected), FlagArithmetic.Apply(Flags(current), operation, Flags(flags)));

    [Theory]
    [InlineData(FlagsOperation.Replace, @"\Seen $work")]
    [InlineData(FlagsOperation.Add, @"\Seen")]
    [InlineData(FlagsOperation.Remove, @"\Draft \Recent")]
    public void What_changes_nothing_gives_back_the_same_set(FlagsOperation operation, string flags)
    {
        var current = Flags(@"$Work \Seen \Recent");

        Assert.Same(current, FlagArithmetic.Apply(current, operation, Flags(flags)));
    }

    static FlagSet Flags(string names) => FlagSet.Of(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Flag.Parse));
}
