using System.Globalization;
using System.Text;

namespace Backend.Benchmarks.Seeding;

/// <summary>
/// Makes mail as it comes: plain, with HTML beside it, with attachments; encoded words, quoted-printable and base64; a few kilobytes each. The
/// message of a number is always the same.
/// </summary>
sealed class MailGenerator
{
    static readonly DateTimeOffset Start = new(2024, 1, 1, 8, 0, 0, TimeSpan.Zero);
    static readonly string[] FirstNames = ["Anna", "Björn", "Chiara", "David", "Elena", "François", "Grace", "Hiroshi", "Ines", "Jürgen", "Katya", "Liam", "Mona", "Noah", "Olga", "Pedro"];
    static readonly string[] LastNames = ["Adler", "Brown", "Costa", "Dvořák", "Eriksen", "Fischer", "García", "Haddad", "Ivanova", "Jones", "Kowalski", "Lindqvist", "Moreau", "Nakamura", "Okafor", "Petrov"];
    static readonly string[] Agents = ["Mozilla Thunderbird", "Apple Mail (2.3774)", "Microsoft Outlook 16.0", "Evolution 3.46", "K-9 Mail for Android"];
    static readonly int[] Offsets = [0, 60, 120, -300, -480, 330, 540];

    readonly Vocabulary vocabulary = new(new Random(1));

    /// <summary>When a message was sent.</summary>
    public static DateTimeOffset DateOf(int number) => Start.AddMinutes(number * 7L).ToOffset(TimeSpan.FromMinutes(Offsets[number % Offsets.Length]));

    public byte[] Make(int number)
    {
        var random = new Random(number);
        var body = vocabulary.Text(random, WordsOf(random));
        if (number % 10_000 == 5_000)
            body += $"{Vocabulary.Rare}\r\n";
        var message = new StringBuilder(body.Length + 2048);
        AppendHeader(message, random, number);
        switch (random.Next(10))
        {
            case < 6:
                AppendPart(message, "text/plain; charset=utf-8", "8bit", body);
                break;
            case < 8:
                AppendMultipart(message, "alternative", number, ("text/plain; charset=utf-8", "8bit", body), ("text/html; charset=utf-8", "quoted-printable", Html(body)));
                break;
            case 8:
                AppendPart(message, "text/plain; charset=utf-8", "base64", Base64(Encoding.UTF8.GetBytes(body)));
                break;
            default:
                var attachment = new byte[random.Next(300, 3000)];
                random.NextBytes(attachment);
                AppendMultipart(message, "mixed", number, ("text/plain; charset=utf-8", "8bit", body), ("application/pdf; name=\"report.pdf\"", "base64", Base64(attachment)));
                break;
        }

        return Encoding.UTF8.GetBytes(message.ToString());
    }

    /// <summary>A message of about so many octets, most of them an attachment.</summary>
    public byte[] MakeLarge(int octets)
    {
        var attachment = new byte[octets / 4 * 3];
        new Random(2).NextBytes(attachment);
        var message = new StringBuilder(octets + (octets / 30));
        AppendHeader(message, new Random(3), 3);
        AppendMultipart(message, "mixed", 3, ("text/plain; charset=utf-8", "8bit", vocabulary.Text(new Random(4), 100)), ("application/zip; name=\"all.zip\"", "base64", Base64(attachment)));
        return Encoding.UTF8.GetBytes(message.ToString());
    }

    void AppendHeader(StringBuilder message, Random random, int number)
    {
        var written = DateOf(number).ToString("ddd, d MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture);
        var date = $"{written[..^3]}{written[^2..]}";
        message.Append(CultureInfo.InvariantCulture, $"Received: from mx{random.Next(9)}.example.net (mx.example.net [192.0.2.{random.Next(250)}])\r\n\tby mail.example.org with ESMTPS id {random.Next():x8};\r\n\t{date}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Date: {date}\r\nFrom: {Person(random)}\r\nTo: {Person(random)}{(random.Next(3) == 0 ? $",\r\n {Person(random)}" : "")}\r\n");
        if (random.Next(4) == 0)
            message.Append(CultureInfo.InvariantCulture, $"Cc: {Person(random)}\r\n");
        var subject = string.Join(' ', Enumerable.Range(0, random.Next(2, 8)).Select(_ => vocabulary.Next(random)));
        message.Append(CultureInfo.InvariantCulture, $"Subject: {(random.Next(3) == 0 ? "Re: " : "")}{subject}{(random.Next(8) == 0 ? " =?utf-8?Q?Gr=C3=BC=C3=9Fe?=" : "")}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Message-ID: <{number}.{random.Next():x8}@example.net>\r\n");
        if (random.Next(3) == 0)
            message.Append(CultureInfo.InvariantCulture, $"In-Reply-To: <{number / 2}.{random.Next():x8}@example.net>\r\n");
        message.Append(CultureInfo.InvariantCulture, $"User-Agent: {Agents[random.Next(Agents.Length)]}\r\nMIME-Version: 1.0\r\n");
    }

    static void AppendMultipart(StringBuilder message, string subtype, int number, params ReadOnlySpan<(string Type, string Encoding, string Body)> parts)
    {
        message.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/{subtype}; boundary=\"=_{number}\"\r\n\r\n");
        foreach (var (type, encoding, body) in parts)
            AppendPart(message.Append(CultureInfo.InvariantCulture, $"--=_{number}\r\n"), type, encoding, body);
        message.Append(CultureInfo.InvariantCulture, $"--=_{number}--\r\n");
    }

    static void AppendPart(StringBuilder message, string type, string encoding, string body) =>
        message.Append(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n").Append(body);

    static string Html(string body) => $"<html><body style=3D\"font-family: sans-serif\"><p>{body.ReplaceLineEndings("=20\r\n")}</p></body></html>\r\n";

    static string Base64(byte[] octets)
    {
        var encoded = Convert.ToBase64String(octets);
        var lines = new StringBuilder(encoded.Length + (encoded.Length / 38) + 2);
        for (var start = 0; start < encoded.Length; start += 76)
            lines.Append(encoded.AsSpan(start, Math.Min(76, encoded.Length - start))).Append("\r\n");
        return lines.ToString();
    }

    static string Person(Random random)
    {
        var (first, last) = (FirstNames[random.Next(FirstNames.Length)], LastNames[random.Next(LastNames.Length)]);
        var address = $"person{random.Next(400)}@example.{(random.Next(2) == 0 ? "com" : "org")}";
        return Ascii.IsValid(first + last)
            ? $"{first} {last} <{address}>"
            : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{first} {last}"))}?= <{address}>";
    }

    /// <summary>Most mail is short, some is long: the logarithm of the length is distributed normally.</summary>
    static int WordsOf(Random random)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return (int)Math.Clamp(180 * Math.Exp(0.8 * normal), 20, 3000);
    }
}
