using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class ContentChunkConfiguration : IEntityTypeConfiguration<ContentChunkEntity>
{
    public void Configure(EntityTypeBuilder<ContentChunkEntity> builder)
    {
        builder.ToTable("content_chunks");
        builder.HasKey(chunk => new { chunk.UserId, chunk.ContentId, chunk.Chunk });
        builder.Property(chunk => chunk.Chunk).ValueGeneratedNever();
        builder.HasOne<ContentEntity>().WithMany().HasForeignKey(chunk => new { chunk.UserId, chunk.ContentId }).OnDelete(DeleteBehavior.Cascade);
    }
}
