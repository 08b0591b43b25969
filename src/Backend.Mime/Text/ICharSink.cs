namespace Backend.Mime.Text;

/// <summary>Takes text in pieces of whole code points.</summary>
interface ICharSink
{
    void Append(ReadOnlySpan<char> text);
}
