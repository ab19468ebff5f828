using System.Text.Json;
using System.Text.RegularExpressions;

namespace PortAudit.Mutants;

/// <summary>
/// What the program has been seen to do: how flows came out, where decoding stopped, what was said of a file. An input
/// that shows something new is worth breaking further. <c>tools/fuzz</c> goes by branch coverage in its place, in
/// readers, decoder and observer alone.
/// </summary>
internal sealed partial class KnownBehaviour
{
    /// <summary>Letters of a flow's history that count as a behaviour of their own; longer ones are of no
    /// end.</summary>
    private const int HistoryLetters = 4;

    private static readonly string[] Columns =
        ["transport", "direction_basis", "outcome", "protocol", "protocol_basis", "service"];

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>How many behaviours are known.</summary>
    public int Count => _known.Count;

    /// <summary>Takes up what a run showed; true when some of it is new.</summary>
    public bool Learn(ProgramRun run)
    {
        var known = _known.Count;
        foreach (var line in run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            _known.Add(Number().Replace(line[(line.LastIndexOf(": ", StringComparison.Ordinal) + 1)..], "#"));
        if (run.Output.StartsWith('{'))
            LearnStops(run.Output);
        else
            LearnFlows(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return _known.Count > known;
    }

    private void LearnStops(string report)
    {
        using var document = JsonDocument.Parse(report);
        foreach (var stop in document.RootElement.GetProperty("coverage").GetProperty("decode_stops").EnumerateArray())
            _known.Add($"{stop.GetProperty("layer")} {stop.GetProperty("reason")}");
    }

    private void LearnFlows(string[] lines)
    {
        if (lines.Length < 2)
            return;
        var heads = lines[0].Split(',');
        int[] places = [.. Columns.Select(column => Array.IndexOf(heads, column))];
        var history = Array.IndexOf(heads, "history");
        foreach (var cells in lines.Skip(1).Select(line => line.Split(',')))
        {
            var letters = cells[history][..Math.Min(cells[history].Length, HistoryLetters)];
            _known.Add(string.Join(' ', places.Select(place => cells[place]).Append(letters)));
        }
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
