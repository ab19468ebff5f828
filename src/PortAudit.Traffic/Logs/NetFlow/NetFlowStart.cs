using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>What the first datagram of a file tells of it.</summary>
/// <param name="Header">Its header.</param>
internal sealed record NetFlowStart(ExportHeader Header) : LogContent
{
    /// <summary>The year 1990, before NetFlow, in nanoseconds since the Unix epoch.</summary>
    private const long EarliestNs = 631_152_000L * 1_000_000_000;

    /// <summary>Records in a datagram of v9 at most: text counts more, as its bytes are letters.</summary>
    private const int MaximumCount = 2000;

    /// <inheritdoc />
    public override bool HasFlows => true;

    /// <inheritdoc />
    public override bool IsRead => true;

    /// <inheritdoc />
    public override string Format => $"{Header.Name}, export datagrams";

    /// <inheritdoc />
    public override LogSource? Source => Header.Source;

    /// <summary>Recognises a file; null for anything else.</summary>
    /// <param name="start">First bytes of the file.</param>
    public static NetFlowStart? TryRecognise(ReadOnlySpan<byte> start)
    {
        if (!ExportHeader.IsStart(start, out var header))
            return null;
        if (!header.HasSets)
            return header.TimeNs >= EarliestNs ? new NetFlowStart(header) : null;
        var isIpfix = header.Version == ExportHeader.Ipfix;
        var isCut = start.Length < LogFile.StartLength;
        var limit = isIpfix ? Math.Min(header.DatagramLength, start.Length) : start.Length;
        if (limit < header.Length + ExportSet.HeaderLength || (!isIpfix && header.Count > MaximumCount))
            return null;
        if (!ExportSet.TryParse(header.Version, start[header.Length..limit], out _, out var error)
            && !(isCut && error == ParseError.Incomplete))
            return null;
        return isIpfix && !MayGoOn(start[limit..]) ? null : new NetFlowStart(header);
    }

    /// <summary>True when what follows a message may be another one.</summary>
    private static bool MayGoOn(ReadOnlySpan<byte> rest) =>
        !rest.ContainsAnyExcept((byte)0) || rest.Length < ExportSet.HeaderLength || rest[0] == 0;
}
