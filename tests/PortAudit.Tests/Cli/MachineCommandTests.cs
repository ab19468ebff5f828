using System.Text.Json.Nodes;
using PortAudit.Tests.Live;
using PortAudit.Tests.Reports;

namespace PortAudit.Tests.Cli;

/// <summary><c>interfaces</c> and <c>doctor</c>, on a machine that the tests make and on the one they run on.</summary>
public sealed class MachineCommandTests
{
    [Theory]
    [InlineData("interfaces", "interfaces.schema.json")]
    [InlineData("doctor", "doctor.schema.json")]
    public void Json_meets_its_schema_whatever_the_machine(string command, string schema)
    {
        var run = CommandRun.Of(command, "--format", "json");

        Assert.True(run.ExitCode is 0 or 4, run.Error);
        Assert.Empty(new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema", schema))).Check(run.Output));
    }

    [NeedsFact(Part.Live)]
    public void Interfaces_are_listed_with_what_keeps_them_from_being_captured()
    {
        using var link = new VethPair(links: 2);
        NetworkNamespace.Ip("-n", link.Near.Name, "link", "set", "in1", "down");
        var table = link.Near.In(() => CommandRun.Of("interfaces"));
        var rows = JsonNode.Parse(link.Near.In(() => CommandRun.Of("interfaces", "--format",
            "json")).Output)!["interfaces"]!.AsArray().ToDictionary(row => (string)row!["name"]!, row => row!);

        Assert.Equal((0, ""), (table.ExitCode, table.Error));
        var lines = table.Output.Split('\n');
        Assert.Contains(lines, line => line.Contains("in0", StringComparison.Ordinal)
            && line.Contains("up, running", StringComparison.Ordinal) && line.Contains("yes", StringComparison.Ordinal)
            && line.Contains("10.99.0.1", StringComparison.Ordinal));
        Assert.Contains("in1: sudo ip link set dev in1 up", lines);
        Assert.True((bool)rows["in0"]["can_capture"]!);
        Assert.Equal("device-down", (string)rows["in1"]["problem"]!["kind"]!);
        Assert.Equal("Ethernet", (string)rows["in0"]["link_types"]![0]!["name"]!);
    }

    [NeedsFact(Part.Live)]
    public void Where_nothing_can_be_captured_the_exit_code_is_4()
    {
        using var link = new VethPair();
        var (interfaces, doctor) = link.Near.In(() =>
        {
            ThreadCapabilities.GiveUp();
            return (CommandRun.Of("interfaces"), CommandRun.Of("doctor", "--format", "json"));
        });
        var check =
            JsonNode.Parse(doctor.Output)!["checks"]!.AsArray().Single(node => (string)node!["name"]! == "interfaces")!;

        Assert.Equal((4, "error: no interface can be captured; 'portaudit doctor' says why"),
            (interfaces.ExitCode, Assert.Single(interfaces.Errors)));
        Assert.Contains("no: this process has no right to capture", interfaces.Output, StringComparison.Ordinal);
        Assert.Equal((4, "problem"), (doctor.ExitCode, (string)check["state"]!));
        Assert.Contains("sudo", (string)check["remedy"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_names_every_check_once_and_in_order()
    {
        var checks = JsonNode.Parse(CommandRun.Of("doctor", "--format", "json").Output)!["checks"]!.AsArray()
            .Select(check => (string)check!["name"]!);

        Assert.Equal(["library", "rights", "program", "interfaces", "offloads", "clock", "disk", "runtime",
            "system"], checks);
    }

    [Fact]
    public void A_directory_that_does_not_exist_is_told()
    {
        var lines = CommandRun.Of("doctor", "--directory", "/no/such/directory").Output.Split('\n');

        Assert.Contains(lines, line => line.TrimStart().StartsWith("warning", StringComparison.Ordinal)
            && line.Contains("how much is free in /no/such/directory is not known", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("interfaces --format csv")]
    [InlineData("doctor --format csv")]
    [InlineData("interfaces eth0")]
    public void Wrong_usage_is_refused(string arguments) =>
        Assert.Equal(2, CommandRun.Of(arguments.Split(' ')).ExitCode);
}
