using PortAudit.Traffic.Records;
using static PortAudit.Tests.Logs.NetFlow.ExportBytes;

namespace PortAudit.Tests.Logs.NetFlow;

public sealed class NetFlowOutcomeTests
{
    private static readonly byte[] UsualTemplate = Set(0, Template(256, Usual));

    /// <summary>Another flow of both directions, later than all others: there was time for an answer, and the exporter
    /// shows answers.</summary>
    private static readonly byte[][] Later =
    [
        Record(8, 50000, 9, 80, 0x1B, 6, 700, 999_000, 999_900),
        Record(9, 80, 8, 50000, 0x1B, 6, 700, 999_001, 999_900),
    ];

    [Theory]
    [InlineData(0x02, 3, 180, 0x00, 0, 0, "unanswered")]
    [InlineData(0x02, 1, 60, 0x00, 0, 0, "unanswered")]
    [InlineData(0x06, 2, 100, 0x00, 0, 0, "unanswered")]
    [InlineData(0x02, 1, 60, 0x14, 1, 40, "refused")]
    [InlineData(0x02, 1, 60, 0x12, 1, 60, "half-open")]
    [InlineData(0x06, 2, 100, 0x12, 1, 60, "half-open")]
    [InlineData(0x16, 2, 100, 0x12, 1, 60, "half-open")]
    [InlineData(0x12, 2, 100, 0x12, 1, 60, "established")]
    [InlineData(0x1B, 5, 400, 0x1B, 5, 400, "established")]
    [InlineData(0x18, 5, 400, 0x10, 5, 200, "midstream")]
    [InlineData(0x1B, 5, 400, 0x00, 0, 0, "one-way")]
    [InlineData(0x10, 5, 200, 0x00, 0, 0, "one-way")]
    [InlineData(0x00, 5, 200, 0x00, 0, 0, "undecided")]
    [InlineData(0x00, 5, 4000, 0x00, 0, 0, "one-way")]
    [InlineData(0x00, 3, 180, 0x00, 3, 120, "undecided")]
    [InlineData(0x00, 5, 4000, 0x00, 5, 200, "established")]
    public void Flags_and_counters_give_the_outcome(int sentFlags, int sent, int sentBytes, int receivedFlags,
        int received, int receivedBytes, string expected)
    {
        byte[][] records = received == 0
            ? [Record(1, 50000, 2, 443, sentFlags, sent, sentBytes)]
            :
            [
                Record(1, 50000, 2, 443, sentFlags, sent, sentBytes),
                Record(2, 443, 1, 50000, receivedFlags, received, receivedBytes, 990_001, 991_001),
            ];

        var (flows, _) = Read(Version9(7, UsualTemplate, Set(256, [.. records, .. Later])));

        var flow = Assert.Single(flows, flow => flow.Responder.Port == 443);
        Assert.Equal((expected, "192.0.2.1"), (flow.Outcome.ToText(), flow.Originator.Address.ToString()));
    }

    [Theory]
    [InlineData(1, 0, "unanswered")]
    [InlineData(3, 0, "unanswered")]
    [InlineData(1, 1, "established")]
    [InlineData(0, 2, "one-way")]
    public void Datagrams_go_by_packets(int sent, int received, string expected)
    {
        List<byte[]> records = [];
        if (sent > 0)
            records.Add(Record(1, 50000, 2, 53, 0, sent, 100, protocol: 17));
        if (received > 0)
            records.Add(Record(2, 53, 1, 50000, 0, received, 100, protocol: 17));

        var (flows, _) = Read(Version9(7, UsualTemplate, Set(256, [.. records, .. Later])));

        Assert.Equal(expected, Assert.Single(flows, flow => flow.Responder.Port == 53).Outcome.ToText());
    }

    [Fact]
    public void An_exporter_of_one_direction_proves_no_silence()
    {
        byte[][] records = [.. Enumerable.Range(1, 12).Select(host => Record(host, 50000, 99, 443, 2, 3, 180))];

        var (flows, observation) = Read(Version9(7, UsualTemplate, Set(256, records)));

        Assert.Equal(12, flows.Count);
        Assert.All(flows, flow => Assert.Equal(Outcome.Undecided, flow.Outcome));
        Assert.Contains("recorded one direction only", Said(observation), StringComparison.Ordinal);
    }

    [Fact]
    public void Silence_is_claimed_only_where_answers_would_pass_an_interface_that_is_looked_at()
    {
        var template = Set(0, Template(256, [.. Usual, (10, 2), (14, 2)]));
        byte[] one = [0, 1, 0, 2], other = [0, 2, 0, 1], unwatched = [0, 1, 0, 3];

        var (flows, _) = Read(Version9(7, template, Set(256, Later[0], one, Later[1], other,
            Record(1, 50000, 2, 443, 2, 3, 180), one, Record(3, 50000, 2, 443, 2, 3, 180), unwatched)));

        Assert.Equal([("192.0.2.1", Outcome.Unanswered), ("192.0.2.3", Outcome.Undecided)],
            flows.Where(flow => flow.Responder.Port == 443)
                .Select(flow => (flow.Originator.Address.ToString(), flow.Outcome)).Order());
    }

    [Theory]
    [InlineData(8, 0, 0, 0, "established")]
    [InlineData(8, 0, -1, 0, "unanswered")]
    public void Icmp_has_its_type_in_the_destination_port(int type, int code, int answer, int answerCode,
        string expected)
    {
        List<byte[]> records = [Record(1, 0, 2, (type << 8) | code, 0, 2, 168, protocol: 1)];
        if (answer >= 0)
            records.Add(Record(2, 0, 1, (answer << 8) | answerCode, 0, 2, 168, protocol: 1));

        var (flows, _) = Read(Version9(7, UsualTemplate, Set(256, [.. records, .. Later])));

        var flow = Assert.Single(flows, flow => flow.Transport.IsIcmp);
        Assert.Equal((expected, "192.0.2.1", 8),
            (flow.Outcome.ToText(), flow.Originator.Address.ToString(), flow.Originator.Port));
    }

    [Theory]
    [InlineData(50000, 443, 0, 0, "192.0.2.1", DirectionBasis.Syn)]
    [InlineData(443, 50000, 0, 0, "192.0.2.2", DirectionBasis.Port)]
    [InlineData(50000, 50001, 0, 5, "192.0.2.1", DirectionBasis.Syn)]
    [InlineData(50000, 50001, 5, 0, "192.0.2.2", DirectionBasis.Syn)]
    [InlineData(50000, 50001, 0, 0, "192.0.2.2", DirectionBasis.FirstPacket)]
    public void Who_began_earlier_opened_it_unless_ports_object(int port, int otherPort, int at, int otherAt,
        string expected, DirectionBasis basis)
    {
        if (port == 50000 && otherPort == 443)
            otherAt = 1;
        var flow = One(Version9(7, UsualTemplate, Set(256,
            Record(1, port, 2, otherPort, 0x1B, 6, 700, 990_000 + at),
            Record(2, otherPort, 1, port, 0x1B, 6, 700, 990_000 + otherAt))));

        Assert.Equal((expected, basis), (flow.Originator.Address.ToString(), flow.DirectionBasis));
    }
}
