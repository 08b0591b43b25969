using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class UserConfiguration : IEntityTypeConfiguration<UserEntity>
{
    public void Configure(EntityTypeBuilder<UserEntity> builder)
    {
        builder.ToTable("users");
        builder.HasKey(user => user.Id);
        builder.HasIndex(user => user.NormalizedName).IsUnique();
        builder.HasIndex(user => user.TenantId);
        builder.Property(user => user.Name).HasMaxLength(255);
        builder.Property(user => user.NormalizedName).HasMaxLength(255);
        builder.HasOne<TenantEntity>().WithMany().HasForeignKey(user => user.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
