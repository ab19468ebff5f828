using PortAudit.Traffic.Protocols.Tls.Certificates;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Writes consecutive notes: kind, length, content.</summary>
internal ref struct TlsNoteWriter
{
    /// <summary>Bytes before each note's content.</summary>
    public const int HeaderLength = 2;

    private readonly Span<byte> _space;

    /// <summary>Begins after <paramref name="length"/> used bytes of <paramref name="space"/>.</summary>
    public TlsNoteWriter(Span<byte> space, int length)
    {
        _space = space;
        Length = length;
    }

    /// <summary>Bytes used.</summary>
    public int Length { get; private set; }

    private readonly int Room => Math.Clamp(_space.Length - Length - HeaderLength, 0, byte.MaxValue);

    /// <summary>Adds a text, cut to <paramref name="maximum"/> bytes or the room left; ignores an empty one.</summary>
    public void AddCut(TlsNote note, scoped ReadOnlySpan<byte> text, int maximum) =>
        TryAdd(note, text[..Math.Min(text.Length, Math.Min(maximum, Room))]);

    /// <summary>Adds a complete note; false when empty or without room.</summary>
    public bool TryAdd(TlsNote note, scoped ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty || content.Length > Room)
            return false;
        content.CopyTo(_space[(Length + HeaderLength)..]);
        Close(note, content.Length);
        return true;
    }

    /// <summary>Adds a note whose content follows a byte; false without room.</summary>
    public bool TryAdd(TlsNote note, byte index, scoped ReadOnlySpan<byte> content)
    {
        if (content.Length + 1 > Room)
            return false;
        _space[Length + HeaderLength] = index;
        content.CopyTo(_space[(Length + HeaderLength + 1)..]);
        Close(note, content.Length + 1);
        return true;
    }

    /// <summary>Adds a distinguished name, cut between characters; ignores an empty one. False without room for the
    /// longest.</summary>
    public bool TryAddName(TlsNote note, scoped ReadOnlySpan<byte> relativeNames, int maximum)
    {
        if (Room < maximum)
            return false;
        var written = DistinguishedName.Write(relativeNames, _space.Slice(Length + HeaderLength, maximum));
        if (written > 0)
            Close(note, written);
        return true;
    }

    /// <summary>Removes everything after <paramref name="length"/> bytes.</summary>
    public void TakeBack(int length) => Length = Math.Min(Length, length);

    private void Close(TlsNote note, int length)
    {
        _space[Length] = (byte)note;
        _space[Length + 1] = (byte)length;
        Length += HeaderLength + length;
    }
}
