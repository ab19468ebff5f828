using Microsoft.Win32.SafeHandles;

namespace PortAudit.Live.Pcap;

/// <summary>A capture of libpcap (<c>pcap_t</c>) that is closed once, whatever happens.</summary>
internal sealed class PcapHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        LibPcap.Close(handle);
        return true;
    }
}
