using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>The two sides of a row of conn.log, once it is decided who opened it.</summary>
internal readonly record struct ZeekSides(string History, Endpoint Originator, Endpoint Responder,
    DirectionCounters Out, DirectionCounters In)
{
    /// <summary>The mark in a history of a connection whose sides Zeek swapped, wherever it stands.</summary>
    public const char Flipped = '^';

    /// <summary>The sides of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="history">Its history.</param>
    /// <param name="originator">The originator as Zeek saw it.</param>
    /// <param name="responder">The responder.</param>
    /// <param name="transport">The transport.</param>
    /// <param name="basis">How the originator was determined.</param>
    public static ZeekSides Of(ZeekRow row, string history, Endpoint originator, Endpoint responder,
        IpProtocol transport, out DirectionBasis basis)
    {
        var sides = new ZeekSides(history, originator, responder, Sent(row, transport), Received(row, transport));
        if (transport.IsIcmp)
            return sides.Requested(transport, out basis);
        basis = sides.BasisOf(transport, out var isTurned);
        return isTurned ? sides.Turn() : sides;
    }

    /// <summary>Who opened it, as for packets: by the handshake, else by the ports, else as Zeek saw it.</summary>
    private DirectionBasis BasisOf(IpProtocol transport, out bool isTurned)
    {
        isTurned = false;
        if (transport == IpProtocol.Tcp && History.Contains('S', StringComparison.Ordinal))
            return DirectionBasis.Syn;
        if (transport == IpProtocol.Tcp && History.Contains('h', StringComparison.Ordinal))
            return DirectionBasis.SynAck;
        var order = transport.HasPorts
            ? FlowDirection.PortOrderOf(transport, Originator.Port, Responder.Port)
            : 0;
        var mayTurn = Responder.Address.IsUnicast;
        isTurned = (order > 0 && mayTurn) || (!Originator.Address.IsUnicast && mayTurn);
        return order != 0 && (order < 0 || mayTurn) ? DirectionBasis.Port : DirectionBasis.FirstPacket;
    }

    /// <summary>The sides of ICMP. Zeek gives the type of the first message as one port, and as the other its code, or
    /// the type of its answer; the first one seen may be the answer. A group opens nothing.</summary>
    private ZeekSides Requested(IpProtocol transport, out DirectionBasis basis)
    {
        basis = DirectionBasis.Payload;
        var type = (byte)Originator.Port;
        if (!IcmpPairing.TryPair(transport, type, out var request, out _))
            return this;
        var isAnswer = type != request;
        if (isAnswer && !Responder.Address.IsUnicast)
            basis = DirectionBasis.FirstPacket;
        var sides = isAnswer && Responder.Address.IsUnicast ? Turn() : this;
        return sides with
        {
            Originator = sides.Originator with { Port = request },
            Responder = sides.Responder with { Port = 0 },
        };
    }

    /// <summary>The same with the other originator: letters change case, and the mark of a swap comes or
    /// goes.</summary>
    private ZeekSides Turn()
    {
        var letters = History.Replace(Flipped.ToString(), "", StringComparison.Ordinal).Select(letter =>
            char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter));
        var isMarked = History.Length > 0 && !History.Contains(Flipped, StringComparison.Ordinal);
        return new ZeekSides((isMarked ? "^" : "") + string.Concat(letters), Responder, Originator, In, Out);
    }

    private static DirectionCounters Sent(ZeekRow row, IpProtocol transport) => Counters(row,
        ZeekField.OriginatorPackets, ZeekField.OriginatorIpBytes, ZeekField.OriginatorBytes, SentBy(row, transport, 0));

    private static DirectionCounters Received(ZeekRow row, IpProtocol transport) => Counters(row,
        ZeekField.ResponderPackets, ZeekField.ResponderIpBytes, ZeekField.ResponderBytes, SentBy(row, transport, 1));

    /// <summary>Packets that a side sent at least, by history, state and payload: for rows that do not count
    /// them.</summary>
    private static long SentBy(ZeekRow row, IpProtocol transport, int side)
    {
        var bytes = row.Count(side == 0 ? ZeekField.OriginatorBytes : ZeekField.ResponderBytes);
        if (bytes > 0)
            return 1;
        var history = row.Text(ZeekField.History) ?? (transport == IpProtocol.Tcp
            ? ZeekOutcome.HistoryOf(row.Text(ZeekField.ConnState))
            : row.Text(ZeekField.ConnState) switch { "SF" => "Dd", "S0" => "D", "SHR" => "d", _ => "" });
        foreach (var letter in history)
        {
            if (side == 0 ? char.IsAsciiLetterUpper(letter) : char.IsAsciiLetterLower(letter))
                return 1;
        }

        return 0;
    }

    private static DirectionCounters Counters(ZeekRow row, ZeekField packets, ZeekField bytes, ZeekField payload,
        long least) => new(row.Count(packets) ?? least, row.Count(bytes) ?? row.Count(payload) ?? 0,
            row.Count(payload) ?? 0);
}
