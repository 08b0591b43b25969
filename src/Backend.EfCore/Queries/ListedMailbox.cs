namespace Backend.EfCore.Queries;

/// <summary>What LIST tells of a mailbox or \Noselect name.</summary>
readonly record struct ListedMailbox(string Name, bool Selectable, SpecialUse SpecialUse, MailboxRights Rights);
