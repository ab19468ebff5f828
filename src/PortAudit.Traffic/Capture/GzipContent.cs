using System.IO.Compression;

namespace PortAudit.Traffic.Capture;

/// <summary>
/// What a gzip file holds (RFC 1952), all its members one after the other. Where the file is cut or damaged, reading throws
/// <see cref="EndOfStreamException"/> or <see cref="InvalidDataException"/>, whose message is a clause that takes a place behind it.
/// </summary>
internal sealed class GzipContent : ForwardStream
{
    /// <summary>The two bytes with which a member begins (RFC 1952 §2.3.1).</summary>
    public static ReadOnlySpan<byte> Magic => [0x1F, 0x8B];

    // A read that meets damage gives none of its bytes: short reads lose little that was good.
    private const int LongestRead = 1024;

    private readonly GzipMembers _members;
    private readonly GZipStream _decompressed;

    /// <summary>Decompresses as it is read.</summary>
    /// <param name="compressed">Stands at the first member; disposed with this.</param>
    public GzipContent(BlockBuffer compressed)
    {
        _members = new GzipMembers(compressed);
        _decompressed = new GZipStream(_members, CompressionMode.Decompress);
    }

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        var count = Decompress(buffer[..Math.Min(buffer.Length, LongestRead)]);
        if (count == 0 && !buffer.IsEmpty)
            CheckEnd();
        return count;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _decompressed.Dispose();
        base.Dispose(disposing);
    }

    private int Decompress(Span<byte> buffer)
    {
        try
        {
            return _decompressed.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException("the gzip stream is damaged", error);
        }
    }

    /// <summary>GZipStream ends a file that is cut like one that is whole; only what follows a whole one is decompressed to itself.</summary>
    private void CheckEnd()
    {
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
