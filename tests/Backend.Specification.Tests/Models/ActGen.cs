using CsCheck;

namespace Backend.Specification.Tests.Models;

/// <summary>Random acts: few names, few messages and few flags, so that what is done meets what was done before.</summary>
static class ActGen
{
    const FetchAttributes AllAttributes = FetchAttributes.Flags | FetchAttributes.InternalDate | FetchAttributes.Size | FetchAttributes.Envelope | FetchAttributes.BodyStructure | FetchAttributes.ModSeq;

    static readonly Gen<string> Name = Gen.Frequency((8, "a"), (8, "b"), (6, "INBOX"), (2, "a/b"), (1, "b/c"), (1, "a/b/c"), (1, "A"), (1, "a_"), (1, "INBOX/a"));

    static readonly Flag[] Palette = [Flag.Seen, Flag.Deleted, Flag.Flagged, Flag.Recent, Flag.Parse("$Work"), Flag.Parse("$work"), Flag.Parse("$Home"), Flag.Parse("k60")];

    /// <summary>More keywords than have a place in a number of 64 bits.</summary>
    static readonly FlagSet Many = FlagSet.Of(Enumerable.Range(1, 62).Select(static i => Flag.Parse($"k{i}")));

    static readonly Gen<FlagSet> Flags = Gen.Frequency(
        (30, Gen.Int[0, (1 << 8) - 1].Select(static bits => FlagSet.Of(Palette.Where((_, i) => (bits & (1 << i)) != 0)))),
        (30, Gen.OneOf(Palette).Select(static flag => FlagSet.Of(flag))),
        (1, Gen.Const(Many)));

    static readonly Gen<uint> UidBound = Gen.Frequency((10, Gen.UInt[1, 6]), (3, Gen.UInt[7, 16]), (2, Gen.Const(NumberRange.Star)), (1, Gen.Const(uint.MaxValue)));

    static readonly Gen<uint> NumberBound = Gen.Frequency((10, Gen.UInt[1, 3]), (2, Gen.UInt[4, 8]), (5, Gen.Const(NumberRange.Star)));

    static readonly Gen<UidSet> Uids = Gen.Frequency(
        (3, Gen.Const(UidSet.All)),
        (12, Range(UidBound).Array[1, 3].Select(static ranges => UidSet.FromRanges(ranges))),
        (1, Range(UidBound).Array[9, 20].Select(static ranges => UidSet.FromRanges(ranges))),
        (1, Gen.Const(UidSet.Empty)));

    static readonly Gen<SequenceSet> Numbers = Gen.Frequency(
        (2, Gen.Const(SequenceSet.All)),
        (8, Range(NumberBound).Array[1, 3].Select(static ranges => SequenceSet.Parse(string.Join(',', ranges)))),
        (1, Gen.Const(SequenceSet.Empty)));

    static readonly Gen<NumberSet> Messages = Gen.Frequency((2, Uids.Select(static set => (NumberSet)set)), (1, Numbers.Select(static set => (NumberSet)set)));

    static readonly Gen<SectionItem> Item = Gen.Select(
        Gen.OneOf("", "HEADER", "TEXT", "1", "2", "2.HEADER", "2.1", "3.MIME", "9", "HEADER.FIELDS (Subject From)", "HEADER.FIELDS (X-Fruit)", "HEADER.FIELDS.NOT (Subject)"),
        Gen.OneOf<SectionPartial?>(null, null, new SectionPartial(0, 10), new SectionPartial(5, 100_000), new SectionPartial(262_140, 20)),
        static (section, partial) => new SectionItem(Sections.Parse(section), partial));

    static readonly Gen<FetchItems> Items = Gen.OneOf(
        Gen.Const(FetchItems.FlagsOnly),
        Gen.Const(new FetchItems { Attributes = AllAttributes }),
        Item.Array[1, 3].Select(static items => new FetchItems { Attributes = FetchAttributes.Size, Sections = [.. items] }));

    static readonly Gen<SearchKey> Key = Gen.Frequency(
        (4, SearchModel.AnyKey),
        (1, Gen.OneOf(Palette).Select(static flag => (SearchKey)new SearchKey.HasFlag(flag))),
        (1, Uids.Select(static set => (SearchKey)new SearchKey.Uids(set))),
        (1, Numbers.Select(static set => (SearchKey)new SearchKey.Not(new SearchKey.Sequence(set)))));

    static readonly Gen<ImmutableArray<SortCriterion>> Order = Gen.Select(Gen.Enum<SortField>(), Gen.Bool, static (field, reverse) => new SortCriterion(field, reverse)).Array[1, 3].Select(static order => order.ToImmutableArray());

    /// <summary>What can be done to mailboxes and their messages.</summary>
    public static Gen<Act> Any { get; } = Gen.Frequency(
        (4, Gen.Select(Name, Gen.Frequency((6, SpecialUse.None), (1, SpecialUse.Sent), (1, SpecialUse.Trash)), static (name, use) => (Act)new Act.Create(name, use))),
        (3, Name.Select(static name => (Act)new Act.Delete(name))),
        (4, Gen.Select(Name, Name, static (name, newName) => (Act)new Act.Rename(name, newName))),
        (1, Gen.Select(Name, Gen.Bool, static (name, subscribed) => (Act)new Act.Subscribe(name, subscribed))),
        (1, Gen.Bool.Select(static subscribed => (Act)new Act.List(subscribed))),
        (6, Name.Select(static name => (Act)new Act.Open(name))),
        (6, Gen.Frequency((4, false), (1, true)).Select(static examine => (Act)new Act.Select(examine))),
        (8, Gen.Frequency((8, 0), (1, 1), (1, 2), (1, 1000)).Select(static back => (Act)new Act.Poll(back))),
        (2, Gen.Const((Act)new Act.Status())),
        (12, Gen.Select(Gen.Frequency((20, Gen.Int[0, ModelMail.Count - 2]), (1, Gen.Const(ModelMail.Count - 1))), Flags, Gen.Int[0, 60], static (mail, flags, hours) => (Act)new Act.Append(mail, flags, hours))),
        (8, Gen.Select(Messages, Gen.Enum<FlagsOperation>(), Flags, static (messages, operation, flags) => (Act)new Act.Store(messages, operation, flags))),
        (4, Gen.Select(Messages, Name, static (messages, name) => (Act)new Act.Copy(messages, name))),
        (4, Gen.Select(Messages, Name, static (messages, name) => (Act)new Act.Move(messages, name))),
        (4, Gen.Frequency((2, Gen.Const((UidSet?)null)), (1, Uids.Select(static set => (UidSet?)set))).Select(static uids => (Act)new Act.Expunge(uids))),
        (4, Gen.Select(Messages, Items, static (messages, items) => (Act)new Act.Fetch(messages, items))),
        (6, Gen.Select(Key, Gen.Bool, static (key, byNumber) => (Act)new Act.Search(key, byNumber))),
        (4, Gen.Select(Key, Order, static (key, order) => (Act)new Act.Sort(key, order))),
        (2, Gen.Select(Key, Gen.Enum<ThreadAlgorithm>(), static (key, algorithm) => (Act)new Act.Thread(key, algorithm))),
        (4, Gen.Select(Messages, Gen.Int[0, 2], Gen.Enum<FlagsOperation>(), Flags, static (messages, back, operation, flags) => (Act)new Act.StoreUnchanged(messages, back, operation, flags))),
        (4, Gen.Select(Messages, Gen.Int[0, 2], static (messages, back) => (Act)new Act.FetchChanged(messages, back))),
        (1, Gen.OneOf(TimeSpan.FromSeconds(1), TimeSpan.FromDays(40)).Select(static time => (Act)new Act.Wait(time))),
        (1, Gen.Const((Act)new Act.Forget())));

    static readonly Gen<UidSet> PlainUids = Gen.Frequency((1, Gen.Const(UidSet.All)), (1, Gen.Select(Gen.UInt[1, 6], Gen.UInt[1, 6], static (a, b) => UidSet.Between(new Uid(Math.Min(a, b)), new Uid(Math.Max(a, b))))));

    /// <summary>
    /// What several can do at once, each done at one moment: not what may leave out messages that go meanwhile, such as to fetch by number, nor
    /// to search in texts, which may be looked into one by one.
    /// </summary>
    static readonly Gen<Act> AtOnce = Gen.Frequency(
        (2, Name.Select(static name => (Act)new Act.Create(name, SpecialUse.None))),
        (2, Name.Select(static name => (Act)new Act.Delete(name))),
        (3, Gen.Select(Name, Name, static (name, newName) => (Act)new Act.Rename(name, newName))),
        (1, Gen.Const((Act)new Act.List(false))),
        (2, Gen.Frequency((4, false), (1, true)).Select(static examine => (Act)new Act.Select(examine))),
        (4, Gen.Const((Act)new Act.Poll(0))),
        (2, Gen.Const((Act)new Act.Status())),
        (4, Gen.Select(Gen.Int[0, 2], Flags, static (mail, flags) => (Act)new Act.Append(mail, flags, 0))),
        (6, Gen.Select(Messages, Gen.Enum<FlagsOperation>(), Flags, static (messages, operation, flags) => (Act)new Act.Store(messages, operation, flags))),
        (3, Gen.Select(Messages, Name, static (messages, name) => (Act)new Act.Copy(messages, name))),
        (3, Gen.Select(Messages, Name, static (messages, name) => (Act)new Act.Move(messages, name))),
        (3, Gen.Const((Act)new Act.Expunge(null))),
        (2, PlainUids.Select(static uids => (Act)new Act.Fetch(uids, FetchItems.FlagsOnly))),
        (2, Gen.Select(Gen.OneOf(Palette).Where(static flag => flag != Flag.Recent), PlainUids, static (flag, uids) => (Act)new Act.Search(new SearchKey.Or(new SearchKey.HasFlag(flag), new SearchKey.Uids(uids)), false))));

    /// <summary>Steps that sessions do in turn, all at one time, and some that they then do at once.</summary>
    public static Gen<(SessionStep[] InTurn, SessionStep[] AtOnce)> StepsThenAtOnce(int sessions) => Gen.Select(
        Steps(sessions).Where(static step => step.Act is not Act.Wait).Array[0, 15],
        Gen.Select(Gen.Int[0, sessions - 1], AtOnce, static (session, act) => new SessionStep(session, act)).Array[2, 8]);

    /// <summary>Steps of this many sessions.</summary>
    public static Gen<SessionStep> Steps(int sessions) => Gen.Select(Gen.Int[0, sessions - 1], Any, static (session, act) => new SessionStep(session, act));

    static Gen<NumberRange> Range(Gen<uint> bound) => Gen.Select(bound, bound, Gen.Bool, static (first, last, single) => new NumberRange(first, single ? first : last));
}
