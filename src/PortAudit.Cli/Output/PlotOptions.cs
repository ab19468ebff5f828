using System.CommandLine;
using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Pictures;

namespace PortAudit.Cli.Output;

/// <summary>The options of plots that are written as pictures.</summary>
internal sealed class PlotOptions
{
    private readonly Option<string?> _directory = new("--plots")
    {
        Description =
            "Write the plots as pictures for slides and tickets: for the whole and for each pair of roles.",
        HelpName = "DIR",
    };

    private readonly Option<string> _format = new("--plot-format")
    {
        Description = "With --plots: the format of the pictures, png or svg.",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => PlotFormat.Png.ToText(),
    };

    private readonly Option<int> _scale = NumberOption.Of(["--plot-scale"], "N",
        "With --plots and png: 1 for pictures of 1,600 pixels across, 2 for the same ones of 3,200.", 1,
        PlotFiles.MaximumScale, 1);

    public void AddTo(Command command)
    {
        _format.AcceptWords([.. Enum.GetValues<PlotFormat>().Select(format => format.ToText())]);
        _scale.CompletionSources.Add("1", "2");
        command.Add(_directory);
        command.Add(_format);
        command.Add(_scale);
        command.Validators.Add(result =>
        {
            var isPlotted = result.GetResult(_directory) is not null;
            if (result.GetResult(_format) is { Implicit: false } && !isPlotted)
                result.AddError("--plot-format needs --plots.");
            if (result.GetResult(_scale) is not { Implicit: false })
                return;
            if (!isPlotted)
                result.AddError("--plot-scale needs --plots.");
            else if (result.GetResult(_format) is { Implicit: false, Tokens: [{ Value: var format }] }
                && format == PlotFormat.Svg.ToText())
                result.AddError("--plot-scale is for png: svg has no pixels.");
        });
    }

    /// <summary>Makes ready what the user named, before anything is read.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="log">Receives errors.</param>
    /// <param name="output">The output; null without plots, and when there can be none.</param>
    /// <returns>False when there can be none.</returns>
    public bool TryOpen(ParseResult parsed, DiagnosticLog log, out PlotOutput? output)
    {
        output = null;
        if (parsed.GetValue(_directory) is not { } directory)
            return true;
        var format = Enum.GetValues<PlotFormat>().Single(format => format.ToText() == parsed.GetValue(_format));
        return PlotOutput.TryOpen(directory, format, parsed.GetValue(_scale), log, out output);
    }
}
