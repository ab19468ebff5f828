using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using PortAudit.Traffic.Capture;

namespace PortAudit.Cli.Input;

/// <summary>Checksums of capture files, to identify them later.</summary>
internal static class CaptureHashes
{
    private const int BufferLength = 1 << 20;

    /// <summary>SHA-256 by path, in lower-case hexadecimal digits. What is no file, cannot be read any more, or was not
    /// reached before an interruption has none.</summary>
    /// <param name="paths">The captures.</param>
    /// <param name="position">Receives the number of bytes read.</param>
    /// <param name="interrupt">Ends it early.</param>
    public static FrozenDictionary<string, string> Of(IEnumerable<string> paths, ReadingPosition position,
        CancellationToken interrupt)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (TryHash(path, [], position, interrupt) is { } hash)
                hashes[path] = hash.Sha256;
        }

        return hashes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The bytes of all files together; null if one has no length: standard input, a named pipe.</summary>
    public static long? LengthOf(IEnumerable<string> paths)
    {
        var sum = 0L;
        foreach (var path in paths)
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length == 0)
                return null;
            sum += file.Length;
        }

        return sum;
    }

    /// <summary>Reads a file; null when it is empty, a pipe, or cannot be read, or reading was interrupted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lengths">Lengths of its beginning that get a checksum, too, ascending and above 0.</param>
    /// <param name="position">Receives the number of bytes read.</param>
    /// <param name="interrupt">Ends it early.</param>
    public static FileHash? TryHash(string path, IReadOnlyList<long> lengths, ReadingPosition position,
        CancellationToken interrupt)
    {
        try
        {
            // A named pipe has no length, and opening it would block.
            if (new FileInfo(path) is not { Exists: true, Length: > 0 } || CaptureFile.IsPipe(path))
                return null;
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[BufferLength];
            var (length, starts) = (0L, ImmutableArray.CreateBuilder<string>());
            for (var next = 0; ;)
            {
                if (interrupt.IsCancellationRequested)
                    return null;
                var most = next < lengths.Count ? Math.Min(BufferLength, lengths[next] - length) : BufferLength;
                var read = stream.Read(buffer, 0, (int)most);
                if (read == 0)
                    return new FileHash(Text(hash.GetHashAndReset()), length, starts.ToImmutable());
                hash.AppendData(buffer, 0, read);
                position.Add(read);
                length += read;
                if (next == lengths.Count || lengths[next] != length)
                    continue;
                starts.Add(Text(hash.GetCurrentHash()));
                next++;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Text(byte[] hash) => Convert.ToHexStringLower(hash);
}

/// <summary>What identifies the content of a file.</summary>
/// <param name="Sha256">SHA-256 in lower-case hexadecimal digits.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Starts">The same of the beginnings that were asked for and that it is long enough for.</param>
internal sealed record FileHash(string Sha256, long Length, ImmutableArray<string> Starts);
