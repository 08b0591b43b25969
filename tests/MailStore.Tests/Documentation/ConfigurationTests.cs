using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Imap.Server;
using Imap.Server.Tokens;
using MailStore.Tests.Support;

namespace MailStore.Tests.Documentation;

/// <summary>What docs/configuration.md says of the server's limits is so.</summary>
public sealed partial class ConfigurationTests
{
    static string Page => File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));

    [Fact]
    public void Every_limit_is_told_with_its_default_and_its_range() => Assert.Equal(
        typeof(ImapServerOptions).GetProperties().Where(static property => property.GetCustomAttribute<RangeAttribute>() is not null).Select(Describe).Order(StringComparer.Ordinal),
        Row().Matches(Page).Select(static match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_setting_for_tokens_is_told_with_its_default()
    {
        var options = new JwtOptions();

        Assert.Equal(
            typeof(JwtOptions).GetProperties().Select(property => string.Create(CultureInfo.InvariantCulture, $"{property.Name} {property.GetValue(options)}").TrimEnd()).Order(StringComparer.Ordinal),
            TokenRow().Matches(Page[Page.IndexOf("## Tokens", StringComparison.Ordinal)..]).Select(static match => $"{match.Groups[1].Value} {match.Groups[2].Value}".TrimEnd()).Order(StringComparer.Ordinal));
    }

    static string Describe(PropertyInfo property)
    {
        var range = property.GetCustomAttribute<RangeAttribute>()!;
        var value = property.GetValue(new ImapServerOptions());
        return string.Create(CultureInfo.InvariantCulture, $"`{property.Name}` | {value} | {range.Minimum} to {range.Maximum}");
    }

    [GeneratedRegex(@"^\| (`\w+` \| [^|]+ \| [^|]+ to [^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| `(\w+)` \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex TokenRow();
}
