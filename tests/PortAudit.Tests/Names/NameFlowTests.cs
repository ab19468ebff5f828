using PortAudit.Tests.Flows;
using PortAudit.Tests.Protocols.Dns;
using PortAudit.Traffic.Observers.Names;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Names;

/// <summary>Names in whole flows: what is read of a flow once its protocol is known, and when that ends.</summary>
public sealed class NameFlowTests
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";
    private static readonly byte[] Query =
        PortAudit.Tests.Wire.Hex.Bytes("96950100000100000000000003617263036d736e03636f6d0000010001");
    private static readonly byte[] Answer = NameVectors.Find("dns: alias").FromResponder;

    [Fact]
    public void The_answer_behind_the_query_that_decided_a_flow_is_read()
    {
        var traffic = new ObservedTraffic()
            .At(0, FrameBuilder.Udp(Client, 50000, Server, 53, Query))
            .At(1, FrameBuilder.Udp(Server, 53, Client, 50000, Answer));
        traffic.Flows();

        Assert.Equal(["arc.msn.com 1", "arc.msn.com.nsatc.net 1"],
            traffic.Names.ToSightings().Select(name => $"{name.Name} {name.Sightings}"));
        Assert.Equal(ObservedTraffic.Seconds(1), traffic.Names.ToSightings()[0].FirstNs);
    }

    [Fact]
    public void A_long_flow_of_datagrams_is_read_in_part_and_counted()
    {
        var traffic = new ObservedTraffic();
        for (var number = 0; number < NameObserver.MaximumDatagrams + 10; number++)
            traffic.At(number, FrameBuilder.Udp(Server, 53, Client, 53, Answer));
        traffic.Flows();

        Assert.Equal(NameObserver.MaximumDatagrams, traffic.Names.ToSightings()[0].Sightings);
        Assert.Equal(1, traffic.FlowsReadInPart);
    }

    [Fact]
    public void What_the_names_of_a_flow_carry_is_added_up_to_its_end()
    {
        const int Queries = NameObserver.MaximumDatagrams + 50;
        var traffic = new ObservedTraffic();
        for (var number = 0; number < Queries; number++)
            traffic.At(number, FrameBuilder.Udp(Client, 50000, Server, 53,
                DnsNameContentTests.Query($"{number / 2:x16}.example.com", 16)));
        var carried = Assert.Single(Assert.Single(traffic.Flows()).CarriedNames);

        Assert.Equal(("example.com", Queries, 0L, Queries * 17L, Queries / 2),
            (carried.Domain, (int)carried.Queries, carried.RareQueries, carried.NameBytes, carried.Names.Length));
    }

    [Fact]
    public void A_connection_is_read_across_its_segments_and_counts_once()
    {
        var vector = NameVectors.Find("dns: alias over TCP");
        var traffic = new ObservedTraffic()
            .At(0, FrameBuilder.Tcp(Client, 50000, Server, 53, TcpFlags.Syn, sequence: 99))
            .At(0.1, FrameBuilder.Tcp(Server, 53, Client, 50000, TcpFlags.Syn | TcpFlags.Ack, sequence: 199,
                acknowledgment: 100))
            .At(0.2, FrameBuilder.Tcp(Client, 50000, Server, 53, TcpFlags.Ack, 100, 200, vector.FromOriginator))
            .At(0.3, FrameBuilder.Tcp(Server, 53, Client, 50000, TcpFlags.Ack, 200, 131, vector.FromResponder[..30]))
            .At(0.4, FrameBuilder.Tcp(Server, 53, Client, 50000, TcpFlags.Ack, 230, 131, vector.FromResponder[30..]));
        traffic.Flows();

        Assert.Equal(["arc.msn.com 1", "arc.msn.com.nsatc.net 1"],
            traffic.Names.ToSightings().Select(name => $"{name.Name} {name.Sightings}"));
        Assert.Equal(0, traffic.FlowsReadInPart);
    }

    [Fact]
    public void A_connection_that_ends_before_all_was_told_tells_what_it_has()
    {
        var vector = NameVectors.Find("smb2: challenge");
        var traffic = new ObservedTraffic()
            .At(0, FrameBuilder.Tcp(Server, 445, Client, 50000, TcpFlags.Ack, 200, 131, vector.FromResponder));
        traffic.Flows();

        Assert.Contains(traffic.Names.ToSightings(),
            name => name is { Name: "win-vgo56i95eak", Basis: NameBasis.Ntlm });
    }
}
