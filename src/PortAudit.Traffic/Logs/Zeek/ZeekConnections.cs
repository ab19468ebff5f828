using System.Text;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>Makes a flow of a row of conn.log, and of what the logs beside it say of its uid.</summary>
/// <param name="details">What the logs beside it say.</param>
internal sealed class ZeekConnections(ZeekDetails details)
{
    private const int MaximumHistory = 64;

    private readonly LogTexts _histories = new();

    /// <summary>The flow of a row; null with the reason when the row is none.</summary>
    /// <param name="row">The row.</param>
    /// <param name="line">Its file and line.</param>
    /// <param name="point">Name of its capture point.</param>
    /// <param name="outcome">What more time would make of its outcome.</param>
    /// <param name="problem">What is wrong, a clause.</param>
    public FlowRecord? TryRead(ZeekRow row, FrameReference line, string point, out LogOutcome outcome,
        out string? problem)
    {
        outcome = default;
        problem = Ends(row, out var originator, out var responder);
        if (problem is not null)
            return null;
        problem = Transport(row, originator, out var transport);
        if (problem is not null)
            return null;
        if (row.TimeNs(ZeekField.Timestamp, out var digits) is not { } startNs)
        {
            problem = "'ts' is no time";
            return null;
        }

        var sides = ZeekSides.Of(row, HistoryOf(row), originator, responder, transport, out var basis);
        var history = Whole(row, sides);
        outcome = transport == IpProtocol.Tcp
            ? LogOutcome.OfTcp(history, sides.Out.Packets, sides.In.Packets, sides.In.PayloadBytes)
            : LogOutcome.OfOther(sides.Out.Packets, sides.In.Packets);
        var uid = LogFlowId.IdentifierOf(row[ZeekField.Uid]);
        var detail = details.Find(row[ZeekField.Uid]);
        var flow = new FlowRecord
        {
            Id = LogFlowId.Of(sides, transport, VlanOf(row), startNs, point, uid, line),
            CapturePoint = point,
            Capture = line.Capture,
            StartNs = startNs,
            EndNs = LogFlowId.EndOf(startNs, row.DurationNs(ZeekField.Duration)),
            TimestampDigits = digits,
            Transport = transport,
            Vlan = VlanOf(row),
            Originator = sides.Originator,
            Responder = sides.Responder,
            DirectionBasis = basis,
            Outcome = outcome.Later,
            History = sides.History,
            Out = sides.Out,
            In = sides.In,
            SynCount = transport == IpProtocol.Tcp ? LogOutcome.SynsOf(history, sides.Out.Packets) : 0,
            Log = new LogOrigin(LogSource.Zeek, uid, line.Number),
            Frames = [line],
        };
        return LogStop.Of(Named(Lost(flow, row), row, detail));
    }

    private static string? Ends(ZeekRow row, out Endpoint originator, out Endpoint responder)
    {
        (originator, responder) = (default, default);
        if (!IpAddress.TryParse(row[ZeekField.OriginatorAddress], out var one)
            || !IpAddress.TryParse(row[ZeekField.ResponderAddress], out var other))
            return "'id.orig_h' or 'id.resp_h' is no address";
        if (row.Port(ZeekField.OriginatorPort) is not { } first
            || row.Port(ZeekField.ResponderPort) is not { } second)
            return "'id.orig_p' or 'id.resp_p' is no port";
        (originator, responder) = (new Endpoint(one, first), new Endpoint(other, second));
        return null;
    }

    private static string? Transport(ZeekRow row, Endpoint originator, out IpProtocol transport)
    {
        transport = row[ZeekField.Proto] switch
        {
            [(byte)'t', (byte)'c', (byte)'p'] => IpProtocol.Tcp,
            [(byte)'u', (byte)'d', (byte)'p'] => IpProtocol.Udp,
            [(byte)'i', (byte)'c', (byte)'m', (byte)'p', ..] =>
                originator.Address.IsIpv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6,
            _ => new IpProtocol((byte)(row.Count(ZeekField.IpProto) is { } number and <= byte.MaxValue ? number : 0)),
        };
        return transport.Value == 0 ? "'proto' names no transport, and 'ip_proto' no number" : null;
    }

    /// <summary>The history as far as it is letters; cached.</summary>
    private string HistoryOf(ZeekRow row)
    {
        Span<char> text = stackalloc char[MaximumHistory];
        var length = 0;
        foreach (var letter in row[ZeekField.History])
        {
            if (length < text.Length && (char.IsAsciiLetter((char)letter) || letter == LogSides.Flipped))
                text[length++] = (char)letter;
        }

        return _histories.Of(text[..length]);
    }

    /// <summary>The history, or what the state implies where there is none.</summary>
    private static string Whole(ZeekRow row, LogSides sides) =>
        sides.History.Length > 0 ? sides.History : ZeekOutcome.HistoryOf(row.Text(ZeekField.ConnState));

    private static VlanTags VlanOf(ZeekRow row)
    {
        var tags = VlanTags.None;
        if (row.Count(ZeekField.Vlan) is { } outer and <= 4095)
            tags = tags.Push((ushort)outer);
        return row.Count(ZeekField.InnerVlan) is { } inner and <= 4095 ? tags.Push((ushort)inner) : tags;
    }

    /// <summary>Bytes that the sensor did not see, on the side whose history has a gap.</summary>
    private static FlowRecord Lost(FlowRecord flow, ZeekRow row)
    {
        if (row.Count(ZeekField.MissedBytes) is not (> 0 and var missed))
            return flow;
        var gap = new StreamCounters(0, 0, 0, 0, 0, 1, missed);
        return flow.History.Contains('G', StringComparison.Ordinal) && !flow.History.Contains('g',
            StringComparison.Ordinal) ? flow with { StreamOut = gap } : flow with { StreamIn = gap };
    }

    private FlowRecord Named(FlowRecord flow, ZeekRow row, ZeekDetail? detail)
    {
        var (protocol, basis, startedAs) = ProtocolOf(flow, row);
        flow = flow with
        {
            Protocol = protocol,
            ProtocolBasis = basis,
            StartedAs = startedAs,
            Tunnel = TunnelOf(row),
        };
        if (protocol == "tls" && details.HandshakeOf(detail) is { } handshake)
            flow = LogTls.AddTo(flow, handshake);
        flow = detail?.WithRequests(flow) ?? flow;
        return detail?.Uses?.AddTo(flow, isSmb: protocol == "smb2") ?? flow;
    }

    private static (string? Protocol, IdentificationBasis Basis, string? StartedAs) ProtocolOf(FlowRecord flow,
        ZeekRow row)
    {
        var names = ServicesOf(row);
        var isTcp = flow.Transport == IpProtocol.Tcp;
        var named = names.Length == 0 ? null : ZeekService.Of(names);
        if ((isTcp ? named?.Tcp : named?.Udp) is { } proved)
        {
            // One analyzer reads DNS and what is shaped like it.
            if (proved == "dns" && ProtocolRegistry.ByPort(flow.Transport, flow.Responder.Port)
                is { Name: "mdns" or "llmnr" or "nbns" } alike)
                proved = alike.Name;
            var began = isTcp && proved == "tls" ? ZeekService.StartedAs(names)?.Tcp : null;
            return (proved, IdentificationBasis.Payload, began);
        }

        var (name, basis) = LogProtocol.Of(flow.Transport, flow.Responder.Port);
        return (name, basis, null);
    }

    private static string[] ServicesOf(ZeekRow row)
    {
        var service = row[ZeekField.Service];
        return service.IsEmpty
            ? []
            : Encoding.UTF8.GetString(service).Split([(char)LogRow.Between, ','],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>The tunnels around it, as the log of tunnels names their kinds.</summary>
    private string? TunnelOf(ZeekRow row)
    {
        if (row[ZeekField.TunnelParents].IsEmpty)
            return null;
        var kinds = row.Texts(ZeekField.TunnelParents)
            .Select(parent => details.Find(Encoding.Latin1.GetBytes(parent))?.Tunnel ?? "tunnel");
        return string.Join('/', kinds);
    }
}
