using System.Text;
using CsCheck;

namespace Backend.Mime.Tests;

/// <summary>i;unicode-casemap. RFC 5051 §2.</summary>
public sealed class CaseMapTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Hello, World! 123", "HELLO, WORLD! 123")]
    [InlineData("ALREADY", "ALREADY")]
    [InlineData("grün", "GRU\u0308N")]
    [InlineData("Ångström \u212B", "A\u030ANGSTRO\u0308M A\u030A")]
    [InlineData("Привет", "ПРИВЕТ")]
    [InlineData("ёлка", "Е\u0308ЛКА")]
    [InlineData("ΣΊΣΥΦΟΣ ς", "ΣΙ\u0301ΣΥΦΟΣ Σ")]
    [InlineData("straße", "STRAßE")]
    [InlineData("ﬁnd", "fiND")]
    [InlineData("ｆｕｌｌ", "FULL")]
    [InlineData("\u01C4\u01C5\u01C6", "Dz\u030CDz\u030CDz\u030C")]
    [InlineData("ıİ", "II\u0307")]
    [InlineData("ა", "ა")]
    [InlineData("한글", "\u1112\u1161\u11AB\u1100\u1173\u11AF")]
    [InlineData("가", "\u1100\u1161")]
    [InlineData("日本語", "日本語")]
    [InlineData("\U00010428\U0001F600", "\U00010400\U0001F600")]
    [InlineData("½", "1\u20442")]
    [InlineData("a\0b", "A\uFFFDB")]
    public void A_text_folds_to_titlecase_and_full_decomposition(string text, string folded) => Assert.Equal(folded, CaseMap.Fold(text));

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        Assert.Equal("A\uFFFDB", CaseMap.Fold("a\uD83Db"));
        Assert.Equal("\uFFFD", CaseMap.Fold("\uDE00"));
    }

    [Fact]
    public void The_table_agrees_with_the_runtime()
    {
        Assert.SkipWhen("\u00C4".Normalize(NormalizationForm.FormKD).Length == 1, "This runtime has no Unicode library to compare with.");

        // The runtime's data are of another version of Unicode: what one of them does not know yet is left out.
        var different = new List<string>();
        for (var code = 1; code <= 0x10FFFF; code++)
        {
            if (!Rune.TryCreate(code, out var rune) || code is 0xFFFE or 0x0131 or >= 0x01C4 and <= 0x01CC or >= 0x01F1 and <= 0x01F3 or >= 0x10D0 and <= 0x10FF)
                continue;
            var folded = CaseMap.Fold(rune.ToString());
            var expected = Rune.ToUpperInvariant(rune).ToString().Normalize(NormalizationForm.FormKD);
            if (folded != expected && folded != rune.ToString() && expected != rune.ToString())
                different.Add($"U+{code:X4}");
        }

        Assert.Empty(different);
    }

    [Fact]
    public void The_fold_of_two_strings_is_that_of_the_first_and_that_of_the_second()
        => Gen.Select(Texts, Texts).Sample((left, right) => CaseMap.Fold(left + right) == CaseMap.Fold(left) + CaseMap.Fold(right));

    [Fact]
    public void A_part_of_a_text_is_found_in_any_case()
        => Gen.Select(Texts, Texts, Texts).Sample((before, needle, after) =>
            CaseMap.Fold(before + needle + after).Contains(CaseMap.Fold(needle), StringComparison.Ordinal));

    // One fold is not idempotent by the RFC's own example: U+01C4 becomes D z and a caron, whose z is a small letter.
    [Fact]
    public void Folding_twice_is_final()
        => Texts.Sample(text =>
        {
            var twice = CaseMap.Fold(CaseMap.Fold(text));
            return CaseMap.Fold(twice) == twice;
        });

    [Fact]
    public void Folded_ascii_is_upper_case_and_stays()
        => Gen.String[Gen.Char['\x01', '\x7f']].Sample(text =>
        {
            var folded = CaseMap.Fold(text);
            Assert.Equal(string.Concat(text.Select(char.ToUpperInvariant)), folded);
            Assert.Equal(folded, CaseMap.Fold(folded));
        });

    static Gen<string> Texts => Gen.OneOf(Gen.Int[1, 0x24F], Gen.Int[0x370, 0x5FF], Gen.Int[0x1E00, 0x212F], Gen.Int[0xAC00, 0xACFF], Gen.Int[0xF900, 0xFFFD], Gen.Int[0x10400, 0x1044F])
        .Select(static code => new Rune(code).ToString()).Array[0, 12].Select(string.Concat);
}
