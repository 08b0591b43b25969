namespace Backend.Specification.Tests.Mailboxes;

/// <summary>Every operation of a mailbox by its name, for what holds of all of them.</summary>
public static class MailboxOperations
{
    static readonly Dictionary<string, Func<IMailbox, Task>> ByName = new()
    {
        ["GetInfo"] = static box => box.GetInfoAsync(Token),
        ["Select"] = static box => box.SelectAsync(),
        ["Examine"] = static box => box.ExamineAsync(),
        ["GetStatus"] = static box => box.StatusAsync(),
        ["Check"] = static box => box.CheckAsync(Token),
        ["ListMessages"] = static box => box.UidsAsync(),
        ["ListMessages by number"] = static box => box.UidsAsync(SequenceSet.All),
        ["SearchMessages"] = static box => box.SearchAsync(new SearchKey.All()),
        ["SearchSequenceNumbers"] = static box => box.SearchSequenceNumbersAsync(SearchCriteria.All, Token),
        ["CreateMessage"] = static box => box.AppendAsync(),
        ["UpdateMessagesFlags"] = static box => box.StoreAsync(UidSet.All, FlagsOperation.Add, Flag.Seen),
        ["CopyMessages"] = static box => box.CopyAsync(UidSet.All, "INBOX"),
        ["MoveMessages"] = static box => box.MoveAsync(UidSet.All, "INBOX"),
        ["Expunge"] = static box => box.ExpungeAsync(),
        ["Poll"] = static box => box.PollAsync(ModSeq.Zero),
    };

    public static TheoryData<string> Names => [.. ByName.Keys];

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task RunAsync(string name, IMailbox mailbox) => ByName[name](mailbox);
}
