using System.Runtime.CompilerServices;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// What the walk of a frame remembers of those before it: tunnels that have numbers, fragments that wait for others,
/// and packets that may be recorded twice.
/// </summary>
/// <param name="vlans">VLANs that count as one.</param>
internal sealed class DecoderState(VlanEquivalence vlans)
{
    private DecodedPacket _packet;
    private FlowKey _key;

    /// <summary>The tunnels.</summary>
    public TunnelTable Tunnels { get; } = new();

    /// <summary>The fragments.</summary>
    public FragmentTable Fragments { get; } = new();

    /// <summary>The latest packets.</summary>
    public DuplicateFilter Duplicates { get; } = new();

    /// <summary>VLANs that count as one.</summary>
    public VlanEquivalence Vlans { get; } = vlans;

    /// <summary>
    /// Fragments that came before it was known to which flow they belong, for the walk that stands at a packet of it.
    /// </summary>
    public FragmentTally Earlier { get; set; }

    /// <summary>Copies of those.</summary>
    public FragmentTally EarlierCopies { get; set; }

    /// <summary>Decodes a frame. The packet is good until the next frame is decoded.</summary>
    public ref DecodedPacket Decode(scoped in CapturedPacket frame)
    {
        PacketDecoder.Decode(frame.Bytes, frame.LinkType, frame.OriginalLength, out _packet);
        return ref _packet;
    }

    /// <summary>
    /// The key of the packet's flow, in the one place that there is for it: good until that of another packet is asked
    /// for.
    /// </summary>
    /// <param name="point">Index of the capture point.</param>
    /// <param name="sender">The side that is the packet's source.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly FlowKey KeyOf(ushort point, out Side sender)
    {
        if (_packet.Protocol.IsIcmp)
            NoteKeyOfAny(point, out sender);
        else
            _key = FlowKey.OfEndpoints(_packet, point, out sender);
        return ref _key;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteKeyOfAny(ushort point, out Side sender) => _key = FlowKey.Of(_packet, point, out sender);
}
