using System.Globalization;
using System.IO.Compression;

namespace PortAudit.Traffic.Capture;

/// <summary>Decompressed content of a gzip file (RFC 1952), over all its members. Where it is cut or damaged, reading
/// throws <see cref="EndOfStreamException"/> or <see cref="InvalidDataException"/>; the message is a clause to which an
/// offset can be appended.</summary>
internal sealed class GzipContent : ForwardStream
{
    /// <summary>First two bytes of a member (RFC 1952 §2.3.1).</summary>
    public static ReadOnlySpan<byte> Magic => [0x1F, 0x8B];

    // A read that meets damage returns nothing. A file is then decompressed again; on a pipe, short reads limit the
    // loss.
    private const int LongestRead = 256 * 1024;
    private const int LongestReadOfPipe = 1024;

    private readonly BlockBuffer _compressed;
    private readonly long _begin;
    private readonly bool _isPipe;
    private readonly GzipMembers _members;
    private readonly GZipStream _decompressed;
    private long _length;
    private InvalidDataException? _damage;

    /// <param name="compressed">At the first member; disposed with this.</param>
    public GzipContent(BlockBuffer compressed)
    {
        _compressed = compressed;
        _begin = compressed.Offset;
        _isPipe = compressed.Length is null;
        _members = new GzipMembers(compressed);
        _decompressed = new GZipStream(_members, CompressionMode.Decompress);
    }

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        buffer = buffer[..Math.Min(buffer.Length, _isPipe ? LongestReadOfPipe : LongestRead)];
        var count = _damage is null ? Decompress(buffer) : 0;
        if (count == 0)
            CheckEnd();
        _length += count;
        return count;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _decompressed.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The next bytes; at damage those before it, with <see cref="_damage"/> set.</summary>
    private int Decompress(Span<byte> buffer)
    {
        try
        {
            return _decompressed.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            var (count, position) =
                (0, string.Create(CultureInfo.InvariantCulture, $"behind its compressed byte {_members.LastReadAt}"));
            if (!_isPipe && new GzipReplay(_compressed, _begin, _length, _members.LastReadAt).TryRead(buffer, out count,
                out var damagedAt))
                position = string.Create(CultureInfo.InvariantCulture, $"at its compressed byte {damagedAt}");
            _damage = new InvalidDataException($"the gzip stream is damaged {position},", error);
            return count;
        }
    }

    /// <summary>GZipStream does not report a cut file; but it decompresses a following member only after a complete
    /// one.</summary>
    private void CheckEnd()
    {
        if (_damage is not null)
            throw _damage;
        _members.BeginProbe();
        Span<byte> content = stackalloc byte[GzipMembers.ProbeContent.Length + 1];
        if (IsProbed(content))
            return;
        throw _members.IsProbeRead
            ? new EndOfStreamException("the gzip stream is cut")
            : new InvalidDataException("the gzip stream is followed by other bytes");
    }

    private bool IsProbed(Span<byte> content)
    {
        try
        {
            var count = _decompressed.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return content[..count].SequenceEqual(GzipMembers.ProbeContent);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
