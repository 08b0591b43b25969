using System.Buffers;

namespace Backend.Mime.Grammar;

/// <summary>Joins parameters that are split into several: <c>name*0</c>, <c>name*1</c>. RFC 2231 §3; RFC 9051 §7.5.2 (body parameter).</summary>
static class ContinuedParameters
{
    /// <summary>
    /// Joins <c>name*0</c>, <c>name*1</c> to <c>name</c>, and <c>name*0*</c>, <c>name*1*</c> to <c>name*</c>, which keeps its percent
    /// signs and its charset: so every client can read it, whether or not it takes UTF-8.
    /// </summary>
    public static ImmutableArray<Parameter> Join(List<Parameter> parameters)
    {
        var joined = ImmutableArray.CreateBuilder<Parameter>(parameters.Count);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in parameters)
        {
            var whole = IsFirstSection(parameter.Name, out var name) ? Join(parameters, name) : parameter;
            if (IsLaterSection(whole.Name) || !seen.Add(whole.Name))
                continue;
            joined.Add(whole);
        }

        return joined.DrainToImmutable();
    }

    static bool IsFirstSection(string name, out string whole)
    {
        whole = name;
        var isFirst = name.EndsWith("*0", StringComparison.Ordinal) || name.EndsWith("*0*", StringComparison.Ordinal);
        if (isFirst)
            whole = name[..name.LastIndexOf("*0", StringComparison.Ordinal)];
        return isFirst && whole.Length > 0;
    }

    static bool IsLaterSection(string name)
    {
        var star = name.IndexOf('*', StringComparison.Ordinal);
        if (star <= 0)
            return false;
        var number = name.AsSpan(star + 1).TrimEnd('*');
        return !number.IsEmpty && !number.ContainsAnyExceptInRange('0', '9');
    }

    static Parameter Join(List<Parameter> parameters, string name)
    {
        var sections = new List<(bool IsEncoded, byte[] Value)>();
        while (Find(parameters, name, sections.Count) is { } section)
            sections.Add((section.Name.EndsWith('*'), section.Value));

        var isEncoded = sections.Any(static section => section.IsEncoded);
        var value = new ArrayBufferWriter<byte>();
        if (isEncoded && !sections[0].IsEncoded)
            value.Write("''"u8);
        foreach (var section in sections)
        {
            if (section.IsEncoded == isEncoded)
                value.Write(section.Value);
            else
                WriteEncoded(value, section.Value);
        }

        return new Parameter(isEncoded ? $"{name}*" : name, value.WrittenSpan.ToArray());
    }

    static Parameter? Find(List<Parameter> parameters, string name, int number)
    {
        var plain = string.Create(CultureInfo.InvariantCulture, $"{name}*{number}");
        var encoded = $"{plain}*";
        return parameters.Find(parameter => parameter.Is(plain) || parameter.Is(encoded));
    }

    // attribute-char: RFC 2231 §7.
    static void WriteEncoded(ArrayBufferWriter<byte> value, byte[] section)
    {
        foreach (var octet in section)
        {
            if (octet is > 0x20 and < 0x7f && !"*'%()<>@,;:\\\"/[]?="u8.Contains(octet))
                value.Write([octet]);
            else
                value.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"%{octet:X2}")));
        }
    }
}
