using Backend.EfCore.Dialect;
using Backend.EfCore.Search;

namespace Backend.EfCore;

/// <summary>How the mail store works. Set in <see cref="MailStoreServiceCollectionExtensions.AddMailStore"/>.</summary>
public sealed class MailStoreOptions
{
    Func<MailStoreOptions, INotificationChannel>? openNotifications;

    /// <summary>The largest message that is taken, in octets. Default 100 MiB; from 1 to 2,147,483,647.</summary>
    public long MaxMessageSize { get; set; } = 100L * 1024 * 1024;

    /// <summary>How many mailboxes a user may have, \Noselect names included. Default 10,000.</summary>
    public int MaxMailboxesPerUser { get; set; } = 10_000;

    /// <summary>How many different keywords a user may have. Default 1,000.</summary>
    public int MaxKeywordsPerUser { get; set; } = 1_000;

    /// <summary>
    /// Iterations of PBKDF2 for new passwords; more cost an attacker and each login more time. Default 32,768 (RFC 7677 §4 asks for at least 4,096).
    /// </summary>
    public int PasswordIterations { get; set; } = 32_768;

    /// <summary>Up to this many octets an arriving message is kept in memory; a larger one waits in a temporary file. Default 256 KiB.</summary>
    public int SpoolThreshold { get; set; } = 256 * 1024;

    /// <summary>Where arriving messages wait that are too large for memory. Default: the system's folder for temporary files.</summary>
    public string SpoolFolder { get; set; } = Path.GetTempPath();

    /// <summary>How long the log of changes is kept from which sessions catch up. Default 30 days. Older ones cost a session more time, never a change.</summary>
    public TimeSpan ChangeRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Whether processes that use the same database tell each other at once what changed. Default true. Without it, and always on SQLite, a
    /// session hears at its next command of what another process did.
    /// </summary>
    public bool ShareUpdates { get; set; } = true;

    /// <summary>
    /// The connection string for telling and hearing of changes, on two connections of their own. Default null: the store's. A pool of
    /// connections between store and server that works by transactions, such as PgBouncer's, cannot carry them: then name the server itself,
    /// with the same database and user.
    /// </summary>
    public string? UpdateConnection { get; set; }

    /// <summary>
    /// Whether searches for text are helped by an index, which is filled in the background. Default true. Answers are the same without, only slower;
    /// the index about doubles what the texts take in the database. While it is off nothing is added to it; when it is on again it catches up.
    /// </summary>
    public bool SearchIndex { get; set; } = true;

    internal TextIndexUse IndexUse { get; set; }

    internal bool IndexInBackground { get; set; } = true;

    internal MailStoreDialect? Dialect { get; private set; }

    internal Action<DbContextOptionsBuilder>? ConfigureDatabase { get; private set; }

    internal INotificationChannel? Notifications => ShareUpdates ? openNotifications?.Invoke(this) : null;

    internal void UseDatabase(MailStoreDialect dialect, Action<DbContextOptionsBuilder> configure, Func<MailStoreOptions, INotificationChannel>? notifications = null) =>
        (Dialect, ConfigureDatabase, openNotifications) = (dialect, configure, notifications);
}
