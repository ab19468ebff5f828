using System.Text;
using PortAudit.Traffic.Observers.Names;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Records;

public sealed class NameTextTests
{
    [Theory]
    [InlineData("WS01.Contoso.COM.", "ws01.contoso.com")]
    [InlineData("FS01   ", "fs01")]
    [InlineData("büro", "büro")]
    [InlineData("10.0.0.1", "")]
    [InlineData("fe80::1", "")]
    [InlineData("localhost", "")]
    [InlineData("*.contoso.com", "")]
    [InlineData("a\u001bb", "")]
    [InlineData(" a", "")]
    [InlineData("-", "")]
    [InlineData("", "")]
    public void A_name_has_one_form_and_what_is_none_is_refused(string text, string expected)
    {
        var name = new char[NameText.MaximumLength];

        Assert.Equal(expected, new string(name, 0, NameText.WriteText(text, name)));
        Assert.Equal(expected, new string(name, 0, NameText.WriteUtf8(Encoding.UTF8.GetBytes(text), name)));
        Assert.Equal(expected, new string(name, 0, NameText.WriteUtf16(Encoding.Unicode.GetBytes(text), name)));
    }

    [Fact]
    public void Half_characters_broken_text_and_too_long_names_are_refused()
    {
        var name = new char[NameText.MaximumLength];

        Assert.Equal(0, NameText.WriteUtf16([0x61, 0x00, 0x00, 0xD8], name));
        Assert.Equal(0, NameText.WriteUtf8([0x61, 0xFF], name));
        Assert.Equal(0, NameText.WriteUtf8(new byte[256], name));
        Assert.Equal(0, NameText.WriteText(new string('a', 256), name));
        Assert.Equal(255, NameText.WriteText(new string('a', 255), name));
    }

    [Theory]
    [InlineData("CN=www.example.com,O=Example", "www.example.com")]
    [InlineData("O=Example,CN=fs01", "fs01")]
    [InlineData("CN=Example Root CA", "")]
    [InlineData("O=Example", "")]
    [InlineData("", "")]
    public void A_subject_names_a_host_by_its_common_name(string subject, string host) =>
        Assert.Equal(host, SubjectText.HostOf(subject).ToString());
}
