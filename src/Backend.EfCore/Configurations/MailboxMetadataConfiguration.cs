using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class MailboxMetadataConfiguration : IEntityTypeConfiguration<MailboxMetadataEntity>
{
    public void Configure(EntityTypeBuilder<MailboxMetadataEntity> builder)
    {
        builder.ToTable("mailbox_metadata");
        builder.HasKey(metadata => new { metadata.UserId, metadata.MailboxId, metadata.Entry });
        builder.Property(metadata => metadata.Entry).HasMaxLength(MetadataEntry.MaxNameLength);
        builder.HasOne<UserEntity>().WithMany().HasForeignKey(metadata => metadata.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
