using System.Runtime.CompilerServices;

namespace PortAudit.Live.Pcap;

/// <summary>
/// What libpcap hands over before a packet's bytes: <c>struct pcap_pkthdr { struct timeval ts; bpf_u_int32 caplen;
/// bpf_u_int32 len; }</c> (<c>pcap/pcap.h</c>). The two lengths are 32 bits everywhere; what stands before them is the
/// system's own timeval. Of 64-bit processes:
/// <list type="bullet">
/// <item>Linux (<c>bits/types/struct_timeval.h</c>): seconds and fraction 64 bits each, lengths from byte 16 on.</item>
/// <item>macOS (<c>sys/_types/_timeval.h</c>): seconds 64 bits, fraction 32 bits (<c>__darwin_suseconds_t</c>) and four
/// bytes of padding, lengths from byte 16 on. A comment follows in Apple's library, which is not read.</item>
/// <item>Windows (<c>winsock2.h</c>): a long has 32 bits there, so seconds and fraction 32 bits each, lengths from byte
/// 8 on.</item>
/// </list>
/// The fraction is in microseconds, or in nanoseconds where that precision was asked for and granted. All in the byte
/// order of the machine.
/// </summary>
/// <param name="Seconds">Seconds since the Unix epoch.</param>
/// <param name="Fraction">Microseconds or nanoseconds.</param>
/// <param name="CapturedLength">Bytes that were captured.</param>
/// <param name="OriginalLength">Bytes on the wire.</param>
internal readonly record struct PacketHeader(long Seconds, uint Fraction, uint CapturedLength, uint OriginalLength)
{
    /// <summary>Length of the header on Windows, in bytes.</summary>
    public const int LengthOnWindows = 16;

    /// <summary>Length of what is read of it on Linux and macOS, in bytes.</summary>
    public const int LengthOnUnix = 24;

    /// <summary>Reads the header of this system's libpcap. The choice is a constant of the compiled code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe PacketHeader Read(byte* header) =>
        OperatingSystem.IsWindows() ? ReadWindows(header) : ReadUnix(header);

    /// <summary>Reads the form of Linux and macOS. A fraction is below 2³² in both, and its lower half comes first on
    /// the little-endian machines that .NET runs on.</summary>
    internal static unsafe PacketHeader ReadUnix(byte* header) =>
        new(*(long*)header, *(uint*)(header + 8), *(uint*)(header + 16), *(uint*)(header + 20));

    /// <summary>Reads the form of Windows. Seconds are taken as unsigned, so that they last until 2106.</summary>
    internal static unsafe PacketHeader ReadWindows(byte* header) =>
        new(*(uint*)header, *(uint*)(header + 4), *(uint*)(header + 8), *(uint*)(header + 12));

    /// <summary>Writes the lengths of a header of this system's libpcap.</summary>
    /// <param name="header">Takes the header: <see cref="LengthOnUnix"/> bytes, zero before.</param>
    /// <param name="capturedLength">Bytes that were captured.</param>
    /// <param name="originalLength">Bytes on the wire.</param>
    public static unsafe void WriteLengths(byte* header, uint capturedLength, uint originalLength)
    {
        var lengths = (uint*)(header + (OperatingSystem.IsWindows() ? 8 : 16));
        (lengths[0], lengths[1]) = (capturedLength, originalLength);
    }
}
