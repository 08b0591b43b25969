namespace Backend.Specification.Tests.Messages;

/// <summary>Messages that are none, or hardly, and must be taken all the same.</summary>
public static class OddMessages
{
    /// <summary>The octets of each, written as Latin-1.</summary>
    public static TheoryData<string> AsLatin1 =>
    [
        "",
        "\0",
        "\r\n",
        "\n",
        "\r",
        "x",
        "Subject: no end of line",
        "Subject: a\r\n\r\n",
        "Subject: bare LF\n\nBody\nin\nbare LF\n",
        "Subject: bare CR\r\rBody\rin bare CR\r",
        "Subject: mixed\r\n\nBody\r\nand\nso\ron\n\r",
        "Subject: NUL\0 within\r\n\r\nBody\0with\0NUL\0\r\n",
        "Subject: 8-bit \u00e9\u00fc\u00df\r\n\r\n\u0080\u0081\u00fe\u00ff\r\n",
        "From someone Thu Feb 29 12:34:56 2024\r\nSubject: mbox\r\n\r\n>From here\r\n.\r\n..\r\n",
        "no colon here\r\n\r\nbody",
        ": empty name\r\n\r\nbody",
        " starts folded\r\nSubject: x\r\n\r\n",
        "Content-Type: multipart/mixed\r\n\r\nno boundary\r\n",
        "Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n\r\n----\r\n",
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n--x\r\n--x--\r\n--x--\r\n",
        "Content-Type: message/rfc822\r\n\r\n",
        "Content-Type: text/plain; charset=nonsense\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!! not base64 =\r\n",
        "Date: not a date\r\nFrom: <<>>,;:@\r\nTo: undisclosed recipients:\r\nSubject: =?utf-8?q?=FF=FE?= =?x?y?z\r\n\r\n",
        "\u00ef\u00bb\u00bfSubject: byte order mark\r\n\r\n",
        "Trailing space: \r\n\r\n  \t \r\n \r\n\r\n\r\n",
    ];
}
