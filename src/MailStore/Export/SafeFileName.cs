using System.Text;

namespace MailStore.Export;

/// <summary>
/// A level of a mailbox's name as the name of a file: what a file system could take for something else is written as <c>%</c> and the
/// hexadecimal octets, so that no mailbox name leads out of the folder.
/// </summary>
static class SafeFileName
{
    const string Reserved = "%/\\:*?\"<>|";

    /// <summary>The name of the file, without an extension.</summary>
    public static string Of(string level)
    {
        var name = new StringBuilder();
        for (var i = 0; i < level.Length; i++)
        {
            var c = level[i];
            if (char.IsControl(c) || Reserved.Contains(c, StringComparison.Ordinal) || (c == '.' && i == 0))
                foreach (var octet in Encoding.UTF8.GetBytes(level, i, 1))
                    name.Append('%').Append(octet.ToString("X2", null));
            else
                name.Append(c);
        }

        return name.ToString();
    }
}
