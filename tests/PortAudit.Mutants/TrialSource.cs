using System.Globalization;
using System.IO.Compression;

namespace PortAudit.Mutants;

/// <summary>Makes trials of captures: mutants by seed, and prefixes.</summary>
internal sealed class TrialSource
{
    /// <summary>Prefixes of one capture at most: a longer capture is cut in larger steps.</summary>
    public const int MaximumPrefixes = 2048;

    /// <summary>Prefixes are made of captures from this length on: shorter ones are hardly more than a
    /// header.</summary>
    public const int LeastPrefixedLength = 256;

    /// <summary>Mutants that are broken further at most, and their length: they are kept in memory.</summary>
    public const int MaximumAdopted = 2000;

    /// <summary>Length of such a mutant at most, in bytes.</summary>
    public const int MaximumAdoptedLength = 16 * 1024;

    /// <summary>Parts the number of a mutant from the name of its capture.</summary>
    private const char MutantMark = '~';

    private static readonly EnumerationOptions Recursive = new() { RecurseSubdirectories = true };

    private readonly (string Name, byte[] Bytes)[] _captures;
    private readonly List<Trial> _adopted = [];

    /// <summary>Reads captures.</summary>
    /// <param name="paths">Files, and directories of which every file is taken.</param>
    public TrialSource(IEnumerable<string> paths) => _captures = [.. paths
        .SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", Recursive) : [path])
        .Order(StringComparer.Ordinal)
        .SelectMany(Contents)];

    /// <summary>How many captures there are; one in gzip counts twice, as it is and unpacked.</summary>
    public int Count => _captures.Length;

    /// <summary>Mutants: every other one of the captures in turn, the rest of mutants that were adopted
    /// since.</summary>
    public IEnumerable<Trial> Mutants(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var (name, bytes) = i % 2 == 0 || _adopted.Count == 0
                ? _captures[i / 2 % _captures.Length]
                : Origin(_adopted[random.Next(_adopted.Count)]);
            var donor = _captures[random.Next(_captures.Length)].Bytes;
            yield return new(string.Create(CultureInfo.InvariantCulture, $"{seed}-{i}{MutantMark}{name}"),
                new CaptureMutator(random.Next()).Mutate(bytes, donor));
        }
    }

    /// <summary>Takes up a mutant that showed something new, to be broken further.</summary>
    public void Adopt(Trial trial)
    {
        if (_adopted.Count < MaximumAdopted && trial.Bytes.Length <= MaximumAdoptedLength)
            _adopted.Add(trial);
    }

    /// <summary>The prefixes of the smallest captures.</summary>
    /// <param name="captures">Of how many captures.</param>
    public IEnumerable<Trial> Prefixes(int captures)
    {
        foreach (var (name, bytes) in _captures.Where(capture => capture.Bytes.Length >= LeastPrefixedLength)
            .OrderBy(capture => capture.Bytes.Length).Take(captures))
        {
            var step = 1 + (bytes.Length / MaximumPrefixes);
            for (var length = 0; length < bytes.Length; length += step)
                yield return new(string.Create(CultureInfo.InvariantCulture, $"{length}-of-{name}"), bytes[..length]);
        }
    }

    /// <summary>A mutant as a capture to start from, under the name of what it was made of.</summary>
    private static (string Name, byte[] Bytes) Origin(Trial trial) =>
        (trial.Name[(trial.Name.LastIndexOf(MutantMark) + 1)..], trial.Bytes);

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
