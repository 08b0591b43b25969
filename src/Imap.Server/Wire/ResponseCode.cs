using Imap.Server.Session;

namespace Imap.Server.Wire;

/// <summary>What stands in brackets before the text of a status response: a closed family. RFC 9051 §7.1; RFC 5530.</summary>
abstract record ResponseCode
{
    ResponseCode()
    {
    }

    public static ResponseCode Alert { get; } = new Word("ALERT");
    public static ResponseCode AlreadyExists { get; } = new Word("ALREADYEXISTS");
    public static ResponseCode AuthenticationFailed { get; } = new Word("AUTHENTICATIONFAILED");
    public static ResponseCode AuthorizationFailed { get; } = new Word("AUTHORIZATIONFAILED");
    public static ResponseCode Cannot { get; } = new Word("CANNOT");
    public static ResponseCode Closed { get; } = new Word("CLOSED");
    public static ResponseCode CompressionActive { get; } = new Word("COMPRESSIONACTIVE");
    public static ResponseCode ContactAdmin { get; } = new Word("CONTACTADMIN");
    public static ResponseCode Corruption { get; } = new Word("CORRUPTION");
    public static ResponseCode ExpungeIssued { get; } = new Word("EXPUNGEISSUED");
    public static ResponseCode HasChildren { get; } = new Word("HASCHILDREN");
    public static ResponseCode Limit { get; } = new Word("LIMIT");
    public static ResponseCode NoPerm { get; } = new Word("NOPERM");
    public static ResponseCode NonExistent { get; } = new Word("NONEXISTENT");
    public static ResponseCode PrivacyRequired { get; } = new Word("PRIVACYREQUIRED");
    public static ResponseCode OverQuota { get; } = new Word("OVERQUOTA");
    public static ResponseCode NotificationOverflow { get; } = new Word("NOTIFICATIONOVERFLOW");
    public static ResponseCode ReadOnly { get; } = new Word("READ-ONLY");
    public static ResponseCode ReadWrite { get; } = new Word("READ-WRITE");
    public static ResponseCode ServerBug { get; } = new Word("SERVERBUG");
    public static ResponseCode TooBig { get; } = new Word("TOOBIG");
    public static ResponseCode TryCreate { get; } = new Word("TRYCREATE");
    public static ResponseCode Unavailable { get; } = new Word("UNAVAILABLE");
    public static ResponseCode UnknownCte { get; } = new Word("UNKNOWN-CTE");
    public static ResponseCode UseAttr { get; } = new Word("USEATTR");

    /// <summary>Writes it without the brackets.</summary>
    public abstract void Write(ImapWriter writer);

    /// <summary>A word alone.</summary>
    public sealed record Word(string Name) : ResponseCode
    {
        public override void Write(ImapWriter writer) => writer.Atom(Name);
    }

    /// <summary>A word and a number: UIDNEXT, UIDVALIDITY, UNSEEN.</summary>
    public sealed record Number(string Name, long Value) : ResponseCode
    {
        public override void Write(ImapWriter writer) => writer.Atom(Name).Space().Number(Value);
    }

    /// <summary>A word, and something behind it as it is written.</summary>
    public sealed record Text(string Name, string Value) : ResponseCode
    {
        public override void Write(ImapWriter writer) => writer.Atom(Name).Space().Atom(Value);
    }

    /// <summary>PERMANENTFLAGS.</summary>
    public sealed record PermanentFlags(FlagSet Flags) : ResponseCode
    {
        public override void Write(ImapWriter writer) => writer.Octets("PERMANENTFLAGS "u8).Flags(Flags);
    }

    /// <summary>NOUPDATE with the tag of a search. RFC 5267 §4.3.1.</summary>
    public sealed record NoUpdate(ReadOnlyMemory<byte> Tag) : ResponseCode
    {
        public override void Write(ImapWriter writer) => writer.Octets("NOUPDATE "u8).String(Tag.Span);
    }

    /// <summary>CAPABILITY.</summary>
    public sealed record Capability(ReadOnlyMemory<byte> Encoded) : ResponseCode
    {
        public override void Write(ImapWriter writer) => writer.Octets(Encoded.Span);
    }

    /// <summary>BADCHARSET with the charsets that are always there. RFC 9051 §7.1.</summary>
    public sealed record BadCharset : ResponseCode
    {
        public override void Write(ImapWriter writer) => writer.Octets("BADCHARSET (US-ASCII UTF-8)"u8);
    }

    /// <summary>APPENDUID. RFC 4315 §3; RFC 3502 §6.3.11.</summary>
    public sealed record AppendUid(AppendedData Data) : ResponseCode
    {
        public override void Write(ImapWriter writer) =>
            writer.Octets("APPENDUID "u8).Number(Data.UidValidity.Value).Space().Set(Data.Uids);
    }

    /// <summary>BADURL. What its grammar does not have is percent-encoded. RFC 4469 §4.1, §5.</summary>
    public sealed record BadUrl(string Url) : ResponseCode
    {
        public override void Write(ImapWriter writer)
        {
            writer.Octets("BADURL "u8);
            foreach (var octet in Encoding.UTF8.GetBytes(Url))
                writer.Atom(octet is >= (byte)'!' and <= (byte)'~' and not ((byte)']' or (byte)'"' or (byte)'\\') ? ((char)octet).ToString() : $"%{octet:X2}");
        }
    }

    /// <summary>COPYUID; only for sets that name a message, for the grammar has no empty set. RFC 4315 §3.</summary>
    public sealed record CopyUid(CopyData Data) : ResponseCode
    {
        public override void Write(ImapWriter writer) =>
            writer.Octets("COPYUID "u8).Number(Data.UidValidity.Value).Space().Set(Data.Source).Space().Set(Data.Destination);
    }

    /// <summary>HIGHESTMODSEQ. RFC 7162 §3.1.2.1.</summary>
    public sealed record HighestModSeq(ModSeq Value) : ResponseCode
    {
        public override void Write(ImapWriter writer) => writer.Octets("HIGHESTMODSEQ "u8).Number(Value.Value);
    }

    /// <summary>HIGHESTMODSEQ as it is when the answer is sent: up to where the client has been told everything by then. RFC 7162 §3.2.7, §6.</summary>
    public sealed record ToldModSeq(SelectedMailbox Selected) : ResponseCode
    {
        public override void Write(ImapWriter writer) => writer.Octets("HIGHESTMODSEQ "u8).Number(Selected.Told.Value);
    }

    /// <summary>MODIFIED with the messages that failed the condition, in the form they were asked for. RFC 7162 §3.1.3.</summary>
    public sealed record Modified(NumberSet Messages) : ResponseCode
    {
        public override void Write(ImapWriter writer) => writer.Octets("MODIFIED "u8).Set(Messages);
    }
}
