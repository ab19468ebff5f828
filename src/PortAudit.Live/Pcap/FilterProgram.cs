using System.Runtime.InteropServices;
using PortAudit.Traffic.Capture;

namespace PortAudit.Live.Pcap;

/// <summary>A capture filter, compiled for the frames of one link type in files. Nothing of this may be called before
/// <see cref="PcapLibrary.Problem"/> is known to be null.</summary>
internal sealed unsafe class FilterProgram : IDisposable
{
    /// <summary>libpcap's <c>MAXIMUM_SNAPLEN</c>: frames are as long as they are.</summary>
    private const int SnapLength = 262_144;

    private LibPcap.Program* _program;

    private FilterProgram(LibPcap.Program* program) => _program = program;

    /// <summary>Compiles a filter.</summary>
    /// <param name="expression">The filter; without a character 0.</param>
    /// <param name="linkType">The link type.</param>
    /// <param name="message">libpcap's message; empty when it compiled.</param>
    public static FilterProgram? TryCompile(string expression, LinkType linkType, out string message)
    {
        message = "";
        var handle = LibPcap.OpenDead(DataLink.FromLinkType(linkType), SnapLength);
        if (handle == 0)
        {
            message = "libpcap has no memory left";
            return null;
        }

        var program = (LibPcap.Program*)NativeMemory.AllocZeroed((nuint)sizeof(LibPcap.Program));
        try
        {
            if (LibPcap.Compile(handle, program, expression, 1, LibPcap.UnknownNetmask) == 0)
                return new FilterProgram(program);
            message = Marshal.PtrToStringUTF8(LibPcap.LastError(handle)) ?? "";
            NativeMemory.Free(program);
            return null;
        }
        finally
        {
            LibPcap.Close(handle);
        }
    }

    /// <summary>True when the filter takes a frame. Allocates nothing.</summary>
    public bool Takes(in CapturedPacket packet)
    {
        // Only the lengths are read (bpf_filter). A frame of no bytes still needs an address.
        var header = stackalloc byte[PacketHeader.LengthOnUnix];
        PacketHeader.WriteLengths(header, (uint)packet.Bytes.Length, (uint)packet.OriginalLength);
        byte none = 0;
        fixed (byte* bytes = packet.Bytes)
            return LibPcap.OfflineFilter(_program, header, bytes == null ? &none : bytes) != 0;
    }

    public void Dispose()
    {
        if (_program == null)
            return;
        LibPcap.FreeCode(_program);
        NativeMemory.Free(_program);
        _program = null;
    }
}
