using System.Collections.Concurrent;

namespace MailStore.Import;

/// <summary>How an import stands; thread-safe.</summary>
sealed class ImportReport
{
    readonly ConcurrentQueue<Refusal> refusals = new();
    long imported;
    long importedOctets;
    long alreadyThere;
    long octetsRead;
    int passedOver;

    /// <summary>How many messages were stored.</summary>
    public long Imported => Interlocked.Read(ref imported);

    /// <summary>Their octets.</summary>
    public long ImportedOctets => Interlocked.Read(ref importedOctets);

    /// <summary>How many were in the mailbox already and therefore not stored.</summary>
    public long AlreadyThere => Interlocked.Read(ref alreadyThere);

    /// <summary>How many octets of the files have been read.</summary>
    public long OctetsRead => Interlocked.Read(ref octetsRead);

    /// <summary>How many files of the searched folders are no mail.</summary>
    public int PassedOver => passedOver;

    /// <summary>What was refused, in the order in which it was found.</summary>
    public IReadOnlyCollection<Refusal> Refusals => refusals;

    /// <summary>A message was stored.</summary>
    public void AddImported(long octets)
    {
        Interlocked.Increment(ref imported);
        Interlocked.Add(ref importedOctets, octets);
    }

    /// <summary>A message is in the mailbox already.</summary>
    public void AddAlreadyThere() => Interlocked.Increment(ref alreadyThere);

    /// <summary>Octets of a file have been read.</summary>
    public void AddRead(int octets) => Interlocked.Add(ref octetsRead, octets);

    /// <summary>A file of a searched folder is no mail.</summary>
    public void PassOver() => Interlocked.Increment(ref passedOver);

    /// <summary>A message or a file cannot be imported.</summary>
    public void Refuse(string file, int? number, string reason) => refusals.Enqueue(new Refusal(file, number, reason));
}
