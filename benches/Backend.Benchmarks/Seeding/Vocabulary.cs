using System.Text;

namespace Backend.Benchmarks.Seeding;

/// <summary>Words that are as often as words are: the n-th about 1/n times as often as the first (Zipf). The same in every run.</summary>
sealed class Vocabulary
{
    /// <summary>A word that is in about every third message.</summary>
    public const string Common = "meeting";

    /// <summary>A word that is in one message of 10,000.</summary>
    public const string Rare = "quixotry";

    const int Size = 20_000;

    static readonly string[] Syllables = "an ber co dar el fi gon ha in ju ka lor mi ne os pra qui re sta ti un ver wo xi ya zen sch ment tion ing".Split(' ');

    readonly string[] words;
    readonly double[] cumulated = new double[Size];

    public Vocabulary(Random random)
    {
        var distinct = new HashSet<string> { Common };
        while (distinct.Count < Size)
            distinct.Add(Word(random));
        words = [.. distinct];
        // Not among the most frequent, which every message has.
        (words[0], words[60]) = (words[60], words[0]);
        var sum = 0.0;
        for (var rank = 0; rank < Size; rank++)
            cumulated[rank] = sum += 1.0 / (rank + 2.7);
    }

    public string Next(Random random)
    {
        var found = Array.BinarySearch(cumulated, random.NextDouble() * cumulated[^1]);
        return words[Math.Min(found < 0 ? ~found : found, Size - 1)];
    }

    /// <summary>Sentences of so many words together, in lines of mail.</summary>
    public string Text(Random random, int count)
    {
        var text = new StringBuilder(count * 8);
        var (line, sentence) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var word = Next(random);
            if (line + word.Length > 72)
                (line, _) = (0, text.Append("\r\n"));
            else if (i > 0)
                text.Append(' ');
            text.Append(sentence == 0 ? char.ToUpperInvariant(word[0]) : word[0]).Append(word.AsSpan(1));
            line += word.Length + 1;
            if (++sentence < 6 || random.Next(8) != 0)
                continue;
            sentence = 0;
            text.Append(random.Next(6) == 0 ? "?" : ".");
        }

        return text.Append("\r\n").ToString();
    }

    static string Word(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Syllables[random.Next(Syllables.Length)]));
}
