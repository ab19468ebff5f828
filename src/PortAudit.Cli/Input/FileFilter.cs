using PortAudit.Audit.Wording;
using PortAudit.Cli.Terminal;
using PortAudit.Live;
using PortAudit.Live.Host;
using PortAudit.Traffic.Capture;

namespace PortAudit.Cli.Input;

/// <summary>The filter of packets of capture files. The library of live capture is loaded on first use of this
/// class.</summary>
internal sealed class FileFilter
{
    private const string OptionName = "--filter";

    private readonly CaptureFilter _filter;

    private FileFilter(CaptureFilter filter) => _filter = filter;

    /// <summary>Decides about each packet.</summary>
    public PacketTest Test => _filter.Takes;

    /// <summary>What it could not decide in the last reading, a line for each link type.</summary>
    public IEnumerable<string> Errors => _filter.Refused.Select(refused =>
        $"{OptionName}: libpcap cannot apply it to frames of link type {refused.LinkType} ({refused.Message}); "
            + $"{Quantity.Of(refused.Packets, "such packet was", "such packets were")} not read");

    /// <summary>Compiles a filter for the link types of captures. Null, with lines in the log, when it cannot be
    /// used.</summary>
    /// <param name="expression">The filter.</param>
    /// <param name="linkTypes">The link types.</param>
    /// <param name="log">Takes what is wrong.</param>
    /// <param name="code">The exit code for that.</param>
    public static FileFilter? TryCreate(string expression, IReadOnlyCollection<LinkType> linkTypes, DiagnosticLog log,
        out ExitCode code)
    {
        code = ExitCode.Success;
        if (CaptureFilter.TryCreate(expression, linkTypes, out var problem) is { } filter)
            return new FileFilter(filter);
        foreach (var line in LiveWords.ToLines(problem! with { Device = OptionName }))
            log.Error(line);
        code = problem.Kind == LiveProblemKind.Filter ? ExitCode.Usage : ExitCode.CaptureDevice;
        return null;
    }

    /// <summary>Begins another reading.</summary>
    public void Restart() => _filter.Restart();
}
