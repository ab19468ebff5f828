using System.Runtime.CompilerServices;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Decoder state between frames: numbers of tunnels, waiting fragments and packets for duplicate
/// detection.</summary>
internal sealed class DecoderState(VlanEquivalence vlans)
{
    private DecodedPacket _packet;
    private FlowKey _key;

    public TunnelTable Tunnels { get; } = new();

    public FragmentTable Fragments { get; } = new();

    public DuplicateFilter Duplicates { get; } = new();

    /// <summary>VLANs that count as one.</summary>
    public VlanEquivalence Vlans { get; } = vlans;

    /// <summary>Fragments that waited for the packet of the current walk.</summary>
    public FragmentTally Earlier { get; set; }

    /// <summary>Copies of <see cref="Earlier"/> fragments.</summary>
    public FragmentTally EarlierCopies { get; set; }

    /// <summary>Decodes a frame. The packet is valid until the next call.</summary>
    public ref DecodedPacket Decode(scoped in CapturedPacket frame)
    {
        PacketDecoder.Decode(frame.Bytes, frame.LinkType, frame.OriginalLength, out _packet);
        return ref _packet;
    }

    /// <summary>The key of the packet's flow, in a shared buffer: valid until the next call. <paramref name="sender"/>
    /// is the side of the packet's source.</summary>
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
