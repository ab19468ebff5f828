namespace PortAudit.Traffic.Flows;

/// <summary>Kind of a segment by its sequence number.</summary>
internal enum SegmentKind : byte
{
    /// <summary>Seen for the first time.</summary>
    Fresh,

    /// <summary>Seen before.</summary>
    Repeated,

    /// <summary>A keep-alive or a window probe.</summary>
    Probe,
}
