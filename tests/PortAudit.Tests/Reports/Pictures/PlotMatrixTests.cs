using PortAudit.Audit.Coverage;
using PortAudit.Audit.Segments;
using PortAudit.Audit.Site;
using PortAudit.Reports.Pictures;
using PortAudit.Reports.Plots;
using PortAudit.Tests.Reports.Html;

namespace PortAudit.Tests.Reports.Pictures;

public sealed class PlotMatrixTests
{
    [Fact]
    public void The_page_shows_the_numbers_and_shades_of_the_matrix()
    {
        var run = SampleReport.Run();
        var matrix = PlotMatrix.OfRoles(run.Report);
        var page = HtmlReportTests.Render(run);

        Assert.NotEmpty(matrix.Cells);
        foreach (var ((from, to), cell) in matrix.Cells)
            Assert.Contains(
                $"<b>{cell.Flows}<span class=\"unseen\"> flows from {from} to {to}</span></b>", page,
                StringComparison.Ordinal);
        Assert.Equal(
            matrix.Cells.Values.GroupBy(matrix.ShadeOf).ToDictionary(shade => shade.Key, shade => shade.Count()),
            Enumerable.Range(1, PlotMatrix.Shades).ToDictionary(shade => shade,
                shade => page.Split($"<td class=\"m{shade}\">").Length - 1).Where(shade => shade.Value > 0)
                .ToDictionary());
    }

    [Fact]
    public void The_page_shows_the_matrix_of_segments_as_the_files_do()
    {
        var run = SampleReport.Run();
        run = run with
        {
            Report = run.Report with
            {
                SegmentPairs =
                [
                    new SegmentPair("inside", "dmz", 1_234, 900, new DispositionCounts(1_000, 230, 0, 4), [],
                        false),
                    new SegmentPair(HostIdentity.NoSegment, "inside", 7, 40, new DispositionCounts(7, 0, 0, 0), [],
                        false),
                ],
            },
        };
        var page = HtmlReportTests.Render(run);
        var table = page[page.IndexOf("id=\"segments\"", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("</table>", StringComparison.Ordinal)];

        Assert.Equal(2, PlotMatrix.OfSegments(run.Report).Cells.Count);
        Assert.Contains("1,234<span class=\"unseen\"> flows from inside to dmz</span>", table,
            StringComparison.Ordinal);
        Assert.Contains("! 230<span class=\"unseen\"> escaped</span>", table, StringComparison.Ordinal);
        Assert.Contains("⤬ 4<span class=\"unseen\"> misdropped</span>", table, StringComparison.Ordinal);
        Assert.Contains("7<span class=\"unseen\"> flows from (no segment) to inside</span>", table,
            StringComparison.Ordinal);
        Assert.Contains("href=\"#segments-1\"", table, StringComparison.Ordinal);
        Assert.Contains("<small>900 B</small>", table, StringComparison.Ordinal);
        Assert.Contains("href=\"#segments\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"segments\"", HtmlReportTests.Render(SampleReport.Run()), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_and_columns_with_the_fewest_flows_share_the_last_one_and_no_flow_is_lost()
    {
        var matrix = PlotMatrix.Of(Enumerable.Range(1, 20)
            .Select(index => ($"r{index:D2}", "to", new MatrixCell(index, 1, 0)))).Within(5, "role");

        Assert.Equal(["r17", "r18", "r19", "r20", "16 other roles"], matrix.From.AsEnumerable());
        Assert.Equal(["to"], matrix.To.AsEnumerable());
        Assert.Equal(210, matrix.Flows);
        Assert.Equal(new MatrixCell(136, 16, 0), matrix.Cells[("16 other roles", "to")]);
    }

    [Fact]
    public void Shades_go_by_the_logarithm_of_flows()
    {
        var matrix = PlotMatrix.Of([("a", "b", new MatrixCell(1, 0, 0)), ("b", "a", new MatrixCell(1_000_000, 0, 0))]);

        Assert.Equal([1, 2, 3, 4],
            new long[] { 1, 100, 10_000, 1_000_000 }.Select(flows => matrix.ShadeOf(new MatrixCell(flows, 0, 0))));
    }

    [Fact]
    public void Names_above_the_columns_take_the_room_that_they_need()
    {
        static DrawnMatrix Named(params string[] names) =>
            new(PlotMatrix.Of(names.Select(name => (name, name, new MatrixCell(1, 0, 0)))));
        var ten = Enumerable.Range(0, 10).Select(index => $"role-{index}").ToArray();

        Assert.Equal(30 + 54 + 14, Named("a").Height);
        Assert.InRange(Named([.. ten.Select(name => $"{name}-of-an-edge-server")]).Height
            - Named([.. ten.Select(name => $"{name}-abc")]).Height, 40, 80);
        Assert.Equal(150 + 290 + 14, Named([.. ten.Select(name => new string('w', 100) + name)]).Height, 6);
    }

    [Fact]
    public void Escaped_and_misdropped_flows_of_a_cell_do_not_read_as_a_product()
    {
        Assert.Equal("!103 ×64", DrawnMatrix.Signs(new MatrixCell(720, 103, 64)));
        Assert.Equal("×64", DrawnMatrix.Signs(new MatrixCell(720, 0, 64)));
        Assert.Equal("", DrawnMatrix.Signs(new MatrixCell(720, 0, 0)));
    }
}
