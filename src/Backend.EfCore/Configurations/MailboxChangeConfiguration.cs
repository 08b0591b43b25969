using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class MailboxChangeConfiguration : IEntityTypeConfiguration<MailboxChangeEntity>
{
    public void Configure(EntityTypeBuilder<MailboxChangeEntity> builder)
    {
        builder.ToTable("mailbox_changes");
        builder.IsNarrow();
        builder.HasKey(change => new { change.UserId, change.MailboxId, change.ModSeq, change.Kind });
        builder.Property(change => change.ModSeq).ValueGeneratedNever();
        builder.Property(change => change.Kind).ValueGeneratedNever();
        builder.HasOne<MailboxEntity>().WithMany().HasForeignKey(change => new { change.UserId, change.MailboxId }).OnDelete(DeleteBehavior.Cascade);
    }
}
