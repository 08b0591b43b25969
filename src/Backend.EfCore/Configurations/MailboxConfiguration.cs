using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class MailboxConfiguration : IEntityTypeConfiguration<MailboxEntity>
{
    public void Configure(EntityTypeBuilder<MailboxEntity> builder)
    {
        builder.ToTable("mailboxes");
        builder.IsNarrow();
        builder.HasKey(mailbox => new { mailbox.UserId, mailbox.MailboxId });
        builder.HasIndex(mailbox => new { mailbox.UserId, mailbox.Name }).IsUnique();
        builder.Property(mailbox => mailbox.MailboxId).ValueGeneratedNever();
        builder.HasOne<UserEntity>().WithMany().HasForeignKey(mailbox => mailbox.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
