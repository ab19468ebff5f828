using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.OncRpc;

/// <summary>A program and its address, from the port mapper (RFC 1833).</summary>
/// <param name="Program">Number of the program; 0 when not given.</param>
/// <param name="Transport">The transport protocol; default (0) for one without IP ports.</param>
/// <param name="Port">The port; 0 for none.</param>
internal readonly record struct RpcBinding(uint Program, IpProtocol Transport, ushort Port)
{
    /// <summary>Reads a <c>mapping</c> of version 2 (§3.1); false when incomplete.</summary>
    public static bool TryReadMapping(ref XdrReader reader, out RpcBinding binding)
    {
        binding = default;
        if (!reader.TryReadUInt32(out var program) || !reader.TryReadUInt32(out _)
            || !reader.TryReadUInt32(out var protocol) || !reader.TryReadUInt32(out var port))
            return false;
        binding = new RpcBinding(program, TransportOf(protocol), PortOf(port));
        return true;
    }

    /// <summary>Reads an <c>rpcb</c> of versions 3 and 4 (§2.1): program, version, network identifier, universal
    /// address, owner; false when incomplete.</summary>
    public static bool TryReadBinding(ref XdrReader reader, out RpcBinding binding)
    {
        binding = default;
        if (!reader.TryReadUInt32(out var program) || !reader.TryReadUInt32(out _)
            || !reader.TryReadBytes(out var network) || !reader.TryReadBytes(out var address)
            || !reader.TryReadBytes(out _))
            return false;
        binding = new RpcBinding(program, TransportOf(network), PortOf(address));
        return true;
    }

    /// <summary>Reads an <c>rpcb_entry</c> of version 4 (§2.1): universal address, network identifier, semantics,
    /// family, protocol, but no program; false when incomplete.</summary>
    public static bool TryReadEntry(ref XdrReader reader, out RpcBinding binding)
    {
        binding = default;
        if (!reader.TryReadBytes(out var address) || !reader.TryReadBytes(out var network)
            || !reader.TryReadUInt32(out _) || !reader.TryReadBytes(out _) || !reader.TryReadBytes(out _))
            return false;
        binding = new RpcBinding(0, TransportOf(network), PortOf(address));
        return true;
    }

    /// <summary>The transport of an IP protocol number; default for one without ports.</summary>
    public static IpProtocol TransportOf(uint protocol) => protocol <= byte.MaxValue
        && new IpProtocol((byte)protocol) is { HasPorts: true } transport ? transport : default;

    /// <summary>A number as a port; 0 when out of range.</summary>
    public static ushort PortOf(uint number) => number <= ushort.MaxValue ? (ushort)number : (ushort)0;

    /// <summary>The port of a universal address; 0 when invalid or loopback.</summary>
    public static ushort PortOf(ReadOnlySpan<byte> universalAddress) =>
        UniversalAddress.TryParse(universalAddress, out var address, out var port) && !IsLoopback(address)
            ? port
            : (ushort)0;

    /// <summary>The transport of a network identifier (RFC 5665 §5.1); default for one without ports, such as
    /// host-local ones.</summary>
    private static IpProtocol TransportOf(ReadOnlySpan<byte> network)
    {
        if (network.SequenceEqual("tcp"u8) || network.SequenceEqual("tcp6"u8))
            return IpProtocol.Tcp;
        return network.SequenceEqual("udp"u8) || network.SequenceEqual("udp6"u8) ? IpProtocol.Udp : default;
    }

    /// <summary>127.0.0.0/8 (RFC 1122 §3.2.1.3) and ::1 (RFC 4291 §2.5.3).</summary>
    private static bool IsLoopback(IpAddress address) =>
        address.IsIpv4 ? (address.Ipv4Value >> 24) == 127 : address is { High: 0, Low: 1 };
}
