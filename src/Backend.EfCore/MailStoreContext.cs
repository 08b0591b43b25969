using Backend.EfCore.Dialect;
using Backend.EfCore.Entities;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Backend.EfCore;

/// <summary>The mail store's tables. What differs between databases comes from the <see cref="MailStoreDialect"/> in the options.</summary>
sealed class MailStoreContext(DbContextOptions<MailStoreContext> options) : DbContext(options)
{
    public DbSet<TenantEntity> Tenants => Set<TenantEntity>();

    public DbSet<UserEntity> Users => Set<UserEntity>();

    public DbSet<MailboxEntity> Mailboxes => Set<MailboxEntity>();

    public DbSet<MailboxHistoryEntity> MailboxHistory => Set<MailboxHistoryEntity>();

    public DbSet<SubscriptionEntity> Subscriptions => Set<SubscriptionEntity>();

    public DbSet<MessageEntity> Messages => Set<MessageEntity>();

    public DbSet<KeywordEntity> Keywords => Set<KeywordEntity>();

    public DbSet<MessageKeywordEntity> MessageKeywords => Set<MessageKeywordEntity>();

    public DbSet<MailboxChangeEntity> MailboxChanges => Set<MailboxChangeEntity>();

    public DbSet<ContentEntity> Contents => Set<ContentEntity>();

    public DbSet<ContentTextEntity> ContentTexts => Set<ContentTextEntity>();

    public DbSet<ContentChunkEntity> ContentChunks => Set<ContentChunkEntity>();

    public MailStoreDialect Dialect => this.GetService<IDbContextOptions>().FindExtension<MailStoreDialectExtension>()?.Dialect
        ?? throw new InvalidOperationException("The options name no database: call UseSqlite or UsePostgres in AddMailStore.");

    /// <summary>The connection string as it was given: that of a connection that was opened lacks the password.</summary>
    public string ConnectionString => RelationalOptionsExtension.Extract(this.GetService<IDbContextOptions>()).ConnectionString
        ?? throw new InvalidOperationException("The options name no connection string.");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(MailStoreContext).Assembly);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(static entity => entity.GetProperties()))
            property.SetColumnName(SnakeCase(property.Name));
        Dialect.ConfigureModel(modelBuilder);
    }

    /// <summary>Columns are named as SQL written by hand wants them: UidNext is uid_next.</summary>
    static string SnakeCase(string name) =>
        string.Concat(name.Select(static (c, i) => i > 0 && char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
