namespace Backend.Mime.Tests;

/// <summary>A message of 50 MB is read, and searched, with a few megabytes at a time.</summary>
[Collection(nameof(Alone))]
public sealed class MemoryTests
{
    const long Size = 50 * 1024 * 1024;

    [Theory]
    [InlineData("an attachment", 1, "Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAx\n")]
    [InlineData("a text", 4, "Content-Type: text/plain; charset=utf-8\n\n", "The quick brown fox jumps over the lazy dog, gr\u00C3\u00BCn.\n")]
    [InlineData("an encoded text", 4, "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAx\n")]
    [InlineData("one line", 5, "\n", "no line ends here ")]
    [InlineData("a header", 4, "", "X-Header-Field: with a value in it\n")]
    [InlineData("addresses", 10, "", "To: a@example.org, b@example.org\n")]
    [InlineData("one field", 5, "Subject: ", "and no end of it ")]
    [InlineData("parts", 12, "Content-Type: multipart/mixed; boundary=b\n\n", "--b\nContent-Type: text/plain; name=\"part\"\n\nx\n")]
    [InlineData("messages", 10, "Content-Type: multipart/digest; boundary=b\n\n", "--b\n\nFrom: a@example.org\nSubject: a message\n\nx\n")]
    public async Task Reading_takes_little_memory(string what, int megabytes, string start, string repeated)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await WriteAsync(path, start, repeated);
            using var file = File.OpenRead(path);
            using var stream = new MeasuredStream(file);

            var parsed = await MessageParser.ParseAsync(stream, TestContext.Current.CancellationToken);

            Assert.Equal(file.Length, parsed.Size);
            Assert.True(stream.Peak < megabytes * 1024 * 1024, $"{what}: {stream.Peak:N0} octets in use while reading");

            Assert.False(await BodySearch.ContainsAsync(stream, withHeader: true, "NOWHERE TO BE FOUND", TestContext.Current.CancellationToken));
            Assert.True(stream.Peak < megabytes * 1024 * 1024, $"{what}: {stream.Peak:N0} octets in use while searching");
        }
        finally
        {
            File.Delete(path);
        }
    }

    static async Task WriteAsync(string path, string start, string repeated)
    {
        await using var file = File.Create(path);
        await file.WriteAsync(Mail.Octets(start));
        var block = Mail.Octets(string.Concat(Enumerable.Repeat(repeated, 64 * 1024 / repeated.Length)));
        while (file.Length < Size)
            await file.WriteAsync(block);
    }
}
