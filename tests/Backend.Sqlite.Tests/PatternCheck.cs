namespace Backend.Sqlite.Tests;

/// <summary>Takes what <see cref="PatternStream"/> gave and compares it.</summary>
sealed class PatternCheck(Action watch) : Stream
{
    public long Checked { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Checked;

    public override long Position { get => Checked; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count)
    {
        for (var i = 0; i < count; i++)
            if (buffer[offset + i] != PatternStream.At(Checked + i))
                Assert.Fail($"Octet {Checked + i} differs.");
        if (Checked / (8 << 20) != (Checked + count) / (8 << 20))
            watch();
        Checked += count;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
