using System.Runtime.CompilerServices;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>The packets of one frame, from the outermost to the one inside the innermost supported tunnel; a frame that
/// completes a fragmented datagram continues with the reassembled one. Both passes walk frames this way, so they find
/// the same keys.</summary>
internal ref struct PacketWalk
{
    /// <summary>Nested tunnels followed; real ones nest two or three deep.</summary>
    public const int MaximumTunnels = 8;

    private DecoderState _memory;
    private long _timestampNs;
    private int _frameLength;
    private ushort _point;
    private ReadOnlySpan<byte> _bytes;
    private ref DecodedPacket _packet;
    private int _depth;

    /// <summary>Begins at the outermost packet; the walk must be blank. Large state is in <paramref name="memory"/>,
    /// which need not be cleared per frame.</summary>
    /// <param name="frame">The frame; the walk is valid as long as it is.</param>
    /// <param name="point">Index of its capture point.</param>
    /// <param name="memory">Decoder state; for one walk at a time.</param>
    public void Begin(in CapturedPacket frame, ushort point, DecoderState memory)
    {
        _memory = memory;
        _timestampNs = frame.TimestampNs;
        _frameLength = frame.OriginalLength;
        _point = point;
        _bytes = frame.Bytes;
        _packet = ref memory.Decode(frame);
        memory.Vlans.Join(ref _packet);
        memory.Fragments.BeginFrame();
        if (_packet.HasService)
            EnterService();
        Arrive();
    }

    /// <summary>The current packet; reassembled if the frame completes a datagram.</summary>
    public readonly ref readonly DecodedPacket Packet => ref _packet;

    /// <summary>True when the packet is in no tunnel.</summary>
    public readonly bool IsOutermost => _depth == 0;

    /// <summary>TCP and UDP headers around the packet.</summary>
    public int Level { get; private set; }

    /// <summary>True when the packet's transport header is in this frame or became known with it: false for a later
    /// fragment.</summary>
    public bool BringsHeader { get; private set; }

    /// <summary>True when this frame brought the last fragment of a reassembled packet.</summary>
    public bool IsReassembled { get; private set; }

    /// <summary>True when the packet came as a fragment, reassembled or not.</summary>
    public bool CameAsFragment { get; private set; }

    /// <summary>True when the fragment's datagram has another one begin inside it.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>True when the fragment is a duplicate.</summary>
    public bool IsCopy { get; private set; }

    /// <summary>Transport payload bytes carried by this frame on the wire; negative where the reassembled datagram
    /// shows that too many were counted before.</summary>
    public int PayloadOnWire { get; private set; }

    /// <summary>True when <see cref="Earlier"/> or <see cref="EarlierCopies"/> has any.</summary>
    public bool BringsEarlier { get; private set; }

    /// <summary>Fragments of the same flow that came before the flow was known.</summary>
    public readonly FragmentTally Earlier => BringsEarlier ? _memory.Earlier : default;

    /// <summary>Copies of fragments, not in <see cref="Earlier"/>.</summary>
    public readonly FragmentTally EarlierCopies => BringsEarlier ? _memory.EarlierCopies : default;

    /// <summary>Captured transport payload of the packet.</summary>
    public readonly ReadOnlySpan<byte> Payload => _bytes.Slice(_packet.PayloadOffset, _packet.PayloadLength);

    /// <summary>Options of a TCP segment with a complete header; else none.</summary>
    public readonly TcpOptions TcpOptions => _packet.TcpHeaderLength <= TcpSegment.MinimumHeaderLength ? default
        : TcpOptions.Read(_bytes.Slice(
            _packet.PayloadOffset - _packet.TcpHeaderLength + TcpSegment.MinimumHeaderLength,
            _packet.TcpHeaderLength - TcpSegment.MinimumHeaderLength));

    /// <summary>The bytes for recognisers: the payload; of ICMP the whole message, whose header distinguishes requests
    /// and pairs them with replies. Empty for an ICMP fragment.</summary>
    public readonly ReadOnlySpan<byte> Shown => !_packet.Protocol.IsIcmp ? Payload
        : _packet.IsFragment ? default : _bytes.Slice(_packet.PayloadOffset - IcmpMessage.HeaderLength,
            IcmpMessage.HeaderLength + _packet.PayloadLength);

    /// <summary>Moves to the packet inside this one. False when there is none, or beyond
    /// <see cref="MaximumTunnels"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveInside() => _packet.Inner.Kind != TunnelKind.None && TryDecodeInner();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryDecodeInner()
    {
        if (_depth == MaximumTunnels)
        {
            PacketDecoder.Stop(ref _packet, DecodeLayer.Payload, DecodeReason.TooDeep);
            return false;
        }

        _depth++;
        if (_packet.Protocol == IpProtocol.Tcp || _packet.Protocol == IpProtocol.Udp)
            Level++;
        var tunnel = _memory.Tunnels.NumberOf(_packet);
        PacketDecoder.DecodeInner(_bytes, ref _packet);
        _memory.Vlans.Join(ref _packet);
        _packet.Tunnel = tunnel;
        if (_packet.HasService)
            EnterService();
        Arrive();
        return true;
    }

    /// <summary>A backbone service is a separate network, though its frames are in no packet.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EnterService() => _packet.Tunnel = _memory.Tunnels.NumberOfService(_packet.Service, _packet.Tunnel);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Arrive()
    {
        BringsHeader = true;
        (IsReassembled, CameAsFragment, IsTorn, IsCopy, BringsEarlier) = (false, false, false, false, false);
        PayloadOnWire = _packet.OriginalPayloadLength;
        if (_packet.IsFragment)
            JoinFragments();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void JoinFragments()
    {
        var fragment = _packet.Fragment;
        CameAsFragment = true;
        if (!_packet.HasTransport)
            PayloadOnWire = PayloadOf(fragment);
        var datagram = FindOrAdd(fragment);
        IsTorn = datagram.IsTorn;

        // Waits for the rest of a partial header: its control bits may be in the next fragment (RFC 1858 §3).
        var hasHeader = _packet.HasTransport
            && (_packet.StoppedAt, _packet.StopReason) != (DecodeLayer.Tcp, DecodeReason.HeaderLies);
        if (!IsCopy && _memory.Fragments.TryTakeWhole(datagram, out var whole))
        {
            _bytes = whole;
            PacketDecoder.DecodeWhole(whole, ref _packet);
            IsReassembled = hasHeader = _packet.HasTransport;
        }
        else if (datagram.HasPorts && !_packet.HasTransport)
        {
            NameBy(datagram);
        }

        BringsHeader = hasHeader && !IsCopy && !datagram.HasHeader;
        datagram.HasHeader |= hasHeader;
        if (_packet.HasTransport)
            LeaveTo(datagram);
        else
            Wait(datagram);
    }

    /// <summary>The datagram of a fragment; adds the fragment's data unless it is a copy.</summary>
    private Datagram FindOrAdd(in IpFragment fragment)
    {
        var key = FlowKey.Of(_packet, _point, out var sender);
        if (_memory.Duplicates.Repeats(key.Digest(), sender, _packet, _bytes.Slice(fragment.Offset, fragment.Length),
            _timestampNs)
            && _memory.Fragments.Find(_packet, _point, _timestampNs) is { } known)
        {
            IsCopy = true;
            return known;
        }

        var datagram = _memory.Fragments.Add(_packet, _bytes, _point, _timestampNs);
        if (datagram.TookLatest)
            datagram.PayloadBytes += PayloadOnWire;
        return datagram;
    }

    /// <summary>Passes what waited for the packet to its flow. For a reassembled datagram, it is known which fragment
    /// bytes were not payload.</summary>
    private void LeaveTo(Datagram datagram)
    {
        datagram.SetPorts(_packet);
        (_memory.Earlier, datagram.Earlier) = (datagram.Earlier, default);
        (_memory.EarlierCopies, datagram.EarlierCopies) = (datagram.EarlierCopies, default);
        BringsEarlier = _memory.Earlier.Packets > 0 || _memory.EarlierCopies.Packets > 0;
        if (!IsReassembled)
            return;
        var headers = datagram.PayloadBytes - _packet.OriginalPayloadLength;
        var waited = Math.Clamp(headers, 0, _memory.Earlier.PayloadBytes);
        _memory.Earlier = _memory.Earlier with { PayloadBytes = _memory.Earlier.PayloadBytes - waited };
        PayloadOnWire -= (int)(headers - waited);
    }

    private void Wait(Datagram datagram)
    {
        PacketDecoder.Stop(ref _packet, DecodeLayer.Payload, DecodeReason.Done);
        if (IsCopy)
            datagram.EarlierCopies = datagram.EarlierCopies.With(_frameLength, PayloadOnWire, _timestampNs);
        else
            datagram.Earlier = datagram.Earlier.With(_frameLength, PayloadOnWire, _timestampNs);
    }

    /// <summary>Payload bytes of a later fragment: all after the least header.</summary>
    private readonly int PayloadOf(in IpFragment fragment)
    {
        var header = _packet.Protocol == IpProtocol.Tcp ? TcpSegment.MinimumHeaderLength : 0;
        return fragment.WireLength - Math.Clamp(header - fragment.Position, 0, fragment.WireLength);
    }

    /// <summary>A later fragment has no ports: it belongs to the conversation of the first.</summary>
    private void NameBy(Datagram datagram)
    {
        (_packet.HasTransport, _packet.SourcePort, _packet.DestinationPort, _packet.Protocol) =
            (true, datagram.SourcePort, datagram.DestinationPort, datagram.Protocol);
        PacketDecoder.Stop(ref _packet, DecodeLayer.Payload, DecodeReason.Done);
    }
}
