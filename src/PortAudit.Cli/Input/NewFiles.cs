using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using PortAudit.Cli.Terminal;
using PortAudit.Store.Contract;
using PortAudit.Traffic.Capture;

namespace PortAudit.Cli.Input;

/// <summary>The files of a run that a store does not have, by their checksums.</summary>
/// <param name="Paths">Their paths; those that cannot be read are among them, as reading says what is wrong.</param>
/// <param name="Problems">Files that must not be added.</param>
internal sealed record NewFiles(ImmutableArray<string> Paths, ImmutableArray<string> Problems)
{
    private const int BufferLength = 1 << 20;

    private readonly Dictionary<string, StoredInput> _inputs = new(StringComparer.Ordinal);

    /// <summary>Reads all files once, and logs what is left out.</summary>
    public static NewFiles Of(ImmutableArray<string> paths, FlowStore store, DiagnosticLog log,
        CancellationToken interrupt)
    {
        var known = store.Imports.SelectMany(import => import.Inputs.Select(input => (import.Added, Input: input)))
            .ToLookup(stored => stored.Input.Sha256, StringComparer.Ordinal);
        var lengths = store.Imports.SelectMany(import => import.Inputs).Select(input => input.Bytes).ToHashSet();
        var (added, problems) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        var inputs = new Dictionary<string, StoredInput>(StringComparer.Ordinal);
        var position = new ReadingPosition();
        using (log.Progress.Begin("Hashing captures", position, CaptureHashes.LengthOf(paths)))
        {
            foreach (var path in paths.TakeWhile(_ => !interrupt.IsCancellationRequested))
            {
                if (TryRead(path, lengths, position, interrupt) is not { } file)
                    added.Add(path);
                else if (known[file.Input.Sha256].Select(stored => (DateTimeOffset?)stored.Added).FirstOrDefault()
                    is { } when)
                    log.Warning($"{path}: left out, as the store has it since {Day(when)}");
                else if (inputs.Values.FirstOrDefault(other => other.Sha256 == file.Input.Sha256) is { } twin)
                    log.Warning($"{path}: left out, as it has the same content as {twin.Path}");
                else if (file.Starts.SelectMany(start => known[start]).Select(stored => stored.Input).FirstOrDefault()
                    is { } shorter)
                    problems.Add($"{path}: begins with all of {shorter.Path}, which the store has: what both hold "
                        + "would count twice; it is not added");
                else
                {
                    inputs.Add(path, file.Input);
                    added.Add(path);
                }
            }
        }

        foreach (var problem in problems)
            log.Error(problem);
        var files = new NewFiles(added.ToImmutable(), problems.ToImmutable());
        foreach (var (path, input) in inputs)
            files._inputs.Add(path, input);
        return files;
    }

    /// <summary>What a store keeps of a file that was read.</summary>
    public StoredInput InputOf(string path) =>
        _inputs.TryGetValue(path, out var input) ? input : new StoredInput(path, "", 0);

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The checksum of a file, and those of its beginnings that are as long as files of the store; null when
    /// it cannot be read.</summary>
    private static (StoredInput Input, List<string> Starts)? TryRead(string path, HashSet<long> lengths,
        ReadingPosition position, CancellationToken interrupt)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[BufferLength];
            var (length, starts) = (0L, new List<string>());
            var boundaries = lengths.Where(one => one > 0 && one < stream.Length).Order().ToList();
            for (var next = 0; !interrupt.IsCancellationRequested;)
            {
                var most = next < boundaries.Count ? Math.Min(BufferLength, boundaries[next] - length) : BufferLength;
                var read = stream.Read(buffer, 0, (int)most);
                if (read == 0)
                    break;
                hash.AppendData(buffer, 0, read);
                position.Add(read);
                length += read;
                if (next < boundaries.Count && boundaries[next] == length)
                {
                    starts.Add(Convert.ToHexStringLower(hash.GetCurrentHash()));
                    next++;
                }
            }

            return (new StoredInput(path, Convert.ToHexStringLower(hash.GetHashAndReset()), length), starts);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
