
namespace PortAudit.Tests.Reports.Csv;

public sealed class FindingCsvTests
{
    [Fact]
    public void Columns_are_the_scalar_fields_of_findings_in_the_order_of_the_contract() => Assert.Equal(
        "id,kind,severity,from_role,to_role,originators,responders,transport,port,protocol,verdict,rule,flows,bytes,"
            + "first_seen,last_seen,explanation,remedy,filter,frames_not_listed,document,section,lines,capture_points,"
            + "change,ground,direction_basis",
        Lines(ReportText.Of(SampleReport.Run(), "csv"))[0]);

    [Fact]
    public void A_finding_is_a_row_whose_lists_are_parted_by_spaces()
    {
        var rows = Lines(ReportText.Of(SampleReport.Run(), "csv"));

        Assert.Equal(1 + 3, rows.Length);
        Assert.StartsWith(
            "f-0123456789abcdef,required-flow-blocked,high,lync-director,lync-edge-internal,10.0.0.12,172.16.0.5,tcp,"
                + "5061,sip,expected-by-port,lync.edge-internal.sip-in,5,370,2013-05-01T10:00:00.000001Z,",
            rows[1], StringComparison.Ordinal);
        Assert.EndsWith(",0,express-for-lync,Lync Server 2013 - Edge Server / Internal Interface,73 74 "
            + "80,firewall-inside,,,", rows[1], StringComparison.Ordinal);
        Assert.Contains(",10.0.64.1 10.0.64.2 10.0.64.3 ", rows[2], StringComparison.Ordinal);
        Assert.StartsWith("f-00000000000000aa,unused-exception,info,,,,,,,,,,0,0,,,", rows[3],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Several_transports_ports_and_protocols_are_parted_by_spaces_too()
    {
        var run = SampleReport.Run();
        var finding =
            run.Report.Findings[0] with { Transport = "tcp,udp", Ports = "80,443,8000-8009", Protocol = "http,tls" };

        Assert.Contains(",tcp udp,80 443 8000-8009,http tls,",
            ReportText.Of(run with { Report = run.Report with { Findings = [finding] } }, "csv"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_network_said_is_no_formula_and_breaks_no_row()
    {
        var run = SampleReport.Run();
        var finding = run.Report.Findings[0] with { Explanation = "=cmd|' /C calc'!A0\r\n\"x\"", FromRole = "@SUM(1)" };
        var rows = Lines(ReportText.Of(run with { Report = run.Report with { Findings = [finding] } }, "csv"));

        Assert.Equal(2, rows.Length);
        Assert.Contains(",'@SUM(1),", rows[1], StringComparison.Ordinal);
        Assert.Contains(",\"'=cmd|' /C calc'!A0\\u{000D}\\u{000A}\"\"x\"\"\",", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_baseline_each_row_says_what_became_of_it()
    {
        var rows = Lines(ReportText.Of(SampleReport.RunWithBaseline(), "csv"));

        Assert.EndsWith(",changed,behaviour,", rows[1], StringComparison.Ordinal);
        Assert.EndsWith(",new,visibility,", rows[2], StringComparison.Ordinal);
        Assert.EndsWith(",unchanged,,", rows[3], StringComparison.Ordinal);
    }

    private static string[] Lines(string csv) => csv.Split("\r\n")[..^1];
}
