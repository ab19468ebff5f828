using System.Globalization;
using PortAudit.Reports.Machine;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Reports.Machine;

/// <summary>What the system tells of itself is escaped like what the network tells.</summary>
public sealed class MachineWritingTests
{
    private const string Nasty = "\e]0;owned\a\u202e<b>[red]";
    private const string Visible = "\\u{001B}]0;owned\\u{0007}\\u{202E}<b>[red]";

    private static readonly InterfaceRow Row = new("eth0", Nasty, ["10.0.0.1", "2001:db8::1"],
        [LinkType.Ethernet, new LinkType(143)], "connected", null)
    { IsUp = true, IsRunning = true };
    private static readonly InterfaceRow Closed =
        new(Nasty, "", [], [], "unknown", new MachineProblem("permission-denied", "no right", "get it"));

    [Fact]
    public void A_table_shows_a_row_a_line_and_each_remedy_once()
    {
        var lines = Write(InterfaceFormat.All[0], new InterfaceListing("libpcap",
            [Row, Closed, Closed with { Name = "eth1" }], null)).Split('\n', StringSplitOptions.TrimEntries);

        Assert.Contains(lines, line => line.StartsWith("eth0", StringComparison.Ordinal)
            && line.Contains("up, running, connected", StringComparison.Ordinal)
            && line.Contains("Ethernet ", StringComparison.Ordinal)
            && line.EndsWith(Visible, StringComparison.Ordinal));
        Assert.Contains($"{Visible}, eth1: get it", lines);
        Assert.Equal("3 interfaces", lines[^3]);
    }

    [Fact]
    public void Json_has_no_raw_control_characters()
    {
        var text = Write(InterfaceFormat.All[1], new InterfaceListing("libpcap", [Row, Closed], null));

        Assert.DoesNotContain(text, character => character is '\e' or '\a' or '\u202e');
        Assert.Empty(
            new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema/interfaces.schema.json"))).Check(text));
        Assert.Contains("\\u001B]0;owned\\u0007\\u202E<b>[red]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_none_says_why()
    {
        var text = Write(InterfaceFormat.All[1],
            new InterfaceListing("", [], new MachineProblem("library-missing", "none", "install it")));

        Assert.Empty(
            new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema/interfaces.schema.json"))).Check(text));
        Assert.Contains("\"kind\": \"library-missing\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_remedy_stands_below_its_finding()
    {
        var report = new MachineReport("1.0", "problem", [new MachineFinding("library", "problem", Nasty, "install it"),
            new MachineFinding("clock", "ok", "synchronised", "")]);
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        MachineReportFormat.All[0].Write(report, writer, null);
        var lines = writer.ToString().Split('\n', StringSplitOptions.TrimEntries);
        var finding = Array.FindIndex(lines, line => line.StartsWith("problem", StringComparison.Ordinal));

        Assert.EndsWith(Visible, lines[finding], StringComparison.Ordinal);
        Assert.Equal("-> install it", lines[finding + 1]);
    }

    private static string Write(InterfaceFormat format, InterfaceListing listing)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        format.Write(listing, writer, null);
        return writer.ToString();
    }
}
