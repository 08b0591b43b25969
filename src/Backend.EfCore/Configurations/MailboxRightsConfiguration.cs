using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class MailboxRightsConfiguration : IEntityTypeConfiguration<MailboxRightsEntity>
{
    public void Configure(EntityTypeBuilder<MailboxRightsEntity> builder)
    {
        builder.ToTable("mailbox_rights");
        builder.IsNarrow();
        builder.HasKey(rights => new { rights.UserId, rights.MailboxId, rights.Identifier });
        builder.HasIndex(rights => new { rights.TenantId, rights.GranteeId });
        builder.HasIndex(rights => rights.GranteeId);
        builder.HasOne<MailboxEntity>().WithMany().HasForeignKey(rights => new { rights.UserId, rights.MailboxId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<UserEntity>().WithMany().HasForeignKey(rights => rights.GranteeId).OnDelete(DeleteBehavior.Cascade);
    }
}
