namespace PortAudit.Traffic.Protocols.Quic;

/// <summary>Reassembles one side's first handshake message from the CRYPTO frames of Initial packets (RFC 9000 §19.6),
/// which clients shuffle.</summary>
internal sealed class QuicCryptoStream
{
    /// <summary>Bytes kept: a hello with post-quantum key shares (about 2 KB).</summary>
    public const int MaximumLength = 4096 - RecordHeaderLength;

    /// <summary>Room for a TLS record header before the message, as expected by its readers.</summary>
    public const int RecordHeaderLength = 5;

    /// <summary>Frames read per packet: browsers split a hello into about 20.</summary>
    private const int MaximumFrames = 64;

    private const int MessageHeaderLength = 4;
    private const byte Handshake = 22;

    private readonly byte[] _bytes = new byte[RecordHeaderLength + MaximumLength];
    private readonly bool[] _isThere = new bool[MaximumLength];

    /// <summary>True when the whole first message is present.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The message as a TLS record.</summary>
    public ReadOnlySpan<byte> Record => IsComplete ? _bytes.AsSpan(..(RecordHeaderLength + TotalLength)) : [];

    private int TotalLength => MessageHeaderLength + (_bytes[RecordHeaderLength + 1] << 16)
        + (_bytes[RecordHeaderLength + 2] << 8) + _bytes[RecordHeaderLength + 3];

    public void Clear()
    {
        IsComplete = false;
        _isThere.AsSpan().Clear();
    }

    /// <summary>Adds the frames of a packet.</summary>
    public void Add(ReadOnlySpan<byte> frames)
    {
        for (var i = 0; i < MaximumFrames && TryTakeFrame(ref frames); i++)
        {
        }

        if (IsComplete || !AreThere(MessageHeaderLength) || TotalLength > MaximumLength || !AreThere(TotalLength))
            return;
        IsComplete = true;
        (_bytes[0], _bytes[1], _bytes[2]) = (Handshake, 3, 1);
        (_bytes[3], _bytes[4]) = ((byte)(TotalLength >> 8), (byte)TotalLength);
    }

    private bool AreThere(int count) => _isThere.AsSpan(0, count).IndexOf(false) < 0;

    /// <summary>Skips padding and reads a frame; false for one not allowed in Initial packets, or that ends the
    /// connection (RFC 9000 §12.4).</summary>
    private bool TryTakeFrame(ref ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart((byte)0);
        if (rest.IsEmpty)
            return false;
        var type = rest[0];
        rest = rest[1..];
        return type switch
        {
            1 => true,
            2 or 3 => TryPassAcknowledgement(ref rest, hasCounts: type == 3),
            6 => TryTakeCrypto(ref rest),
            _ => false,
        };
    }

    private static bool TryPassAcknowledgement(ref ReadOnlySpan<byte> rest, bool hasCounts)
    {
        if (!QuicInteger.TryTake(ref rest, out _) || !QuicInteger.TryTake(ref rest, out _)
            || !QuicInteger.TryTake(ref rest, out var ranges) || !QuicInteger.TryTake(ref rest, out _)
            || ranges > (ulong)rest.Length)
            return false;
        var values = 2 * (int)ranges + (hasCounts ? 3 : 0);
        for (var i = 0; i < values; i++)
        {
            if (!QuicInteger.TryTake(ref rest, out _))
                return false;
        }

        return true;
    }

    private bool TryTakeCrypto(ref ReadOnlySpan<byte> rest)
    {
        if (!QuicInteger.TryTake(ref rest, out var offset) || !QuicInteger.TryTake(ref rest, out var length)
            || length > (ulong)rest.Length)
            return false;
        var data = rest[..(int)length];
        rest = rest[(int)length..];
        if (IsComplete || offset >= MaximumLength)
            return true;
        var at = (int)offset;
        data = data[..Math.Min(data.Length, MaximumLength - at)];
        data.CopyTo(_bytes.AsSpan(RecordHeaderLength + at));
        _isThere.AsSpan(at, data.Length).Fill(true);
        return true;
    }
}
