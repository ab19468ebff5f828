using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Routing;

/// <summary>Recognises RIP versions 1 and 2 over UDP by header and routes with values allowed by RFC 1058 §3.1 and RFC
/// 2453 §4. The requester is the client; most responses are unsolicited.</summary>
internal sealed class RipRecogniser : IRecogniser
{
    /// <summary>Length of command, version and two zeros, also in RIPng.</summary>
    public const int HeaderLength = 4;

    /// <summary>Length of a route, also in RIPng, in bytes.</summary>
    public const int RouteLength = 20;

    private const byte Request = 1;
    private const byte Response = 2;

    /// <summary>Routes in a datagram (RFC 2453 §4); bounds the loop.</summary>
    private const int MaximumRoutes = 25;
    private const ushort Inet = 2;
    private const ushort Authentication = 0xFFFF;
    private const uint Infinity = 16;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first is Request or Response;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram) || IsBetweenRipngPorts(conversation)
            || !IsRip(datagram))
            return RecogniserAnswer.NoMatch;
        recognition.Client = datagram.Payload[0] == Request ? datagram.Sender : ClientSide.Unknown;
        return RecogniserAnswer.Match;
    }

    /// <summary>The request for all routes has the same bytes in RIP 1 and RIPng: only the port differs.</summary>
    public static bool IsBetweenRipngPorts(in Conversation conversation) =>
        conversation.OriginatorPort == RipngRecogniser.Port || conversation.ResponderPort == RipngRecogniser.Port;

    private static bool IsRip(SentDatagram datagram)
    {
        var payload = datagram.Payload;
        if (payload is not [Request or Response, 1 or 2, 0, 0, ..] || payload.Length < HeaderLength + RouteLength)
            return false;
        var routes = payload[HeaderLength..];
        if (routes.Length > MaximumRoutes * RouteLength || (datagram.IsWhole && routes.Length % RouteLength != 0))
            return false;
        for (var i = 0; routes.Length >= RouteLength; i++)
        {
            if (!IsRoute(routes[..RouteLength], payload[1], payload[0] == Request, isFirst: i == 0))
                return false;
            routes = routes[RouteLength..];
        }

        return true;
    }

    private static bool IsRoute(ReadOnlySpan<byte> route, byte version, bool isRequest, bool isFirst)
    {
        var family = BinaryPrimitives.ReadUInt16BigEndian(route);
        var metric = BinaryPrimitives.ReadUInt32BigEndian(route[16..]);

        // Passwords, keyed digests (RFC 4822 §2) and, after all routes, the digest itself, type 1.
        if (family == Authentication)
            return version == 2 && BinaryPrimitives.ReadUInt16BigEndian(route[2..]) is 1 or 2 or 3;
        if (family == 0)
            return isRequest && isFirst && metric == Infinity && !route[2..16].ContainsAnyExcept((byte)0);
        if (family != Inet || metric > Infinity || (metric == 0 && !isRequest))
            return false;
        return version == 2
            ? IsMask(BinaryPrimitives.ReadUInt32BigEndian(route[8..]))
            : route[2] == 0 && route[3] == 0 && !route[8..16].ContainsAnyExcept((byte)0);
    }

    /// <summary>Ones, then zeros.</summary>
    private static bool IsMask(uint mask) => (~mask & (~mask + 1)) == 0;
}
