namespace Backend.Specification.Tests.Sharing;

/// <summary>What each operation takes in somebody else's mailbox. RFC 4314 §4.</summary>
public static class RightsCases
{
    /// <summary>An operation, the rights that it takes, and how it is done by Bob in Alice's mailbox.</summary>
    public static TheoryData<string, string> All { get; } = new()
    {
        { "select", "r" }, { "examine", "r" }, { "status", "r" }, { "check", "r" }, { "fetch", "r" }, { "body", "r" }, { "search", "r" }, { "sort", "r" }, { "thread", "r" }, { "poll", "r" }, { "vanished", "r" }, { "store unchanged", "rw" },
        { "store \\Seen", "rs" }, { "store \\Deleted", "rt" }, { "store \\Flagged", "rw" }, { "store keyword", "rw" },
        { "append", "i" }, { "copy into", "i" }, { "move into", "i" }, { "copy from", "r" }, { "move from", "rte" }, { "copy within", "ri" }, { "move within", "rite" }, { "expunge", "re" },
        { "create", "k" }, { "delete", "x" }, { "rename", "xk" }, { "subscribe", "l" },
        { "getacl", "a" }, { "setacl", "a" }, { "listrights", "a" },
    };
}
