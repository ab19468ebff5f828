using PortAudit.Tests.Flows;
using PortAudit.Tests.Wire;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Protocols.Dns;

/// <summary>What twelve bytes of a message can show, on ports that nobody registered.</summary>
public sealed class DnsCutMessageTests
{
    private const string Client = "10.0.0.9";
    private const string Server = "10.0.0.2";
    private const int HeadersLength = 14 + 20 + 8;

    /// <summary>A question (RFC 1035 §4.1.2) that is cut off, and the beginning of one.</summary>
    private const string Question = "076578616D706C6500 00010001";
    private const string HalfAQuestion = "076578616D";

    private const string QueryWithEdns = "1A2B 0010 0001 0000 0000 0001";
    private const string PlainQuery = "1A2B 0100 0001 0000 0000 0000";
    private const string Answer = "1A2B 8180 0001 0002 0000 0000";

    [Theory]
    [InlineData(QueryWithEdns)]
    [InlineData("1A2B 0120 0001 0000 0000 0001")]
    [InlineData(QueryWithEdns + HalfAQuestion)]
    public void A_query_with_edns_is_one_alone(string header)
    {
        var flow = Observe(header);

        Assert.Equal(("dns", IdentificationBasis.Payload, DirectionBasis.Payload, Client),
            (flow.Protocol, flow.ProtocolBasis, flow.DirectionBasis, flow.Originator.Address.ToString()));
    }

    [Theory]
    [InlineData(PlainQuery)]
    [InlineData("1A2B 0110 0001 0000 0000 0000")]
    public void A_query_as_netbios_has_it_takes_the_answer_with_its_number_and_question(string query)
    {
        Assert.Null(Observe(query).Protocol);
        Assert.Null(Observe("<" + Answer).Protocol);
        Assert.Null(Observe(query, "<2B1A 8180 0001 0002 0000 0000").Protocol);
        Assert.Null(Observe(query, "<1A2B 8080 0001 0002 0000 0000").Protocol);
        Assert.Null(Observe(query, "<1A2B 8580 0000 0001 0000 0000").Protocol);
        Assert.Null(Observe(query, Answer).Protocol);
        Assert.Equal("dns", Observe(query, "<" + Answer).Protocol);
        Assert.Equal(("dns", Client),
            (Observe(query, "<" + Answer).Protocol, Observe(query, "<" + Answer).Originator.Address.ToString()));
    }

    [Theory]
    [InlineData("1A2B 0050 0001 0000 0000 0001")]
    [InlineData("1A2B 0410 0001 0000 0000 0001")]
    [InlineData("1A2B 0013 0001 0000 0000 0001")]
    [InlineData("1A2B 2910 0001 0000 0000 0001")]
    [InlineData("1A2B 0010 0002 0000 0000 0001")]
    [InlineData("1A2B 0010 0001 0001 0000 0001")]
    [InlineData("1A2B 0010 0001 0000 0001 0001")]
    [InlineData("1A2B 0010 0001 0000 0000 0002")]
    [InlineData(QueryWithEdns + "C00C")]
    [InlineData(QueryWithEdns + "4F")]
    public void Other_headers_are_not(string header) => Assert.Null(Observe(header).Protocol);

    [Fact]
    public void A_datagram_that_ends_behind_its_header_was_not_cut_and_is_none() =>
        Assert.Null(new ObservedTraffic().At(0, Udp(Client, 50000, Server, 60000, Hex.Bytes(QueryWithEdns)))
            .Flow().Protocol);

    /// <summary>The flow of datagrams of which these bytes were captured, those with an arrow from the
    /// server.</summary>
    private static FlowRecord Observe(params string[] headers)
    {
        var traffic = new ObservedTraffic();
        foreach (var header in headers)
        {
            var seen = Hex.Bytes(header.TrimStart('<'));
            byte[] payload = [.. seen, .. Hex.Bytes(Question), .. new byte[40]];
            var frame = header[0] == '<'
                ? Udp(Server, 60000, Client, 50000, payload)
                : Udp(Client, 50000, Server, 60000, payload);
            traffic.At(traffic.Shown, frame[..(HeadersLength + seen.Length)], originalLength: frame.Length);
        }

        return traffic.Flow();
    }
}
