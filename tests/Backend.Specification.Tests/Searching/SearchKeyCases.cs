using static Backend.Abstractions.Search.SearchKey;

namespace Backend.Specification.Tests.Searching;

/// <summary>
/// Keys to search these six messages for, and which of them they find:
/// 1 \Seen, 100 octets; 2 \Seen \Flagged, 200; 3 no flags, 300; 4 $Work \Deleted, 400; 5 \Answered \Draft $Work, 500; 6 no flags, 600.
/// </summary>
public static class SearchKeyCases
{
    static readonly Flag Work = Flag.Parse("$Work");

    static readonly SearchKey Seen = new HasFlag(Flag.Seen);

    static readonly Dictionary<string, (SearchKey Key, string Found)> Cases = new()
    {
        ["ALL"] = (new All(), "1 2 3 4 5 6"),
        ["SEEN"] = (Seen, "1 2"),
        ["UNSEEN"] = (new Not(Seen), "3 4 5 6"),
        ["FLAGGED"] = (new HasFlag(Flag.Flagged), "2"),
        ["UNFLAGGED"] = (new Not(new HasFlag(Flag.Flagged)), "1 3 4 5 6"),
        ["DELETED"] = (new HasFlag(Flag.Deleted), "4"),
        ["UNDELETED"] = (new Not(new HasFlag(Flag.Deleted)), "1 2 3 5 6"),
        ["ANSWERED"] = (new HasFlag(Flag.Answered), "5"),
        ["UNANSWERED"] = (new Not(new HasFlag(Flag.Answered)), "1 2 3 4 6"),
        ["DRAFT"] = (new HasFlag(Flag.Draft), "5"),
        ["UNDRAFT"] = (new Not(new HasFlag(Flag.Draft)), "1 2 3 4 6"),
        ["KEYWORD $Work"] = (new HasFlag(Work), "4 5"),
        ["KEYWORD $wORK"] = (new HasFlag(Flag.Parse("$wORK")), "4 5"),
        ["UNKEYWORD $Work"] = (new Not(new HasFlag(Work)), "1 2 3 6"),
        ["KEYWORD never used"] = (new HasFlag(Flag.Parse("NeverUsed")), ""),
        ["UNKEYWORD never used"] = (new Not(new HasFlag(Flag.Parse("NeverUsed"))), "1 2 3 4 5 6"),
        ["SEEN FLAGGED"] = (new And(Seen, new HasFlag(Flag.Flagged)), "2"),
        ["$Work DELETED ANSWERED"] = (new And(new HasFlag(Work), new HasFlag(Flag.Deleted), new HasFlag(Flag.Answered)), ""),
        ["()"] = (new And(), "1 2 3 4 5 6"),
        ["NOT ()"] = (new Not(new And()), ""),
        ["(SEEN)"] = (new And(Seen), "1 2"),
        ["OR SEEN DELETED"] = (new Or(Seen, new HasFlag(Flag.Deleted)), "1 2 4"),
        ["OR SEEN SEEN"] = (new Or(Seen, Seen), "1 2"),
        ["OR SEEN NOT SEEN"] = (new Or(Seen, new Not(Seen)), "1 2 3 4 5 6"),
        ["SEEN NOT SEEN"] = (new And(Seen, new Not(Seen)), ""),
        ["NOT NOT SEEN"] = (new Not(new Not(Seen)), "1 2"),
        ["NOT OR SEEN DELETED"] = (new Not(new Or(Seen, new HasFlag(Flag.Deleted))), "3 5 6"),
        ["NOT (SEEN FLAGGED)"] = (new Not(new And(Seen, new HasFlag(Flag.Flagged))), "1 3 4 5 6"),
        ["OR (KEYWORD $Work NOT DELETED) (SEEN NOT FLAGGED)"] = (
            new Or(new And(new HasFlag(Work), new Not(new HasFlag(Flag.Deleted))), new And(Seen, new Not(new HasFlag(Flag.Flagged)))), "1 5"),
        ["2:3"] = (new Sequence(SequenceSet.Parse("2:3")), "2 3"),
        ["5,1,1:2"] = (new Sequence(SequenceSet.Parse("5,1,1:2")), "1 2 5"),
        ["*"] = (new Sequence(SequenceSet.Parse("*")), "6"),
        ["*:5"] = (new Sequence(SequenceSet.Parse("*:5")), "5 6"),
        ["NOT 2:5"] = (new Not(new Sequence(SequenceSet.Parse("2:5"))), "1 6"),
        ["1:4 SEEN"] = (new And(new Sequence(SequenceSet.Parse("1:4")), Seen), "1 2"),
        ["1:3 2:4"] = (new And(new Sequence(SequenceSet.Parse("1:3")), new Sequence(SequenceSet.Parse("2:4"))), "2 3"),
        ["UID *"] = (new Uids(UidSet.Parse("*")), "6"),
        ["UID 4294967295:*"] = (new Uids(UidSet.Parse("4294967295:*")), "6"),
        ["UID 4294967295"] = (new Uids(UidSet.Parse("4294967295")), ""),
        ["NOT UID 4294967295"] = (new Not(new Uids(UidSet.Parse("4294967295"))), "1 2 3 4 5 6"),
        ["UID none"] = (new Uids(UidSet.Empty), ""),
        ["1:2 UID *"] = (new And(new Sequence(SequenceSet.Parse("1:2")), new Uids(UidSet.Parse("*"))), ""),
        ["LARGER 300"] = (new Larger(300), "4 5 6"),
        ["LARGER 299"] = (new Larger(299), "3 4 5 6"),
        ["LARGER 0"] = (new Larger(0), "1 2 3 4 5 6"),
        ["LARGER 4294967295"] = (new Larger(uint.MaxValue), ""),
        ["LARGER 2^63-1"] = (new Larger(long.MaxValue), ""),
        ["SMALLER 300"] = (new Smaller(300), "1 2"),
        ["SMALLER 301"] = (new Smaller(301), "1 2 3"),
        ["SMALLER 0"] = (new Smaller(0), ""),
        ["NOT SMALLER 300"] = (new Not(new Smaller(300)), "3 4 5 6"),
        ["LARGER 100 SMALLER 500 UNDELETED"] = (new And(new Larger(100), new Smaller(500), new Not(new HasFlag(Flag.Deleted))), "2 3"),
        ["SUBJECT Large NOT SEEN"] = (new And(new Header("Subject", "Large"), new Not(Seen)), "3 4 5 6"),
        ["OR BODY missing KEYWORD $Work"] = (new Or(new Body("no such words"), new HasFlag(Work)), "4 5"),
        ["OR TEXT \"\" SEEN"] = (new Or(new Text(""), Seen), "1 2 3 4 5 6"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static SearchKey Key(string name) => Cases[name].Key;

    public static string Found(string name) => Cases[name].Found;

    /// <summary>Appends the six messages.</summary>
    public static async Task<Uid[]> FillAsync(IMailbox mailbox) =>
    [
        await mailbox.AppendAsync(Mail.OfSize(100), Flag.Seen),
        await mailbox.AppendAsync(Mail.OfSize(200), Flag.Seen, Flag.Flagged),
        await mailbox.AppendAsync(Mail.OfSize(300)),
        await mailbox.AppendAsync(Mail.OfSize(400), Work, Flag.Deleted),
        await mailbox.AppendAsync(Mail.OfSize(500), Flag.Answered, Flag.Draft, Work),
        await mailbox.AppendAsync(Mail.OfSize(600)),
    ];
}
