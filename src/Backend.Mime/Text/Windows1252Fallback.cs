namespace Backend.Mime.Text;

/// <summary>Reads octets that are not in the charset as windows-1252, which they most often are.</summary>
sealed class Windows1252Fallback : DecoderFallback
{
    public override int MaxCharCount => 4;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new FallbackBuffer();

    sealed class FallbackBuffer : DecoderFallbackBuffer
    {
        static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

        string text = "";
        int position;

        public override int Remaining => text.Length - position;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            text = Windows1252.GetString(bytesUnknown);
            position = 0;
            return true;
        }

        public override char GetNextChar() => position < text.Length ? text[position++] : '\0';

        public override bool MovePrevious()
        {
            if (position == 0)
                return false;
            position--;
            return true;
        }

        public override void Reset() => (text, position) = ("", 0);
    }
}
