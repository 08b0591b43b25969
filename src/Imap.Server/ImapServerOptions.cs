using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Imap.Server;

/// <summary>What an operator can set about the IMAP server. Checked when the host starts; read once.</summary>
public sealed class ImapServerOptions
{
    /// <summary>The name in the greeting and in the answer to ID. RFC 2971 §3.2.</summary>
    [Required]
    [RegularExpression("[ -~]{1,64}")]
    public string ServerName { get; set; } = "mailstore";

    /// <summary>The version in the answer to ID; null tells none. RFC 2971 §3.2.</summary>
    [RegularExpression("[ -~]{1,64}")]
    public string? ServerVersion { get; set; }

    /// <summary>
    /// The file of the TLS certificate, in PEM with those between it and a root behind it, or PKCS #12 (PFX); null for none. It is read again
    /// when it changes.
    /// </summary>
    public string? TlsCertificateFile { get; set; }

    /// <summary>The PEM file of the certificate's key; null when it is in the same file.</summary>
    public string? TlsKeyFile { get; set; }

    /// <summary>What the key or the PFX is encrypted with; null when it is not.</summary>
    public string? TlsPassword { get; set; }

    /// <summary>Whether a server without <see cref="TlsCertificateFile"/> makes a certificate for itself, which clients have to be told to trust.</summary>
    public bool TlsDevelopmentCertificate { get; set; }

    /// <summary>Where a client may log in with a password or a token without TLS. Elsewhere it is told LOGINDISABLED. RFC 9051 §6.2.3.</summary>
    [EnumDataType(typeof(PlaintextLogins))]
    public PlaintextLogins PlaintextLogins { get; set; } = PlaintextLogins.Loopback;

    /// <summary>How many connections are open at once; one more is greeted with BYE. RFC 9051 §7.1.5.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>How many connections one address has open at once (of IPv6: one network of 64 bits); one more is greeted with BYE.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnectionsPerAddress { get; set; } = 1_000;

    /// <summary>How many connections one user is logged in on at once; one more login is refused with LIMIT.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnectionsPerUser { get; set; } = 100;

    /// <summary>
    /// Whether the limits per address hold for loopback addresses too. A proxy or a web mailer there stands for many clients.
    /// </summary>
    public bool LimitLoopback { get; set; }

    /// <summary>
    /// How many octets a command line has at most, not counting its literals. Clients may send 8,192 (RFC 7162 §4), and those that
    /// name many messages send more (RFC 2683 §3.2.1.5).
    /// </summary>
    [Range(8_192, 16 * 1024 * 1024)]
    public int MaxLineLength { get; set; } = 64 * 1024;

    /// <summary>How many octets a literal has at most that is a part of a command and not the message of an APPEND.</summary>
    [Range(1_024, 1024 * 1024)]
    public int MaxLiteralLength { get; set; } = 4_096;

    /// <summary>How many literals a command has at most.</summary>
    [Range(4, 10_000)]
    public int MaxLiterals { get; set; } = 64;

    /// <summary>How many octets a message has at most that is appended (RFC 7889 §4: a larger one is answered with TOOBIG).</summary>
    [Range(1_024, 2_147_483_647L)]
    public long MaxAppendSize { get; set; } = 128 * 1024 * 1024;

    /// <summary>How many ranges a set of messages has at most that is given in one piece, such as <c>1:3,7,9:*</c>.</summary>
    [Range(100, 1_000_000)]
    public int MaxSetRanges { get; set; } = 10_000;

    /// <summary>How many keys a SEARCH has at most, with those within others.</summary>
    [Range(10, 100_000)]
    public int MaxSearchKeys { get; set; } = 1_000;

    /// <summary>How many messages one APPEND has at most (RFC 3502); with more it is refused with LIMIT, and none of them is stored.</summary>
    [Range(1, 100_000)]
    public int MaxAppendMessages { get; set; } = 1_000;

    /// <summary>How many octets the messages of one APPEND have at most together; with more it is refused with TOOBIG, and none of them is stored.</summary>
    [Range(1_024, 1_099_511_627_776L)]
    public long MaxAppendTotalSize { get; set; } = 1024L * 1024 * 1024;

    /// <summary>
    /// Whether a literal that comes unasked may have 4,096 octets at most: LITERAL- in place of LITERAL+. A client has to ask before it sends a
    /// large message then, and can be told before that it will not be taken. RFC 7888 §5.
    /// </summary>
    public bool LiteralMinus { get; set; }

    // RFC 7888 §5.
    internal int? MaxLengthUnasked => LiteralMinus ? 4_096 : null;

    /// <summary>How deep the keys of a SEARCH may be nested.</summary>
    [Range(5, 100)]
    public int MaxSearchDepth { get; set; } = 50;

    /// <summary>How many searches of a session may be updated at once; more are refused with NOUPDATE. RFC 5267 §4.3.1.</summary>
    [Range(1, 1_000)]
    public int MaxSearchContexts { get; set; } = 8;

    /// <summary>How many mailboxes are watched for one connection; one with more is answered NOTIFICATIONOVERFLOW. RFC 5465 §5.8.</summary>
    [Range(1, 1_000_000)]
    public int MaxWatchedMailboxes { get; set; } = 10_000;

    /// <summary>How many mailboxes one ESEARCH may search. RFC 7377 §2.4.</summary>
    [Range(1, 1_000_000)]
    public int MaxSearchedMailboxes { get; set; } = 1_000;

    /// <summary>How many commands that came together are carried out before their answers are sent, and have to be taken, ahead of the next. RFC 9051 §5.5.</summary>
    [Range(1, 100_000)]
    public int MaxPipelinedCommands { get; set; } = 1_000;

    /// <summary>How many commands in a row may be bad before the connection is closed: whoever sends them does not speak IMAP.</summary>
    [Range(1, 10_000)]
    public int MaxBadCommands { get; set; } = 20;

    /// <summary>How many logins of one connection may fail before it is closed.</summary>
    [Range(1, 1_000)]
    public int MaxFailedLogins { get; set; } = 5;

    /// <summary>
    /// How many logins from one address may fail within <see cref="FailedLoginWindow"/>; after that all are refused from there with
    /// UNAVAILABLE, whatever the password is.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxFailedLoginsPerAddress { get; set; } = 100;

    /// <summary>
    /// How many logins at one name from one address may fail within <see cref="FailedLoginWindow"/>; after that those are refused with
    /// UNAVAILABLE. Failures from elsewhere only slow down the logins at a name.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxFailedLoginsPerName { get; set; } = 10;

    /// <summary>How long failed logins count.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan FailedLoginWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the answer to the first failed login takes; each one after that takes twice as long, up to 8 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:08")]
    public TimeSpan FailedLoginDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long a password that was right is known again, so that further connections cost less; zero for not at all. The store is asked each
    /// time whether it is still the password.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RememberLogins { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a client may take over a TLS handshake.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection may take to log in.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LoginTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a connection may be silent after login, IDLE included: at least 30 minutes. RFC 9051 §5.4; RFC 2177 §3.
    /// </summary>
    [Range(typeof(TimeSpan), "00:30:00", "7.00:00:00")]
    public TimeSpan InactivityTimeout { get; set; } = TimeSpan.FromMinutes(31);

    /// <summary>How long a client may take over the rest of a command that it has begun, or over the next octets of a literal.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a client may leave what was written to it untaken before the connection is closed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>After how long in IDLE a client without news gets an untagged OK, so that nothing on the way takes the connection for dead.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:29:00")]
    public TimeSpan IdleKeepAlive { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether a client from there may send a password without TLS.</summary>
    internal bool TakesSecretsInClear(EndPoint? remote) =>
        PlaintextLogins == PlaintextLogins.Always || (PlaintextLogins == PlaintextLogins.Loopback && (remote is not IPEndPoint ip || IPAddress.IsLoopback(ip.Address)));
}
