using Backend.EfCore.Configurations;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Backend.EfCore.Sqlite;

/// <summary>
/// Makes narrow tables WITHOUT ROWID: the row lies in the primary key's index, so there is one tree to look into instead of two.
/// EF Core has no word for it.
/// </summary>
sealed class NarrowTableSqlGenerator(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate: false);
        if (IsNarrow(operation, model))
            builder.Append(" WITHOUT ROWID");
        if (!terminate)
            return;
        builder.AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
        EndStatement(builder);
    }

    static bool IsNarrow(CreateTableOperation operation, IModel? model) =>
        model?.GetRelationalModel().FindTable(operation.Name, operation.Schema) is { } table
        && table.EntityTypeMappings.Any(static mapping => mapping.TypeBase.FindAnnotation(NarrowTable.Annotation)?.Value is true);
}
