using System.Text;
using MailStore.Formats;

namespace MailStore.Tests.Formats;

public sealed class StatusFieldsTests
{
    [Theory]
    [InlineData("Status: RO", @"(\Seen)")]
    [InlineData("Status: O\nX-Status: AFDT", @"(\Answered \Flagged \Deleted \Draft)")]
    [InlineData("X-Keywords: work   $Label1 bad(one", "(work $Label1)")]
    [InlineData("X-Keywords: \\Seen \\Nonsense", "()")]
    [InlineData("X-Mozilla-Status: 1007", @"(\Seen \Answered \Flagged $Forwarded)")]
    [InlineData("X-Mozilla-Status: zzz", "()")]
    [InlineData("Subject: R", "()")]
    public void Flags_are_read(string header, string flags) =>
        Assert.Equal(flags, StatusFields.Read(MessageHeader.Parse(Encoding.ASCII.GetBytes(header))).ToString());
}
