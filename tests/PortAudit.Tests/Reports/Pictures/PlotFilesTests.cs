using System.Buffers.Binary;
using System.Text;
using System.Xml.Linq;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Segments;
using PortAudit.Audit.Site;
using PortAudit.Audit.Timelines;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Pictures;
using PortAudit.Reports.Plots;
using PortAudit.Tests.Reports.Html;
using SkiaSharp;

namespace PortAudit.Tests.Reports.Pictures;

public sealed class PlotFilesTests
{
    private static readonly string[] Kinds = ["words", "flows", "ports", "bytes", "delays"];

    [Fact]
    public void There_is_a_picture_of_each_kind_for_the_whole_and_for_each_pair() => Assert.Equal(
        ["matrix--roles", "matrix--segments", .. Kinds.Select(kind => $"all--{kind}"),
            .. Kinds.Select(kind => $"a--b--{kind}"), .. Kinds.Select(kind => $"b--a--{kind}")],
        PlotFiles.Pictures(TwoPairs()).Select(picture => picture.Name));

    [Fact]
    public void Png_files_are_pictures_of_1600_pixels_across() =>
        Assert.All(PlotFiles.Of(TwoPairs(), PlotFormat.Png), file =>
        {
            Assert.EndsWith(".png", file.FileName, StringComparison.Ordinal);
            Assert.Equal("\u0089PNG\r\n\u001a\n", Encoding.Latin1.GetString(file.Bytes.Span[..8]));
            Assert.Equal(1600, BinaryPrimitives.ReadInt32BigEndian(file.Bytes.Span[16..]));
        });

    [Fact]
    public void Png_files_are_opaque_to_the_last_row() =>
        Assert.All(PlotFiles.Of(TwoPairs(), PlotFormat.Png), file =>
        {
            using var picture = SKBitmap.Decode(file.Bytes.Span);
            Assert.Equal(SKAlphaType.Opaque, picture.AlphaType);
            Assert.All(Enumerable.Range(0, picture.Width),
                x => Assert.Equal(PictureCanvas.Colour("card"), picture.GetPixel(x, picture.Height - 1)));
        });

    [Fact]
    public void At_twice_the_scale_they_have_twice_as_many_pixels_in_each_direction_and_show_the_same()
    {
        foreach (var (one, two) in PlotFiles.Of(TwoPairs(), PlotFormat.Png)
            .Zip(PlotFiles.Of(TwoPairs(), PlotFormat.Png, 2)))
        {
            using var usual = SKBitmap.Decode(one.Bytes.Span);
            using var large = SKBitmap.Decode(two.Bytes.Span);
            using var shrunk = large.Resize(usual.Info, new SKSamplingOptions(SKFilterMode.Linear));

            Assert.Equal(one.FileName, two.FileName);
            Assert.Equal((2 * usual.Width, 2 * usual.Height), (large.Width, large.Height));
            var different = usual.Pixels.Zip(shrunk.Pixels).Count(pair => Distance(pair.First, pair.Second) > 96);
            Assert.InRange(different, 0, usual.Pixels.Length / 50);
        }
    }

    [Theory]
    [InlineData(PlotFormat.Png)]
    [InlineData(PlotFormat.Svg)]
    public void The_same_run_gives_the_same_bytes_whatever_was_drawn_before(PlotFormat format)
    {
        var first = PlotFiles.Of(TwoPairs(), format).ToList();
        _ = PlotFiles.Of(ReportRuns.WithHostileNames(), format).Count();
        var second = PlotFiles.Of(TwoPairs(), format).ToList();

        Assert.All(first.Zip(second), pair => Assert.True(pair.First.Bytes.Span.SequenceEqual(pair.Second.Bytes.Span),
            pair.First.FileName));
    }

    [Fact]
    public void Svg_files_ask_for_no_font_and_number_their_own_parts()
    {
        foreach (var file in PlotFiles.Of(TwoPairs(), PlotFormat.Svg))
        {
            var root = XDocument.Parse(Encoding.UTF8.GetString(file.Bytes.Span)).Root!;
            var ids = root.Descendants().Attributes("id").Select(id => id.Value).ToList();
            Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName == "text");
            Assert.DoesNotContain(root.Descendants().Attributes(), attribute => attribute.Name == "font-family");
            Assert.Equal(["title", "summary", .. Enumerable.Range(1, ids.Count - 2).Select(number => $"c{number}")],
                ids);
        }
    }

    [Fact]
    public void A_picture_says_whose_traffic_when_where_and_from_which_captures()
    {
        var picture = PlotFiles.Pictures(TwoPairs()).First(picture => picture.Name == "a--b--flows").Picture;

        Assert.Equal(("a to b", "Flows over time, by verdict"), (picture.Heading, picture.Title));
        Assert.StartsWith("Captured from 2013-05-01 10:00:00 UTC, for ", picture.Window, StringComparison.Ordinal);
        Assert.EndsWith("; site Contoso pilot", picture.Window, StringComparison.Ordinal);
        Assert.StartsWith("Shows 3 flows by the time they began. Source: ", picture.Source, StringComparison.Ordinal);
        Assert.Contains("inside.pcap", picture.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_and_page_have_the_same_numbers()
    {
        var timeline = ReportRuns.Timeline("a", "b", [0, 1000, 1004, 90_000]);
        var page = PairPlots.Of(timeline, [], new PlotDetail(true, int.MaxValue)).ToList();
        var pictures = PairPlots.Of(timeline, [], new PlotDetail(false, 100) { Height = 280 }).ToList();

        Assert.Equal(page.Select(Numbers), pictures.Select(Numbers));

        static string Numbers((PlotKind Kind, PlotDrawing Drawing) plot) => string.Join("|",
            [plot.Kind.ToString(), plot.Drawing.Summary, plot.Drawing.Shown,
                .. plot.Drawing.Legend.Select(key => key.Text), .. plot.Drawing.Ticks.Select(tick => tick.Label),
                .. plot.Drawing.Axis.Ticks.Select(tick => tick.Label),
                .. plot.Drawing.Captions.Select(caption => caption.Text)]);
    }

    [Fact]
    public void What_stands_at_the_end_of_an_axis_is_drawn_whole()
    {
        var plot = PairPlots.Of(ReportRuns.Timeline("a", "b", [0]), [], PlotDetail.Full).First().Drawing;
        using var surface = SKSurface.Create(new SKImageInfo(900, 300));
        new DrawnPlot(plot with { Marks = [new PlotMark("bad", "M68 50h12v12h-12z")] })
            .Draw(new PictureCanvas(surface.Canvas), 0);
        using var pixels = surface.PeekPixels();

        Assert.Equal(PictureCanvas.Colour("bad"), pixels.GetPixelColor(70, 56));
    }

    [Fact]
    public void Dots_and_columns_of_a_picture_stand_over_the_same_times_as_on_the_page()
    {
        var timeline = ReportRuns.Timeline("a", "b", [0, 1000, 1004, 90_000]);
        var page = PairPlots.Of(timeline, [], new PlotDetail(true, int.MaxValue)).First().Drawing;
        var picture = PairPlots.Of(timeline, [], new PlotDetail(false, 100) { Height = 280 }).First().Drawing;

        Assert.Equal(page.Axis.Ticks.AsEnumerable(), picture.Axis.Ticks);
        Assert.Equal(280, picture.Bottom - picture.Top);
    }

    [Fact]
    public void What_all_pairs_show_is_the_sum_of_what_each_shows()
    {
        var run = TwoPairs();
        var all = AllPairs.Of(run.Report.Timelines)!;

        Assert.Equal(5, all.Flows.Columns.SelectMany(column => column.Sums).Sum(sum => sum.Value));
        Assert.Equal(5, all.Ports.Dots.Sum(dot => dot.Flows));
        Assert.Equal(5 * 520, all.Bytes.Columns.SelectMany(column => column.Sums).Sum(sum => sum.Value));
        Assert.Equal(10, all.Delays.Sum(lane => lane.Flows));
        Assert.Equal(["dns", "tls/sip"], all.Delays.Select(lane => lane.Protocol));
    }

    [Fact]
    public void Columns_of_pairs_are_joined_into_the_widest()
    {
        var narrow = ReportRuns.Timeline("a", "b", [0, 1, 999]);
        var wide = ReportRuns.Timeline("b", "a", [0]) with
        {
            Flows = new TimePlot<VerdictWord>(1000 * ReportRuns.Millisecond,
                [new TimeColumn<VerdictWord>(ReportRuns.StartNs, [new(ReportRuns.Arrived(Verdict.Unexpected), 7)])]),
        };
        var column = Assert.Single(AllPairs.Of([narrow, wide])!.Flows.Columns);

        Assert.Equal(ReportRuns.StartNs, column.StartNs);
        Assert.Equal([new(ReportRuns.Arrived(Verdict.Expected), 3), new(ReportRuns.Arrived(Verdict.Unexpected), 7)],
            column.Sums.AsEnumerable());
    }

    [Fact]
    public void A_run_without_a_packet_has_no_picture() =>
        Assert.Empty(PlotFiles.Of(SampleReport.EmptyRun(), PlotFormat.Png));

    [Fact]
    public void One_packet_is_a_picture() =>
        Assert.Equal(11, PlotFiles.Of(ReportRuns.Of(ReportRuns.Timeline("a", "b", [0])), PlotFormat.Svg).Count());

    [Fact]
    public void Only_the_pairs_with_the_most_flows_get_files_of_their_own()
    {
        var timelines = Enumerable.Range(0, PlotFiles.MaximumPairs + 3)
            .Select(pair => ReportRuns.Timeline($"role-{pair}", "b", [0])).ToArray();
        var run = ReportRuns.Of(timelines);
        run = run with
        {
            Report = run.Report with
            {
                RolePairs = [.. run.Report.RolePairs.Select((pair, index) => pair with { Flows = 1 + index })],
            },
        };
        var names = PlotFiles.Pictures(run).Select(picture => picture.Name).ToList();

        Assert.Equal(PlotFiles.MaximumPairs, names.Count(name => name.EndsWith("b--flows", StringComparison.Ordinal)));
        Assert.DoesNotContain("role-2--b--flows", names);
        Assert.Contains("role-3--b--flows", names);
    }

    [Fact]
    public void Long_names_and_what_the_fonts_lack_are_shortened_and_marked()
    {
        using var font = PictureCanvas.FontOf(12);
        var fitted = PictureText.Fit(new string('W', 400), font, 200);

        Assert.EndsWith("…", fitted, StringComparison.Ordinal);
        Assert.InRange(font.MeasureText(fitted), 150, 200);
        Assert.Matches("^server-.*….*-12$", PictureText.FitEnds($"server-{new string('w', 90)}-12", font, 120));
        Assert.Equal("short", PictureText.FitEnds("short", font, 120));
        Assert.Equal("a ?? b \\u{0007}", PictureText.Clean("a \u6F22\u5B57   b \u0007 "));
        Assert.Equal("Größe Ωμ Жд", PictureText.Clean("Größe Ωμ Жд"));
    }

    private static int Distance(SKColor one, SKColor other) => Math.Max(Math.Abs(one.Red - other.Red),
        Math.Max(Math.Abs(one.Green - other.Green), Math.Abs(one.Blue - other.Blue)));

    private static AuditRun TwoPairs()
    {
        var run = ReportRuns.Of(ReportRuns.Timeline("a", "b", [0, 1000, 90_000]),
            ReportRuns.Timeline("b", "a", [5, 1000], Verdict.Unexpected));
        var words = new DispositionCounts(2, 1, 0, 1);
        return run with
        {
            Report = run.Report with
            {
                SegmentPairs = [new SegmentPair("inside", "outside", 3, 900, words, [], false),
                    new SegmentPair(HostIdentity.NoSegment, "inside", 2, 40, words, [], false)],
            },
        };
    }
}
