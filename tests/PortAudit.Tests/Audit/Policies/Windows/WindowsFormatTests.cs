using System.Text;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Windows;

namespace PortAudit.Tests.Audit.Policies.Windows;

public sealed class WindowsFormatTests
{
    public static TheoryData<string, string> Samples => new()
    {
        { WindowsJson.Format, "[" + WindowsSample.Rule() + "]" },
        { WindowsJson.Format, WindowsSample.Profile("Domain") },
        { WindowsCsv.Format, "Name,Group,Protocol,Port,IcmpType,Program,Service,RemoteAddress,Description\n" },
        { NetshScript.Format, "@echo off\nnetsh advfirewall firewall add rule name=a dir=in action=allow\n" },
        { PowerShellScript.Format, "# rules\nNew-NetFirewallRule -DisplayName a -Direction Inbound\n" },
        { NetshText.Format, File.ReadAllText(NetshTextTests.PathOf("netsh-de.txt")) },
        { NetshText.Format, File.ReadAllText(NetshTextTests.PathOf("netsh-fr.txt")) },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Each_format_is_recognised_and_by_no_other_row(string format, string content)
    {
        var text = ConfigurationText.Of("x", Encoding.UTF8.GetBytes(content));

        Assert.Equal([format], PolicyFormat.All.Where(row => row.Recognises(text)).Select(row => row.Name));
    }

    [Theory]
    [InlineData("""{ "nftables": [ { "rule": { "expr": [] } } ] }""")]
    [InlineData("hostname fw\naccess-list outside_in extended permit tcp any any eq 443\n")]
    [InlineData("a,b,c\n1,2,3\n")]
    [InlineData("Name: x\n-----\nfoo: bar\n")]
    [InlineData("[]")]
    public void Other_files_are_not_claimed(string content)
    {
        var text = ConfigurationText.Of("x", Encoding.UTF8.GetBytes(content));

        Assert.DoesNotContain(PolicyFormat.All, row => row.Name.StartsWith("windows", StringComparison.Ordinal)
            && row.Recognises(text));
    }
}
