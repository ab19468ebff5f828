using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>What an event counts of one direction.</summary>
/// <param name="Packets">Packets, at least 0.</param>
/// <param name="Bytes">Bytes of their frames, in a tunnel of the packets inside.</param>
/// <param name="Flags">Control bits of all its TCP segments (RFC 9293 §3.1); 0 when none was followed.</param>
internal readonly record struct SuricataCount(long Packets, long Bytes, byte Flags);

/// <summary>A flow as its events say: one <c>flow</c>, or two <c>netflow</c>, one for each direction.</summary>
internal readonly record struct SuricataFlow
{
    /// <summary>File and line of the event; of the first of two.</summary>
    public required FrameReference Line { get; init; }

    /// <summary>Suricata's identifier; empty without one.</summary>
    public required string Identifier { get; init; }

    /// <summary>Who sent the first packet. Of ICMP its port is the type.</summary>
    public required Endpoint From { get; init; }

    /// <summary>Whom it went to. Of ICMP its port is the code.</summary>
    public required Endpoint To { get; init; }

    public required IpProtocol Transport { get; init; }

    public required VlanTags Vlan { get; init; }

    public required long StartNs { get; init; }

    public required long EndNs { get; init; }

    /// <summary>Decimal digits of a second of <see cref="StartNs"/>.</summary>
    public required int Digits { get; init; }

    public SuricataCount ToServer { get; init; }

    public SuricataCount ToClient { get; init; }

    /// <summary>True when control bits are given, false for TCP whose flags the event lacks.</summary>
    public bool HasFlags { get; init; }

    /// <summary>True when a flow without ports was answered, false when it was not, or by an ICMP error only; null when
    /// the event does not tell.</summary>
    public bool? IsAnswered { get; init; }

    /// <summary>True when TCP's handshake was seen, by the state alone.</summary>
    public bool IsEstablished { get; init; }

    /// <summary>True when Suricata itself dropped its packets, as an intrusion prevention system.</summary>
    public bool IsDropped { get; init; }

    public SuricataProtocol? Detected { get; init; }

    /// <summary>What was detected before it changed, as by STARTTLS; null without a change.</summary>
    public SuricataProtocol? Original { get; init; }

    /// <summary>True when the sensor missed bytes of what the first side sent.</summary>
    public bool HasGapToServer { get; init; }

    /// <summary>The same of the other side.</summary>
    public bool HasGapToClient { get; init; }

    /// <summary>Reads a <c>flow</c> or <c>netflow</c> event.</summary>
    /// <param name="row">The event.</param>
    /// <param name="line">Its file and line.</param>
    /// <param name="isNetflow">True for <c>netflow</c>: one direction, in <see cref="ToServer"/>.</param>
    /// <param name="flow">The flow.</param>
    /// <returns>What is wrong, a clause; null when nothing is.</returns>
    public static string? Read(EveEvent row, FrameReference line, bool isNetflow, out SuricataFlow flow)
    {
        flow = default;
        if (TransportOf(row) is not { } transport)
            return "'proto' names no transport";
        if (!TryEnds(row, transport, out var from, out var to))
            return "'src_ip' or 'dest_ip' is no address, or a port is none";
        var (start, end) = isNetflow
            ? (EveField.NetflowStart, EveField.NetflowEnd)
            : (EveField.Start, EveField.End);
        if (row.TimeNs(start, out var digits) is not { } startNs)
            return isNetflow ? "'netflow.start' is no time" : "'flow.start' is no time";
        var detected = SuricataProtocol.Detected(row);
        flow = new SuricataFlow
        {
            Line = line,
            Identifier = LogFlowId.IdentifierOf(row[EveField.FlowId]),
            From = from,
            To = to,
            Transport = transport,
            Vlan = VlanOf(row),
            StartNs = startNs,
            EndNs = Math.Max(startNs, row.TimeNs(end, out _) ?? startNs),
            Digits = digits,
            Detected = detected,
            Original = SuricataProtocol.Of(row[EveField.AppProtoOriginal]),
            IsDropped = row[EveField.Action].SequenceEqual("drop"u8),
            HasGapToServer = row.Flag(EveField.GapToServer) == true,
            HasGapToClient = row.Flag(EveField.GapToClient) == true,
        };
        flow = isNetflow ? OneDirection(flow, row) : BothDirections(flow, row);
        return flow.ToServer.Packets + flow.ToClient.Packets > 0 ? null : "it counts no packet";
    }

    /// <summary>The flow of two <c>netflow</c> events.</summary>
    public SuricataFlow With(in SuricataFlow answer) => this with
    {
        ToClient = answer.ToServer,
        Detected = Detected ?? answer.Detected,
        EndNs = Math.Max(EndNs, answer.EndNs),

        // ICMP errors count as packets of the flow that they stop; only data is answered by data.
        IsAnswered = answer.Detected is not null ? true : null,
    };

    /// <summary>True when two <c>netflow</c> events are the directions of one flow.</summary>
    public bool IsOppositeOf(in SuricataFlow other) => From.Address == other.To.Address
        && To.Address == other.From.Address && StartNs == other.StartNs && Transport == other.Transport
        && (!Transport.HasPorts || (From.Port == other.To.Port && To.Port == other.From.Port));

    private static SuricataFlow OneDirection(in SuricataFlow flow, EveEvent row) => flow with
    {
        ToServer = new SuricataCount(row.Count(EveField.NetflowPackets) ?? 0, row.Count(EveField.NetflowBytes) ?? 0,
            row.TcpFlags(EveField.TcpFlags) ?? 0),
        HasFlags = row.TcpFlags(EveField.TcpFlags) is not null,
        IsAnswered = false,
    };

    /// <summary>An ICMP error counts among the packets to the client, but leaves the state at <c>new</c>
    /// (<c>FlowUpdateSeenFlag</c>): it is no packet of the flow. In TCP it has no control bits.</summary>
    private static SuricataFlow BothDirections(in SuricataFlow flow, EveEvent row)
    {
        var (there, back) = (row.TcpFlags(EveField.TcpFlagsToServer), row.TcpFlags(EveField.TcpFlagsToClient));
        var state = row[EveField.State];
        var isTcp = flow.Transport == IpProtocol.Tcp;
        var isError = isTcp ? there is > 0 && back == 0 : state.SequenceEqual("new"u8);
        return flow with
        {
            ToServer = new SuricataCount(row.Count(EveField.PacketsToServer) ?? 0,
                row.Count(EveField.BytesToServer) ?? 0, there ?? 0),
            ToClient = isError ? default : new SuricataCount(row.Count(EveField.PacketsToClient) ?? 0,
                row.Count(EveField.BytesToClient) ?? 0, back ?? 0),
            HasFlags = there is not null && back is not null,
            IsAnswered = !isError,
            IsEstablished = isTcp && (state.SequenceEqual("established"u8) || state.SequenceEqual("closed"u8)),
        };
    }

    private static bool TryEnds(EveEvent row, IpProtocol transport, out Endpoint from, out Endpoint to)
    {
        (from, to) = (default, default);
        if (!IpAddress.TryParse(row[EveField.SourceAddress], out var source)
            || !IpAddress.TryParse(row[EveField.TargetAddress], out var target))
            return false;
        var (first, second) = transport.IsIcmp
            ? (EveField.IcmpType, EveField.IcmpCode)
            : (EveField.SourcePort, EveField.TargetPort);
        var hasNumbers = transport.IsIcmp || transport.HasPorts;
        if (hasNumbers && (row.Port(first) is null || row.Port(second) is null))
            return false;
        from = new Endpoint(source, hasNumbers ? row.Port(first) ?? 0 : (ushort)0);
        to = new Endpoint(target, hasNumbers ? row.Port(second) ?? 0 : (ushort)0);
        return true;
    }

    /// <summary>The names are those of <c>/etc/protocols</c>, or numbers.</summary>
    private static IpProtocol? TransportOf(EveEvent row)
    {
        var name = row[EveField.Proto];
        if (name.SequenceEqual("TCP"u8))
            return IpProtocol.Tcp;
        if (name.SequenceEqual("UDP"u8))
            return IpProtocol.Udp;
        if (row.Count(EveField.Proto) is { } number)
            return number is > 0 and <= byte.MaxValue ? new IpProtocol((byte)number) : null;
        return row.Text(EveField.Proto)?.ToUpperInvariant() switch
        {
            "TCP" => IpProtocol.Tcp,
            "UDP" => IpProtocol.Udp,
            "ICMP" => IpProtocol.Icmp,
            "IPV6-ICMP" or "ICMPV6" => IpProtocol.IcmpV6,
            "SCTP" => IpProtocol.Sctp,
            "ESP" => IpProtocol.Esp,
            "AH" => new IpProtocol(51),
            "GRE" => new IpProtocol(47),
            "IGMP" => new IpProtocol(2),
            "IP-ENCAP" or "IPENCAP" => new IpProtocol(4),
            "IPV6" => new IpProtocol(41),
            "PIM" => new IpProtocol(103),
            "OSPFIGP" or "OSPF" => new IpProtocol(89),
            "EIGRP" => new IpProtocol(88),
            "VRRP" => new IpProtocol(112),
            "L2TP" => new IpProtocol(115),
            _ => null,
        };
    }

    private static VlanTags VlanOf(EveEvent row)
    {
        var tags = VlanTags.None;
        if (!row.Has(EveField.Vlan))
            return tags;
        foreach (var text in row.Texts(EveField.Vlan))
        {
            if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var tag) && tag <= 4095)
                tags = tags.Push(tag);
        }

        return tags;
    }
}
