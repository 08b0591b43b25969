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
}
