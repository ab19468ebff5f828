using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Cli.Terminal;
using PortAudit.Store.Contract;
using PortAudit.Traffic.Capture;

namespace PortAudit.Cli.Input;

/// <summary>The files of a run that a store does not have, by their checksums.</summary>
/// <param name="Paths">Their paths; those that cannot be read are among them, as reading says what is wrong.</param>
/// <param name="Inputs">What a store keeps of each that could be read, by path.</param>
/// <param name="HasRefused">True when a file must not be added.</param>
internal sealed record NewFiles(ImmutableArray<string> Paths, FrozenDictionary<string, StoredInput> Inputs,
    bool HasRefused)
{
    /// <summary>Reads all files once, and logs what is left out.</summary>
    public static NewFiles Of(ImmutableArray<string> paths, FlowStore store, DiagnosticLog log,
        CancellationToken interrupt)
    {
        var known = store.Imports.SelectMany(import => import.Inputs.Select(input => (import.Added, Input: input)))
            .ToLookup(stored => stored.Input.Sha256, StringComparer.Ordinal);
        ImmutableArray<long> lengths = [.. store.Imports.SelectMany(import => import.Inputs)
            .Select(input => input.Bytes).Where(bytes => bytes > 0).Distinct().Order()];
        var (taken, hasRefused) = (ImmutableArray.CreateBuilder<string>(), false);
        var inputs = new Dictionary<string, StoredInput>(StringComparer.Ordinal);
        var position = new ReadingPosition();
        using var progress = log.Progress.Begin("Hashing captures", position, CaptureHashes.LengthOf(paths));
        foreach (var path in paths.TakeWhile(_ => !interrupt.IsCancellationRequested))
        {
            if (CaptureHashes.TryHash(path, lengths, position, interrupt) is not { } hash)
            {
                taken.Add(path);
                continue;
            }

            if (known[hash.Sha256].FirstOrDefault() is { Input: not null } same)
                log.Warning($"{path}: left out, as the store has it since "
                    + same.Added.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            else if (inputs.Values.FirstOrDefault(other => other.Sha256 == hash.Sha256) is { } twin)
                log.Warning($"{path}: left out, as it has the same content as {twin.Path}");
            else if (hash.Starts.SelectMany(start => known[start]).FirstOrDefault() is { Input: { } shorter })
            {
                log.Error($"{path}: begins with all of {shorter.Path}, which the store has: what both hold would count "
                    + "twice; it is not added");
                hasRefused = true;
            }
            else
            {
                inputs.Add(path, new StoredInput(path, hash.Sha256, hash.Length));
                taken.Add(path);
            }
        }

        return new NewFiles(taken.ToImmutable(), inputs.ToFrozenDictionary(StringComparer.Ordinal), hasRefused);
    }
}
