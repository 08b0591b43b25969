namespace Backend.Mime.Tests;

/// <summary>The beginning of a message's text. RFC 8970 §3.1.</summary>
public sealed class PreviewTests
{
    [Theory]
    [InlineData("\nHello,\n\n  how are\tyou?\n", "Hello, how are you?")]
    [InlineData("\n \n\n", "")]
    [InlineData("", "")]
    [InlineData("Content-Type: text/html\n\n<html><head><title>T</title><style>p {}</style></head><body><p>Hi&nbsp;&amp; <b>bye</b></p><script>x()</script>!</body>", "Hi & bye !")]
    [InlineData("Content-Type: image/png\n\nAAAA", "")]
    [InlineData("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nR3LDvMOfZSDwn5iA", "Grüße \U0001F600")]
    [InlineData("Content-Type: text/html; charset=utf-8\n\n<p>One&shy;word</p>&#847; &zwnj; &#8203;&nbsp;\u00E2\u0080\u008D!", "Oneword \u200D!")]
    [InlineData("Content-Type: text/plain\nContent-Disposition: attachment\n\nhidden", "")]
    public async Task A_text_comes_on_one_line(string message, string expected) => Assert.Equal(expected, (await Mail.ParseAsync(message)).Preview);

    [Theory]
    [InlineData("text/html", "<i>html</i>", "text/plain", "plain", "plain")]
    [InlineData("text/plain", "plain", "text/html", "<i>html</i>", "plain")]
    [InlineData("text/plain", " ", "text/html", "<i>html</i>", "html")]
    [InlineData("text/calendar", "BEGIN", "text/plain", "plain", "plain")]
    public async Task Plain_text_with_words_comes_before_HTML(string firstType, string first, string secondType, string second, string expected)
    {
        var message = await Mail.ParseAsync($"""
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: {firstType}

            {first}
            --b
            Content-Type: {secondType}

            {second}
            --b--

            """);

        Assert.Equal(expected, message.Preview);
    }

    [Fact]
    public async Task It_is_cut_between_characters()
    {
        Assert.Equal(new string('x', 200), (await Mail.ParseAsync("\n" + new string('x', 500))).Preview);
        Assert.Equal(199, (await Mail.ParseAsync("Content-Type: text/plain; charset=utf-8\n\nx" + string.Concat(Enumerable.Repeat(Mail.Text("\U0001F600"u8), 200)))).Preview.Length);
    }
}
