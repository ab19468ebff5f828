using System.Buffers.Binary;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>The requests of a TURN client of which the answer alone does not tell enough, until it comes.</summary>
internal sealed class TurnRequests
{
    /// <summary>Requests that wait at once at most; a newer one takes the place of the oldest. Clients keep one or two
    /// under way (RFC 8489 §6.2.1).</summary>
    public const int Maximum = 16;

    private readonly Request[] _requests = new Request[Maximum];
    private int _next;

    /// <summary>Keeps what a request named.</summary>
    /// <param name="transactionId">The cookie and the transaction id, 16 bytes.</param>
    /// <param name="peer">The peer; default without one.</param>
    /// <param name="transport">The transport that was asked for.</param>
    public void Add(ReadOnlySpan<byte> transactionId, Endpoint peer, IpProtocol transport)
    {
        _requests[_next] = new Request(IsSet: true, BinaryPrimitives.ReadUInt64BigEndian(transactionId),
            BinaryPrimitives.ReadUInt64BigEndian(transactionId[8..]), peer, transport);
        _next = (_next + 1) % Maximum;
    }

    /// <summary>Takes the request that an answer is for; false when it was not seen.</summary>
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

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_requests);
        _next = 0;
    }

    private readonly record struct Request(bool IsSet, ulong High, ulong Low, Endpoint Peer, IpProtocol Transport);
}
