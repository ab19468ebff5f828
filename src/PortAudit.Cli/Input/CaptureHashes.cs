using System.Collections.Frozen;
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
            if (TryHash(path, position, interrupt) is { } hash)
                hashes[path] = hash;
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

    private static string? TryHash(string path, ReadingPosition position, CancellationToken interrupt)
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
            for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                if (interrupt.IsCancellationRequested)
                    return null;
                hash.AppendData(buffer, 0, read);
                position.Add(read);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
