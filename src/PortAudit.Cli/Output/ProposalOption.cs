using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Yaml;
using PortAudit.Reports;
using PortAudit.Reports.Policies.Proposals;

namespace PortAudit.Cli.Output;

/// <summary><c>--propose FORMAT=FILE</c>: the rules that a firewall would need, as its commands.</summary>
internal sealed class ProposalOption
{
    private static readonly ImmutableArray<string> Names = [.. ProposalFormat.All.Select(format => format.Name)];

    private readonly Option<string[]> _proposals = new("--propose")
    {
        Description = "Write the rules that a firewall between the segments would need, as commands of "
            + $"{string.Join(", ", Names)}: what documents and site allow, seen or not. May be repeated.",
        HelpName = "FORMAT=FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _segments = new("--propose-segments")
    {
        Description = "With --propose: allow whole segments in place of the hosts' addresses. Fewer rules, which allow "
            + "more.",
    };

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_proposals);
        command.Add(_segments);
        command.Validators.Add(result =>
        {
            foreach (var text in result.GetValue(_proposals) ?? [])
                Validate(result, text);
            if (result.GetValue(_segments) && result.GetResult(_proposals) is null)
                result.AddError("--propose-segments needs --propose.");
        });
    }

    /// <summary>The outputs that it names.</summary>
    public IEnumerable<(ReportFormat Format, string Path)> Reports(ParseResult parsed)
    {
        var width = parsed.GetValue(_segments) ? ProposalWidth.Segments : ProposalWidth.Exact;
        foreach (var text in parsed.GetValue(_proposals) ?? [])
        {
            var parts = text.Split('=', 2);
            var format = ProposalFormat.All.First(format => format.Name == parts[0]);
            yield return (new ReportFormat("propose", format.Title,
                (run, writer) => format.Write(run.Report, width, writer)), parts[1]);
        }
    }

    private static void Validate(CommandResult result, string text)
    {
        if (text.IndexOf('=', StringComparison.Ordinal) is var end && (end <= 0 || end == text.Length - 1))
            result.AddError($"--propose {text}: write FORMAT=FILE, for example nftables=rules.nft.");
        else if (!Names.Contains(text[..end]))
            result.AddError($"--propose: unknown format {Spelling.Quote(text[..end])}; "
                + $"{Spelling.Suggest(text[..end], Names)}");
    }
}
