using System.Net;

namespace PortAudit.Live.Devices;

/// <summary>
/// Reads the IP address out of a <c>struct sockaddr</c>. Its first two bytes are the family on Linux and Windows
/// (<c>bits/sockaddr.h</c>, <c>ws2def.h</c>), and length and family on macOS and the BSDs (<c>sys/socket.h</c>). What
/// follows is alike: in <c>sockaddr_in</c> the address at byte 4, in <c>sockaddr_in6</c> at byte 8, and the scope at
/// byte 24.
/// </summary>
internal static unsafe class SocketAddress
{
    private const int Ipv4 = 2;

    // AF_INET6 of Linux, Windows and macOS.
    private static readonly int Ipv6 = OperatingSystem.IsWindows() ? 23 : OperatingSystem.IsMacOS() ? 30 : 10;

    /// <summary>The address; null for null and for other families, hardware addresses among them.</summary>
    public static IPAddress? Read(byte* address)
    {
        if (address is null)
            return null;
        var family = OperatingSystem.IsMacOS() ? address[1] : *(ushort*)address;
        if (family == Ipv4)
            return new IPAddress(new ReadOnlySpan<byte>(address + 4, 4));
        return family == Ipv6 ? new IPAddress(new ReadOnlySpan<byte>(address + 8, 16)) : null;
    }
}
