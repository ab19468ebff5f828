using System.Text;
using PortAudit.Reports.Flows.CommunityIds;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Reports.CommunityIds;

/// <summary>Vectors of the specification's own baseline (community-id-spec, seed 0).</summary>
public sealed class CommunityIdTests
{
    [Theory]
    [InlineData("tcp", "128.232.110.120", 34855, "66.35.250.204", 80, "1:LQU9qZlK+B5F3KDmev6m5PMibrg=")]
    [InlineData("tcp", "66.35.250.204", 80, "128.232.110.120", 34855, "1:LQU9qZlK+B5F3KDmev6m5PMibrg=")]
    [InlineData("udp", "192.168.1.52", 54585, "8.8.8.8", 53, "1:d/FP5EW3wiY1vCndhwleRRKHowQ=")]
    [InlineData("icmp", "192.168.0.89", 8, "192.168.0.1", 0, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk=")]
    public void The_published_vectors_come_out(string transport, string from, ushort fromPort, string to, ushort toPort,
        string expected)
    {
        Assert.True(IpProtocol.TryParse(transport, out var protocol));
        Assert.True(IpAddress.TryParse(from, out var source));
        Assert.True(IpAddress.TryParse(to, out var destination));

        Assert.Equal(expected, Of(SampleFlows.Tls
            with
        { Transport = protocol, Originator = new(source, fromPort), Responder = new(destination, toPort) }));
    }

    private static string Of(FlowRecord flow)
    {
        var batch = new FlowBatch();
        batch.Add(SampleFlows.Tls);
        batch.Add(flow);
        return Encoding.ASCII.GetString(batch.CommunityIdOf(1));
    }
}
