using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit.Learned;
using PortAudit.Audit.Site;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Baseline;

namespace PortAudit.Cli.Input;

/// <summary><c>--against FILE</c>: a baseline of <c>portaudit learn</c>.</summary>
internal sealed class LearnedOption
{
    private readonly Option<string?> _against = new("--against")
    {
        Description = "A baseline that 'portaudit learn' wrote: lists services, clients, sizes and hours that it does "
            + "not have, and connections at regular intervals.",
        HelpName = "FILE",
    };

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Add(_against);

    /// <summary>The path; null when none is given.</summary>
    public bool IsGiven(SymbolResult result) => result.GetResult(_against) is not null;

    public string? Path(ParseResult parsed) => parsed.GetValue(_against);

    /// <summary>Reads the baseline. False, with a line in the log, when it cannot be read.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="log">The log.</param>
    /// <param name="learned">The baseline; null when none is given.</param>
    public bool TryRead(ParseResult parsed, DiagnosticLog log, out LearnedTraffic? learned)
    {
        learned = null;
        return Path(parsed) is not { } path || TryRead(path, log, out learned);
    }

    /// <summary>Reads a baseline. False, with a line in the log, when it cannot be read.</summary>
    public static bool TryRead(string path, DiagnosticLog log, out LearnedTraffic? learned)
    {
        if (LearnedFile.TryRead(path, out learned, out var problem))
            return true;
        log.Error($"{path}: {problem}");
        return false;
    }

    /// <summary>What an audit of a site learns; null, with a line in the log, when the baseline says nothing of the
    /// site: the audit goes on without it.</summary>
    public LearningOptions? For(SiteFile site, LearnedTraffic? baseline, ParseResult parsed, DiagnosticLog log)
    {
        if (baseline is null)
            return null;
        var path = Path(parsed);
        if (baseline.IsEmpty)
            log.Warning($"{path}: the baseline is empty, so nothing is compared with it");
        else if (baseline.Site != site.Name)
            log.Warning($"{path}: the baseline was learned at the site '{baseline.Site}', this is '{site.Name}': "
                + "nothing is compared with it");
        else
            return new LearningOptions(baseline);
        return null;
    }
}
