using PortAudit.Traffic.Capture;

namespace PortAudit.Live.Pcap;

/// <summary>
/// Turns link types as an interface has them (DLT_, <c>pcap/dlt.h</c>) into those of files (LINKTYPE_). They are the
/// same numbers except where systems disagree among each other about the first ones.
/// </summary>
internal static class DataLink
{
    /// <summary>DLT_LINUX_SLL2: Linux cooked version 2, which names the interface of a packet of <c>any</c>.</summary>
    public const int LinuxCooked2 = 276;

    private const int RawOfOpenBsd = 14;
    private const int RawElsewhere = 12;
    private const int Atm = 11;
    private const int AtmOfLinux = 19;
    private const int PktapOfDarwin = 149;

    /// <summary>The link type that a file has for it; 65535, which is none of the registry, for a number that no file
    /// can have.</summary>
    public static LinkType ToLinkType(int dataLink) => dataLink switch
    {
        RawElsewhere or RawOfOpenBsd => new LinkType(101),
        Atm => new LinkType(100),
        PktapOfDarwin when OperatingSystem.IsMacOS() => new LinkType(258),
        >= 0 and < ushort.MaxValue => new LinkType((ushort)dataLink),
        _ => new LinkType(ushort.MaxValue),
    };

    /// <summary>The number by which libpcap knows a link type of files on this system.</summary>
    public static int FromLinkType(LinkType linkType) => linkType.Value switch
    {
        101 or RawOfOpenBsd => RawElsewhere,
        100 => Atm,
        106 => AtmOfLinux,
        258 when OperatingSystem.IsMacOS() => PktapOfDarwin,
        var other => other,
    };
}
