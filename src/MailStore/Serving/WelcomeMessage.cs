using System.Globalization;
using System.Text;

namespace MailStore.Serving;

/// <summary>The message that is in the INBOX of a new store's first user.</summary>
static class WelcomeMessage
{
    /// <summary>The message, as RFC 5322 wants it.</summary>
    public static byte[] Create(string username, DateTimeOffset date)
    {
        var text = $"""
            From: mailstore <mailstore@mailstore.invalid>
            To: {username} <{username}@mailstore.invalid>
            Subject: Welcome to your mail store
            Date: {date.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture)}
            Message-ID: <{Guid.CreateVersion7(date):N}@mailstore.invalid>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=us-ascii

            This message shows that your mail program can read from the store.

            What next?

              Bring your mail here:    mailstore import {username} PATH... --mailbox NAME
              Take it away again:      mailstore export {username} PATH
              Choose a password:       mailstore user passwd {username}
              Add another user:        mailstore user add NAME

            PATH can be an mbox (also as .mbox.gz), a Maildir, an .eml file or a folder
            with any of these. "mailstore --help" tells more.

            """;
        return Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n"));
    }
}
