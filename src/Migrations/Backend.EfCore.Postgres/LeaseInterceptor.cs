using System.Data.Common;
using Backend.EfCore.Tenancy;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Backend.EfCore.Postgres;

/// <summary>
/// Tells the server for whom a statement is, so that row-level security lets through that one's rows and no others. What is told holds to the
/// end of the transaction and is never left on a connection: outside of one it goes with every statement, in front of it and in the same message
/// to the server; in one with the first statement, and with the first after the lease has changed.
/// </summary>
sealed class LeaseInterceptor : DbCommandInterceptor
{
    const string Announcement = """
        SELECT set_config('mailstore.user', @lease_user, true), set_config('mailstore.tenant', @lease_tenant, true), set_config('mailstore.login', @lease_login, true), set_config('mailstore.administration', @lease_administration, true);

        """;

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (LeaseToTell(eventData) is { } lease)
        {
            if (eventData.CommandSource == CommandSource.SaveChanges)
                await TellAloneAsync(command, lease, cancellationToken);
            else
                Prepend(command, lease);
        }

        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (LeaseToTell(eventData) is { } lease)
            Prepend(command, lease);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        LeaseToTell(eventData) is null
            ? ValueTask.FromResult(result)
            : throw new NotSupportedException("A scalar would be the lease's: ask for rows.");

    /// <summary>Passes over what the announcement answers.</summary>
    public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (!command.CommandText.StartsWith(Announcement, StringComparison.Ordinal))
            return result;
        try
        {
            await result.NextResultAsync(cancellationToken);
            return result;
        }
        catch
        {
            await result.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the server does not know yet; null when it does, or when nobody has leased the context and it is to see nothing.</summary>
    static Lease? LeaseToTell(CommandEventData eventData)
    {
        if (eventData.Context is not MailStoreContext { Lease: { } lease } context)
            return null;
        if (context.Database.CurrentTransaction is not { } transaction)
            return lease;
        if (context.Told == (transaction.TransactionId, lease))
            return null;
        context.Told = (transaction.TransactionId, lease);
        return lease;
    }

    static void Prepend(DbCommand command, Lease lease)
    {
        command.CommandText = Announcement + command.CommandText;
        AddParameters(command, lease);
    }

    /// <summary>Before a batch of changes, whose results are counted one by one.</summary>
    static async Task TellAloneAsync(DbCommand command, Lease lease, CancellationToken cancellationToken)
    {
        if (command.Transaction is null)
            throw new InvalidOperationException("Changes are saved in a transaction.");
        await using var telling = command.Connection!.CreateCommand();
        telling.Transaction = command.Transaction;
        telling.CommandText = Announcement;
        AddParameters(telling, lease);
        await telling.ExecuteNonQueryAsync(cancellationToken);
    }

    static void AddParameters(DbCommand command, Lease lease)
    {
        var parameters = ((NpgsqlCommand)command).Parameters;
        parameters.Add(new NpgsqlParameter<string>("lease_user", Text(lease.UserId)));
        parameters.Add(new NpgsqlParameter<string>("lease_tenant", Text(lease.TenantId)));
        parameters.Add(new NpgsqlParameter<string>("lease_login", UnstorableText.Replace(lease.Login ?? "")));
        parameters.Add(new NpgsqlParameter<string>("lease_administration", lease.Kind == LeaseKind.Store ? "on" : ""));
    }

    static string Text(int id) => id == 0 ? "" : id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
