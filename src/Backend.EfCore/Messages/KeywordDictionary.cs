using System.Collections.Concurrent;
using Backend.EfCore.Entities;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Messages;

/// <summary>
/// The user's keywords, from number to name and back. Numbers never change and entries are never removed, so what is known here stays
/// right; what is not is read from the database. Thread-safe.
/// </summary>
sealed class KeywordDictionary(MailStoreDatabase database, int userId)
{
    volatile Known known = new([]);

    /// <summary>All keywords of the user known here, in the order of their numbers.</summary>
    public ImmutableArray<Flag> Keywords => known.Names;

    /// <summary>The flags that messages can have: the system flags and the user's keywords. RFC 9051 §7.3.5.</summary>
    public FlagSet Flags => known.All;

    /// <summary>
    /// A dictionary that knows the same and learns by itself, for use in a writing transaction: what that one adds may yet be undone
    /// and then is nobody's.
    /// </summary>
    public KeywordDictionary Apart() => new(database, userId) { known = known };

    /// <summary>Reads the dictionary anew. Only where everything to be read is committed.</summary>
    public async Task ReloadAsync(MailStoreContext context, CancellationToken cancellationToken)
    {
        var names = ImmutableArray.CreateBuilder<Flag>();
        await foreach (var keyword in database.Queries.Users.Keywords(context, userId).WithCancellation(cancellationToken))
            names.Add(Flag.Parse(keyword.Name));
        if (names.Count > known.Names.Length)
            known = new Known(names.DrainToImmutable());
    }

    /// <summary>Reads the dictionary anew when the user has more keywords than are known here. As <see cref="ReloadAsync"/>.</summary>
    public Task CatchUpAsync(MailStoreContext context, int count, CancellationToken cancellationToken) =>
        count > known.Names.Length ? ReloadAsync(context, cancellationToken) : Task.CompletedTask;

    /// <summary>Whether all of the flags of a column, and these keywords, have a name here.</summary>
    public bool Knows(long column, int highestKeyword = -1)
    {
        var keywords = (ulong)(column & ~FlagBits.MoreKeywords) >> FlagBits.FirstKeyword;
        var highest = Math.Max(highestKeyword, 63 - System.Numerics.BitOperations.LeadingZeroCount(keywords));
        return highest < known.Names.Length;
    }

    /// <summary>The flags of a column. One instance for all messages with the same flags.</summary>
    public FlagSet ToFlags(long column, bool recent, IReadOnlyList<int>? more = null)
    {
        var current = known;
        if (more is null or { Count: 0 })
            return current.Shared.GetOrAdd((column & ~FlagBits.MoreKeywords, recent), current.Decode);
        var flags = current.Decode((column & ~FlagBits.MoreKeywords, recent));
        return FlagSet.Of(flags.Concat(more.Select(id => current.Names[id])));
    }

    /// <summary>A keyword's number, or -1 when the user has no such keyword.</summary>
    public int IdOf(Flag keyword) => known.Ids.GetValueOrDefault(keyword, -1);

    /// <summary>Those of the flags that a message can have by now: all but keywords that the user does not have.</summary>
    public async Task<FlagSet> ExistingAsync(MailStoreContext context, FlagSet flags, CancellationToken cancellationToken)
    {
        if (flags.Any(IsUnknown))
            await ReloadAsync(context, cancellationToken);
        return FlagSet.Of(flags.Where(flag => !IsUnknown(flag)));

        bool IsUnknown(Flag flag) => !flag.IsSystem && IdOf(flag) < 0;
    }

    /// <summary>The flags as the database has them; keywords that are new to the user get their numbers in this transaction.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.Limit"/>: too many keywords.</exception>
    public async Task<FlagMask> ToMaskAsync(WriteScope scope, FlagSet flags, CancellationToken cancellationToken)
    {
        var bits = 0L;
        var keywords = new List<Flag>();
        foreach (var flag in flags)
        {
            if (!flag.IsSystem)
                keywords.Add(flag);
            foreach (var (system, bit) in FlagBits.System)
                if (system == flag)
                    bits |= bit;
        }

        var ids = keywords.Exists(keyword => IdOf(keyword) < 0)
            ? await AddAsync(scope, keywords, cancellationToken)
            : keywords.ConvertAll(IdOf);
        foreach (var id in ids)
            if (id < FlagBits.KeywordBits)
                bits |= FlagBits.OfKeyword(id);
        return new FlagMask(bits, [.. ids.Where(static id => id >= FlagBits.KeywordBits)]);
    }

    async Task<List<int>> AddAsync(WriteScope scope, List<Flag> keywords, CancellationToken cancellationToken)
    {
        // The user's row is the lock of the dictionary, and what the transaction itself added counts.
        await database.Dialect.LockUserAsync(scope.Context, userId, cancellationToken);
        var entities = await scope.Context.Keywords.AsTracking().Where(keyword => keyword.UserId == userId).ToListAsync(cancellationToken);
        var next = entities.Count == 0 ? 0 : entities.Max(static keyword => keyword.KeywordId) + 1;
        var added = keywords.Where(keyword => !entities.Exists(each => each.NormalizedName == Normalize(keyword))).ToList();
        if (next + added.Count > database.Options.MaxKeywordsPerUser)
            throw new BackendException(BackendError.Limit, $"A user can have {database.Options.MaxKeywordsPerUser} different keywords. Use those that are there.");
        foreach (var keyword in added)
        {
            var entity = new KeywordEntity { UserId = userId, KeywordId = next++, Name = keyword.Name, NormalizedName = Normalize(keyword) };
            entities.Add(entity);
            scope.Context.Add(entity);
        }

        await scope.Context.SaveChangesAsync(cancellationToken);
        return keywords.ConvertAll(keyword => entities.Find(each => each.NormalizedName == Normalize(keyword))!.KeywordId);
    }

    static string Normalize(Flag keyword) => keyword.Name.ToUpperInvariant();

    sealed class Known(ImmutableArray<Flag> names)
    {
        public ImmutableArray<Flag> Names => names;

        public Dictionary<Flag, int> Ids { get; } = names.Select(static (name, id) => (name, id)).ToDictionary(static each => each.name, static each => each.id);

        public FlagSet All { get; } = FlagSet.Of(Flag.Settable.Concat(names));

        public ConcurrentDictionary<(long Column, bool Recent), FlagSet> Shared { get; } = new();

        public FlagSet Decode((long Column, bool Recent) key)
        {
            var flags = new List<Flag>();
            foreach (var (flag, bit) in FlagBits.System)
                if ((key.Column & bit) != 0)
                    flags.Add(flag);
            for (var id = 0; id < Math.Min(names.Length, FlagBits.KeywordBits); id++)
                if ((key.Column & FlagBits.OfKeyword(id)) != 0)
                    flags.Add(names[id]);
            if (key.Recent)
                flags.Add(Flag.Recent);
            return FlagSet.Of(flags);
        }
    }
}
