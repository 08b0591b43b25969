namespace Fuzz.Tests;

/// <summary>Changes octets as careless clients and hostile ones would.</summary>
static class Mutation
{
    static readonly byte[][] Messages =
    [
        [.. "From: \"A, B\" <a@example.org>, =?utf-8?q?=C3=A4?= <b@example.org>\r\nTo: group: c@example.org;\r\nSubject: =?iso-8859-1?b?5Q==?= Re: [x]\r\nDate: Mon, 5 Jan 2026 10:00:00 +0100\r\nReferences: <1@x> <2@x>\r\n\r\nText"u8],
        [.. "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8; name*0*=utf-8''%C3; name*1=a\r\nContent-Disposition: attachment; filename=x\r\n\r\nA\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nin\r\n--c--\r\n--b\r\nContent-Transfer-Encoding: base64\r\nContent-Language: en, de\r\n\r\nAAEC/w==\r\n--b--\r\n"u8],
    ];

    /// <summary>An input: a few lines of conversations, most of them changed.</summary>
    public static byte[] Input(Random random)
    {
        var lines = new List<byte>();
        var conversation = Pick(random, Seeds.Conversations);
        for (var count = random.Next(1, 7); count > 0; count--)
        {
            var line = Pick(random, random.Next(4) == 0 ? Seeds.Lines : conversation);
            lines.AddRange(random.Next(5) == 0 ? line : Mutate(random, line));
        }

        return [.. lines];
    }

    /// <summary>A message: one that is right, changed.</summary>
    public static byte[] Message(Random random) => Mutate(random, [.. Pick(random, Messages), .. "\r\n"u8]);

    /// <summary>A line with up to eight changes.</summary>
    public static byte[] Mutate(Random random, byte[] line)
    {
        var octets = line.ToList();
        for (var changes = random.Next(1, random.Next(2, 9)); changes > 0; changes--)
            Change(random, octets);
        return [.. octets];
    }

    static void Change(Random random, List<byte> octets)
    {
        var at = random.Next(octets.Count + 1);
        var length = Math.Min(random.Next(1, 12), octets.Count - at);
        switch (random.Next(10))
        {
            case 0:
                octets.Insert(at, (byte)random.Next(256));
                break;
            case 1:
                octets.RemoveRange(at, length);
                break;
            case 2:
                octets.InsertRange(at, octets.GetRange(at, length));
                break;
            case 3 when length > 0:
                octets[at] ^= (byte)(1 << random.Next(8));
                break;
            case 4:
                octets.InsertRange(at, [(byte)' ', .. Pick(random, Seeds.Words)]);
                break;
            case 5:
                octets.RemoveRange(at, octets.Count - at);
                octets.AddRange(Tail(random, Pick(random, Seeds.Lines)));
                break;
            case 6:
                ReplaceWord(random, octets, at);
                break;
            case 7 when random.Next(20) == 0:
                octets.InsertRange(at, Enumerable.Repeat((byte)"(a\"*1 "[random.Next(6)], random.Next(1, 20_000)));
                break;
            default:
                octets.InsertRange(at, Pick(random, Seeds.Words));
                break;
        }
    }

    static void ReplaceWord(Random random, List<byte> octets, int at)
    {
        var end = at;
        while (end < octets.Count && char.IsAsciiLetterOrDigit((char)octets[end]))
            end++;
        while (at > 0 && char.IsAsciiLetterOrDigit((char)octets[at - 1]))
            at--;
        octets.RemoveRange(at, end - at);
        octets.InsertRange(at, Pick(random, Seeds.Words));
    }

    static byte[] Tail(Random random, byte[] line) => line[random.Next(line.Length + 1)..];

    static T Pick<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
