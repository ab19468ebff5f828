namespace PortAudit.Traffic.Capture;

/// <summary>The compressed bytes of a gzip file (RFC 1952) and, on request, one more member of known content after
/// them. The decompressor returns that content only if the last real member was complete.</summary>
/// <param name="compressed">At the first member; disposed with this.</param>
/// <param name="singleFrom">Offset from which reads return single bytes, to find where the decompressor detects
/// damage.</param>
internal sealed class GzipMembers(BlockBuffer compressed, long singleFrom = long.MaxValue) : ForwardStream
{
    private bool _isProbing;
    private int _probed;

    /// <summary>True when any of the added member was read.</summary>
    public bool IsProbeRead => _probed > 0;

    /// <summary>Offset of the last read.</summary>
    public long LastReadAt { get; private set; }

    /// <summary>Content of the added member.</summary>
    public static ReadOnlySpan<byte> ProbeContent => "end"u8;

    /// <summary>Header (RFC 1952 §2.3), one stored block (RFC 1951 §3.2.4), CRC-32 and length of
    /// <see cref="ProbeContent"/>.</summary>
    private static ReadOnlySpan<byte> Probe =>
    [
        0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF,
        1, 3, 0, 0xFC, 0xFF, (byte)'e', (byte)'n', (byte)'d',
        0xB1, 0x33, 0xFC, 0x00, 3, 0, 0, 0,
    ];

    /// <summary>Appends the member of known content.</summary>
    public void BeginProbe() => _isProbing = true;

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        if (!compressed.TryPeek(1, out _))
            return compressed.Failure is { } failure ? throw failure : ReadProbe(buffer);

        LastReadAt = compressed.Offset;
        var count = LastReadAt < singleFrom
            ? (int)Math.Min(Math.Min(buffer.Length, compressed.Available), singleFrom - LastReadAt)
            : 1;
        compressed.TryPeek(count, out var bytes);
        bytes.CopyTo(buffer);
        compressed.Consume(count);
        return count;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        compressed.Dispose();
        base.Dispose(disposing);
    }

    private int ReadProbe(Span<byte> buffer)
    {
        if (!_isProbing)
            return 0;
        var rest = Probe[_probed..];
        var count = Math.Min(buffer.Length, rest.Length);
        rest[..count].CopyTo(buffer);
        _probed += count;
        return count;
    }
}
