namespace PortAudit.Tests.Audit.Policies.Cisco;

public sealed class CiscoFormatTests
{
    [Theory]
    [InlineData("ASA Version 9.8(2)\nhostname fw\n", "cisco-asa")]
    [InlineData("clear configure access-list asa_in\naccess-list asa_in remark x\n", "cisco-asa")]
    [InlineData("access-list asa_in extended permit ip any any\n", "cisco-asa")]
    [InlineData("access-list outside_in; 3 elements; name hash: 0x1\n", "cisco-asa")]
    [InlineData("access-group a in interface outside\n", "cisco-asa")]
    [InlineData("no ip access-list extended a\nip access-list extended a\n permit ip any any\n", "cisco-ios")]
    [InlineData("access-list 101 permit tcp any any eq 80\n", "cisco-ios")]
    [InlineData("ipv6 access-list six\n permit ipv6 any any\n", "cisco-ios")]
    [InlineData("Extended IP access list 101\n    10 permit ip any any (5 matches)\n", "cisco-ios")]
    [InlineData("version 15.2\nservice timestamps debug datetime msec\n", "cisco-ios")]
    [InlineData("version 17.4R1.16;\ninterfaces {\n}\n", null)]
    [InlineData("*filter\n-A INPUT -j ACCEPT\n", null)]
    [InlineData("config firewall policy\n    edit 1\n", null)]
    [InlineData("hello\n", null)]
    public void A_file_is_told_by_its_content(string text, string? format)
    {
        var found = CiscoSample.FormatOf(text);

        Assert.Equal(format, found is "cisco-asa" or "cisco-ios" ? found : null);
    }

    [Fact]
    public void A_banner_is_no_configuration()
    {
        var policy = CiscoSample.Ios("""
            banner motd ^C
            access-list 101 permit ip any any
            ^C
            access-list 102 permit ip any any
            """);

        Assert.Equal("102", Assert.Single(policy.Lists).Name);
    }
}
