using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Wording;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Baseline;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Input;

/// <summary>What was wrong with the input of a run.</summary>
/// <param name="Errors">Lines <c>PATH: …</c> about what could not be read; any of them makes
/// <see cref="ExitCode.Input"/>.</param>
/// <param name="Warnings">Lines about what was read but not understood.</param>
internal sealed record InputProblems(ImmutableArray<string> Errors, ImmutableArray<string> Warnings)
{
    public ExitCode ExitCode => Errors.IsEmpty ? ExitCode.Success : ExitCode.Input;

    /// <summary>Collects the problems of a run.</summary>
    /// <param name="unread">Inputs that could not be opened.</param>
    /// <param name="observation">What was read of the others; null when none could be opened.</param>
    public static InputProblems Of(ImmutableArray<UnreadInput> unread, ObservationSummary? observation)
    {
        var errors = unread.Select(input => $"{input.Path}: {input.Reason}").ToList();
        var warnings = new List<string>();
        if (observation is not null)
        {
            errors.AddRange(observation.Captures.SelectMany(Damages));
            warnings.AddRange(observation.Captures.Where(capture => capture.Annotations.Oddity is not null)
                .Select(capture => $"{capture.Path}: {capture.Annotations.Oddity}"));
            foreach (var capture in observation.Captures)
                AddUnreadLinks(capture, errors, warnings);
        }

        return new InputProblems([.. errors], [.. warnings]);
    }

    /// <summary>Inputs that could not be opened, in ordinal order of their paths.</summary>
    public static ImmutableArray<UnreadInput> Unread(CaptureArguments arguments,
        ImmutableArray<CaptureFormatException> problems) =>
    [
        .. arguments.Missing
            .Concat(problems.Select(problem => new UnreadInput(problem.Path, problem.Offset, problem.Reason)))
            .OrderBy(input => input.Path, StringComparer.Ordinal),
    ];

    /// <summary>A line for each damaged part, then one for the point at which reading stopped.</summary>
    private static IEnumerable<string> Damages(CaptureSummary capture)
    {
        foreach (var damage in capture.Annotations.Damages)
            yield return $"{capture.Path}: {damage.Reason}; the results are partial";
        if (capture.Annotations.DamagesNotListed > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{capture.Path}: "
                + $"{capture.Annotations.DamagesNotListed:N0} more damaged parts are not listed; the results are "
                + $"partial");
        if (!capture.End.IsComplete)
            yield return CutShort(capture);
    }

    private static string CutShort(CaptureSummary capture) => string.Create(
        CultureInfo.InvariantCulture,
        $"{capture.Path}: {capture.End.Reason}; the results are partial");

    /// <summary>A capture of which no frame can be decoded is as good as unread; some such frames among others are
    /// worth a warning.</summary>
    private static void AddUnreadLinks(CaptureSummary capture, List<string> errors, List<string> warnings)
    {
        foreach (var unread in capture.UnreadLinks)
        {
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{capture.Path}: frame {unread.FirstFrame} has link type {unread.LinkType}, which is not read here; "
                    + $"{Quantity.Of(unread.Packets, "such frame was", "such frames were")} not judged");
            (capture.UnreadLinks.Sum(link => link.Packets) == capture.Packets ? errors : warnings).Add(line);
        }
    }
}
