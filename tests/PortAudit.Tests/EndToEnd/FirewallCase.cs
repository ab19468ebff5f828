namespace PortAudit.Tests.EndToEnd;

/// <summary>What an audit of one side of the firewall lab says of one of its cases: a line of
/// <c>captures/firewall/expected-judgement.tsv</c> beside that of <c>tools/lab/firewall/cases.tsv</c>.</summary>
/// <param name="Side">The side of the firewall that was recorded: <c>outside</c> or <c>inside</c>.</param>
/// <param name="Name">The case.</param>
/// <param name="Attempt">What was tried; null for a rule that nobody tried.</param>
/// <param name="Outcome">The outcome of its flows; null when none is to be seen on this side.</param>
/// <param name="Status">The status of its rule; null when the site has none.</param>
/// <param name="Finding">Kind and severity of the finding; null without one.</param>
public sealed record FirewallCase(string Side, string Name, FirewallAttempt? Attempt, string? Outcome, string? Status,
    string? Finding)
{
    /// <summary>The directory of the captures.</summary>
    public static string Captures { get; } = Repository.PathOf("captures", "firewall");

    /// <summary>All cases.</summary>
    public static IReadOnlyList<FirewallCase> All { get; } = Read();

    /// <summary>The identifier of its rule.</summary>
    internal string Rule => $"lab.{Name}";

    /// <summary>The file that shows it.</summary>
    internal string Capture => CaptureOf(Attempt?.Capture ?? "traffic", Side);

    /// <summary>The file of a capture and a side.</summary>
    public static string CaptureOf(string capture, string side) => Path.Combine(Captures, $"{capture}-{side}.pcap");

    private static List<FirewallCase> Read()
    {
        var attempts = Lines(Repository.PathOf("tools", "lab", "firewall", "cases.tsv"))
            .ToDictionary(cells => cells[1],
                cells => new FirewallAttempt(cells[0], cells[2], cells[3], cells[4], cells[5], cells[6]));
        return
        [
            .. Lines(Path.Combine(Captures, "expected-judgement.tsv")).Select(cells => new FirewallCase(
                cells[0], cells[1], attempts.GetValueOrDefault(cells[1]), OrNull(cells[2]), OrNull(cells[3]),
                cells[4] == "-" ? null : $"{cells[4]} {cells[5]}")),
        ];
    }

    private static string? OrNull(string cell) => cell == "-" ? null : cell;

    private static IEnumerable<string[]> Lines(string file) =>
        File.ReadLines(file).Where(line => line is not ("" or ['#', ..])).Select(line => line.Split('\t'));
}

/// <summary>An attempt of the firewall lab.</summary>
/// <param name="Capture">The capture that it is in, without its side.</param>
/// <param name="From">The host that tries.</param>
/// <param name="To">The host that is asked.</param>
/// <param name="Transport">Transport protocol.</param>
/// <param name="Port">The port that is asked.</param>
/// <param name="Firewall">What the firewall does with it.</param>
public sealed record FirewallAttempt(string Capture, string From, string To, string Transport, string Port,
    string Firewall);
