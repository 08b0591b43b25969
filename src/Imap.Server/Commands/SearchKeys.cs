using Imap.Server.Session;

namespace Imap.Server.Commands;

/// <summary>Looks into search keys, which the parser has seen to are not nested too deeply.</summary>
static class SearchKeys
{
    /// <summary>
    /// The key as a backend is asked it. Sequence numbers are this session's own, and so is what <c>*</c> stands for: there are only UIDs in it.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="view">The messages that it can name.</param>
    /// <param name="isLenient">Whether sequence numbers that are too high name nothing, and are no mistake. RFC 7377 §2.</param>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidSequenceNumber"/>.</exception>
    public static SearchKey ByUid(SearchKey key, MailboxView view, bool isLenient = false) => key switch
    {
        SearchKey.Sequence sequence => new SearchKey.Uids(isLenient ? view.ToUidsOfPresent(sequence.Set) : view.ToUids(sequence.Set)),
        SearchKey.Uids uids => new SearchKey.Uids(view.ToUids(uids.Set)),
        SearchKey.Not not => new SearchKey.Not(ByUid(not.Key, view, isLenient)),
        SearchKey.Or or => new SearchKey.Or(ByUid(or.Left, view, isLenient), ByUid(or.Right, view, isLenient)),
        SearchKey.And and => new SearchKey.And([.. and.Keys.Select(inner => ByUid(inner, view, isLenient))]),
        _ => key,
    };

    /// <summary>Whether a key or one inside it is such.</summary>
    public static bool Has(SearchKey key, Func<SearchKey, bool> isSuch) => isSuch(key) || key switch
    {
        SearchKey.Not not => Has(not.Key, isSuch),
        SearchKey.Or or => Has(or.Left, isSuch) || Has(or.Right, isSuch),
        SearchKey.And and => and.Keys.Any(inner => Has(inner, isSuch)),
        _ => false,
    };
}
