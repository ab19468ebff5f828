using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using PortAudit.Audit.Findings;
using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit packets</c>: packets decoded for people, by finding or by frame number.</summary>
internal sealed class PacketsCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private const int DefaultCount = 20;
    private const int DefaultTrees = 3;

    private readonly Argument<string> _file = new("FILE")
    {
        Description = "A JSON report of an audit (--json), or a capture; '-' for a capture on standard input.",
    };

    private readonly Argument<string[]> _which = new("FINDING|FRAMES")
    {
        Description = "Of a report: identifiers of findings, or their beginnings; without any, lists the findings. "
            + "Of a capture: frame numbers, for example 17,20-25; without any, the first frames.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _read = new("-r", "--read")
    {
        Description = "Of a report: take the frames from this capture or directory instead of the path that the report "
            + "names; files are matched by name. May be repeated.",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<int> _count = NumberOption.Of(["-c", "--count"], "N",
        $"Packets to show of each finding, or of the capture. Default: {DefaultCount}; with -v all.", 1,
        FrameNumbers.Maximum);

    private readonly Option<int?> _trees = new("--trees")
    {
        Description = $"How many of them to show field by field, too. Default: {DefaultTrees}; with -v all.",
        HelpName = "N",
    };

    private readonly Option<bool> _quiet = new("-q", "--quiet") { Description = "Show one line for each packet only." };

    private readonly Option<bool> _verbose = new("-v",
        "--verbose")
    { Description = "Show all packets, and each field by field." };

    private readonly Option<string> _color = ChoiceOption.Color("When to use colour in the text.");

    public Command Build()
    {
        _which.CompletionSources.Add(Findings);
        var command = new Command(
            "packets",
            "Shows packets decoded: one line each, and the first ones field by field. Of a finding, the packets that "
                + "prove it. Payload is never shown, as it may contain credentials; only message kinds are named. "
                + "Example: 'portaudit packets captures/lync-edge/firewall-outside.pcap 1-3'. "
                + "Exit codes: 0, 2 usage, or no such finding, 3 a capture or frame is missing or unreadable (the "
                + "others are shown), 130 interrupted, 70 internal error.")
        {
            _file, _which, _read, _count, _trees, _quiet, _verbose, _color,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(_quiet) && result.GetValue(_verbose))
                result.AddError("-q and -v exclude each other.");
            if (result.GetValue(_trees) < 0)
                result.AddError("--trees wants a number from 0.");
        });
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private ExitCode Execute(ParseResult parsed)
    {
        if (parsed.GetValue(_verbose))
            log.BeVerbose();
        var (path, which) = (parsed.GetValue(_file)!, parsed.GetValue(_which) ?? []);
        if (path.StartsWith('-') && path != CaptureArguments.StandardInput)
        {
            log.Error($"unknown option '{path}'; write './{path}' for a file of that name");
            return ExitCode.Usage;
        }

        return IsJson(path) ? OfReport(parsed, path, which) : OfCapture(parsed, path, which);
    }

    private ExitCode OfCapture(ParseResult parsed, string path, string[] which)
    {
        if (parsed.GetResult(_read) is not null)
        {
            log.Error(Path.Exists(path)
                ? $"-r says where the captures of a JSON report are, and {path} is none"
                : $"{path}: no such file");
            LogUnopened(parsed);
            return ExitCode.Usage;
        }

        if (!FrameNumbers.TryRead(which, out var numbers, out var problem))
        {
            log.Error(problem);
            return ExitCode.Usage;
        }

        if (numbers.IsEmpty)
            numbers = [.. Enumerable.Range(1, CountOf(parsed)).Select(number => (long)number)];
        var wanted = new WantedPackets("", [(path, path, Take(numbers, parsed))], numbers.Length - CountOf(parsed));
        return Show(parsed, [wanted], mayEndEarly: which.Length == 0);
    }

    private ExitCode OfReport(ParseResult parsed, string path, string[] which)
    {
        if (OpenSslLibrary.IsMissing)
        {
            log.Error($"reading a report {OpenSslLibrary.Need}");
            return ExitCode.Usage;
        }

        if (!ReportedEvidence.TryRead(path, out var report, out var problem))
        {
            log.Error($"{path}: {problem}");
            LogUnopened(parsed);
            return ExitCode.Usage;
        }

        if (which.Length == 0)
        {
            foreach (var finding in report.Findings)
                environment.Output.Write($"{VisibleText.Escape(Heading(finding))}\n");
            return ExitCode.Success;
        }

        var findings = new List<ReportedFinding>();
        foreach (var beginning in which)
        {
            var found = report.Find(beginning);
            if (found.Length == 1)
            {
                findings.Add(found[0]);
                continue;
            }

            log.Error(found.IsEmpty
                ? $"{path}: there is no finding '{beginning}'; 'portaudit packets {path}' lists them"
                : $"{path}: {found.Length} findings begin with '{beginning}'; write more of the identifier");
            return ExitCode.Usage;
        }

        var captures = new ReportCaptures(path, parsed.GetValue(_read) is { } given
            ? CaptureRun.Expand(given, log).Paths
            : []);
        var isOnly = findings.SelectMany(finding => finding.Frames).DistinctBy(frames => frames.Capture).Count() == 1;
        return Show(parsed, [.. findings.Select(finding => WantedOf(parsed, finding, captures, isOnly))],
            mayEndEarly: false);
    }

    /// <summary>Logs which of the captures of <c>-r</c> cannot be opened, where the report cannot be read.</summary>
    private void LogUnopened(ParseResult parsed)
    {
        foreach (var problem in CaptureArguments.Expand(parsed.GetValue(_read) ?? []).Unopened())
            log.Error(problem);
    }

    private WantedPackets WantedOf(ParseResult parsed, ReportedFinding finding, ReportCaptures captures, bool isOnly)
    {
        var room = CountOf(parsed);
        var frames = ImmutableArray.CreateBuilder<(string Name, string? Path, ImmutableArray<long> Numbers)>();
        for (var index = 0; index < finding.Frames.Length && room > 0; index++)
        {
            // Each capture gets its share, so that one side of a firewall does not push the other off the screen.
            var (name, numbers) = (finding.Frames[index].Capture, finding.Frames[index].Numbers);
            var share = (room + finding.Frames.Length - index - 1) / (finding.Frames.Length - index);
            ImmutableArray<long> shown = [.. numbers.Take(share)];
            frames.Add((name, captures.Find(name, isOnly), shown));
            room -= shown.Length;
        }

        var listed = finding.Frames.Sum(each => each.Numbers.Length);
        return new WantedPackets(Heading(finding), frames.ToImmutable(),
            listed - frames.Sum(each => each.Numbers.Length))
        { NotListed = finding.FramesNotListed };
    }

    private ExitCode Show(ParseResult parsed, ImmutableArray<WantedPackets> wanted, bool mayEndEarly)
    {
        var trees = parsed.GetValue(_quiet) ? 0 : parsed.GetValue(_trees)
            ?? (parsed.GetValue(_verbose) ? FrameNumbers.Maximum : DefaultTrees);
        var reading = new PacketReading(environment, log, mayEndEarly);
        reading.Read(wanted, trees);
        reading.Write(wanted, trees, environment.WantsColor(parsed.GetValue(_color)!));
        environment.Output.Flush();
        return reading.ExitCode;
    }

    private ImmutableArray<long> Take(ImmutableArray<long> numbers, ParseResult parsed) =>
        [.. numbers.Take(CountOf(parsed))];

    private int CountOf(ParseResult parsed) => parsed.GetValue(_count) is > 0 and var count
        ? count
        : parsed.GetValue(_verbose) ? FrameNumbers.Maximum : DefaultCount;

    private static string Heading(ReportedFinding finding) =>
        $"{finding.Id}  {finding.Severity.ToText()}  {finding.Headline}";

    /// <summary>True for a file that begins with a brace, which no capture does.</summary>
    private static bool IsJson(string path)
    {
        try
        {
            if (path == CaptureArguments.StandardInput || Traffic.Capture.CaptureFile.IsPipe(path))
                return false;
            using var reader = new StreamReader(path);
            int next;
            do
            {
                next = reader.Read();
            }
            while (next >= 0 && char.IsWhiteSpace((char)next));
            return next == '{';
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Opening it as a capture says what is wrong with it.
            return false;
        }
    }

    private IEnumerable<CompletionItem> Findings(CompletionContext context)
    {
        var path = context.ParseResult.GetResult(_file)?.Tokens is [var first, ..] ? first.Value : null;
        return path is not null && IsJson(path) && !OpenSslLibrary.IsMissing
            && ReportedEvidence.TryRead(path, out var report, out _)
            ? report.Findings.Select(finding => new CompletionItem(finding.Id))
            : [];
    }
}
