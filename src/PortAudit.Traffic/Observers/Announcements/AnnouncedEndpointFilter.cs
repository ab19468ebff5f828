using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>A cache-resident filter that excludes nearly all endpoints that were never announced, so that most finished
/// flows need no lookup.</summary>
internal sealed class AnnouncedEndpointFilter
{
    /// <summary>2^11 words, 16 KiB: with ten thousand endpoints announced, one in forty others is looked up
    /// needlessly.</summary>
    private const int WordCountBits = 11;

    private readonly BloomFilter _endpoints = new(WordCountBits);

    public void Add(in AnnouncedEndpoint end) =>
        _endpoints.Add(HashOf(end.Server.Address, end.Server.Port, end.Transport));

    /// <summary>False when the endpoint was not added.</summary>
    public bool MayHold(in IpAddress address, ushort port, IpProtocol transport) =>
        _endpoints.MayHold(HashOf(address, port, transport));

    public void Clear() => _endpoints.Clear();

    private static ulong HashOf(in IpAddress address, ushort port, IpProtocol transport) =>
        SeededHash.Of(address.Low, address.High, ((ulong)port << 8) | transport.Value);
}
