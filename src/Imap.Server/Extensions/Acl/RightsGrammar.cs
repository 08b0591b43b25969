using Imap.Server.Wire;

namespace Imap.Server.Extensions.Acl;

/// <summary>Rights as letters. RFC 4314 §2.1, §2.1.1, §7.</summary>
static class RightsGrammar
{
    const MailboxRights Create = MailboxRights.CreateMailboxes | MailboxRights.DeleteMailbox;
    const MailboxRights Delete = MailboxRights.DeleteMessages | MailboxRights.Expunge;

    static readonly (char Letter, MailboxRights Right)[] Letters =
    [
        ('l', MailboxRights.Lookup),
        ('r', MailboxRights.Read),
        ('s', MailboxRights.KeepSeen),
        ('w', MailboxRights.Write),
        ('i', MailboxRights.Insert),
        ('p', MailboxRights.Post),
        ('k', MailboxRights.CreateMailboxes),
        ('x', MailboxRights.DeleteMailbox),
        ('t', MailboxRights.DeleteMessages),
        ('e', MailboxRights.Expunge),
        ('c', Create),
        ('d', Delete),
        ('a', MailboxRights.Administer),
    ];

    /// <summary>Reads a change of rights. The letters that RFC 2086 had stand for those that came of them. RFC 4314 §2.1.1, §3.1.</summary>
    /// <exception cref="ImapSyntaxException">A letter is no right: it must not be passed over.</exception>
    public static (RightsOperation Operation, MailboxRights Rights) RightsChange(this ref ImapReader reader)
    {
        var text = reader.AStringText("rights");
        var (operation, letters) = text switch
        {
            ['+', ..] => (RightsOperation.Add, text[1..]),
            ['-', ..] => (RightsOperation.Remove, text[1..]),
            _ => (RightsOperation.Replace, text),
        };
        var rights = MailboxRights.None;
        foreach (var letter in letters)
            rights |= Find(letter) is { } right and not MailboxRights.None ? right : throw new ImapSyntaxException($"There is no right \"{letter}\".");
        return (operation, rights);
    }

    /// <summary>Reads whose rights are meant. RFC 4314 §3, §7.</summary>
    /// <exception cref="ImapSyntaxException">Nobody can be called so.</exception>
    public static string Identifier(this ref ImapReader reader)
    {
        var text = reader.AStringText("an identifier");
        return text.Length == 0 || text.Any(char.IsControl) || text.Normalize(NormalizationForm.FormKC).Length == 0
            ? throw new ImapSyntaxException("That is no identifier.")
            : text;
    }

    /// <summary>Writes rights, with the letters that RFC 2086 had. RFC 4314 §2.1.1.</summary>
    public static ImapWriter Rights(this ImapWriter writer, MailboxRights rights) =>
        rights == MailboxRights.None ? writer.Octets("\"\""u8) : writer.Atom(string.Concat(Letters.Where(each => (rights & each.Right) != 0).Select(static each => each.Letter)));

    /// <summary>Writes rights that are not tied to each other. RFC 4314 §2.1.1, §3.7.</summary>
    public static void SeparateRights(this ImapWriter writer, MailboxRights rights)
    {
        foreach (var (letter, right) in Letters)
            if ((rights & right) != 0)
                writer.Space().Octet(letter);
    }

    /// <summary>MYRIGHTS. RFC 4314 §3.8.</summary>
    public static void MyRights(this ImapWriter writer, MailboxName name, MailboxRights rights) =>
        writer.Octets("* MYRIGHTS "u8).Mailbox(name).Space().Rights(rights).Crlf();

    static MailboxRights Find(char letter) => Array.Find(Letters, each => each.Letter == letter).Right;
}
