using PortAudit.Traffic.Protocols.Tls.Certificates;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Writes notes one behind the other: kind, length, text.</summary>
internal ref struct TlsNoteWriter
{
    /// <summary>Bytes before each text.</summary>
    public const int HeaderLength = 2;

    private readonly Span<byte> _space;

    /// <summary>Starts behind <paramref name="length"/> bytes of <paramref name="space"/> that are taken.</summary>
    public TlsNoteWriter(Span<byte> space, int length)
    {
        _space = space;
        Length = length;
    }

    /// <summary>Bytes taken.</summary>
    public int Length { get; private set; }

    private readonly int Room => Math.Clamp(_space.Length - Length - HeaderLength, 0, byte.MaxValue);

    /// <summary>Adds a text, cut to <paramref name="maximum"/> bytes or to the room there is; an empty one is not added.</summary>
    public void AddCut(TlsNote note, scoped ReadOnlySpan<byte> text, int maximum) =>
        TryAdd(note, text[..Math.Min(text.Length, Math.Min(maximum, Room))]);

    /// <summary>Adds a text whole; false when it is empty or there is no room for it.</summary>
    public bool TryAdd(TlsNote note, scoped ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length > Room)
            return false;
        text.CopyTo(_space[(Length + HeaderLength)..]);
        Close(note, text.Length);
        return true;
    }

    /// <summary>Adds a distinguished name, cut between characters.</summary>
    public void AddName(TlsNote note, scoped ReadOnlySpan<byte> relativeNames, int maximum)
    {
        var room = Math.Min(maximum, Room);
        if (room == 0)
            return;
        var written = DistinguishedName.Write(relativeNames, _space.Slice(Length + HeaderLength, room));
        if (written > 0)
            Close(note, written);
    }

    private void Close(TlsNote note, int length)
    {
        _space[Length] = (byte)note;
        _space[Length + 1] = (byte)length;
        Length += HeaderLength + length;
    }
}
