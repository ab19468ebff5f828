using System.Globalization;
using System.IO.Compression;

namespace PortAudit.Mutants;

/// <summary>Makes trials of captures: mutants by seed, and prefixes.</summary>
internal sealed class TrialSource
{
    /// <summary>Prefixes of one capture at most: a longer capture is cut in larger steps.</summary>
    public const int MaximumPrefixes = 2048;

    private static readonly EnumerationOptions Recursive = new() { RecurseSubdirectories = true };

    private readonly (string Name, byte[] Bytes)[] _captures;

    /// <summary>Reads captures.</summary>
    /// <param name="paths">Files, and directories of which every file is taken.</param>
    public TrialSource(IEnumerable<string> paths) => _captures = [.. paths
        .SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", Recursive) : [path])
        .Order(StringComparer.Ordinal)
        .SelectMany(Contents)];

    /// <summary>How many captures there are; one in gzip counts twice, as it is and unpacked.</summary>
    public int Count => _captures.Length;

    /// <summary>Mutants, taking the captures in turn.</summary>
    public IEnumerable<Trial> Mutants(int count, int seed)
    {
        for (var i = 0; i < count; i++)
        {
            // A seed of its own for each mutant: any of them can be made again alone.
            var random = new Random(HashCode(seed, i));
            var (name, bytes) = _captures[i % _captures.Length];
            var donor = _captures[random.Next(_captures.Length)].Bytes;
            yield return new(string.Create(CultureInfo.InvariantCulture, $"{seed}-{i}-{name}"), new CaptureMutator(random.Next()).Mutate(bytes, donor));
        }
    }

    /// <summary>The prefixes of the smallest captures.</summary>
    /// <param name="captures">Of how many captures.</param>
    public IEnumerable<Trial> Prefixes(int captures)
    {
        foreach (var (name, bytes) in _captures.OrderBy(capture => capture.Bytes.Length).Take(captures))
        {
            var step = 1 + (bytes.Length / MaximumPrefixes);
            for (var length = 0; length < bytes.Length; length += step)
                yield return new(string.Create(CultureInfo.InvariantCulture, $"{length}-of-{name}"), bytes[..length]);
        }
    }

    private static int HashCode(int seed, int index) => unchecked((seed * 1_000_003) + index);

    private static IEnumerable<(string Name, byte[] Bytes)> Contents(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var name = Path.GetFileName(path);
        yield return (name, bytes);
        if (!bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            yield break;
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress))
            gzip.CopyTo(unpacked);
        yield return ($"unpacked-{name}", unpacked.ToArray());
    }
}
