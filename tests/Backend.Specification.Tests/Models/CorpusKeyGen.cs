using Backend.Mime;
using CsCheck;
using static Backend.Abstractions.Search.SearchKey;

namespace Backend.Specification.Tests.Models;

/// <summary>Random search keys for these mails: with words that some of them have, and fields, sizes and days like theirs.</summary>
sealed class CorpusKeyGen(IReadOnlyList<ParsedMessage> mails)
{
    static readonly DateOnly FirstDay = new(1995, 1, 1);

    static readonly Gen<string> Field = Gen.OneOf(
        "From", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "Content-Type", "Received", "X-Mailer", "List-Id", "MIME-Version", "Return-Path", "x-spam-status", "References", "Nowhere");

    /// <summary>A stretch of a text of some mail, as it is or in capitals, or a little of nothing.</summary>
    Gen<string> Needle => Gen.Select(Gen.Int[0, mails.Count - 1], Gen.Int[0, 5], Gen.UInt, Gen.Int[0, 12], Gen.Int[0, 9], (mail, which, offset, length, form) =>
    {
        var text = mails[mail].Text;
        var source = which switch { 0 => text.Subject, 1 => text.From, 2 => text.Header, 3 => text.PartHeader, _ => text.Body };
        if (source.Length == 0)
            return "";
        var start = (int)(offset % (uint)source.Length);
        var needle = source.Substring(start, Math.Min(length, source.Length - start));
        return form switch { 0 => needle.ToUpperInvariant(), 1 => needle + "%", 2 => needle.ToLowerInvariant().Trim(), _ => needle };
    });

    Gen<SearchKey> Leaf => Gen.Frequency(
        (4, Needle.Select(static needle => (SearchKey)new Body(needle))),
        (4, Needle.Select(static needle => (SearchKey)new Text(needle))),
        (6, Gen.Select(Field, Needle, static (name, needle) => (SearchKey)new Header(name, needle))),
        (2, Field.Select(static name => (SearchKey)new Header(name, ""))),
        (2, Gen.Select(Gen.Enum<DateComparison>(), Gen.Int[0, 12_000], static (comparison, day) => (SearchKey)new SentDate(comparison, FirstDay.AddDays(day)))),
        (1, Gen.Int[0, mails.Count - 1].Select(mail => (SearchKey)new Larger(mails[mail].Size))),
        (1, Gen.Int[0, mails.Count - 1].Select(mail => (SearchKey)new Smaller(mails[mail].Size))),
        (1, Gen.Select(Gen.UInt[1, (uint)mails.Count], Gen.UInt[0, (uint)mails.Count], static (first, last) => (SearchKey)new Uids(UidSet.FromRanges([new NumberRange(first, last)])))),
        (1, Gen.Const<SearchKey>(new HasFlag(Flag.Seen))));

    /// <summary>Such keys, nested.</summary>
    public Gen<SearchKey> Any => Gen.Recursive<SearchKey>((depth, inner) => depth == 4
        ? Leaf
        : Gen.Frequency(
            (5, Leaf),
            (2, inner.Select(static key => (SearchKey)new Not(key))),
            (1, inner.Array[0, 3].Select(static keys => (SearchKey)new And([.. keys]))),
            (2, Gen.Select(inner, inner, static (left, right) => (SearchKey)new Or(left, right)))));
}
