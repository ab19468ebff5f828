using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit.Site;
using PortAudit.Audit.Yaml;
using PortAudit.Reports.Flows;

namespace PortAudit.Cli.Input;

/// <summary><c>--columns</c>, <c>--sort</c> and <c>--top</c>: how flows are listed.</summary>
internal sealed class FlowListOptions
{
    private static readonly ImmutableArray<string> Names = [.. FlowColumn.All.Select(column => column.Name)];

    private readonly Option<string?> _columns = new("--columns")
    {
        Description = "Show these columns, separated by commas, in this order: "
            + $"{string.Join(", ", FlowColumn.All.Where(column => !column.NeedsSite).Select(column => column.Name))}; "
            + "with --site also "
            + $"{string.Join(", ", FlowColumn.All.Where(column => column.NeedsSite).Select(column => column.Name))}.",
        HelpName = "LIST",
    };

    private readonly Option<string?> _sort = new("--sort")
    {
        Description = "Sort by this column: counts with the greatest first, others ascending. A + before the name "
            + "sorts ascending, a - descending. All flows are held in memory, with --top only those.",
        HelpName = "COLUMN",
    };

    private readonly Option<int> _top = NumberOption.Of(["--top"], "N", "With --sort: list the first N flows only.", 1,
        int.MaxValue);

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="site">Its option of a site file.</param>
    public void AddTo(Command command, Option<string?> site)
    {
        command.Add(_columns);
        command.Add(_sort);
        command.Add(_top);
        _columns.CompletionSources.Add([.. Names]);
        _sort.CompletionSources.Add([.. Names]);
        _columns.Validators.Add(result => Check(result, text => text.Split(','), site));
        _sort.Validators.Add(result => Check(result, text => [NameOf(text)], site));
        _top.Validators.Add(result =>
        {
            if (result.GetResult(_sort) is null)
                result.AddError("--top needs --sort.");
        });
    }

    /// <summary>Those given, for a message; empty for none.</summary>
    public IEnumerable<string> Given(SymbolResult result) =>
        new Option[] { _columns, _sort, _top }.Where(option => result.GetResult(option) is { Implicit: false })
            .Select(option => option.Name);

    public FlowListChoices Choices(ParseResult parsed, SiteFile? site)
    {
        var sort = parsed.GetValue(_sort);
        var column = sort is null ? null : FlowColumn.Find(NameOf(sort));
        return new FlowListChoices
        {
            Columns = [.. (parsed.GetValue(_columns)?.Split(',') ?? []).Select(FlowColumn.Find).OfType<FlowColumn>()],
            SortBy = column,
            IsDescending = sort?[0] switch { '-' => true, '+' => false, _ => column is { IsCount: true } },
            Top = parsed.GetValue(_top) is > 0 and var top ? top : null,
            Site = site,
        };
    }

    private static string NameOf(string sort) => sort is ['+' or '-', .. var name] ? name : sort;

    private static void Check(OptionResult result, Func<string, string[]> split, Option<string?> site)
    {
        foreach (var name in result.Tokens.SelectMany(token => split(token.Value)))
        {
            if (FlowColumn.Find(name) is not { } column)
                result.AddError($"{result.Option.Name}: there is no column {Spelling.Quote(name)}"
                    + $"{(Spelling.Suggest(name, Names) is { } hint ? $"; {hint}" : "")}");
            else if (column.NeedsSite && result.GetResult(site) is null)
                result.AddError($"{result.Option.Name}: the column {name} needs {site.Name}.");
        }
    }
}
