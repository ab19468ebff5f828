using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Flows;

/// <summary>Walks a packet.</summary>
/// <param name="packet">The packet; its bytes are valid during the call.</param>
/// <param name="capture">Index of its capture.</param>
/// <param name="point">Index of its capture point.</param>
/// <param name="timestampDigits">Decimal digits of a second that its capture resolves.</param>
internal delegate void PacketWalked(in CapturedPacket packet, int capture, ushort point, byte timestampDigits);

/// <summary>
/// Keeps a packet whose time is more than <see cref="ObservationClock.StepNs"/> away from that of the packets before it
/// until the next one has come, and walks it then, before that one. When the next one is from a time like it, or none
/// comes, its time stands. Else the packet alone has it, and the time of the capture stands for it: so it ends no flow
/// by silence, begins none in another year, and flows stay whole. Both passes over a capture take packets in this way,
/// so that they find the same times.
/// </summary>
/// <param name="walk">Walks a packet.</param>
/// <param name="duplicates">The latest packets. When a packet was recorded tells whether it repeats them; where nobody
/// knows, it repeats none, and none repeats it.</param>
internal sealed class TimestampGuard(PacketWalked walk, DuplicateFilter duplicates)
{
    private byte[] _bytes = [];
    private int _length;
    private bool _isHeld;
    private long _number;
    private long _timestampNs;
    private long _nowNs;
    private int _interfaceIndex;
    private LinkType _linkType;
    private int _originalLength;
    private int _capture;
    private ushort _point;
    private byte _timestampDigits;

    /// <summary>Walks the packet that is held, then this one, unless its time is in doubt: then it is held.</summary>
    /// <param name="clock">The clock, which has noted the packet's time.</param>
    /// <param name="packet">The packet; its bytes are copied when it is held.</param>
    /// <param name="capture">Index of its capture.</param>
    /// <param name="point">Index of its capture point.</param>
    /// <param name="timestampDigits">Decimal digits of a second that its capture resolves.</param>
    public void Note(in ObservationClock clock, in CapturedPacket packet, int capture, ushort point,
        byte timestampDigits)
    {
        Settle(clock);
        if (!clock.IsInDoubt)
        {
            walk(packet, capture, point, timestampDigits);
            return;
        }

        (_number, _timestampNs, _nowNs, _interfaceIndex, _linkType, _originalLength) = (packet.Number,
            packet.TimestampNs, clock.NowNs, packet.InterfaceIndex, packet.LinkType, packet.OriginalLength);
        (_capture, _point, _timestampDigits, _length, _isHeld) =
            (capture, point, timestampDigits, packet.Bytes.Length, true);
        if (_bytes.Length < _length)
            _bytes = new byte[_length];
        packet.Bytes.CopyTo(_bytes);
    }

    /// <summary>Walks the packet that is held, if one is, with the time that it has by a clock that has noted the next
    /// one.</summary>
    public void Settle(in ObservationClock clock)
    {
        if (!_isHeld || clock.Confirms(_timestampNs, _nowNs))
        {
            Complete();
            return;
        }

        _timestampNs = _nowNs;
        duplicates.Forget();
        Complete();
        duplicates.Forget();
    }

    /// <summary>Walks the packet that is held, if one is: it is the last one, and nothing contradicts its
    /// time.</summary>
    public void Complete()
    {
        if (!_isHeld)
            return;
        _isHeld = false;
        walk(new CapturedPacket(_number, _timestampNs, _interfaceIndex, _linkType, _originalLength,
            _bytes.AsSpan(0, _length)), _capture, _point, _timestampDigits);
    }
}
