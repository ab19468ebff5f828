using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>The pseudo-TLS handshake of Microsoft's TURN over TCP ([MS-TURN] 2.1): two fixed TLS 1.0 records with
/// variable random values only. The client's hello offers one suite, 0x0018, without extensions; the server's record
/// ends with ServerHelloDone without a certificate. Distinguished from TLS by this form alone.</summary>
internal static class MsTurnPseudoTls
{
    /// <summary>Length of the client's record including its header, in bytes.</summary>
    public const int ClientHelloLength = 50;

    /// <summary>Length of the server's record including its header, in bytes.</summary>
    public const int ServerHelloLength = 83;

    private const int RandomLength = 32;

    private static ReadOnlySpan<byte> ClientHead => [0x16, 0x03, 0x01, 0x00, 0x2D, 0x01, 0x00, 0x00, 0x29, 0x03, 0x01];

    /// <summary>No session id, one suite, one compression method.</summary>
    private static ReadOnlySpan<byte> ClientTail => [0x00, 0x00, 0x02, 0x00, 0x18, 0x01, 0x00];

    private static ReadOnlySpan<byte> ServerHead => [0x16, 0x03, 0x01, 0x00, 0x4E, 0x02, 0x00, 0x00, 0x46, 0x03, 0x01];

    /// <summary>After random and session id: suite, compression method, ServerHelloDone.</summary>
    private static ReadOnlySpan<byte> ServerTail => [0x00, 0x18, 0x00, 0x0E, 0x00, 0x00, 0x00];

    private static byte SessionIdLength => 32;

    /// <summary>Match of the start of one direction: the client's hello is a request, the server's a reply.</summary>
    public static SideMatch Weigh(ReadOnlySpan<byte> stream)
    {
        if (stream.IsEmpty)
            return SideMatch.NoData;
        var client = WeighClient(stream);
        return client == SideMatch.Mismatch ? WeighServer(stream) : client;
    }

    private static SideMatch WeighClient(ReadOnlySpan<byte> stream)
    {
        if (!Agrees(stream, 0, ClientHead) || !Agrees(stream, ClientHead.Length + RandomLength, ClientTail))
            return SideMatch.Mismatch;
        return stream.Length >= ClientHelloLength ? SideMatch.Request : SideMatch.Partial;
    }

    private static SideMatch WeighServer(ReadOnlySpan<byte> stream)
    {
        var session = ServerHead.Length + RandomLength;
        if (!Agrees(stream, 0, ServerHead) || !Agrees(stream, session, [SessionIdLength])
            || !Agrees(stream, session + 1 + SessionIdLength, ServerTail))
            return SideMatch.Mismatch;
        return stream.Length >= ServerHelloLength ? SideMatch.Reply : SideMatch.Partial;
    }

    /// <summary>True when the bytes present at <paramref name="start"/> equal <paramref name="expected"/>.</summary>
    private static bool Agrees(ReadOnlySpan<byte> stream, int start, ReadOnlySpan<byte> expected)
    {
        var seen = stream[Math.Min(start, stream.Length)..];
        return seen.Length < expected.Length ? expected.StartsWith(seen) : seen.StartsWith(expected);
    }
}
