using System.Text;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Policies.Windows;
using static PortAudit.Tests.Audit.Policies.Windows.WindowsSample;

namespace PortAudit.Tests.Audit.Policies.Windows;

public sealed class WindowsCsvTests
{
    private static readonly string[] Columns =
    [
        "Name", "DisplayName", "Enabled", "Profile", "Direction", "Action", "LocalAddress", "RemoteAddress", "Protocol",
        "LocalPort", "RemotePort", "IcmpType", "Program", "Service", "InterfaceType", "InterfaceAlias",
        "Authentication", "Encryption", "LocalUser", "RemoteUser", "RemoteMachine", "Description",
    ];

    private const string Listing = "Name,Group,Protocol,Port,IcmpType,Program,Service,RemoteAddress,Description\n";

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void Columns_in_any_order_with_any_separator(char separator)
    {
        var policy = Read(Table(separator, Columns.Reverse(), Row("Allow", "443"), Row("Block", "80")));

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(443)));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(80)));
        Assert.Equal(new PolicyLineCounts(3, 2, 0, 1), policy.Lines);
    }

    [Fact]
    public void UTF16_and_the_type_line_of_Export_Csv()
    {
        var text = "#TYPE Selected.Microsoft.Management.Infrastructure.CimInstance\r\n"
            + Table(',', Columns, Row("Allow", "443")).Replace("\n", "\r\n", StringComparison.Ordinal);
        var policy = Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)]);

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(443)));
    }

    [Fact]
    public void A_quoted_cell_holds_separators_quotes_and_line_ends()
    {
        var row = Row("Allow", "443");
        row["Description"] = "one, \"\"two\"\"\nthree";
        var policy = Read(Table(',', Columns, row, Row("Block", "80")));

        Assert.Equal("one, \"two\"\\u000athree", Rules(policy)[0].Comment);
        Assert.Equal([2, 4], Rules(policy).Select(rule => rule.Line.Line));
    }

    [Fact]
    public void A_list_that_was_not_joined_is_open()
    {
        var row = Row("Allow", "System.String[]");
        var policy = Read(Table(',', Columns, row));

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(443)));
        Assert.Contains("System.String[]", Assert.Single(policy.NotEvaluable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_a_column_that_narrows_says_too_little()
    {
        var policy = Read(Table(',', Columns.Where(name => name != "RemoteAddress"), Row("Allow", "443")));

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(443)));
        Assert.Equal("the file does not state RemoteAddress", Assert.Single(policy.NotEvaluable).Reason);
    }

    [Fact]
    public void A_list_of_needed_rules_allows_inbound()
    {
        var policy = Read(Listing + """
            Web,HTTP,TCP,80,,,,Any,everything
            Ping,Core,ICMPv4,,8,,,10.1.0.0/24,echo
            """);

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(80)));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(81)));
        Assert.Empty(Rules(policy, "outbound"));
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void An_RPC_rule_of_a_list_shows_program_and_clients()
    {
        const string Row = @"DC (RPC),AD,TCP,RPC,,%systemroot%\System32\lsass.exe,,Client,Inbound rule";
        var policy = Read(Listing + Row + "\n");
        var known = Read(Listing + Row + "\n", Known("Client", "10.1.0.0"));

        var rule = Assert.Single(Rules(policy));
        Assert.Equal([ConditionKind.RpcPort, ConditionKind.Program],
            rule.Conditions.Select(condition => condition.Kind));
        Assert.Equal(@"program %systemroot%\System32\lsass.exe", rule.Conditions[1].Text);
        Assert.Equal("Client", rule.Source.OpenNames);
        Assert.Equal("the file does not say which addresses 'Client' are", Assert.Single(policy.NotEvaluable).Reason);
        Assert.Equal("10.1.0.0/24", AddressSet.Text(Assert.Single(Rules(known)).Source.Set));
        Assert.Empty(known.NotEvaluable);
    }

    [Fact]
    public void A_listing_with_a_direction_puts_the_port_on_the_far_side()
    {
        var policy = Read("Direction,Name,Group,Protocol,Port,Program,Service,Remote Address,Notes\n"
            + "Outbound,Mail,x,TCP,25,,,Any,\n");

        var service = Assert.Single(Assert.Single(Rules(policy, "outbound")).Services);
        Assert.Equal("25", service.DestinationPorts.ToString());
    }

    [Fact]
    public void A_header_alone_is_an_empty_list()
    {
        var policy = Read("Direction,Name,Group,Protocol,Port,Program,Service,Remote Address,Notes\n");

        Assert.Empty(Rules(policy));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(80)));
    }

    [Fact]
    public void The_list_of_the_console_has_no_direction()
    {
        var policy = Read(
            "Name\tGroup\tProfile\tEnabled\tAction\tOverride\tProgram\tLocal Address\tRemote Address\tProtocol\t"
            + "Local Port\tRemote Port\tAuthorized Users\tAuthorized Computers\n"
            + "Web\t\tAll\tYes\tAllow\tNo\tAny\tAny\tAny\tTCP\t80\tAny\tAny\tAny\n");

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(80)));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(81)));
        Assert.Contains("unknown direction", Assert.Single(policy.NotEvaluable).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short,row")]
    [InlineData("a,b,TCP,80,,,,Any,text,and,more")]
    public void A_row_with_other_cells_than_the_header_leaves_verdicts_open(string row)
    {
        var policy = Read(Listing + row + "\nWeb,HTTP,TCP,80,,,,Any,x\n");

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(22)));
        Assert.Contains("cells under 9 columns", policy.NotEvaluable[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_is_not_closed_costs_its_line_only()
    {
        var rows = string.Join('\n', Enumerable.Repeat("Web,HTTP,TCP,80,,,,Any,x", 100));
        var policy = Read(Listing + "\"Bad,HTTP,TCP,80,,,,Any,x\n" + rows);

        Assert.Equal(100, Rules(policy).Count(rule => rule.Name.StartsWith("Web", StringComparison.Ordinal)));
        Assert.Equal("a quote that is not closed", Assert.Single(policy.NotEvaluable).Reason);
    }

    [Fact]
    public void A_line_of_a_megabyte_is_not_read()
    {
        var policy = Read(Listing + new string('x', 1 << 20) + "\nWeb,HTTP,TCP,80,,,,Any,x\n");

        Assert.Equal("longer than 65536 characters", Assert.Single(policy.NotEvaluable).Reason);
        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(22)));
    }

    [Fact]
    public void Every_prefix_is_read_without_an_exception()
    {
        var row = Row("Allow", "443");
        row["Description"] = "a\nb";
        var whole = Table(',', Columns, row);
        for (var length = 0; length < whole.Length; length++)
            Assert.NotEmpty(WindowsCsv.Read(
                ConfigurationText.Of("x", Encoding.UTF8.GetBytes(whole[..length]))).Lists);
    }

    [Fact]
    public void Fifty_thousand_rows_are_read() => Assert.Equal(50_000,
        Read(Listing + string.Concat(Enumerable.Repeat("Web,HTTP,TCP,80,,,,Any,x\n", 50_000))).Lines.Understood);

    private static Dictionary<string, string> Row(string action, string port) => new(StringComparer.Ordinal)
    {
        ["DisplayName"] = $"{action} {port}",
        ["Enabled"] = "True",
        ["Direction"] = "Inbound",
        ["Action"] = action,
        ["Protocol"] = "TCP",
        ["LocalPort"] = port,
        ["Description"] = "",
        ["Authentication"] = "NotRequired",
        ["Encryption"] = "NotRequired",
    };

    private static string Table(char separator, IEnumerable<string> columns, params Dictionary<string, string>[] rows)
    {
        var names = columns.ToList();
        var lines = rows.Select(row => string.Join(separator, names.Select(name =>
            row.TryGetValue(name, out var value) ? $"\"{value}\"" : "Any")));
        return string.Join('\n', [string.Join(separator, names), .. lines]) + "\n";
    }
}
