using System.Collections.Frozen;
using Imap.Server.Registry;

namespace Imap.Server.Wire;

/// <summary>Reads the lists of parameters and modifiers that extensions add to commands. RFC 4466 §2.1, §2.4-2.5, §3.</summary>
static class ParameterGrammar
{
    /// <summary>
    /// Reads <c>"(" name [SP value] *(SP name [SP value]) ")"</c>. A name that is not known or that comes twice is not IMAP: none of them
    /// means anything twice.
    /// </summary>
    /// <param name="reader">At the parenthesis.</param>
    /// <param name="known">The names that there are.</param>
    /// <param name="what">What they are, for whoever is told of a mistake.</param>
    public static ImmutableArray<TParameter> Parameters<TParameter>(this ref ImapReader reader, FrozenDictionary<string, ParameterParser<TParameter>> known, string what)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var parameters = ImmutableArray.CreateBuilder<TParameter>();
        reader.Take('(');
        do
        {
            var expected = reader.Expected(what);
            var name = Encoding.ASCII.GetString(reader.Word(what));
            if (!known.TryGetValue(name, out var parser))
                throw expected;
            if (!names.Add(name))
                throw new ImapSyntaxException($"{name} is there twice.");
            parameters.Add(parser(ref reader));
        }
        while (reader.TryTake(' '));
        reader.Take(')');
        return parameters.DrainToImmutable();
    }
}
