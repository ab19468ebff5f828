using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>Says of nearly all ends that were never announced that they were not, from a table that stays in a core's
/// cache: most flows that end need not be looked up.</summary>
internal sealed class AnnouncedEndpointFilter
{
    /// <summary>Of 2^11 words, 16 KiB: while ten thousand ends are announced, one of forty others is looked up in
    /// vain.</summary>
    private const int WordCountBits = 11;

    private readonly BloomFilter _ends = new(WordCountBits);

    /// <summary>Notes an end.</summary>
    public void Add(in AnnouncedEndpoint end) => _ends.Add(HashOf(end.Server.Address, end.Server.Port, end.Transport));

    /// <summary>False when the end was not noted.</summary>
    public bool MayHold(in IpAddress address, ushort port, IpProtocol transport) =>
        _ends.MayHold(HashOf(address, port, transport));

    /// <summary>Forgets everything.</summary>
    public void Clear() => _ends.Clear();

    private static ulong HashOf(in IpAddress address, ushort port, IpProtocol transport) =>
        SeededHash.Of(address.Low, address.High, ((ulong)port << 8) | transport.Value);
}
