using PortAudit.Audit.Policies.Model;
using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;
using PortAudit.Tests.Yaml;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Cli.Input;

/// <summary>Files of packets.</summary>
public sealed class ProbeFileTests : IDisposable
{
    private readonly ScratchDirectory _directory = new();
    private readonly DiagnosticLog _log = new(CommandEnvironment.OfProcess(CancellationToken.None));

    [Fact]
    public void Columns_stand_in_any_order_and_empty_cells_are_not_known()
    {
        var probes = Read("protocol,source,destination,destination_port,state,icmp_type\n"
            + "tcp,10.0.0.1,10.0.0.2,443,established,\n\n1,::1,::2,,,8\n");

        Assert.Equal(
            [
                new PolicyProbe(IpAddress.FromIpv4(0x0a000001), IpAddress.FromIpv4(0x0a000002), IpProtocol.Tcp, null,
                    443) { State = ConnectionStates.Established },
                new PolicyProbe(new IpAddress(0, 1), new IpAddress(0, 2), IpProtocol.Icmp, null, null) { IcmpType = 8 },
            ], probes);
    }

    [Theory]
    [InlineData("10.0.0.1,10.0.0.2,tcp,1,65536")]
    [InlineData("10.0.0.1,10.0.0.2,poem,1,1")]
    [InlineData("10.0.0.1,,tcp,1,1")]
    [InlineData("10.0.0.1,10.0.0.2,tcp,1,1,,sleepy")]
    [InlineData("10.0.0.1,10.0.0.2,icmp,,,256")]
    [InlineData("10.0.0.1")]
    public void A_line_that_is_no_packet_ends_the_reading(string line)
    {
        var probes = Read("source,destination,protocol,source_port,destination_port,icmp_type,state\n"
            + $"10.0.0.1,10.0.0.2,tcp,1,1\n{line}\n10.0.0.1,10.0.0.2,tcp,1,1\n");

        Assert.Equal([true, false], probes.Select(probe => probe is not null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("source,destination\n")]
    [InlineData("source,destination,protocol,colour\n")]
    public void Other_headings_are_refused(string text) =>
        Assert.Null(ProbeFile.TryOpen(_directory.Write("probes.csv", text), _log));

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    private List<PolicyProbe?> Read(string text) =>
        [.. ProbeFile.TryOpen(_directory.Write("probes.csv", text), _log)!.Read(_log)];
}
