using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Cli.Commands;

/// <summary><c>policy check</c> and <c>policy query</c>: what is refused, and with which exit code.</summary>
public sealed class PolicyCommandTests : IDisposable
{
    private static readonly string[] Packet =
        ["--from", "10.0.0.1", "--to", "10.0.0.2", "--protocol", "tcp", "--port", "80"];

    private readonly ScratchDirectory _directory = new();

    [Fact]
    public void A_file_that_is_no_configuration_makes_exit_code_3()
    {
        var path = _directory.Write("poem.txt", "Two roads diverged in a yellow wood,\n");

        foreach (var run in new[] { CommandRun.Of("policy", "check", path), CommandRun.Of("policy", "query", path,
            "--from", "10.0.0.1", "--to", "10.0.0.2", "--protocol", "tcp") })
        {
            Assert.Equal((3, ""), (run.ExitCode, run.Output));
            Assert.StartsWith($"error: {path}: is no configuration of a known firewall", Assert.Single(run.Errors),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_makes_exit_code_3() =>
        Assert.Equal(3, CommandRun.Of("policy", "check", "none.cfg").ExitCode);

    [Theory]
    [InlineData("check", "Required argument 'FILE' missing for command: 'check'.")]
    [InlineData("check --fix", "Unrecognized option '--fix'; write './--fix' for a file of that name.")]
    [InlineData("check a --format poem", "'poem' is no format of configurations; known: ")]
    [InlineData("query a", "Name --from, or a file of packets with --probes.")]
    [InlineData("query a --probes p --port 80", "--probes names the packets; leave out the options of a single one.")]
    [InlineData("query a --from x --to ::1 --protocol tcp", "--from: 'x' is not an address.")]
    [InlineData("query a --from ::1 --to ::1 --protocol 256", "--protocol: '256' is not a protocol; use tcp, udp, ")]
    [InlineData("query a --from ::1 --to ::1 --protocol 6 --port 65536",
        "--port wants a number from 0 to 65535; '65536' is not.")]
    public void Wrong_usage_is_told_and_makes_exit_code_2(string arguments, string expected)
    {
        var run = CommandRun.Of(["policy", .. arguments.Split(' ')]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(run.Errors, line => line.StartsWith($"error: {expected}", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_cannot_take_the_place_of_a_configuration()
    {
        var path = _directory.Write("fw.cfg", "x\n");

        Assert.Equal($"error: {path}: is an input of this run and would be overwritten",
            Assert.Single(CommandRun.Of("policy", "check", path, "--json", path).Errors));
    }

    [Fact]
    public void A_packet_needs_a_file_that_can_be_read() =>
        Assert.Equal(3, CommandRun.Of(["policy", "query", "none.cfg", .. Packet]).ExitCode);

    public void Dispose() => _directory.Dispose();
}
