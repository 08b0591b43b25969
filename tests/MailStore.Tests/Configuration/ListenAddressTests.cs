using MailStore.Configuration;
using Microsoft.Extensions.Configuration;

namespace MailStore.Tests.Configuration;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:1143", "127.0.0.1:1143", true)]
    [InlineData("[::1]:0", "[::1]:0", true)]
    [InlineData("LOCALHOST:143", "localhost:143", true)]
    [InlineData("*:143", "[::]:143", false)]
    [InlineData("0.0.0.0:143", "0.0.0.0:143", false)]
    [InlineData("[fe80::1%1]:143", "[fe80::1%1]:143", false)]
    [InlineData("192.0.2.1:65535", "192.0.2.1:65535", false)]
    public void An_address_is_read(string text, string expected, bool isLoopback)
    {
        var address = ListenAddress.Parse(text);

        Assert.Equal((expected, isLoopback), (address.ToString(), address.IsLoopback));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1143")]
    [InlineData(":1143")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("::1:1143")]
    [InlineData("[127.0.0.1]:1143")]
    [InlineData("mail.example.org:143")]
    [InlineData("localhost:0")]
    [InlineData("[]:143")]
    public void Another_text_is_refused_with_what_would_be_right(string text)
    {
        var exception = Assert.Throws<UsageException>(() => ListenAddress.Parse(text));

        Assert.Contains("127.0.0.1:1143", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new string[0], "127.0.0.1:1143")]
    [InlineData(new[] { "MailStore:Listen=127.0.0.1:1, [::1]:2" }, "127.0.0.1:1 [::1]:2")]
    [InlineData(new[] { "MailStore:Listen:0=127.0.0.1:1", "MailStore:Listen:1=127.0.0.1:2" }, "127.0.0.1:1 127.0.0.1:2")]
    [InlineData(new[] { "MailStore:Listen:0=127.0.0.1:1", "MailStore:Listen=127.0.0.1:3" }, "127.0.0.1:3")]
    [InlineData(new[] { "MailStore:ListenTls=127.0.0.1:3" }, "127.0.0.1:3 TLS")]
    [InlineData(new[] { "MailStore:ListenTls=127.0.0.1:3", "MailStore:Listen=127.0.0.1:4" }, "127.0.0.1:4 127.0.0.1:3 TLS")]
    public void The_configuration_has_a_list_or_one_text_which_goes_first(string[] settings, string expected)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static setting => setting.Split('=')).Select(static parts => KeyValuePair.Create(parts[0], (string?)parts[1])))
            .Build();

        Assert.Equal(expected, string.Join(' ', ServerSettings.ReadListen(configuration).Select(static address => address.IsTls ? $"{address} TLS" : $"{address}")));
    }
}
