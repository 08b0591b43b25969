using System.Text;
using MailStore.Formats;

namespace MailStore.Tests.Formats;

public sealed class MessageHeaderTests
{
    [Theory]
    [InlineData("A: 1\r\nB: 2\r\n\r\nC: 3\r\n", "B", "2")]
    [InlineData("A: 1\nB : 2\n", "b", "2")]
    [InlineData("A: 1\r\n 2\r\n\t3\r\n\r\n", "A", "1 2\t3")]
    [InlineData("A: 1\r\nA: 2\r\n\r\n", "A", "1")]
    [InlineData("no field\r\n folded\r\nA: 1", "A", "1")]
    [InlineData("A: 1\r\n\r\nC: 3\r\n", "C", null)]
    [InlineData(":\r\nA:\r\n", "A", "")]
    [InlineData("", "A", null)]
    public void The_first_field_of_a_name_is_found_unfolded(string message, string name, string? value) =>
        Assert.Equal(value, MessageHeader.Parse(Encoding.Latin1.GetBytes(message))[name]);
}
