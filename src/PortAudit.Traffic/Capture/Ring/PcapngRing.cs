using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace PortAudit.Traffic.Capture.Ring;

/// <summary>Writes the packets of a capture as pcapng, to one file or to a series limited by size or time, of which the
/// latest are kept. Each file is valid by itself and ends with interface statistics since the previous file, so that
/// their sum is the capture's. Write errors throw nothing: they are reported once, unwritten packets are counted, and a
/// new file is tried every <see cref="RetryAfter"/>. Not thread-safe.</summary>
public sealed class PcapngRing : IDisposable
{
    /// <summary>Latest files in <see cref="Files"/> at most.</summary>
    public const int MaximumListed = 10_000;

    /// <summary>Time from a failed write to the next attempt.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private const long TickNs = 100;

    private readonly ICaptureSource _source;
    private readonly PcapngRingOptions _options;
    private readonly RingNames _names;
    private readonly long _maximumBytes;
    private readonly long _periodNs;
    private readonly MemoryStream _gathered = new(2 * RingFileWriter.GatheredBytes);
    private readonly List<RingFile> _files = [];
    private Queue<string> _kept = new();
    private bool _isNumbered;
    private RingFileWriter? _current;
    private ImmutableArray<InterfaceStatistics> _counters = [];
    private long _failedAt;
    private long _nextFrame;

    private PcapngRing(ICaptureSource source, PcapngRingOptions options)
    {
        (_source, _options) = (source, options);
        _names = new RingNames(options.Path);
        _maximumBytes = options.MaximumBytes ?? long.MaxValue;
        _periodNs = options.Period is { } period && period.Ticks < long.MaxValue / TickNs
            ? period.Ticks * TickNs
            : long.MaxValue;
        _isNumbered = options.MaximumBytes is not null || options.Period is not null;
    }

    /// <summary>Packets in no file because of write errors.</summary>
    public long NotWritten { get; private set; }

    /// <summary>Why nothing is written now; null while writing works.</summary>
    public RingNotice? Failure { get; private set; }

    /// <summary>The files of this capture with packets, not removed, in frame order; the last may be in progress. Frame
    /// N of the capture is frame N - <see cref="RingFile.FirstFrame"/> + 1 of its file.</summary>
    public ImmutableArray<RingFile> Files => _current?.ToFile() is { } current ? [.. _files, current] : [.. _files];

    /// <summary>Older files of this capture, not listed; some may have been removed since.</summary>
    public long FilesNotListed { get; private set; }

    /// <summary>Begins the first file at once, so that an unwritable path is known before the capture begins.</summary>
    /// <param name="source">The capture, for its interfaces and their counters; must outlive the ring.</param>
    /// <param name="options">Path and limits.</param>
    /// <param name="problem">The system's error text; null on success.</param>
    public static PcapngRing? TryOpen(ICaptureSource source, PcapngRingOptions options, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaximumBytes ?? 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaximumFiles ?? 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Period ?? TimeSpan.MaxValue, TimeSpan.Zero);
        var ring = new PcapngRing(source, options);
        try
        {
            var earlier = ring._names.FindEarlier();
            if (options.MaximumFiles is not null)
                ring._kept = new Queue<string>(earlier);
            ring.Begin();
            problem = null;
            return ring;
        }
        catch (Exception exception) when (IsOfFileSystem(exception))
        {
            problem = exception.Message;
            return null;
        }
    }

    /// <summary>Writes a packet. Allocates only for a new file. Must be called for every packet, as packets are located
    /// by number.</summary>
    public void Write(in CapturedPacket packet)
    {
        if (_nextFrame != 0)
            ArgumentOutOfRangeException.ThrowIfNotEqual(packet.Number, _nextFrame, nameof(packet));
        _nextFrame = packet.Number + 1;
        if (_current is { } full && full.IsFullFor(packet, _maximumBytes, _periodNs))
            End(full);
        if (_current is null && !TryBegin())
        {
            NotWritten++;
            return;
        }

        try
        {
            _current.Write(packet, _source.Interfaces);
        }
        catch (Exception exception) when (IsOfFileSystem(exception))
        {
            Fail(exception.Message);
        }
    }

    /// <summary>Writes buffered data to the file. To be called every second: also checks that the file still exists,
    /// and retries after a failure.</summary>
    public void Flush()
    {
        if (_current is not { } current)
        {
            _ = TryBegin();
            return;
        }

        try
        {
            current.Flush();
        }
        catch (Exception exception) when (IsOfFileSystem(exception))
        {
            Fail(exception.Message);
            return;
        }

        if (!File.Exists(current.Path))
            Forget(current);
    }

    /// <summary>Ends the current file.</summary>
    public void Dispose()
    {
        if (_current is { } current)
            End(current);
        _gathered.Dispose();
    }

    /// <summary>True for errors of a file system.</summary>
    internal static bool IsOfFileSystem(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Begins the next file, removing one if needed. The first file of an unnumbered ring has the given name;
    /// files after a failure are numbered.</summary>
    [MemberNotNull(nameof(_current))]
    private void Begin()
    {
        while (_options.MaximumFiles is { } maximum && _kept.Count >= maximum)
            Remove(_kept.Dequeue());
        var path = _isNumbered ? _names.Next(_options.Clock.GetUtcNow()) : _options.Path;
        try
        {
            _current = RingFileWriter.Begin(path, _options.Create, _gathered, _options.Writer, _source.Interfaces);
        }
        finally
        {
            if (_isNumbered && File.Exists(path))
                _names.Advance();
        }

        if (_isNumbered && _options.MaximumFiles is not null)
            _kept.Enqueue(path);
        _isNumbered = true;
    }

    [MemberNotNullWhen(true, nameof(_current))]
    private bool TryBegin()
    {
        if (Failure is not null && _options.Clock.GetElapsedTime(_failedAt) < RetryAfter)
            return false;
        try
        {
            Begin();
        }
        catch (Exception exception) when (IsOfFileSystem(exception))
        {
            Fail(exception.Message);
            return false;
        }

        if (Failure is not null)
        {
            Failure = null;
            Report($"writes again, to {_current.Path}");
        }

        return true;
    }

    private void End(RingFileWriter file)
    {
        try
        {
            var counters = _source.Annotations.Drops;
            file.End(counters, _counters);
            (_counters, _current) = (counters, null);
            List(file.ToFile());
        }
        catch (Exception exception) when (IsOfFileSystem(exception))
        {
            Fail(exception.Message);
        }
    }

    /// <summary>Suspends writing. Written data stays; buffered data is lost.</summary>
    private void Fail(string reason)
    {
        _failedAt = _options.Clock.GetTimestamp();
        if (_current is { } current)
        {
            NotWritten += current.PacketsGathered;
            List(current.ToFile(onlyWritten: true));
            current.Abandon();
            _current = null;
        }

        if (Failure is null)
            Failure = Report(reason, isWriting: false);
    }

    /// <summary>Continues in a new file after the current one was removed or renamed.</summary>
    private void Forget(RingFileWriter gone)
    {
        gone.Dispose();
        _current = null;
        if (TryBegin())
            Report($"{gone.Path} was removed or renamed; writes to {_current.Path}");
    }

    private void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Already gone.
        }
        catch (Exception exception) when (IsOfFileSystem(exception))
        {
            Report($"an old file stays, as it cannot be removed: {exception.Message}");
            return;
        }

        _ = _files.RemoveAll(file => file.Path == path);
    }

    private void List(RingFile? file)
    {
        if (file is null)
            return;
        _files.Add(file);
        if (_files.Count <= MaximumListed)
            return;
        _files.RemoveAt(0);
        FilesNotListed++;
    }

    private RingNotice Report(string text, bool isWriting = true)
    {
        var notice = new RingNotice(_options.Clock.GetUtcNow(), text, isWriting, NotWritten);
        _options.Report(notice);
        return notice;
    }
}
