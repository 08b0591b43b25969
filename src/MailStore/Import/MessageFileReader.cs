namespace MailStore.Import;

/// <summary>Reads a file that is one message, such as an .eml file.</summary>
static class MessageFileReader
{
    /// <summary>Reads the message. The caller disposes it.</summary>
    /// <param name="octets">The file's octets, decompressed.</param>
    /// <param name="file">What the file is called in reports.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<SourceMessage> ReadAsync(Stream octets, string file, CancellationToken cancellationToken)
    {
        var content = new MessageSpool();
        try
        {
            await octets.CopyToAsync(content, cancellationToken);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }

        return new SourceMessage { File = file, Content = content };
    }
}
