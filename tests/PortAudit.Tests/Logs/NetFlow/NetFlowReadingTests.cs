using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Logs.NetFlow.ExportBytes;

namespace PortAudit.Tests.Logs.NetFlow;

public sealed class NetFlowReadingTests
{
    private static readonly byte[] UsualTemplate = Set(0, Template(256, Usual));
    private static readonly byte[] Request = Record(1, 50000, 2, 80, 0x1B, 6, 700);
    private static readonly byte[] Reply = Record(2, 80, 1, 50000, 0x1B, 5, 900, 990_001, 991_001);

    [Fact]
    public void A_record_of_v5_is_a_flow()
    {
        var flow = One(Version5(0, Fixed(1, 50000, 2, 80, 0x1B, 6, 700)));

        Assert.Equal(("192.0.2.1:50000", "192.0.2.2:80"), (flow.Originator.ToString(), flow.Responder.ToString()));
        Assert.Equal((1_599_999_990_000_000_000, 1_599_999_991_000_000_000), (flow.StartNs, flow.EndNs));
        Assert.Equal((6, 700), (flow.Out.Packets, flow.Out.Bytes));
        Assert.Equal(("http", IdentificationBasis.Port), (flow.Protocol, flow.ProtocolBasis));
        Assert.Equal((LogSource.NetFlow, "record 1", 1L), (flow.Log!.Source, flow.Log.Identifier, flow.Log.Line));
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(7, 24)]
    public void Records_of_v1_and_v7_are_read(int version, int header)
    {
        var record = Fixed(1, 50000, 2, 80, version == 1 ? 0 : 0x1B, 6, 700).AsSpan();
        byte[] bytes = [.. Of(version, 1, 0)[..header], .. record, 0, 0, 0, 0];
        if (version == 1)
            bytes[header + 40] = 0x1B;

        var flow = One(bytes);

        Assert.Equal(("192.0.2.1:50000", "ADF"),
            (flow.Originator.ToString(), flow.History.Replace("S", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Both_directions_are_one_flow_and_name_both_records()
    {
        var flow = One(Version9(7, UsualTemplate, Set(256, Reply)), Version9(7, Set(256, Request)));

        Assert.Equal(("192.0.2.1:50000", DirectionBasis.Syn), (flow.Originator.ToString(), flow.DirectionBasis));
        Assert.Equal((6, 700, 5, 900), (flow.Out.Packets, flow.Out.Bytes, flow.In.Packets, flow.In.Bytes));
        Assert.Equal((Outcome.Established, "ShADadFf"), (flow.Outcome, flow.History));
        Assert.Equal((1, "record 1; answered in 2, record 1"), (flow.Log!.Line, flow.Log.Identifier));
    }

    [Fact]
    public void Parts_of_a_long_flow_are_one_flow()
    {
        var flow = One(Version9(7, UsualTemplate, Set(256,
            Record(1, 50000, 2, 80, 0x1A, 6, 700, 100_000, 160_000), Record(1, 50000, 2, 80, 0x18, 4, 300, 170_000,
                230_000), Record(1, 50000, 2, 80, 0x11, 1, 40, 990_000, 990_000))));

        Assert.Equal((11, 1040), (flow.Out.Packets, flow.Out.Bytes));
        Assert.Equal(890_000_000_000, flow.EndNs - flow.StartNs);
    }

    [Fact]
    public void A_new_connection_on_the_same_ports_is_another_flow()
    {
        var (flows, _) = Read(Version9(7, UsualTemplate, Set(256,
            Request, Record(1, 50000, 2, 80, 0x1B, 3, 200, 995_000, 996_000), Reply,
            Record(2, 80, 1, 50000, 0x1B, 3, 200, 995_001, 996_000))));

        Assert.Equal([(6L, 5L), (3, 3)], flows.OrderBy(flow => flow.StartNs)
            .Select(flow => (flow.Out.Packets, flow.In.Packets)));
    }

    [Fact]
    public void Packets_seen_going_in_and_out_count_once()
    {
        var template = Set(0, Template(256, [.. Usual, (61, 1)]));
        var (flows, observation) = Read(Version9(7, template, Set(256, Request, [0], Request, [1])));

        Assert.Equal(6, Assert.Single(flows).Out.Packets);
        Assert.Contains("by two domains, which count once: 1", Said(observation), StringComparison.Ordinal);
    }

    [Fact]
    public void A_doubled_datagram_counts_once()
    {
        var datagram = Version9(7, UsualTemplate, Set(256, Request));

        Assert.Equal(6, One(datagram, datagram).Out.Packets);
    }

    [Fact]
    public void Data_before_its_template_is_read_when_that_comes_in_a_later_file()
    {
        var (flows, observation) = ReadFiles(Version9(7, Set(256, Request)), Version9(7, UsualTemplate));

        Assert.Equal(6, Assert.Single(flows).Out.Packets);
        Assert.Equal(("", 1), (Said(observation).Replace("; ", "", StringComparison.Ordinal),
            observation.Captures[0].Rows));
    }

    [Fact]
    public void Data_whose_template_never_comes_is_damage()
    {
        var (flows, observation) = Read(Version9(7, Set(256, Request)), Version9(8, UsualTemplate, Set(256, Reply)),
            Version9(7, Set(256, Request)));

        Assert.Single(flows);
        Assert.Contains("datagram 1 holds data of template 256 of domain 7, which never came, as 1 more sets do",
            Said(observation), StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_changes_holds_for_what_follows()
    {
        var (flows, _) = Read(Version9(7, UsualTemplate, Set(256, Request)),
            Version9(7, Set(0, Template(256, [.. Usual, (10, 2)])), Set(256, Record(3, 1, 4, 2, 2, 1, 40), [0, 9])));

        Assert.Equal(["192.0.2.1", "192.0.2.3"], flows.Select(flow => flow.Originator.Address.ToString()).Order());
    }

    [Fact]
    public void Ipfix_has_fields_of_variable_length_and_of_enterprises()
    {
        var template = Set(2, Template(256, (82, 65535), (Enterprise(9, 1), 65535), (8, 4), (12, 4), (4, 1), (152, 8),
            (153, 8), (85, 8), (86, 2)));
        byte[] record =
        [
            3, 1, 2, 3, 255, 1, 0, .. new byte[256], 192, 0, 2, 1, 192, 0, 2, 2, 17, .. Long(1_600_000_000_123),
            .. Long(1_600_000_000_456), .. Long(500), 0, 4,
        ];

        var flow = One(Ipfix(3, template, Set(256, record, record)));

        Assert.Equal((1_600_000_000_123_000_000, 1_600_000_000_456_000_000), (flow.StartNs, flow.EndNs));
        Assert.Equal((4, 500, LogSource.Ipfix), (flow.Out.Packets, flow.Out.Bytes, flow.Log!.Source));
    }

    [Fact]
    public void Reverse_fields_are_the_other_direction()
    {
        var template = Set(2, Template(256, [.. Usual[..8], (152, 8), (153, 8), (Enterprise(29305, 1), 4),
            (Enterprise(29305, 2), 4), (Enterprise(29305, 6), 1)]));
        byte[] record =
        [
            .. Record(1, 50000, 2, 80, 2, 1, 60)[..22], .. Long(1_600_000_000_000), .. Long(1_600_000_000_000),
            .. Word(40), .. Word(1), 0x14,
        ];

        var flow = One(Ipfix(3, template, Set(256, record)));

        Assert.Equal((1, 1, Outcome.Refused), (flow.Out.Packets, flow.In.Packets, flow.Outcome));
        Assert.Equal(ResetOrigin.Unknown, flow.Reset!.Value.Origin);
    }

    [Fact]
    public void A_withdrawn_template_describes_nothing()
    {
        var (flows, observation) = Read(Ipfix(3, Set(2, Template(256, Usual))), Ipfix(3, Set(2, Template(256))),
            Ipfix(3, Set(256, Request)));

        Assert.Empty(flows);
        Assert.Contains("which never came", Said(observation), StringComparison.Ordinal);
    }

    [Fact]
    public void Times_wrap_with_the_uptime()
    {
        byte[] header = [.. Version5(0, Fixed(1, 50000, 2, 80, 0x1B, 6, 700, 0xFFFF_FF00, 50))];
        Word(100).CopyTo(header, 4);

        var flow = One(header);

        Assert.Equal((1_600_000_000_000_000_000 - 356_000_000, 306_000_000),
            (flow.StartNs, flow.EndNs - flow.StartNs));
    }

    [Fact]
    public void A_sampled_exporter_proves_no_silence()
    {
        var (flows, observation) = Read(Version5(100, Fixed(1, 50000, 2, 80, 2, 3, 180)));

        Assert.Equal(Outcome.Undecided, Assert.Single(flows).Outcome);
        Assert.Equal(1, observation.Points.Single().SampledFlows);
        Assert.Contains("100 packets were sent for each one that its exporter looked at", Said(observation),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Options_tell_of_sampling()
    {
        byte[] options = [.. Short(300), .. Short(4), .. Short(4), .. Short(1), .. Short(4), .. Short(34), .. Short(4)];
        var (flows, _) = Read(Version9(7, UsualTemplate, Set(1, options), Set(300, Word(0), Word(50)),
            Set(256, Record(1, 50000, 2, 80, 2, 3, 180))));

        Assert.Equal(Outcome.Undecided, Assert.Single(flows).Outcome);
    }

    [Fact]
    public void A_file_that_ends_in_a_datagram_is_cut()
    {
        var (_, observation) = Read(Version9(7, UsualTemplate, Set(256, Request, Reply)), [1, 2, 3]);

        var capture = Assert.Single(observation.Captures);
        Assert.Equal((1, "NetFlow v9, export datagrams"), (capture.Rows, capture.Format));
        Assert.Equal((CaptureEndKind.Cut, "datagram 1, the last one, is cut"), (capture.End.Kind, capture.End.Reason));
    }
}
