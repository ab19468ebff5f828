using PortAudit.Traffic.Logs.Contract;

namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>What the first bytes of a file tell of it.</summary>
/// <param name="MayHoldFlows">True when flows are among its first events, or may follow.</param>
internal sealed record SuricataStart(bool MayHoldFlows) : LogContent
{
    /// <inheritdoc />
    public override string Format => "Suricata EVE log, JSON lines";

    /// <inheritdoc />
    public override bool HasFlows => MayHoldFlows;

    /// <inheritdoc />
    public override bool IsRead => true;

    /// <summary>Recognises a log: every line has a type and a time, and one is an event of a flow or packet, or
    /// statistics. Null for anything else.</summary>
    /// <param name="start">First bytes of the file.</param>
    public static SuricataStart? TryRecognise(ReadOnlySpan<byte> start)
    {
        var isCut = start.Length >= LogFile.StartLength;
        start = start.StartsWith("\uFEFF"u8) ? start["\uFEFF"u8.Length..] : start;
        var (row, json) = (new EveEvent(), new EveJson());
        var (isSuricata, hasFlows) = (false, false);
        for (var isFirst = true; !start.IsEmpty; isFirst = false)
        {
            var end = start.IndexOf((byte)'\n');
            var line = end < 0 ? start : start[..end];
            start = end < 0 ? default : start[(end + 1)..];
            if (line is not [(byte)'{', ..])
            {
                if (isFirst)
                    return null;
                continue;
            }

            // A line may be cut; what it begins with is enough.
            json.TryRead(line, row);
            if (isFirst && (!row.Has(EveField.EventType) || row.TimeNs(EveField.Timestamp, out _) is null))
                return null;
            isSuricata |= IsEvent(row);
            hasFlows |= row.Is("flow"u8) || row.Is("netflow"u8);
        }

        return isSuricata ? new SuricataStart(hasFlows || isCut) : null;
    }

    /// <summary>Events of packets and flows name the ends and the transport, those of flows an identifier that is a
    /// number.</summary>
    private static bool IsEvent(EveEvent row) => row.Is("stats"u8)
        || (row.Has(EveField.EventType) && row.Has(EveField.SourceAddress) && row.Has(EveField.TargetAddress)
            && row.Has(EveField.Proto) && (row.Count(EveField.FlowId) is not null || row.Is("anomaly"u8)
            || row.Is("alert"u8) || row.Is("drop"u8)));
}
