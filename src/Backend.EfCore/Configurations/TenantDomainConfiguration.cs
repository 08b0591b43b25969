using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class TenantDomainConfiguration : IEntityTypeConfiguration<TenantDomainEntity>
{
    public void Configure(EntityTypeBuilder<TenantDomainEntity> builder)
    {
        builder.ToTable("tenant_domains");
        builder.IsNarrow();
        builder.HasKey(domain => domain.Domain);
        builder.HasIndex(domain => domain.TenantId);
        builder.Property(domain => domain.Domain).HasMaxLength(255);
        builder.HasOne<TenantEntity>().WithMany().HasForeignKey(domain => domain.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
