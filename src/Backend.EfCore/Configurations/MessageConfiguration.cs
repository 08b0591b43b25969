using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

/// <summary>No index on flags or modseq: either would make every change of flags several times slower. The change log finds changes.</summary>
sealed class MessageConfiguration : IEntityTypeConfiguration<MessageEntity>
{
    public void Configure(EntityTypeBuilder<MessageEntity> builder)
    {
        builder.ToTable("messages");
        builder.IsNarrow();
        builder.HasKey(message => new { message.UserId, message.MailboxId, message.Uid });
        builder.HasIndex(message => new { message.UserId, message.ContentId });
        builder.Property(message => message.Uid).ValueGeneratedNever();
        builder.HasOne<MailboxEntity>().WithMany().HasForeignKey(message => new { message.UserId, message.MailboxId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<ContentEntity>().WithMany().HasForeignKey(message => new { message.UserId, message.ContentId }).OnDelete(DeleteBehavior.NoAction);
    }
}
