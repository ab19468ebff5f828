using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Routing;

/// <summary>Recognises RIPng over UDP by header and routes with values allowed by RFC 2080 §2.1; prefix bits beyond the
/// length are 0.</summary>
internal sealed class RipngRecogniser : IRecogniser
{
    /// <summary>RIPng's port (RFC 2080 §2), which distinguishes its shortest request from RIP's.</summary>
    public const ushort Port = 521;

    private const byte Request = 1;
    private const byte Response = 2;
    private const int PrefixBytes = 16;
    private const int PrefixBits = 128;
    private const int PrefixLengthOffset = 18;
    private const int MetricOffset = 19;
    private const int Infinity = 16;
    private const int NextHop = 255;

    /// <summary>Routes read at most: the number in a datagram of 1,500 bytes.</summary>
    private const int MaximumRoutes = 75;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first is Request or Response;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram)
            || !IsRipng(datagram, RipRecogniser.IsBetweenRipngPorts(conversation)))
            return RecogniserAnswer.NoMatch;
        recognition.Client = datagram.Payload[0] == Request ? datagram.Sender : ClientSide.Unknown;
        return RecogniserAnswer.Match;
    }

    private static bool IsRipng(SentDatagram datagram, bool isOnPort)
    {
        var payload = datagram.Payload;
        if (payload is not [Request or Response, 1, 0, 0, ..]
            || payload.Length < RipRecogniser.HeaderLength + RipRecogniser.RouteLength)
            return false;
        var routes = payload[RipRecogniser.HeaderLength..];
        if (datagram.IsWhole && routes.Length % RipRecogniser.RouteLength != 0)
            return false;
        var hasPrefix = false;
        for (var i = 0; i < MaximumRoutes && routes.Length >= RipRecogniser.RouteLength; i++)
        {
            if (!IsRoute(routes[..RipRecogniser.RouteLength]))
                return false;
            hasPrefix |= IsGlobalOrLocal(routes);
            routes = routes[RipRecogniser.RouteLength..];
        }

        return isOnPort || hasPrefix;
    }

    /// <summary>A prefix in use: global unicast, unique local, link-local (RFC 4291 §2.4, RFC 4193). An all-zero one
    /// proves nothing.</summary>
    private static bool IsGlobalOrLocal(ReadOnlySpan<byte> prefix) =>
        prefix[0] >> 5 == 1 || prefix[0] is 0xFC or 0xFD || prefix is [0xFE, 0x80, ..];

    private static bool IsRoute(ReadOnlySpan<byte> route)
    {
        int length = route[PrefixLengthOffset];
        if (route[MetricOffset] == NextHop)
            return length == 0 && route[16] == 0 && route[17] == 0;
        if (length > PrefixBits || route[MetricOffset] is 0 or > Infinity)
            return false;
        var wholeBytes = length / 8;
        if (wholeBytes == PrefixBytes)
            return true;
        return (byte)(route[wholeBytes] << (length % 8)) == 0
            && !route[(wholeBytes + 1)..PrefixBytes].ContainsAnyExcept((byte)0);
    }
}
