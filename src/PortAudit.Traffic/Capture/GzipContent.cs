using System.Globalization;
using System.IO.Compression;

namespace PortAudit.Traffic.Capture;

/// <summary>
/// What a gzip file holds (RFC 1952), all its members one after the other. Where the file is cut or damaged, reading
/// throws <see cref="EndOfStreamException"/> or <see cref="InvalidDataException"/>, whose message is a clause that
/// takes a place behind it.
/// </summary>
internal sealed class GzipContent : ForwardStream
{
    /// <summary>The two bytes with which a member begins (RFC 1952 §2.3.1).</summary>
    public static ReadOnlySpan<byte> Magic => [0x1F, 0x8B];

    // A read that meets damage gives none of its bytes. A file is decompressed again for them; of a pipe short reads
    // lose little that was good.
    private const int LongestRead = 256 * 1024;
    private const int LongestReadOfPipe = 1024;

    private readonly BlockBuffer _compressed;
    private readonly long _begin;
    private readonly bool _isPipe;
    private readonly GzipMembers _members;
    private readonly GZipStream _decompressed;
    private long _length;
    private InvalidDataException? _damage;

    /// <summary>Decompresses as it is read.</summary>
    /// <param name="compressed">Stands at the first member; disposed with this.</param>
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

    /// <summary>The next bytes; where damage is met those before it, and <see cref="_damage"/> is set.</summary>
    private int Decompress(Span<byte> buffer)
    {
        try
        {
            return _decompressed.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            var (count, place) =
                (0, string.Create(CultureInfo.InvariantCulture, $"behind its compressed byte {_members.LastReadAt}"));
            if (!_isPipe && new GzipReplay(_compressed, _begin, _length, _members.LastReadAt).TryRead(buffer, out count,
                out var damagedAt))
                place = string.Create(CultureInfo.InvariantCulture, $"at its compressed byte {damagedAt}");
            _damage = new InvalidDataException($"the gzip stream is damaged {place},", error);
            return count;
        }
    }

    /// <summary>GZipStream ends a file that is cut like one that is whole; only what follows a whole one is
    /// decompressed to itself.</summary>
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
