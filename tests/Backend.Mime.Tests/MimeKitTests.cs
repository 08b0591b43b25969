using System.Text;
using MimeKit;

namespace Backend.Mime.Tests;

/// <summary>What we rely on in the MIME library.</summary>
public sealed class MimeKitTests
{
    [Fact]
    public async Task An_encoded_word_in_a_subject_is_decoded()
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes("Subject: =?utf-8?q?gr=C3=BCn?=\r\n\r\n"));

        using var message = await MimeMessage.LoadAsync(stream, TestContext.Current.CancellationToken);

        Assert.Equal("grün", message.Subject);
    }
}
