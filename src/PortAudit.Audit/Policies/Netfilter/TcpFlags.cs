using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>What a rule for TCP flags means for the states of a connection: the first packet has SYN alone (RFC 9293
/// §3.5), the others one of few combinations.</summary>
internal static class TcpFlags
{
    public const int Fin = 1;
    public const int Syn = 2;
    public const int Rst = 4;
    public const int Psh = 8;
    public const int Ack = 16;
    public const int Urg = 32;

    /// <summary>Combinations of an established connection, ECE and CWR aside.</summary>
    private static readonly int[] Later =
    [
        Syn | Ack, Ack, Psh | Ack, Fin | Ack, Fin | Psh | Ack, Rst, Rst | Ack, Urg | Ack, Urg | Psh | Ack,
        Urg | Fin | Ack, Urg | Psh | Fin | Ack,
    ];

    private const int Known = Fin | Syn | Rst | Psh | Ack | Urg;

    /// <summary>A flag by its name; <c>ALL</c> and <c>NONE</c> are those of iptables, which leave out ECE and CWR. Null
    /// for another word.</summary>
    public static int? Named(string word) => word.ToUpperInvariant() switch
    {
        "FIN" => Fin,
        "SYN" => Syn,
        "RST" => Rst,
        "PSH" => Psh,
        "ACK" => Ack,
        "URG" => Urg,
        "ECN" or "ECE" => 64,
        "CWR" => 128,
        "ALL" => Known,
        "NONE" => 0,
        _ => null,
    };

    /// <summary>TCP packets of which the flags meet a test, as one match for what the states decide, and one with a
    /// condition for the rest.</summary>
    /// <param name="matches">The test.</param>
    /// <param name="mask">Flags that it looks at.</param>
    /// <param name="text">The test as the rule has it.</param>
    public static IReadOnlyList<PacketMatch> Match(Func<int, bool> matches, int mask, string text)
    {
        // Bits that only congestion control sets may be there or not.
        if ((mask & ~Known) != 0)
            return [Open(ConnectionStates.All, text)];
        var certain = matches(Syn) ? ConnectionStates.New : ConnectionStates.None;
        var open = ConnectionStates.Related | ConnectionStates.Invalid | ConnectionStates.Untracked;
        if (Later.All(matches))
            certain |= ConnectionStates.Established;
        else if (Later.Any(matches))
            open |= ConnectionStates.Established;
        return certain == ConnectionStates.None
            ? [Open(open, text)]
            : [Tcp(certain), Open(open, text)];
    }

    private static PacketMatch Tcp(ConnectionStates states) =>
        PacketMatch.OfProtocols(IntervalSet.Of(IpProtocol.Tcp.Value)) with { States = states };

    private static PacketMatch Open(ConnectionStates states, string text) =>
        PacketMatch.OfCondition(ConditionKind.Header, text).And(Tcp(states));
}
