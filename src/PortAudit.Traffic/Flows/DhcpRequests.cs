using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Dhcp;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// The latest requests of DHCP that went to all hosts, at whatever capture point: the answer goes to another address,
/// and may pass another interface. Transaction and client tell whose it is (RFC 2131 §4.1).
/// </summary>
internal sealed class DhcpRequests
{
    /// <summary>Requests that wait for an answer at one time, which takes less than a second; the oldest gives way. All
    /// hosts of four /24 networks may begin at once.</summary>
    private const int Room = 1024;

    private uint[] _transactions = [];
    private Request[] _requests = [];
    private int _next;

    /// <summary>Keeps a request.</summary>
    /// <param name="message">The request.</param>
    /// <param name="port">The port that the client sends from, and is answered at.</param>
    /// <param name="key">The key of its flow.</param>
    public void Add(DhcpMessage message, ushort port, in FlowKey key)
    {
        var request = new Request(Exchange.Of(message, port), key);
        if (_requests.Length == 0)
            (_transactions, _requests) = (new uint[Room], new Request[Room]);
        for (var i = Find(message.Transaction, 0); i >= 0; i = Find(message.Transaction, i + 1))
        {
            if (_requests[i] == request)
                return;
        }

        (_transactions[_next], _requests[_next]) = (message.Transaction, request);
        _next = (_next + 1) % Room;
    }

    /// <summary>Goes on looking for the requests that an answer belongs to.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="port">The port that it goes to.</param>
    /// <param name="place">Where to begin, 0 at first; then where to go on.</param>
    /// <param name="key">The key of the request's flow.</param>
    public bool TryFind(DhcpMessage answer, ushort port, ref int place, out FlowKey key)
    {
        key = default;
        var sought = Exchange.Of(answer, port);
        for (var i = Find(answer.Transaction, place); i >= 0; i = Find(answer.Transaction, i + 1))
        {
            if (_requests[i].Exchange != sought)
                continue;
            (place, key) = (i + 1, _requests[i].Key);
            return true;
        }

        return false;
    }

    private int Find(uint transaction, int from)
    {
        var place = _transactions.AsSpan(from).IndexOf(transaction);
        return place < 0 ? place : from + place;
    }

    private readonly record struct Request(Exchange Exchange, FlowKey Key);

    /// <summary>What a request and its answers have in common. A relay answers the client at another port than the
    /// server answers the relay.</summary>
    private readonly record struct Exchange(uint Transaction, ulong HardwareHigh, ulong HardwareLow, ushort Port)
    {
        public static Exchange Of(DhcpMessage message, ushort port)
        {
            Span<byte> hardware = stackalloc byte[DhcpMessage.HardwareAddressRoom];
            message.HardwareAddress.CopyTo(hardware);
            return new Exchange(message.Transaction, BinaryPrimitives.ReadUInt64BigEndian(hardware),
                BinaryPrimitives.ReadUInt64BigEndian(hardware[8..]), port);
        }
    }
}
