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
        // Of few contents. It has all that is asked, so the wide row is not read.
        builder.HasIndex(content => new { content.UserId, content.ContentId, content.Origin }, "IX_contents_origin").HasFilter("origin IS NOT NULL");
        builder.HasOne<UserEntity>().WithMany().HasForeignKey(content => content.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
