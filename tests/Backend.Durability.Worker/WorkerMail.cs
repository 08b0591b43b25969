using System.Text;

namespace Backend.Durability.Worker;

/// <summary>The messages that the worker appends: what is in each follows from its name.</summary>
public static class WorkerMail
{
    /// <summary>The octets of a message. One in ten has several chunks.</summary>
    public static byte[] Of(string id)
    {
        var lines = id.EndsWith('7') ? 9000 : 10;
        var text = new StringBuilder($"Subject: {id}\r\n\r\n");
        for (var i = 0; i < lines; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{id}, line {i} of {lines}, and on it goes.\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
