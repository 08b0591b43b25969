namespace Backend.Sqlite.Tests;

/// <summary>A long message that is nowhere in memory: a header, then lines whose octets follow from their place.</summary>
sealed class PatternStream(long length, Action watch) : Stream
{
    static readonly byte[] Header = "Subject: Long\r\nContent-Type: application/octet-stream\r\n\r\n"u8.ToArray();

    long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => position; set => throw new NotSupportedException(); }

    public static byte At(long position) =>
        position < Header.Length ? Header[position] : (position % 80) switch
        {
            78 => (byte)'\r',
            79 => (byte)'\n',
            _ => (byte)('0' + (position * 7 % 64)),
        };

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = (int)Math.Min(count, length - position);
        for (var i = 0; i < read; i++)
            buffer[offset + i] = At(position + i);
        if (position / (8 << 20) != (position + read) / (8 << 20))
            watch();
        position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
