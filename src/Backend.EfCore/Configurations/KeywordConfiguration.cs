using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class KeywordConfiguration : IEntityTypeConfiguration<KeywordEntity>
{
    public void Configure(EntityTypeBuilder<KeywordEntity> builder)
    {
        builder.ToTable("keywords");
        builder.IsNarrow();
        builder.HasKey(keyword => new { keyword.UserId, keyword.KeywordId });
        builder.HasIndex(keyword => new { keyword.UserId, keyword.NormalizedName }).IsUnique();
        builder.Property(keyword => keyword.KeywordId).ValueGeneratedNever();
        builder.Property(keyword => keyword.Name).HasMaxLength(Flag.MaxLength);
        builder.Property(keyword => keyword.NormalizedName).HasMaxLength(Flag.MaxLength);
        builder.HasOne<UserEntity>().WithMany().HasForeignKey(keyword => keyword.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
