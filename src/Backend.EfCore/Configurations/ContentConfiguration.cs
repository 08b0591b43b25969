using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class ContentConfiguration : IEntityTypeConfiguration<ContentEntity>
{
    public void Configure(EntityTypeBuilder<ContentEntity> builder)
    {
        builder.ToTable("contents");
        builder.HasKey(content => new { content.UserId, content.ContentId });
        builder.Property(content => content.ContentId).ValueGeneratedNever();
        builder.HasIndex(content => content.UserId, "IX_contents_cut").HasFilter("NOT is_text_complete");
        builder.HasOne<UserEntity>().WithMany().HasForeignKey(content => content.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
