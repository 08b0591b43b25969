using Backend.Mime;

namespace Backend.EfCore.Messages;

/// <summary>A message that has come and is to be appended.</summary>
sealed class ArrivedMessage(SpooledBody body, AppendOptions options, ParsedMessage? parsed)
{
    public SpooledBody Body => body;

    public AppendOptions Options => options;

    /// <summary>Its flags as the database has them.</summary>
    public FlagMask Mask { get; set; }

    /// <summary>What it says.</summary>
    public async ValueTask<ParsedMessage> ParseAsync(CancellationToken cancellationToken) => parsed ?? await MessageParser.ParseAsync(body, cancellationToken);
}
