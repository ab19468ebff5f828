namespace PortAudit.Live.Pcap;

/// <summary>What functions of libpcap answer (<c>PCAP_ERROR_…</c> and <c>PCAP_WARNING_…</c> of <c>pcap/pcap.h</c>):
/// negative is a failure, positive a success with a reservation.</summary>
internal static class PcapStatus
{
    public const int Success = 0;
    public const int WarningPromiscuousNotSupported = 2;
    public const int NoSuchDevice = -5;
    public const int PermissionDenied = -8;
    public const int InterfaceNotUp = -9;
    public const int PromiscuousPermissionDenied = -11;
    public const int CaptureNotSupported = -13;
}
