using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class MailboxHistoryConfiguration : IEntityTypeConfiguration<MailboxHistoryEntity>
{
    public void Configure(EntityTypeBuilder<MailboxHistoryEntity> builder)
    {
        builder.ToTable("mailbox_history");
        builder.IsNarrow();
        builder.HasKey(history => new { history.UserId, history.Name });
        builder.HasOne<UserEntity>().WithMany().HasForeignKey(history => history.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
