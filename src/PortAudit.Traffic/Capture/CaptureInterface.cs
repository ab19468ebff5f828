namespace PortAudit.Traffic.Capture;

/// <summary>An interface described in a capture: one for pcap, any number for pcapng.</summary>
/// <param name="Name">Its name (pcapng <c>if_name</c>); null where not recorded.</param>
/// <param name="LinkType">Link-layer type of its frames.</param>
/// <param name="SnapLength">Snap length in bytes; 0 when unlimited or unknown.</param>
/// <param name="Filter">Capture filter in libpcap's syntax (pcapng <c>if_filter</c>); null where not recorded.</param>
/// <param name="TimestampDigits">Decimal digits of a second in its timestamps: 6 for microseconds, 9 for nanoseconds;
/// at most 9.</param>
public sealed record CaptureInterface(string? Name, LinkType LinkType, uint SnapLength, string? Filter,
    int TimestampDigits)
{
    /// <summary>Free description (pcapng <c>if_description</c>); null where not recorded.</summary>
    public string? Description { get; init; }
}
