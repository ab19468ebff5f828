using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Dhcp;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>Recent broadcast DHCP requests at any capture point: the response goes to another address and may pass
/// another interface. Matched by transaction and client (RFC 2131 §4.1).</summary>
internal sealed class DhcpRequests
{
    /// <summary>Requests waiting at one time, each for under a second; the oldest is dropped. All hosts of four /24
    /// networks may start at once.</summary>
    private const int Room = 1024;

    private uint[] _transactions = [];
    private Request[] _requests = [];
    private int _next;

    /// <summary>Adds a request sent from <paramref name="port"/>, to which the response goes.</summary>
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

    /// <summary>Finds the next request that a response belongs to.</summary>
    /// <param name="answer">The response.</param>
    /// <param name="port">The port that it goes to.</param>
    /// <param name="index">Index to search from, 0 at first; updated for the next call.</param>
    /// <param name="key">The key of the request's flow.</param>
    public bool TryFind(DhcpMessage answer, ushort port, ref int index, out FlowKey key)
    {
        key = default;
        var sought = Exchange.Of(answer, port);
        for (var i = Find(answer.Transaction, index); i >= 0; i = Find(answer.Transaction, i + 1))
        {
            if (_requests[i].Exchange != sought)
                continue;
            (index, key) = (i + 1, _requests[i].Key);
            return true;
        }

        return false;
    }

    private int Find(uint transaction, int from)
    {
        var index = _transactions.AsSpan(from).IndexOf(transaction);
        return index < 0 ? index : from + index;
    }

    private readonly record struct Request(Exchange Exchange, FlowKey Key);

    /// <summary>What a request shares with its responses. A relay answers the client on another port than the server
    /// answers the relay.</summary>
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
