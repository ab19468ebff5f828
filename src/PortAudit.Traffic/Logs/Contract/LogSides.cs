using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>The two sides of a flow, once it is decided who opened it.</summary>
/// <param name="History">Letters as in <see cref="FlowRecord.History"/>.</param>
/// <param name="Originator">Who opened it. For ICMP its port is the type of its messages.</param>
/// <param name="Responder">The other one. For ICMP its port is the code of the originator's messages.</param>
/// <param name="Out">What the originator sent.</param>
/// <param name="In">What the responder sent.</param>
internal readonly record struct LogSides(string History, Endpoint Originator, Endpoint Responder,
    DirectionCounters Out, DirectionCounters In)
{
    /// <summary>The mark in a history of a flow whose sides were swapped, wherever it stands.</summary>
    public const char Flipped = '^';

    /// <summary>The sides by handshake, ports and types of ICMP, turned if they say so; else as the log has
    /// them.</summary>
    /// <param name="transport">The transport.</param>
    /// <param name="basis">How the originator was determined.</param>
    public LogSides Settle(IpProtocol transport, out DirectionBasis basis)
    {
        if (transport.IsIcmp)
            return Requested(transport, out basis);
        basis = BasisOf(transport, out var isTurned);
        return isTurned ? Turn() : this;
    }

    /// <summary>Who opened it, as for packets: by the handshake, else by the ports, else as the log has it.</summary>
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

    /// <summary>The sides of ICMP. As ports a log gives the type of the first message, and its code or the type of its
    /// answer; the first one seen may be the answer. A group opens nothing.</summary>
    private LogSides Requested(IpProtocol transport, out DirectionBasis basis)
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
    private LogSides Turn()
    {
        var letters = History.Replace(Flipped.ToString(), "", StringComparison.Ordinal).Select(letter =>
            char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter));
        var isMarked = History.Length > 0 && !History.Contains(Flipped, StringComparison.Ordinal);
        return new LogSides((isMarked ? "^" : "") + string.Concat(letters), Responder, Originator, In, Out);
    }
}
