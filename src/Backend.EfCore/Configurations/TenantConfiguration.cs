using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class TenantConfiguration : IEntityTypeConfiguration<TenantEntity>
{
    public void Configure(EntityTypeBuilder<TenantEntity> builder)
    {
        builder.ToTable("tenants");
        builder.HasKey(tenant => tenant.Id);
        builder.HasIndex(tenant => tenant.Name).IsUnique();
        builder.Property(tenant => tenant.Name).HasMaxLength(255);
    }
}
