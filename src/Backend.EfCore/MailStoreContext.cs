using Backend.EfCore.Dialect;
using Backend.EfCore.Entities;
using Backend.EfCore.Tenancy;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Backend.EfCore;

/// <summary>The mail store's tables. What differs between databases comes from the <see cref="MailStoreDialect"/> in the options.</summary>
sealed class MailStoreContext(DbContextOptions<MailStoreContext> options) : DbContext(options)
{
    public DbSet<TenantEntity> Tenants => Set<TenantEntity>();

    public DbSet<TenantDomainEntity> TenantDomains => Set<TenantDomainEntity>();

    public DbSet<UserEntity> Users => Set<UserEntity>();

    public DbSet<MailboxEntity> Mailboxes => Set<MailboxEntity>();

    public DbSet<MailboxRightsEntity> MailboxRights => Set<MailboxRightsEntity>();

    public DbSet<MailboxHistoryEntity> MailboxHistory => Set<MailboxHistoryEntity>();

    public DbSet<SubscriptionEntity> Subscriptions => Set<SubscriptionEntity>();

    public DbSet<MessageEntity> Messages => Set<MessageEntity>();

    public DbSet<KeywordEntity> Keywords => Set<KeywordEntity>();

    public DbSet<MessageKeywordEntity> MessageKeywords => Set<MessageKeywordEntity>();

    public DbSet<MailboxChangeEntity> MailboxChanges => Set<MailboxChangeEntity>();

    public DbSet<MailboxMetadataEntity> MailboxMetadata => Set<MailboxMetadataEntity>();

    public DbSet<ContentEntity> Contents => Set<ContentEntity>();

    public DbSet<ContentTextEntity> ContentTexts => Set<ContentTextEntity>();

    public DbSet<ContentSortEntity> ContentSorts => Set<ContentSortEntity>();

    public DbSet<ContentChunkEntity> ContentChunks => Set<ContentChunkEntity>();

    public MailStoreDialect Dialect => this.GetService<IDbContextOptions>().FindExtension<MailStoreDialectExtension>()?.Dialect
        ?? throw new InvalidOperationException("The options name no database: call UseSqlite or UsePostgres in AddMailStore.");

    /// <summary>The connection string as it was given: that of a connection that was opened lacks the password.</summary>
    public string ConnectionString => RelationalOptionsExtension.Extract(this.GetService<IDbContextOptions>()).ConnectionString
        ?? throw new InvalidOperationException("The options name no connection string.");

    /// <summary>For whom the context works at the moment; null while nobody has it, and then every query throws.</summary>
    public Lease? Lease { get; set; }

    /// <summary>The transaction whose lease the database has been told, and which that was: for dialects whose database looks at it too.</summary>
    public (Guid Transaction, Lease Lease) Told { get; set; }

    /// <summary>The user whose mail there is.</summary>
    public int CurrentUser => Current.Kind == LeaseKind.User
        ? Current.UserId
        : throw new InvalidOperationException($"Mail was asked for under a lease for {Current.Kind}: it takes one for its user.");

    Lease Current => Lease ?? throw new InvalidOperationException("The database was asked without a lease: say for whom.");

    bool IsStore => Current.Kind == LeaseKind.Store;

    int LeasedUser => Current.UserId;

    int LeasedTenant => Current.TenantId;

    string LeasedLogin => Current.Login ?? "";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(MailStoreContext).Assembly);
        FilterByLease(modelBuilder);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(static entity => entity.GetProperties()))
            property.SetColumnName(SnakeCase(property.Name));
        Dialect.ConfigureModel(modelBuilder);
    }

    /// <summary>Has every query look at the lease. What a filter reads of this context it reads of the one that is asked.</summary>
    void FilterByLease(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<TenantEntity>().HasQueryFilter(tenant => IsStore || tenant.Id == LeasedTenant);
        modelBuilder.Entity<TenantDomainEntity>().HasQueryFilter(domain => IsStore || domain.TenantId == LeasedTenant);
        modelBuilder.Entity<UserEntity>().HasQueryFilter(user => IsStore || user.Id == LeasedUser || user.TenantId == LeasedTenant || user.NormalizedName == LeasedLogin);
        modelBuilder.Entity<MailboxEntity>().HasQueryFilter(mailbox => mailbox.UserId == CurrentUser);
        modelBuilder.Entity<MailboxRightsEntity>().HasQueryFilter(rights => IsStore || rights.UserId == LeasedUser
            || ((rights.GranteeId == LeasedUser || rights.GranteeId == null) && Users.Any(user => user.Id == LeasedUser && user.TenantId == rights.TenantId)));
        modelBuilder.Entity<MailboxHistoryEntity>().HasQueryFilter(history => history.UserId == CurrentUser);
        modelBuilder.Entity<SubscriptionEntity>().HasQueryFilter(subscription => subscription.UserId == CurrentUser);
        modelBuilder.Entity<MessageEntity>().HasQueryFilter(message => message.UserId == CurrentUser);
        modelBuilder.Entity<KeywordEntity>().HasQueryFilter(keyword => keyword.UserId == CurrentUser);
        modelBuilder.Entity<MessageKeywordEntity>().HasQueryFilter(keyword => keyword.UserId == CurrentUser);
        modelBuilder.Entity<MailboxMetadataEntity>().HasQueryFilter(metadata => metadata.UserId == CurrentUser);
        modelBuilder.Entity<MailboxChangeEntity>().HasQueryFilter(change => change.UserId == CurrentUser);
        modelBuilder.Entity<ContentEntity>().HasQueryFilter(content => content.UserId == CurrentUser);
        modelBuilder.Entity<ContentTextEntity>().HasQueryFilter(text => text.UserId == CurrentUser);
        modelBuilder.Entity<ContentSortEntity>().HasQueryFilter(sort => sort.UserId == CurrentUser);
        modelBuilder.Entity<ContentChunkEntity>().HasQueryFilter(chunk => chunk.UserId == CurrentUser);
    }

    /// <summary>Columns are named as SQL written by hand wants them: UidNext is uid_next.</summary>
    static string SnakeCase(string name) =>
        string.Concat(name.Select(static (c, i) => i > 0 && char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
