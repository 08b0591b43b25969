namespace Backend.EfCore.Configurations;

/// <summary>Marks tables of short rows that are read by key, for dialects that can keep the row in the index (SQLite's WITHOUT ROWID).</summary>
static class NarrowTable
{
    public const string Annotation = "MailStore:Narrow";

    public static void IsNarrow<TEntity>(this EntityTypeBuilder<TEntity> builder)
        where TEntity : class => builder.HasAnnotation(Annotation, true);
}
