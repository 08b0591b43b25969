using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class ContentSortConfiguration : IEntityTypeConfiguration<ContentSortEntity>
{
    public void Configure(EntityTypeBuilder<ContentSortEntity> builder)
    {
        builder.ToTable("content_sorts");
        builder.IsNarrow();
        builder.HasKey(sort => new { sort.UserId, sort.ContentId });
        builder.Property(sort => sort.ContentId).ValueGeneratedNever();
        builder.HasOne<ContentEntity>().WithOne().HasForeignKey<ContentSortEntity>(sort => new { sort.UserId, sort.ContentId }).OnDelete(DeleteBehavior.Cascade);
    }
}
