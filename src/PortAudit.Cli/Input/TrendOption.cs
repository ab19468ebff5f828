using System.CommandLine;
using PortAudit.Audit.Trends;

namespace PortAudit.Cli.Input;

/// <summary><c>--by</c>: the periods by which a trend is shown.</summary>
internal sealed class TrendOption
{
    private readonly Option<string?> _by = new("--by")
    {
        Description = "Show what passed between segments by day or week (UTC), and what is new, grown, gone or shrunk: "
            + "day or week.",
        HelpName = "PERIOD",
    };

    public void AddTo(Command command)
    {
        _by.AcceptWords([.. Enum.GetValues<TrendPeriod>().Select(period => period.ToText())]);
        command.Add(_by);
    }

    /// <summary>The period; null for no trend.</summary>
    public TrendPeriod? Of(ParseResult parsed) => parsed.GetValue(_by) is { } name
        ? Enum.GetValues<TrendPeriod>().Single(period => period.ToText() == name)
        : null;
}
