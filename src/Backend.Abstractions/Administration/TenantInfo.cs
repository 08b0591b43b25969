namespace Backend.Abstractions.Administration;

/// <summary>What an administrator sees of a tenant.</summary>
/// <param name="Name">Its name, in lower case.</param>
/// <param name="Domains">The mail domains that it owns, in lower case and in their order.</param>
/// <param name="State">Whether its users may log in.</param>
/// <param name="MaxUsers">How many users it may have; null for no limit.</param>
/// <param name="Users">How many users it has.</param>
/// <param name="Messages">How many messages these have together.</param>
/// <param name="Size">Their octets.</param>
public sealed record TenantInfo(string Name, ImmutableArray<string> Domains, AccountState State, int? MaxUsers, long Users, long Messages, long Size);
