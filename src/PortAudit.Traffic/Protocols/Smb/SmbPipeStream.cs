using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>What one end says over a pipe, as a stream of its own: it keeps what its tracker has not read
/// yet.</summary>
internal sealed class SmbPipeStream
{
    /// <summary>Bytes that are kept at most: the longest fragment that Windows and Samba send has 5,840, others may
    /// send some more.</summary>
    public const int MaximumKept = SmbPortTracker.MaximumMessage;

    private const int FirstBuffer = 1024;

    private byte[] _kept = [];
    private TrackerMemory? _memory;
    private int _length;
    private int _skip;
    private bool _isAfterGap;

    /// <summary>Shows what came to a tracker.</summary>
    /// <param name="bytes">What came.</param>
    /// <param name="tracker">The tracker of the pipe.</param>
    /// <param name="carrier">The message in which it came.</param>
    /// <param name="notes">Takes what the tracker reads.</param>
    public void Read(ReadOnlySpan<byte> bytes, IDynamicPortTracker tracker, in ControlMessage carrier,
        AnnouncementNotes notes)
    {
        var skipped = Math.Min(_skip, bytes.Length);
        _skip -= skipped;
        bytes = bytes[skipped..];
        if (_length > 0)
        {
            if (!TryKeep(bytes, _length, notes.Memory))
            {
                GiveUp(notes);
                return;
            }

            bytes = _kept.AsSpan(0, _length);
        }

        var rest = Show(bytes, tracker, carrier, notes);
        if (!TryKeep(rest, 0, notes.Memory))
            GiveUp(notes);
    }

    /// <summary>Gives up what is kept, as what follows it is missing.</summary>
    public void Break()
    {
        _isAfterGap |= _length > 0 || _skip > 0;
        (_length, _skip) = (0, 0);
    }

    /// <summary>Makes it as new.</summary>
    public void Clear()
    {
        _memory?.Return(_kept.Length);
        (_memory, _kept, _length, _skip, _isAfterGap) = (null, [], 0, 0, false);
    }

    private ReadOnlySpan<byte> Show(ReadOnlySpan<byte> bytes, IDynamicPortTracker tracker, in ControlMessage carrier,
        AnnouncementNotes notes)
    {
        while (!bytes.IsEmpty && !notes.IsOver)
        {
            var message = new ControlMessage(carrier.Transport, carrier.Sender, carrier.Receiver, carrier.ByOriginator,
                bytes)
            { IsAfterGap = _isAfterGap, TimestampNs = carrier.TimestampNs };
            var consumed = tracker.Read(message, notes);
            if (consumed == 0)
                break;
            _isAfterGap = false;
            _skip = Math.Max(0, consumed - bytes.Length);
            bytes = bytes[Math.Min(consumed, bytes.Length)..];
        }

        return bytes;
    }

    private void GiveUp(AnnouncementNotes notes)
    {
        notes.Miss();
        (_length, _isAfterGap) = (0, true);
    }

    /// <summary>Keeps bytes from a place on; they may be kept already. False when they are too many.</summary>
    private bool TryKeep(ReadOnlySpan<byte> bytes, int at, TrackerMemory memory)
    {
        var length = at + bytes.Length;
        if (length > MaximumKept)
            return false;
        if (length > _kept.Length)
        {
            var size = Math.Max(FirstBuffer, _kept.Length);
            while (size < length)
                size *= 2;
            if (!memory.TryTake(size - _kept.Length))
                return false;
            _memory = memory;
            Array.Resize(ref _kept, size);
        }

        bytes.CopyTo(_kept.AsSpan(at));
        _length = length;
        return true;
    }
}
