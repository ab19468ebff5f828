using System.Text;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Tests.Protocols.Parts;

public sealed class WordsTests
{
    [Theory]
    [InlineData("220 mail ESMTP ready", "esmtp", true)]
    [InlineData("220 mail EsMtP", "ESMTP", true)]
    [InlineData("ESMT", "ESMTP", false)]
    [InlineData("SSSSSSSMTP", "SMTP", true)]
    [InlineData("\u00e9\u00e9 SMTP \u00e9", "smtp", true)]
    [InlineData("SM\u00e9TP", "smtp", false)]
    [InlineData("", "smtp", false)]
    public void A_phrase_is_found_in_either_case(string line, string phrase, bool expected) =>
        Assert.Equal(expected, Words.Occurs(Encoding.Latin1.GetBytes(line), Encoding.Latin1.GetBytes(phrase)));

    [Theory]
    [InlineData("smtp.example.com SMTP", true)]
    [InlineData("smtp.example.com", false)]
    [InlineData("xSMTP", false)]
    [InlineData("SMTPSMTP (SMTP)", true)]
    public void A_word_is_no_part_of_a_longer_one(string line, bool expected) =>
        Assert.Equal(expected, Words.OccursAsWord(Encoding.Latin1.GetBytes(line), "SMTP"u8));

    [Fact]
    public void Only_the_beginning_of_a_line_is_searched()
    {
        byte[] line = [.. new byte[Words.MaximumSearch - 4], .. "SMTP"u8, .. "FTP"u8];

        Assert.True(Words.Occurs(line, "smtp"u8));
        Assert.False(Words.Occurs(line, "ftp"u8));
    }
}
