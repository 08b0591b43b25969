namespace MailStore.Commands;

/// <summary>States as people and scripts read them.</summary>
static class AccountStates
{
    /// <summary>One word.</summary>
    public static string Describe(AccountState state) => state switch
    {
        AccountState.Active => "active",
        AccountState.Suspended => "suspended",
        _ => "removing",
    };
}
