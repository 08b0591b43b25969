namespace Backend.Specification.Tests.Fixtures;

/// <summary>All that a client can see of a user or a mailbox without changing it, as lines of text that a failed comparison shows well.</summary>
static class Snapshot
{
    const FetchAttributes All = FetchAttributes.Flags | FetchAttributes.InternalDate | FetchAttributes.Size | FetchAttributes.ModSeq;

    public static async Task<string> OfAsync(IUser user)
    {
        var text = new StringBuilder();
        foreach (var info in await user.ListMailboxesAsync(false, TestContext.Current.CancellationToken))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{info.Name} {info.Attributes} {info.SpecialUse}");
            if (info.IsSelectable)
                text.Append(await OfAsync(await user.OpenAsync(info.Name.Value)));
        }

        foreach (var info in await user.ListMailboxesAsync(true, TestContext.Current.CancellationToken))
            text.AppendLine(CultureInfo.InvariantCulture, $"subscribed {info.Name} {info.Attributes}");
        return text.ToString();
    }

    public static async Task<string> OfAsync(IMailbox mailbox)
    {
        var status = await mailbox.StatusAsync();
        var text = new StringBuilder().AppendLine(
            CultureInfo.InvariantCulture,
            $"  {status.Name} {status.UidValidity} next {status.UidNext} messages {status.Messages} unseen {status.Unseen} recent {status.Recent} deleted {status.Deleted} size {status.Size} modseq {status.HighestModSeq}");
        foreach (var message in await mailbox.ListAsync(UidSet.All, new FetchItems { Attributes = All, Sections = [new SectionItem(Section.Whole)] }))
            text.AppendLine(CultureInfo.InvariantCulture, $"    {message.Uid} {Sorted(message.Flags!)} {message.InternalDate:O} {message.Size} {message.ModSeq} {Digest(message)}");
        return text.ToString();
    }

    static string Sorted(FlagSet flags) => string.Join(' ', flags.Select(static flag => flag.Name).Order(StringComparer.Ordinal));

    static string Digest(FetchedMessage message) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(message.Octets[0]!))[..16];
}
