namespace PortAudit.Traffic.Capture;

/// <summary>An interface that a capture describes: one for a pcap file, any number for a pcapng file.</summary>
/// <param name="Name">Its name (pcapng <c>if_name</c>), null where the format or the writer gives none.</param>
/// <param name="LinkType">Link-layer type of its frames.</param>
/// <param name="SnapLength">Snap length in bytes, 0 when unlimited or unknown.</param>
/// <param name="Filter">The capture filter in libpcap's syntax (pcapng <c>if_filter</c>), null where none is
/// recorded.</param>
/// <param name="TimestampDigits">Decimal digits of a second that its timestamps resolve: 6 for microseconds, 9 for
/// nanoseconds; at most 9.</param>
public sealed record CaptureInterface(string? Name, LinkType LinkType, uint SnapLength, string? Filter,
    int TimestampDigits)
{
    /// <summary>What it is, in the words of whoever captured (pcapng <c>if_description</c>), null where none is
    /// recorded.</summary>
    public string? Description { get; init; }
}
