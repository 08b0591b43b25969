using System.Text;
using CsCheck;
using Imap.Server.Wire;

namespace Imap.Server.Tests.Wire;

/// <summary>RFC 3501 §5.1.3.</summary>
public sealed class ModifiedUtf7Tests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("INBOX", "INBOX")]
    [InlineData("~peter/mail/\u53F0\u5317/\u65E5\u672C\u8A9E", "~peter/mail/&U,BTFw-/&ZeVnLIqe-")]
    [InlineData("\u53F0\u5317\u65E5\u672C\u8A9E", "&U,BTF2XlZyyKng-")]
    [InlineData("a & b", "a &- b")]
    [InlineData("&&", "&-&-")]
    [InlineData("\u00E9&", "&AOk-&-")]
    [InlineData("\u00E9", "&AOk-")]
    [InlineData("Entw\u00FCrfe", "Entw&APw-rfe")]
    [InlineData("\U0001F4E7", "&2D3c5w-")]
    [InlineData("a\tb", "a&AAk-b")]
    public void A_name_has_one_form(string text, string encoded)
    {
        Assert.Equal(encoded, Encoding.ASCII.GetString(ModifiedUtf7.Encode(text)));
        Assert.True(ModifiedUtf7.TryDecode(Encoding.ASCII.GetBytes(encoded), out var decoded, out _));
        Assert.Equal(text, decoded);
    }

    [Theory]
    [InlineData("&Jjo!", "a & that is not closed")]
    [InlineData("&Jjo", "a & that is not closed")]
    [InlineData("&", "a & that is not closed")]
    [InlineData("&U,BTFw-&ZeVnLIqe-", "a superfluous shift")]
    [InlineData("&AGE-", "a printable character in base64")]
    [InlineData("&ACY-", "an ampersand in base64")]
    [InlineData("&AOl-", "bits behind the last character")]
    [InlineData("&AO-", "half a character")]
    [InlineData("&AOkA-", "a digit too many")]
    [InlineData("&2D0-", "half a surrogate pair")]
    [InlineData("&3Ec-", "the other half")]
    [InlineData("&A/k-", "a slash in base64")]
    [InlineData("&AOk=-", "padding")]
    [InlineData("caf\u00E9", "an 8-bit octet")]
    [InlineData("a\u0001", "a control character as it is")]
    public void What_is_not_that_form_is_refused(string encoded, string why)
    {
        var isTaken = ModifiedUtf7.TryDecode(Encoding.Latin1.GetBytes(encoded), out _, out var fault);

        Assert.False(isTaken, why);
        Assert.StartsWith("The mailbox name ", fault, StringComparison.Ordinal);
        Assert.EndsWith(".", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_text_comes_back() =>
        Gen.OneOf(Gen.Char[' ', '~'].Select(static c => c.ToString()), Gen.Char['\u0001', '\uD7FF'].Select(static c => c.ToString()),
                Gen.Int[0x10000, 0x10FFFF].Select(char.ConvertFromUtf32), Gen.Const("&"), Gen.Const("-"))
            .Array[0, 30].Select(string.Concat)
            .Sample(static text =>
                ModifiedUtf7.TryDecode(ModifiedUtf7.Encode(text), out var decoded, out _) && decoded == text);

    [Fact]
    public void What_is_taken_has_no_other_form() =>
        Gen.Char["&-,+/=AQgwU09k! ~"].Array[0, 12].Select(static chars => Encoding.ASCII.GetBytes(chars))
            .Sample(static octets =>
                !ModifiedUtf7.TryDecode(octets, out var decoded, out _) || ModifiedUtf7.Encode(decoded).AsSpan().SequenceEqual(octets));
}
