using System.IO.Compression;

namespace PortAudit.Traffic.Capture;

/// <summary>Decompresses a damaged gzip file again to recover the bytes before the damage, as the failing read returns
/// none. The last bytes are read singly; the last one is verified by two passes.</summary>
/// <param name="compressed">The file, seekable.</param>
/// <param name="begin">Offset of its first member.</param>
/// <param name="length">Decompressed bytes already read.</param>
/// <param name="pieceAt">Compressed offset before which there is no damage.</param>
internal sealed class GzipReplay(BlockBuffer compressed, long begin, long length, long pieceAt)
{
    private const int ScratchLength = 65_536;

    /// <summary>Reads from the bytes already read up to the damage. False when the file is no longer readable or has
    /// changed.</summary>
    /// <param name="rest">As long as the failed read.</param>
    /// <param name="count">Bytes read.</param>
    /// <param name="damagedAt">Compressed offset where the damage is detected.</param>
    public bool TryRead(Span<byte> rest, out int count, out long damagedAt)
    {
        count = 0;
        if (!TryPass(0x00, rest, out var length, out damagedAt))
            return false;
        var last = length < rest.Length ? rest[length] : default;
        if (!TryPass(0xFF, rest, out var again, out damagedAt) || again != length)
            return false;

        // A failing read of one byte may have written it: if so, the two fills differ here.
        count = length < rest.Length && rest[length] == last ? length + 1 : length;
        return true;
    }

    private bool TryPass(byte filling, Span<byte> rest, out int count, out long damagedAt)
    {
        compressed.GoTo(begin);
        var members = new GzipMembers(compressed, pieceAt);
        using var decompressed = new GZipStream(members, CompressionMode.Decompress, leaveOpen: true);
        rest.Fill(filling);
        (count, damagedAt) = (0, 0);
        try
        {
            if (!TryPassOver(decompressed))
                return false;
            while (count < rest.Length && decompressed.Read(rest.Slice(count, 1)) == 1)
                count++;
            Span<byte> beyond = stackalloc byte[1];
            if (count == rest.Length)
                _ = decompressed.Read(beyond);
            return false;
        }
        catch (InvalidDataException)
        {
            damagedAt = members.LastReadAt;
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool TryPassOver(GZipStream decompressed)
    {
        var scratch = new byte[ScratchLength];
        for (var left = length; left > 0;)
        {
            var count = decompressed.Read(scratch, 0, (int)Math.Min(left, scratch.Length));
            if (count == 0)
                return false;
            left -= count;
        }

        return true;
    }
}
