using Backend.Durability.Worker;

namespace Backend.Durability.Tests;

/// <summary>What workers said that they did, and whether a store agrees.</summary>
sealed class Ledger
{
    readonly HashSet<string> appended = [];
    readonly HashSet<string> uids = [];
    readonly HashSet<string> maybeExpunged = [];
    readonly HashSet<string> expunged = [];
    readonly Dictionary<string, (int Sure, int Possible)> copies = [];
    readonly Dictionary<string, (string From, string To, bool IsSure)> renames = [];

    /// <summary>How many appends were acknowledged.</summary>
    public int Appended => appended.Count;

    /// <summary>How often the store said no.</summary>
    public List<string> Refusals { get; } = [];

    /// <summary>Notes the lines of one worker. No UID may have been given out twice.</summary>
    public void Add(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "append":
                    appended.Add(words[1]);
                    // A mailbox that is renamed keeps its UIDs, so it is named by its session alone.
                    Assert.True(uids.Add($"{words[2].Replace("/two", "/one", StringComparison.Ordinal)} {words[3]} {words[4]}"), $"A UID was given out twice: {line}");
                    break;
                case "copy?":
                    copies[words[1]] = copies.GetValueOrDefault(words[1]) with { Possible = copies.GetValueOrDefault(words[1]).Possible + 1 };
                    break;
                case "copy":
                    copies[words[1]] = copies.GetValueOrDefault(words[1]) with { Sure = copies.GetValueOrDefault(words[1]).Sure + 1 };
                    break;
                case "expunge?":
                    maybeExpunged.Add(words[1]);
                    break;
                case "expunge":
                    expunged.Add(words[1]);
                    break;
                case "rename?":
                    renames[words[1].Split('/')[0]] = (words[1], words[2], false);
                    break;
                case "rename":
                    renames[words[1].Split('/')[0]] = (words[1], words[2], true);
                    break;
                default:
                    Refusals.Add(line);
                    break;
            }
        }
    }

    /// <summary>Asserts that a user has all that was acknowledged, once for each copy and octet for octet, and nothing that was expunged.</summary>
    public async Task AssertAgreesAsync(IUser user)
    {
        var found = new Dictionary<string, int>();
        var names = new HashSet<string>();
        foreach (var info in await user.ListMailboxesAsync(false, TestContext.Current.CancellationToken))
        {
            names.Add(info.Name.Value);
            if (info.IsSelectable)
                await CountAsync(await user.GetMailboxAsync(info.Name, TestContext.Current.CancellationToken), found);
        }

        foreach (var id in appended)
        {
            var (sure, possible) = copies.GetValueOrDefault(id);
            var least = maybeExpunged.Contains(id) ? sure : 1 + sure;
            var most = expunged.Contains(id) ? possible : 1 + possible;
            Assert.True(found.GetValueOrDefault(id) >= least && found.GetValueOrDefault(id) <= most, $"{id} is there {found.GetValueOrDefault(id)} times, not {least} to {most}.");
        }

        foreach (var (from, to, isSure) in renames.Values)
            Assert.True(names.Contains(to) ? !names.Contains(from) : !isSure && names.Contains(from), $"{from} was renamed to {to}, and there are {string.Join(' ', names)}.");
    }

    static async Task CountAsync(IMailbox mailbox, Dictionary<string, int> found)
    {
        await foreach (var message in mailbox.ListMessagesAsync(UidSet.All, new FetchItems { Attributes = FetchAttributes.Envelope, Sections = [new SectionItem(Section.Whole)] }, TestContext.Current.CancellationToken))
        {
            var id = message.Envelope!.Fields.Subject!;
            using var octets = new MemoryStream();
            await message.Sections[0].Content!.CopyToAsync(octets, TestContext.Current.CancellationToken);
            Assert.True(octets.ToArray().AsSpan().SequenceEqual(WorkerMail.Of(id)), $"{id} is not what was appended.");
            found[id] = found.GetValueOrDefault(id) + 1;
        }
    }
}
