using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Rtsp;

/// <summary>One transport of a <c>Transport</c> field (RFC 2326 §12.39, RFC 7826 §18.54), viewed in place:
/// <c>RTP/AVP;unicast;client_port=4588-4589;server_port=6256-6257</c>. Version 2.0 has <c>dest_addr</c> and
/// <c>src_addr</c> instead of ports.</summary>
internal readonly ref struct RtspTransport
{
    private readonly ReadOnlySpan<byte> _value;

    private RtspTransport(ReadOnlySpan<byte> value) => _value = value;

    /// <summary>Removes the first transport from a field value; false when it is empty.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> list, out RtspTransport transport)
    {
        var comma = FieldParameters.IndexOutsideQuotes(list, (byte)',');
        transport = new RtspTransport((comma < 0 ? list : list[..comma]).Trim(" \t\r\n"u8));
        list = comma < 0 ? [] : list[(comma + 1)..];
        return !transport._value.IsEmpty;
    }

    /// <summary>True for RTP, of any profile.</summary>
    public bool IsRtp => Words.Begins(FieldParameters.Main(_value), "RTP/"u8);

    /// <summary>True for media over UDP, not interleaved or over another connection.</summary>
    public bool IsUdp => !Words.Begins(_value[Math.Max(0, FieldParameters.Main(_value).Length - 4)..], "/TCP"u8)
        && FieldParameters.Find(_value, "interleaved"u8).IsEmpty;

    /// <summary>One or two ports, separated by a hyphen, in <c>client_port</c>, <c>server_port</c> or <c>port</c> (of a
    /// group). The second is 0 when missing.</summary>
    public bool TryFindPorts(ReadOnlySpan<byte> parameter, out ushort first, out ushort second)
    {
        var value = FieldParameters.Find(_value, parameter);
        var hyphen = value.IndexOf((byte)'-');
        second = 0;
        return PortNumber.TryParse(hyphen < 0 ? value : value[..hyphen], out first)
            && (hyphen < 0 || PortNumber.TryParse(value[(hyphen + 1)..], out second));
    }

    /// <summary>The address in <c>source</c> or <c>destination</c>. False when missing or a name.</summary>
    public bool TryFindAddress(ReadOnlySpan<byte> parameter, out IpAddress address) =>
        IpAddress.TryParse(FieldParameters.Find(_value, parameter), out address) && !address.IsUnspecified;

    /// <summary>An endpoint in <c>dest_addr</c> or <c>src_addr</c>, <c>"192.0.2.5:3456"/"192.0.2.5:3457"</c> (RFC 7826
    /// §18.54): the first for RTP, the second for RTCP. Without a host, the address is
    /// <paramref name="own"/>.</summary>
    public bool TryFindEnd(ReadOnlySpan<byte> parameter, int index, IpAddress own, out IpAddress address,
        out ushort port)
    {
        (address, port) = (own, 0);
        var list = FieldParameters.Find(_value, parameter);
        var slash = list.IndexOf((byte)'/');
        if (index > 0 && slash < 0)
            return false;
        var end = (index > 0 ? list[(slash + 1)..] : slash < 0 ? list : list[..slash]).Trim((byte)'"');
        var colon = end.LastIndexOf((byte)':');
        if (colon < 0 || !PortNumber.TryParse(end[(colon + 1)..], out port))
            return false;
        return colon == 0 || IpAddress.TryParse(end[..colon].Trim("[]"u8), out address);
    }
}
