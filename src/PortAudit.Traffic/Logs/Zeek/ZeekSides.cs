using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>The two sides of a row of conn.log.</summary>
internal static class ZeekSides
{
    /// <summary>The sides of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="history">Its history.</param>
    /// <param name="originator">The originator as Zeek saw it.</param>
    /// <param name="responder">The responder.</param>
    /// <param name="transport">The transport.</param>
    /// <param name="basis">How the originator was determined.</param>
    public static LogSides Of(ZeekRow row, string history, Endpoint originator, Endpoint responder,
        IpProtocol transport, out DirectionBasis basis) =>
        new LogSides(history, originator, responder, Sent(row, transport), Received(row, transport))
            .Settle(transport, out basis);

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
