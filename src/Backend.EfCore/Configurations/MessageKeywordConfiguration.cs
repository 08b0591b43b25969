using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class MessageKeywordConfiguration : IEntityTypeConfiguration<MessageKeywordEntity>
{
    public void Configure(EntityTypeBuilder<MessageKeywordEntity> builder)
    {
        builder.ToTable("message_keywords");
        builder.IsNarrow();
        builder.HasKey(keyword => new { keyword.UserId, keyword.MailboxId, keyword.Uid, keyword.KeywordId });
        builder.Property(keyword => keyword.KeywordId).ValueGeneratedNever();
        // Refers to the mailbox and not to the message, whose key changes with a move.
        builder.HasOne<MailboxEntity>().WithMany().HasForeignKey(keyword => new { keyword.UserId, keyword.MailboxId }).OnDelete(DeleteBehavior.Cascade);
    }
}
