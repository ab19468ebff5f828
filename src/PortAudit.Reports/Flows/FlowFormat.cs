using System.Collections.Immutable;

namespace PortAudit.Reports.Flows;

/// <summary>A format in which flows are listed. To add one, add a row.</summary>
public sealed class FlowFormat
{
    /// <summary>The formats; the first is the default.</summary>
    public static readonly ImmutableArray<FlowFormat> All =
    [
        new("table", choices => new FlowTable(choices)),
        new("csv", choices => choices.Columns.IsEmpty ? new FlowCsv() : new ChosenCsv(choices.Columns)),
        new("jsonl", choices => choices.Columns.IsEmpty ? new FlowJsonLines() : new ChosenJsonLines(choices.Columns))
            { ShowsHandshakes = true },
    ];

    private FlowFormat(string name, Func<FlowListChoices, IFlowRows> begin) => (Name, Begin) = (name, begin);

    /// <summary>Its name on the command line.</summary>
    public string Name { get; }

    /// <summary>True when it shows details of TLS handshakes.</summary>
    public bool ShowsHandshakes { get; private init; }

    internal Func<FlowListChoices, IFlowRows> Begin { get; }
}
