using System.Buffers.Text;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Sdp;

/// <summary>The address of a <c>c=</c> line, or after the port in <c>a=rtcp:</c> (RFC 8866 §5.7, RFC 3605
/// §2.1).</summary>
/// <param name="Address">The first address. Unspecified means no media, as on hold (RFC 3264 §8.4), or a placeholder
/// until candidates are known.</param>
/// <param name="Count">Number of consecutive addresses; more than one only for groups.</param>
internal readonly record struct SdpConnection(IpAddress Address, int Count)
{
    /// <summary>Consecutive groups used at most: the layers of a hierarchically coded stream.</summary>
    public const int MaximumCount = 16;

    /// <summary>Parses <c>IN IP4 224.2.1.1/127/3</c>. False for host names, which match no packet, and other
    /// networks.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out SdpConnection connection)
    {
        connection = default;
        var rest = value;
        var isInternet = Words.Same(Words.Take(ref rest), "IN"u8);
        var family = Words.Take(ref rest);
        var index = Words.Take(ref rest);
        var slash = index.IndexOf((byte)'/');
        var text = slash < 0 ? index : index[..slash];
        if (!isInternet || !(Words.Same(family, "IP4"u8) || Words.Same(family, "IP6"u8))
            || !IpAddress.TryParse(text, out var address))
            return false;
        connection = new SdpConnection(address,
            address.IsMulticast && slash >= 0 ? CountOf(index[(slash + 1)..], address.IsIpv4) : 1);
        return true;
    }

    /// <summary>The address at an index.</summary>
    public IpAddress At(int index) => Address with { Low = Address.Low + (ulong)index };

    /// <summary>In IPv4 the time to live precedes the number of addresses.</summary>
    private static int CountOf(ReadOnlySpan<byte> scope, bool isIpv4)
    {
        if (isIpv4)
            scope = scope.IndexOf((byte)'/') is >= 0 and var slash ? scope[(slash + 1)..] : [];
        return Utf8Parser.TryParse(scope, out int count, out var length) && length == scope.Length
            ? Math.Clamp(count, 1, MaximumCount)
            : 1;
    }
}
