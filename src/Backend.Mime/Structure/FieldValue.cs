namespace Backend.Mime.Structure;

/// <summary>The value of a header field on one line. RFC 5322 §2.2.3.</summary>
static class FieldValue
{
    /// <summary>The value without line ends and NULs, and without white space at both ends.</summary>
    public static byte[] Unfold(ReadOnlySpan<byte> value)
    {
        value = value.Trim(" \t\r\n"u8);
        if (!value.ContainsAny((byte)'\n', (byte)0))
            return value.ToArray();

        var unfolded = new byte[value.Length];
        var length = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var isLineEnd = value[i] == (byte)'\n' || (value[i] == (byte)'\r' && i + 1 < value.Length && value[i + 1] == (byte)'\n');
            if (!isLineEnd && value[i] != 0)
                unfolded[length++] = value[i];
        }

        return unfolded[..length];
    }
}
