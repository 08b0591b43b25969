using System.Collections.Frozen;
using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Errors;

/// <summary>What the client is answered for each reason that a backend refuses for: the one table. RFC 5530 §3; RFC 9051 §7.1.</summary>
static class ErrorResponses
{
    static readonly FrozenDictionary<BackendError, ResponseCode?> Codes = new Dictionary<BackendError, ResponseCode?>
    {
        [BackendError.InvalidCredentials] = ResponseCode.AuthenticationFailed,
        [BackendError.NoSuchMailbox] = ResponseCode.NonExistent,
        [BackendError.MailboxAlreadyExists] = ResponseCode.AlreadyExists,
        [BackendError.InvalidMailboxName] = ResponseCode.Cannot,
        [BackendError.NotSelectable] = ResponseCode.NonExistent,
        [BackendError.HasChildren] = ResponseCode.HasChildren,
        [BackendError.Cannot] = ResponseCode.Cannot,
        [BackendError.ReadOnly] = ResponseCode.ReadOnly,
        [BackendError.NoPermission] = ResponseCode.NoPerm,
        [BackendError.InvalidFlag] = ResponseCode.Cannot,
        [BackendError.SpecialUseTaken] = ResponseCode.UseAttr,
        [BackendError.TooBig] = ResponseCode.TooBig,
        [BackendError.Limit] = ResponseCode.Limit,
        [BackendError.OverQuota] = ResponseCode.OverQuota,
        [BackendError.NoSuchQuotaRoot] = ResponseCode.NonExistent,
        [BackendError.TooManyEntries] = new ResponseCode.Text("METADATA", "TOOMANY"),
        [BackendError.NoPrivateMetadata] = new ResponseCode.Text("METADATA", "NOPRIVATE"),
        [BackendError.Expunged] = ResponseCode.ExpungeIssued,
        [BackendError.Suspended] = ResponseCode.ContactAdmin,
        [BackendError.Unavailable] = ResponseCode.Unavailable,
        [BackendError.Corruption] = ResponseCode.Corruption,
    }.ToFrozenDictionary();

    /// <summary>What the tagged response says.</summary>
    /// <param name="exception">Why the backend refused.</param>
    /// <param name="descriptor">The command that was carried out.</param>
    public static Completion For(BackendException exception, CommandDescriptor descriptor)
    {
        // RFC 9051 §9 (seq-number): BAD, not NO.
        if (exception.Error == BackendError.InvalidSequenceNumber)
            return Completion.Bad(exception.Message);
        // RFC 9051 §6.3.12, §6.4.7, §6.4.8: unless it is certain that the destination cannot be made. A \Noselect name can.
        if (descriptor.HasDestination && exception.Error is BackendError.NoSuchMailbox or BackendError.NotSelectable)
            return Completion.No(ResponseCode.TryCreate, exception.Message);
        return Completion.No(Codes.GetValueOrDefault(exception.Error), exception.Message);
    }
}
