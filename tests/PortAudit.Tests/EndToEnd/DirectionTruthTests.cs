using PortAudit.Tests.Capture;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Who opened a flow, and what that rests on, compared with a table that was made by reading the packets
/// (<c>tests/directions.csv</c>).</summary>
public sealed class DirectionTruthTests
{
    private const int LeastRows = 40;

    public static TheoryData<string> Files => [.. Rows().Select(row => row.File).Distinct()];

    [Fact]
    public void The_table_holds_enough_flows_and_each_says_why()
    {
        Assert.True(Rows().Count >= LeastRows);
        Assert.All(Rows(), row => Assert.True(row.Originator is "a" or "b" && row.Why.Length > 0, row.ToString()));
        Assert.Equal(Rows().Count, Rows().DistinctBy(row => (row.File, row.Transport, row.A, row.B)).Count());
    }

    [NeedsTheory(Part.Corpus)]
    [MemberData(nameof(Files))]
    public void Originator_and_basis_are_those_of_the_table(string file)
    {
        var flows = FlowRows.Of(Corpus.PathOf(file));
        foreach (var row in Rows().Where(row => row.File == file))
        {
            var found = flows.Where(flow => flow.Transport == row.Transport && Ends(flow) is var ends
                && (ends == (row.A, row.B) || ends == (row.B, row.A))).ToList();
            Assert.True(found.Count > 0, $"no such flow: {row}");
            Assert.All(found, flow => Assert.Equal((row, row.Originator == "a" ? row.A : row.B, row.Basis),
                (row, Ends(flow).Originator, flow.DirectionBasis)));
        }
    }

    /// <summary>Both ends as the table writes them; ICMP has no ports.</summary>
    private static (string Originator, string Responder) Ends(FlowRows flow) => flow.Transport is "icmp" or "icmp6"
        ? (flow.Originator, flow.Responder)
        : (End(flow.Originator, flow.OriginatorPort), End(flow.Responder, flow.ResponderPort));

    private static string End(string address, string port) =>
        address.Contains(':', StringComparison.Ordinal) ? $"[{address}]:{port}" : $"{address}:{port}";

    private static IReadOnlyList<Row> Rows() =>
        [.. File.ReadLines(Repository.PathOf("tests", "directions.csv")).Skip(1).Select(line => line.Split(',', 7))
            .Select(cells => new Row(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]))];

    private sealed record Row(string File, string Transport, string A, string B, string Originator, string Basis,
        string Why);
}
