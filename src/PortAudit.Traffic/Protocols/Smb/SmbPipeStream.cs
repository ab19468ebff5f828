using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>One direction of a pipe as a stream; keeps the bytes that its tracker has not consumed.</summary>
internal sealed class SmbPipeStream
{
    /// <summary>Bytes kept at most: Windows and Samba send fragments of up to 5,840, others may send more.</summary>
    public const int MaximumKept = SmbPortTracker.MaximumMessage;

    private const int FirstBuffer = 1024;

    private byte[] _kept = [];
    private TrackerMemory? _memory;
    private int _length;
    private int _skip;
    private bool _isAfterGap;

    /// <summary>Passes data to a tracker.</summary>
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

    /// <summary>Drops the kept bytes after a gap.</summary>
    public void Break()
    {
        _isAfterGap |= _length > 0 || _skip > 0;
        (_length, _skip) = (0, 0);
    }

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

    /// <summary>Keeps bytes from an index; they may already be kept. False when there are too many.</summary>
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
