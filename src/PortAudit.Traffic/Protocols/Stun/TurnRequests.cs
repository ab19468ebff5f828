using System.Buffers.Binary;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>Pending requests of a TURN client whose response is incomplete without them.</summary>
internal sealed class TurnRequests
{
    /// <summary>Pending requests at most; the oldest is replaced. Clients have one or two (RFC 8489 §6.2.1).</summary>
    public const int Maximum = 16;

    private readonly Request[] _requests = new Request[Maximum];
    private int _next;

    /// <summary>Adds a request.</summary>
    /// <param name="transactionId">Cookie and transaction id, 16 bytes.</param>
    /// <param name="peer">The peer; default without one.</param>
    /// <param name="transport">The requested transport.</param>
    public void Add(ReadOnlySpan<byte> transactionId, Endpoint peer, IpProtocol transport)
    {
        _requests[_next] = new Request(IsSet: true, BinaryPrimitives.ReadUInt64BigEndian(transactionId),
            BinaryPrimitives.ReadUInt64BigEndian(transactionId[8..]), peer, transport);
        _next = (_next + 1) % Maximum;
    }

    /// <summary>Removes the request of a response; false when not seen.</summary>
    public bool TryTake(ReadOnlySpan<byte> transactionId, out Endpoint peer, out IpProtocol transport)
    {
        var (high, low) = (BinaryPrimitives.ReadUInt64BigEndian(transactionId),
            BinaryPrimitives.ReadUInt64BigEndian(transactionId[8..]));
        for (var i = 0; i < Maximum; i++)
        {
            if (!_requests[i].IsSet || _requests[i].High != high || _requests[i].Low != low)
                continue;
            (peer, transport) = (_requests[i].Peer, _requests[i].Transport);
            _requests[i] = default;
            return true;
        }

        (peer, transport) = (default, default);
        return false;
    }

    public void Clear()
    {
        Array.Clear(_requests);
        _next = 0;
    }

    private readonly record struct Request(bool IsSet, ulong High, ulong Low, Endpoint Peer, IpProtocol Transport);
}
