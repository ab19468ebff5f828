using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>The two sides of a flow event: the server is whom the first packet went to, unless Suricata saw later that
/// it was the client.</summary>
internal static class SuricataSides
{
    private const byte Fin = 0x01;
    private const byte Syn = 0x02;
    private const byte Rst = 0x04;
    private const byte Psh = 0x08;
    private const byte Ack = 0x10;

    /// <summary>Octets of the longest usual headers around the payload of TCP: Ethernet with two VLAN tags (22), IP and
    /// TCP with all options (60 each). More bytes a packet than that are payload.</summary>
    private const int LongestTcpHeaders = 142;

    /// <summary>The same for datagrams: 22, IPv6 (40), and as much again for extensions and the transport's
    /// header.</summary>
    private const int LongestDatagramHeaders = 102;

    /// <summary>The sides of an event.</summary>
    /// <param name="flow">The event.</param>
    /// <param name="histories">Histories so far.</param>
    /// <param name="basis">How the originator was determined.</param>
    public static LogSides Of(in SuricataFlow flow, LogTexts histories, out DirectionBasis basis)
    {
        var isNamed = flow.Detected is not null;
        return new LogSides(
            flow.Transport == IpProtocol.Tcp ? HistoryOf(flow.ToServer, flow.ToClient, histories) : "",
            flow.From,
            flow.To,
            Counters(flow.ToServer, flow.Transport, isNamed),
            Counters(flow.ToClient, flow.Transport, isNamed)).Settle(flow.Transport, out basis);
    }

    /// <summary>
    /// The letters of the flags that each side sent. Their order is unknown, so they come in that of a usual
    /// connection. ACK is in SYN-ACKs, in most resets, and in everything else: it shows a segment of its own
    /// (<c>A</c>, <c>a</c>) only where no other flag, or more packets than those, explain it.
    /// </summary>
    private static string HistoryOf(in SuricataCount sent, in SuricataCount received, LogTexts histories)
    {
        Span<char> letters = stackalloc char[10];
        var length = 0;
        var (there, back) = (sent.Flags, received.Flags);
        Add(letters, ref length, (there & Syn) != 0, 'S');
        Add(letters, ref length, (back & (Syn | Ack)) == (Syn | Ack), 'h');
        Add(letters, ref length, (back & (Syn | Ack)) == Syn, 's');
        Add(letters, ref length, Continues(there, sent.Packets, ownPackets: 2), 'A');
        Add(letters, ref length, (there & Psh) != 0, 'D');
        Add(letters, ref length, (back & Syn) == 0 && Continues(back, received.Packets, ownPackets: long.MaxValue),
            'a');
        Add(letters, ref length, (back & Psh) != 0, 'd');
        Add(letters, ref length, (there & Fin) != 0, 'F');
        Add(letters, ref length, (back & Fin) != 0, 'f');
        Add(letters, ref length, (there & Rst) != 0, 'R');
        Add(letters, ref length, (back & Rst) != 0, 'r');
        return histories.Of(letters[..length]);
    }

    /// <summary>True when an ACK is more than that of a reset.</summary>
    private static bool Continues(byte flags, long packets, long ownPackets) => (flags & Ack) != 0
        && ((flags & Rst) == 0 || (flags & (Psh | Fin)) != 0 || packets > ownPackets);

    private static void Add(Span<char> letters, ref int length, bool isSeen, char letter)
    {
        if (isSeen)
            letters[length++] = letter;
    }

    /// <summary>The counters. Payload is not counted: 1 where there was some.</summary>
    private static DirectionCounters Counters(in SuricataCount count, IpProtocol transport, bool isNamed)
    {
        var longest = transport == IpProtocol.Tcp ? LongestTcpHeaders : LongestDatagramHeaders;
        var hasPayload = count.Packets > 0 && ((count.Flags & Psh) != 0
            || (isNamed && transport != IpProtocol.Tcp) || count.Bytes / longest >= count.Packets);
        return new DirectionCounters(count.Packets, count.Bytes, hasPayload ? 1 : 0);
    }
}
