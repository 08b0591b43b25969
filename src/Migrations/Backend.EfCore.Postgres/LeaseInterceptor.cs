using System.Data.Common;
using System.Globalization;
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
    const string Beginning = "SELECT set_config('mailstore.";

    const string Name = "lease";

    /// <summary>At first the server knows of nobody, so that one word is enough: the hot path.</summary>
    static readonly Dictionary<LeaseKind, string> First = new()
    {
        [LeaseKind.User] = FirstOf(LeaseKind.User),
        [LeaseKind.Tenant] = FirstOf(LeaseKind.Tenant),
        [LeaseKind.Login] = FirstOf(LeaseKind.Login),
        [LeaseKind.Store] = FirstOf(LeaseKind.Store),
    };

    /// <summary>Later in a transaction the one before has to be forgotten too.</summary>
    static readonly Dictionary<LeaseKind, string> Next = First.ToDictionary(
        static each => each.Key,
        static each => each.Value.Replace(";\n", string.Concat(First.Keys.Where(kind => kind != each.Key).Select(static kind => $", set_config('mailstore.{SettingOf(kind)}', '', true)")) + ";\n", StringComparison.Ordinal));

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (AnnouncementFor(eventData) is { } announcement)
        {
            if (eventData.CommandSource == CommandSource.SaveChanges)
                await TellAloneAsync(command, announcement, cancellationToken);
            else
                Prepend(command, announcement);
        }

        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (AnnouncementFor(eventData) is { } announcement)
            Prepend(command, announcement);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        AnnouncementFor(eventData) is null
            ? ValueTask.FromResult(result)
            : throw new NotSupportedException("A scalar would be the lease's: ask for rows.");

    /// <summary>Passes over what the announcement answers.</summary>
    public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (!command.CommandText.StartsWith(Beginning, StringComparison.Ordinal))
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
    static (string Text, Lease Lease)? AnnouncementFor(CommandEventData eventData)
    {
        if (eventData.Context is not MailStoreContext { Lease: { } lease } context)
            return null;
        if (context.Database.CurrentTransaction is not { } transaction)
            return (First[lease.Kind], lease);
        var (known, told) = context.Told;
        context.Told = (transaction.TransactionId, lease);
        return known != transaction.TransactionId ? (First[lease.Kind], lease)
            : told != lease ? (Next[lease.Kind], lease)
            : null;
    }

    static void Prepend(DbCommand command, (string Text, Lease Lease) announcement)
    {
        command.CommandText = announcement.Text + command.CommandText;
        AddParameter(command, announcement.Lease);
    }

    /// <summary>Before a batch of changes, whose results are counted one by one.</summary>
    static async Task TellAloneAsync(DbCommand command, (string Text, Lease Lease) announcement, CancellationToken cancellationToken)
    {
        if (command.Transaction is null)
            throw new InvalidOperationException("Changes are saved in a transaction.");
        await using var telling = command.Connection!.CreateCommand();
        telling.Transaction = command.Transaction;
        telling.CommandText = announcement.Text;
        AddParameter(telling, announcement.Lease);
        await telling.ExecuteNonQueryAsync(cancellationToken);
    }

    static void AddParameter(DbCommand command, Lease lease) =>
        ((NpgsqlCommand)command).Parameters.Add(new NpgsqlParameter<string>(Name, lease.Kind switch
        {
            LeaseKind.User => lease.UserId.ToString(CultureInfo.InvariantCulture),
            LeaseKind.Tenant => lease.TenantId.ToString(CultureInfo.InvariantCulture),
            LeaseKind.Login => UnstorableText.Replace(lease.Login!),
            _ => "on",
        }));

    static string FirstOf(LeaseKind kind) => $"{Beginning}{SettingOf(kind)}', @{Name}, true);\n";

    static string SettingOf(LeaseKind kind) => kind switch
    {
        LeaseKind.User => "user",
        LeaseKind.Tenant => "tenant",
        LeaseKind.Login => "login",
        _ => "administration",
    };
}
