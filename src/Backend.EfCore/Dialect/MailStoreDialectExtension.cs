using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Backend.EfCore.Dialect;

/// <summary>Carries the dialect in the options, so that pooled contexts, which take options only, have it.</summary>
sealed class MailStoreDialectExtension(MailStoreDialect dialect) : IDbContextOptionsExtension
{
    DbContextOptionsExtensionInfo? info;

    public MailStoreDialect Dialect => dialect;

    public DbContextOptionsExtensionInfo Info => info ??= new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services)
    {
    }

    public void Validate(IDbContextOptions options)
    {
    }

    sealed class ExtensionInfo(MailStoreDialectExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => extension.Dialect.GetType().GetHashCode();

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other is ExtensionInfo && ((MailStoreDialectExtension)other.Extension).Dialect.GetType() == extension.Dialect.GetType();

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo)
        {
        }
    }
}
