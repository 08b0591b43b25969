using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class ContentTextConfiguration : IEntityTypeConfiguration<ContentTextEntity>
{
    public void Configure(EntityTypeBuilder<ContentTextEntity> builder)
    {
        builder.ToTable("content_texts");
        builder.HasKey(text => new { text.UserId, text.ContentId });
        builder.Property(text => text.ContentId).ValueGeneratedNever();
        builder.HasOne<ContentEntity>().WithOne().HasForeignKey<ContentTextEntity>(text => new { text.UserId, text.ContentId }).OnDelete(DeleteBehavior.Cascade);
    }
}
