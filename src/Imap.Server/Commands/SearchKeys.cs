using Imap.Server.Session;

namespace Imap.Server.Commands;

/// <summary>Looks into search keys, which the parser has seen to are not nested too deeply.</summary>
static class SearchKeys
{
    /// <summary>
    /// The key as a backend is asked it. Sequence numbers are this session's own, and so is what <c>*</c> stands for: there are only UIDs in it.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidSequenceNumber"/>.</exception>
    public static SearchKey ByUid(SearchKey key, MailboxView view) => key switch
    {
        SearchKey.Sequence sequence => new SearchKey.Uids(view.ToUids(sequence.Set)),
        SearchKey.Uids uids => new SearchKey.Uids(view.ToUids(uids.Set)),
        SearchKey.Not not => new SearchKey.Not(ByUid(not.Key, view)),
        SearchKey.Or or => new SearchKey.Or(ByUid(or.Left, view), ByUid(or.Right, view)),
        SearchKey.And and => new SearchKey.And([.. and.Keys.Select(inner => ByUid(inner, view))]),
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
