using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit.Site;

namespace PortAudit.Cli.Input;

/// <summary><c>--point NAME=FILE</c>: which capture was recorded where.</summary>
internal sealed class PointOption
{
    private readonly Option<string[]> _points = new("--point")
    {
        Description = "A capture and the point where it was recorded, for example outside=fw-out.pcap. Repeat it for "
            + "each capture, in the order in which packets pass the points; captures of one name are one point.",
        HelpName = "NAME=FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public void AddTo(Command command)
    {
        command.Add(_points);
        command.Validators.Add(result =>
        {
            foreach (var text in result.GetValue(_points) ?? [])
            {
                if (text.IndexOf('=', StringComparison.Ordinal) is var end && (end <= 0 || end == text.Length - 1))
                    result.AddError($"--point {text}: write NAME=FILE, for example outside=fw-out.pcap.");
            }
        });
    }

    public bool IsGiven(CommandResult result) => result.GetResult(_points) is not null;

    public ImmutableArray<string> Captures(ParseResult parsed) => [.. Pairs(parsed).Select(pair => pair.Capture)];

    /// <summary>The points that it names, in the order given, with the files of their captures.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="problem">Why they cannot be used; null when they can.</param>
    public ImmutableArray<CapturePoint> Points(ParseResult parsed, out string? problem)
    {
        var pointOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, capture) in Pairs(parsed))
        {
            foreach (var path in CaptureArguments.Expand([capture]).Paths)
            {
                if (!pointOf.TryAdd(path, name) && pointOf[path] != name)
                {
                    problem = $"{path}: cannot have been recorded at both {pointOf[path]} and {name}";
                    return [];
                }
            }
        }

        problem = null;
        return [.. Pairs(parsed).Select(pair => pair.Name).Distinct(StringComparer.Ordinal).Select(name =>
            Point(name, pointOf.Where(entry => entry.Value == name).Select(entry => entry.Key)))];
    }

    public static CapturePoint Point(string name, IEnumerable<string> paths) =>
        new(name, null, [], []) { Paths = [.. paths] };

    private IEnumerable<(string Name, string Capture)> Pairs(ParseResult parsed) =>
        (parsed.GetValue(_points) ?? []).Select(text => text.Split('=', 2)).Select(parts => (parts[0], parts[1]));
}
