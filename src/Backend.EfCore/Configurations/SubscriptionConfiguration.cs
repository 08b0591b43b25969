using Backend.EfCore.Entities;

namespace Backend.EfCore.Configurations;

sealed class SubscriptionConfiguration : IEntityTypeConfiguration<SubscriptionEntity>
{
    public void Configure(EntityTypeBuilder<SubscriptionEntity> builder)
    {
        builder.ToTable("subscriptions");
        builder.IsNarrow();
        builder.HasKey(subscription => new { subscription.UserId, subscription.Name });
        builder.HasOne<UserEntity>().WithMany().HasForeignKey(subscription => subscription.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
