using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Flows;

/// <summary>Processes a packet.</summary>
/// <param name="packet">The packet; its bytes are valid during the call only.</param>
/// <param name="capture">Index of its capture.</param>
/// <param name="point">Index of its capture point.</param>
/// <param name="timestampDigits">Decimal digits of a second in its capture's timestamps.</param>
internal delegate void PacketWalked(in CapturedPacket packet, int capture, ushort point, byte timestampDigits);

/// <summary>Holds back a packet whose time is more than <see cref="ObservationClock.StepNs"/> from the packets before
/// it, until the next one decides. If that has a similar time, or none comes, its time is accepted; else it is replaced
/// by the capture's current time, so that it neither expires flows nor starts one in another year. Both passes use it,
/// so they find the same times.</summary>
/// <param name="walk">Processes a packet.</param>
/// <param name="duplicates">Recent packets. Duplicates are found by time, so a packet with an unknown time is no
/// duplicate and has none.</param>
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

    /// <summary>Processes the held packet, then this one, unless its time is in doubt: then it is held.</summary>
    /// <param name="clock">The clock, which has noted the packet's time.</param>
    /// <param name="packet">The packet; copied when held.</param>
    /// <param name="capture">Index of its capture.</param>
    /// <param name="point">Index of its capture point.</param>
    /// <param name="timestampDigits">Decimal digits of a second in its capture's timestamps.</param>
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

    /// <summary>Processes the held packet, if any, with its time according to a clock that has noted the next
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

    /// <summary>Processes the held packet, if any, as the last one: nothing contradicts its time.</summary>
    public void Complete()
    {
        if (!_isHeld)
            return;
        _isHeld = false;
        walk(new CapturedPacket(_number, _timestampNs, _interfaceIndex, _linkType, _originalLength,
            _bytes.AsSpan(0, _length)), _capture, _point, _timestampDigits);
    }
}
