using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using PortAudit.Audit;
using PortAudit.Audit.Learned;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Saving;
using PortAudit.Audit.Site;
using PortAudit.Audit.Watching;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Watch;

/// <summary>
/// What a watch keeps in a directory across restarts: the audit, what was reported, and unsent lines. The audit is
/// saved first, then the lines, then they are sent, each acknowledged: after a kill, what was sent is in the saved
/// audit, and the next run sends the rest.
/// </summary>
internal sealed class WatchState : IDisposable
{
    private const string JournalName = "watch.json";
    private const string SentName = "watch.sent";

    private readonly string _path;
    private readonly StateDirectory _directory;
    private readonly FileStream _sent;

    private WatchState(string path, StateDirectory directory, FileStream sent) =>
        (_path, _directory, _sent) = (path, directory, sent);

    /// <summary>The audit to go on with; null when a new one begins.</summary>
    public SavedAudit? Saved { get; private set; }

    public JournalState Journal { get; private set; } = JournalState.Blank;

    public ImmutableArray<WatchLine> Unsent { get; private set; } = [];

    private string JournalPath => Path.Combine(_path, JournalName);

    /// <summary>Opens a directory, and takes up what is in it. What is damaged or does not suit is kept under another
    /// name.</summary>
    /// <returns>Null, with a line in the log, when it cannot be used.</returns>
    public static WatchState? TryOpen(string path, SiteLoad load, ImmutableArray<BoundPolicy> policies,
        LearningOptions? learning, DiagnosticLog log)
    {
        if (!StateDirectory.TryOpen(path, out var directory, out var problem))
        {
            log.Error(problem);
            return null;
        }

        try
        {
            var state = new WatchState(path, directory, new FileStream(Path.Combine(path, SentName),
                FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
            if (state.TryTakeUp(load, policies, learning, log))
                return state;
            state.Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Error($"{path}: cannot be used: {exception.Message}");
            directory.Dispose();
        }

        return null;
    }

    /// <summary>Saves the current state, before its lines are sent.</summary>
    /// <returns>What is wrong; null when it is saved.</returns>
    public string? TrySave(Auditor auditor, ObservationSummary observation, JournalState journal,
        ImmutableArray<WatchLine> lines)
    {
        if (!_directory.TrySave(auditor, observation.WithoutIdleEnd(), ProgramVersion.Text, out var message))
            return message;
        using var file = AtomicFile.TryOpen(JournalPath, out var reason);
        if (file is null)
            return $"{JournalPath}: cannot be written: {reason}";
        try
        {
            file.Writer.Write(JsonSerializer.Serialize(
                new ReportedState(journal, lines), ReportedFormat.Default.ReportedState));
            file.Commit();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{JournalPath}: cannot be written: {exception.Message}";
        }
    }

    /// <summary>Records that a line was sent; the system then has it, even if this program ends.</summary>
    public void NoteSent(long sequence)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, sequence);
        RandomAccess.Write(_sent.SafeFileHandle, number, 0);
    }

    public void Dispose()
    {
        _sent.Dispose();
        _directory.Dispose();
    }

    private bool TryTakeUp(SiteLoad load, ImmutableArray<BoundPolicy> policies, LearningOptions? learning,
        DiagnosticLog log)
    {
        var isThere = File.Exists(Path.Combine(_path, StateDirectory.FileName));
        if (!_directory.TryLoad(load.Catalogs!, load.Site!, withTimelines: true, policies, out var saved,
            out var message, learning))
        {
            log.Error(message);
            return false;
        }

        Saved = saved;
        if (isThere && saved is null)
            log.Warning(message);
        else
            log.Information(message);
        TakeUpJournal(log);
        return true;
    }

    /// <summary>Nothing of a new audit has been reported, but the numbers of its events go on.</summary>
    private void TakeUpJournal(DiagnosticLog log)
    {
        if (!File.Exists(JournalPath))
            return;
        try
        {
            var saved = JsonSerializer.Deserialize(File.ReadAllBytes(JournalPath), ReportedFormat.Default.ReportedState)
                ?? throw new JsonException("it is empty");
            if (saved.Lines.IsDefault || saved.Journal is not { Findings: not null, Rules.IsDefault: false })
                throw new JsonException("it lacks what was reported");
            if (!HasKnownWords(saved.Journal))
                throw new JsonException("it contains a word that this program does not know");
            var sent = ReadSent();
            Unsent = [.. saved.Lines.Where(line => line.Sequence > sent)];
            Journal = Saved is null ? JournalState.Blank with { Sequence = saved.Journal.Sequence } : saved.Journal;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or NotSupportedException)
        {
            var aside = $"{JournalPath}.damaged-{File.GetLastWriteTimeUtc(JournalPath):yyyyMMdd'T'HHmmss'Z'}";
            File.Move(JournalPath, aside, overwrite: true);
            log.Warning($"{JournalPath}: is damaged: {exception.Message}; it is kept as {aside}, and earlier "
                + $"reports are repeated");
        }
    }

    /// <summary>False for a number that stands for no word: the reader of JSON takes any number for a member of an
    /// enumeration.</summary>
    private static bool HasKnownWords(JournalState journal) =>
        journal.Findings.Values.All(finding => Enum.IsDefined(finding.Kind) && Enum.IsDefined(finding.Severity))
        && journal.Rules.All(rule => Enum.IsDefined(rule.Status));

    private long ReadSent()
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        return RandomAccess.Read(_sent.SafeFileHandle, number, 0) == sizeof(long)
            ? BinaryPrimitives.ReadInt64LittleEndian(number)
            : 0;
    }
}

/// <summary>What is kept of what was reported.</summary>
/// <param name="Journal">What was reported of findings and rules.</param>
/// <param name="Lines">Lines to be sent.</param>
internal sealed record ReportedState(JournalState Journal, ImmutableArray<WatchLine> Lines);

/// <summary>How <see cref="ReportedState"/> is written and read, generated when the program is built: one that is
/// compiled to machine code cannot look it up.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReportedState))]
internal sealed partial class ReportedFormat : JsonSerializerContext;

/// <summary>A line about an event.</summary>
/// <param name="Sequence">Number of the event.</param>
/// <param name="Text">The line, without its end.</param>
internal sealed record WatchLine(long Sequence, string Text);
