namespace Backend.Specification.Tests.Models;

/// <summary>A few messages that differ in what searches and fetches look at.</summary>
static class ModelMail
{
    static readonly byte[][] Mails =
    [
        Mail.Of("Apple pears"),
        Mail.With("Subject: Quince figs\r\nDate: 27 Feb 2024 23:59:59 -1100\r\nX-Fruit: a pear", "plum plum"),
        Mail.With("Subject: =?utf-8?q?=C3=84pple?=\r\nFrom: =?iso-8859-1?q?J=F6rg?= <joerg@example.org>\r\nDate: never\r\nContent-Transfer-Encoding: base64", "cGx1bSBjaGVycnk="),
        Mail.With(
            "Subject: Parts\r\nContent-Type: multipart/mixed; boundary=b",
            "--b\r\n\r\napple\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner plum\r\n\r\ninner pear\r\n--b\r\nContent-Type: text/html\r\n\r\n<b>cherry</b>\r\n--b--"),
        Mail.Text("no header at all"),
        [],
        Mail.OfSize(3000),
        Mail.OfSize(300_000),
    ];

    public static int Count => Mails.Length;

    public static byte[] Octets(int mail) => Mails[mail];
}
