using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>A format of flow logs: a row of <see cref="FlowLogSet.Formats"/>.</summary>
internal interface ILogFormat
{
    /// <summary>What writes it.</summary>
    LogSource Source { get; }

    /// <summary>Why files of this format without flows are of no use alone, a clause behind the name of their format.
    /// </summary>
    string WithoutFlows { get; }

    /// <summary>Recognises a file; null for one of another format.</summary>
    /// <param name="start">Its first bytes, decompressed, at most <see cref="LogFile.StartLength"/>.</param>
    LogContent? TryRecognise(ReadOnlySpan<byte> start);

    /// <summary>Begins the reading of all files of this format in a run.</summary>
    /// <param name="options">How they are read.</param>
    /// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
    ILogReading Begin(LogOptions options, Action<FlowRecord, Outcome> sink);
}

/// <summary>One reading of all files of a format.</summary>
internal interface ILogReading
{
    /// <summary>Names of addresses.</summary>
    IReadOnlyList<NameSighting> Names { get; }

    /// <summary>Names beyond the limit.</summary>
    long NamesNotKept { get; }

    /// <summary>Flows outside the time.</summary>
    long LeftOut { get; }

    /// <summary>Reads all files.</summary>
    /// <param name="inputs">The files, by path, and what is read of each.</param>
    /// <param name="position">Receives the bytes read; null for nothing.</param>
    /// <param name="cancellation">Stops the reading.</param>
    void Read(ImmutableArray<LogInput> inputs, ReadingPosition? position, CancellationToken cancellation);
}

/// <summary>What the first bytes of a file tell of it.</summary>
internal abstract record LogContent
{
    /// <summary>Name of the format.</summary>
    public abstract string Format { get; }

    /// <summary>What wrote it, where formats of several sources are read as one; null for that of the format.</summary>
    public virtual LogSource? Source => null;

    /// <summary>What numbers of damaged places count, if not <see cref="LogSource.RowName"/>.</summary>
    public virtual string? PlaceName => null;

    /// <summary>True when flows are expected in it.</summary>
    public abstract bool HasFlows { get; }

    /// <summary>True when something in it is read.</summary>
    public abstract bool IsRead { get; }
}

/// <summary>One file of a set.</summary>
/// <param name="Path">Path as the user gave it.</param>
/// <param name="Kind">Its format.</param>
/// <param name="Content">What its first bytes tell.</param>
/// <param name="IsGzip">True when it is in gzip.</param>
/// <param name="Capture">Its number among the captures of the run.</param>
internal sealed record LogMember(string Path, ILogFormat Kind, LogContent Content, bool IsGzip, int Capture)
{
    /// <summary>Name of its format.</summary>
    public string Format => IsGzip ? $"gzip, {Content.Format}" : Content.Format;
}

/// <summary>One file in one reading.</summary>
/// <param name="Member">The file.</param>
/// <param name="Tally">What is read of it.</param>
internal sealed record LogInput(LogMember Member, LogTally Tally);
