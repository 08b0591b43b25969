using Backend.Mime.Sorting;
using Backend.Mime.Threading;

namespace Backend.Mime.Tests;

/// <summary>What must hold of any mail whatever, shown on thousands of real and odd ones.</summary>
public sealed class CorpusTests
{
    [Fact]
    public async Task Every_mail_has_a_structure_of_the_grammar_that_agrees_with_its_octets()
    {
        var count = 0;
        foreach (var (name, message) in Corpus.All())
        {
            try
            {
                Assertions.IsSound(message, await Mail.ParseAsync(message));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"{name}: {exception.Message}", exception);
            }

            count++;
        }

        Assert.True(count > 8700, $"only {count} mails were read");
    }

    [Fact]
    public async Task Every_mail_can_be_sorted_and_threaded()
    {
        var (replies, conversations) = (0, new HashSet<long>());
        var threads = ThreadBuilder.Create(ThreadAlgorithm.References);
        var uid = 0u;
        foreach (var (name, message) in Corpus.Real())
        {
            var parsed = await Mail.ParseAsync(message);
            var values = SortValues.Of(parsed.Envelope, parsed.CommonHeaderFields.Span);

            Assert.All([values.BaseSubject, values.From, values.To, values.Cc, values.DisplayFrom, values.DisplayTo], text => Assert.True(
                text.Length <= SortValues.MaxTextLength && !text.AsSpan().ContainsAny('\0', '\r', '\n'),
                $"{name}: {text}"));
            Assert.Equal(values.References, SortValues.Decode(SortValues.Encode(values.References)));
            Assert.True(values.SentDate is not null || parsed.SentDate is null, name);
            replies += values.IsReply ? 1 : 0;
            conversations.Add(values.ThreadRoot ?? -++uid);
            threads.Add(new ThreadCandidate(new Uid(++uid), values.SentDate ?? 0, values.BaseSubject, values.IsReply, values.MessageId, values.References));
        }

        var members = threads.Build();
        Assert.Equal(members.Length, members.Distinct().Count() + members.Count(static member => member.Uid is null) - members.Where(static member => member.Uid is null).Distinct().Count());
        Assert.True(replies > 1000 && conversations.Count > 500 && members.Max(static member => member.Depth) > 5, $"{replies} replies, {conversations.Count} conversations");
    }
}
