using System.Diagnostics;
using System.Globalization;
using PortAudit.Mutants;

namespace PortAudit.Fuzzing;

/// <summary>
/// Breaks captures further and further: an input that makes a block run that none before it did, or clearly more often,
/// is kept, and broken in its turn. What is kept is also read as a pipe hands it over, and must give the same flows.
/// </summary>
/// <param name="seed">Seed of the random numbers; the same one, with the same captures, makes the same inputs.</param>
/// <param name="keep">Folder for the inputs that fail.</param>
/// <param name="log">Receives progress and the summary.</param>
internal sealed class GuidedSearch(int seed, string keep, TextWriter log)
{
    /// <summary>Of two inputs that are broken, one is among so many of the latest.</summary>
    private const int Latest = 200;

    private static readonly byte[] Gzip = [0x1F, 0x8B];
    private static readonly TimeSpan ProgressStep = TimeSpan.FromSeconds(30);

    private readonly Random _random = new(seed);
    private readonly CaptureMutator _mutator = new(seed);
    private readonly byte[] _seen = new byte[BranchCoverage.Blocks];
    private readonly List<byte[]> _kept = [];
    private readonly HashSet<string> _complaints = new(StringComparer.Ordinal);
    private long _inputs;

    /// <summary>Inputs that failed, one for each complaint.</summary>
    public int Failures => _complaints.Count;

    /// <summary>Takes up inputs to begin with.</summary>
    public void Begin(IEnumerable<byte[]> captures)
    {
        foreach (var capture in captures)
            Try(capture);
        log.WriteLine($"{_inputs} pieces of captures, {_kept.Count} of them run something that others do not");
    }

    /// <summary>Breaks them for a while.</summary>
    public void Run(TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        for (var told = TimeSpan.Zero; clock.Elapsed < duration && _kept.Count > 0;)
        {
            var mutant = _mutator.Mutate(Choose(), _kept[_random.Next(_kept.Count)]);
            Try(mutant.Length <= Seeds.MaximumLength ? mutant : mutant[..Seeds.MaximumLength]);
            if (clock.Elapsed - told < ProgressStep)
                continue;
            told = clock.Elapsed;
            log.WriteLine(Summary);
        }

        log.WriteLine(Summary);
    }

    private string Summary => string.Create(
        CultureInfo.InvariantCulture, $"{_inputs} inputs, {_kept.Count} kept, {_seen.Count(seen => seen != 0)} blocks "
            + $"run, {Failures} different failures{(Failures > 0 ? $", kept in {keep}" : "")}");

    private byte[] Choose() => _kept[_random.Next(2) == 0
        ? _random.Next(_kept.Count)
        : _random.Next(Math.Max(0, _kept.Count - Latest), _kept.Count)];

    private void Try(byte[] input)
    {
        BranchCoverage.Clear();
        var walk = Walk.Of(new MemoryStream(input));
        _inputs++;
        var isNew = Learn();
        if (walk.Complaint is { } complaint)
            Keep(input, complaint);
        if (!isNew || walk.Complaint is not null)
            return;
        _kept.Add(input);

        // Of a damaged gzip stream a file gives more than a pipe: what was decompressed before the damage can be read
        // again.
        if (input.AsSpan().StartsWith(Gzip))
            return;
        var piped = Walk.Of(new TrickleStream(input));
        if (piped.Complaint is { } other)
            Keep(input, $"as a pipe: {other}");
        else if (piped.Flows != walk.Flows && !HasFrameTable(input))
            Keep(input, $"as a pipe it gives other flows\n{walk.Flows}\nand\n{piped.Flows}");
    }

    /// <summary>True for a capture of Network Monitor: the table at its end, which tells where damage ends, is there
    /// for a file alone.</summary>
    private static bool HasFrameTable(ReadOnlySpan<byte> input) =>
        input.StartsWith("GMBU"u8) || input.StartsWith("RTSS"u8);

    /// <summary>Takes up what ran; true when some of it is new. Counts are told apart as 1, 2, 3, 4, 8, 16, 32 and 128
    /// or more.</summary>
    private bool Learn()
    {
        var isNew = false;
        var counts = BranchCoverage.Counts;
        for (var block = counts.IndexOfAnyExcept((byte)0); block >= 0;)
        {
            var bit = (byte)(1 << BucketOf(counts[block]));
            isNew |= (_seen[block] & bit) == 0;
            _seen[block] |= bit;
            var next = counts[(block + 1)..].IndexOfAnyExcept((byte)0);
            block = next < 0 ? -1 : block + 1 + next;
        }

        return isNew;
    }

    private static int BucketOf(byte count) => count switch
    {
        < 4 => count - 1,
        < 8 => 3,
        < 16 => 4,
        < 32 => 5,
        < 128 => 6,
        _ => 7,
    };

    private void Keep(byte[] input, string complaint)
    {
        // One input for each place: the first lines of what is said of an exception name it.
        var cause = string.Join('\n', complaint.Split('\n').Take(2));
        if (!_complaints.Add(cause.StartsWith("took", StringComparison.Ordinal) ? "took" : cause))
            return;
        Directory.CreateDirectory(keep);
        var name = string.Create(CultureInfo.InvariantCulture, $"{seed}-{_inputs}");
        File.WriteAllBytes(Path.Combine(keep, name), input);
        log.WriteLine($"{name}: {complaint}");
    }
}
