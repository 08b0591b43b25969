namespace Imap.Specification.Tests;

/// <summary>Somebody who can log in.</summary>
/// <param name="Username">The user name: letters and digits.</param>
/// <param name="Password">The password: letters and digits.</param>
public sealed record ImapAccount(string Username, string Password);
