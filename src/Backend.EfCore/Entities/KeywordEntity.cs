namespace Backend.EfCore.Entities;

/// <summary>A keyword in the user's dictionary. Numbers never change, entries are never removed.</summary>
sealed class KeywordEntity
{
    public int UserId { get; set; }

    /// <summary>0 and up; the first <see cref="Messages.FlagBits.KeywordBits"/> are bits of <see cref="MessageEntity.Flags"/>.</summary>
    public int KeywordId { get; set; }

    /// <summary>The keyword in the spelling it was first given.</summary>
    public required string Name { get; set; }

    /// <summary>The keyword in capitals: unique for the user.</summary>
    public required string NormalizedName { get; set; }
}
