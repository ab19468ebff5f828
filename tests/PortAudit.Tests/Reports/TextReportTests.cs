using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Text;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Reports;

public sealed class TextReportTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_report_reads_as_the_golden_text(int width) =>
        Golden.Equal($"Reports/Golden/report-{width}.txt", Text(SampleReport.Run(), width));

    [Theory]
    [MemberData(nameof(Widths))]
    public void No_line_is_longer_than_the_page_and_no_word_is_lost(int width)
    {
        var text = Text(SampleReport.Run(), width);
        Assert.All(text.Split('\n'),
            line => Assert.True(line.Length <= Math.Min(width, TextReportOptions.MaximumWidth), line));
        Assert.Equal(Words(Text(SampleReport.Run(), 100), "Role matrix"), Words(text, "Role matrix"));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Wide_and_combining_characters_count_by_the_columns_that_they_take(int width)
    {
        var text = Text(Named("会議用サーバー", "cafe\u0301-gate\u0301", "서버-\U0001F600-\U0001D400"), width);
        Assert.All(text.Split('\n'),
            line => Assert.True(Columns(line) <= Math.Min(width, TextReportOptions.MaximumWidth), line));
        Assert.DoesNotContain('\ufffd', text);
        Assert.Contains("会議用サーバー", string.Concat(text.Where(c => !char.IsWhiteSpace(c))), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_a_table_align_below_wide_characters()
    {
        var text = Text(Named("会議用サーバー", "b", "c"), 100);
        var lines = text[text.IndexOf("Hosts and roles", StringComparison.Ordinal)..].Split('\n')
            .SkipWhile(line => !line.StartsWith(" Host", StringComparison.Ordinal)).ToList();
        var begin = lines[0].IndexOf("Roles", StringComparison.Ordinal);
        Assert.Contains("会議用サーバー (10.0.0.12)  lync-director", lines[2], StringComparison.Ordinal);
        Assert.Equal(begin, Columns(lines[2][..lines[2].IndexOf("lync-director", StringComparison.Ordinal)]));
    }

    [Fact]
    public void Flows_that_get_none_of_the_five_words_are_told_with_the_reason()
    {
        var run = SampleReport.Run();
        RolePair pair = new("", "", 10, 1_000,
            [new(Verdict.Expected, 3), new(Verdict.Background, 2), new(Verdict.OutOfScope, 5)],
            [new(Outcome.Undecided, 10)], new DispositionCounts(1, 0, 0, 0, 2), []);
        run = run with { Report = run.Report with { FlowsJudged = 40, RolePairs = [.. run.Report.RolePairs, pair] } };

        Assert.Contains("40 flows judged between 3 pairs of roles; 7 of them are not classified: 2 "
            + "background, 5 out of scope.", Text(run, 160), StringComparison.Ordinal);
        Assert.DoesNotContain("not classified", Text(SampleReport.Run(), 160), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sections_stand_in_the_order_of_the_page()
    {
        var lines = Text(SampleReport.RunWithBaseline(), 100).Split('\n');
        var headings = lines.Zip(lines.Skip(1)).Where(pair => pair.Second.StartsWith('─')).Select(pair => pair.First)
            .Where(line => !line.StartsWith(' '));

        Assert.Equal(["Findings", "What the captures could see", "Required, not seen",
            "Changes since the earlier report", "Role matrix", "Role pairs", "Hosts and roles", "Method", "Exceptions",
            "Diagnostics"], headings);
    }

    [Fact]
    public void A_long_list_is_cut_and_says_how_much_is_left_out_and_where_it_is()
    {
        var run = SampleReport.Run();
        var long_ = run with
        {
            Report = run.Report with
            {
                Findings =
                    [.. Enumerable.Range(0, 200).Select(number => run.Report.Findings[0] with { Id = $"id-{number}" })],
                Hosts =
                    [.. Enumerable.Range(0, 50).Select(number => run.Report.Hosts[0] with { Name = $"host-{number}" })],
                RolePairs = [.. Enumerable.Range(0, 60)
                    .Select(number => run.Report.RolePairs[1] with { From = $"role-{number:00}", Flows = number })],
                Diagnostics = [.. Enumerable.Range(0, 40).Select(number => $"diagnostic {number}")],
                Observation = run.Report.Observation with
                {
                    Captures = [.. Enumerable.Range(0, 100).Select(number =>
                    run.Report.Observation.Captures[number == 77 ? 1 : 0] with { Path = $"capture-{number}" })]
                },
            },
        };
        var text = Text(long_, 100);

        Assert.Contains("and 194 other findings\n", text, StringComparison.Ordinal);
        Assert.Contains("175 more findings, less severe; -v prints them in full:\n", text,
            StringComparison.Ordinal);
        Assert.Contains("- and 75 more findings: see the JSON report\n", text, StringComparison.Ordinal);
        Assert.Contains("and 30 more hosts: see the JSON report\n", text, StringComparison.Ordinal);
        Assert.Contains("and 20 more pairs without flows that escaped or were misdropped: see the JSON report\n", text,
            StringComparison.Ordinal);
        Assert.Contains("- and 10 more diagnostics: see the JSON report\n", text, StringComparison.Ordinal);
        Assert.Contains("capture-77: pcapng; 66 packets; stopped at byte 4,096", text, StringComparison.Ordinal);
        Assert.DoesNotContain("capture-99", text, StringComparison.Ordinal);
        Assert.Contains("role-59", text, StringComparison.Ordinal);

        using var writer = new StringWriter();
        TextReport.Write(long_, writer, new TextReportOptions(100, Color: false, Verbose: true));
        Assert.Contains("required-flow-blocked  id-199\n", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_colour_there_is_no_escape_character() =>
        Assert.DoesNotContain('\u001b', Text(SampleReport.Run(), 100));

    [Fact]
    public void Colour_adds_to_the_words_and_takes_none_away()
    {
        var colored = Text(SampleReport.Run(), 100, color: true);
        Assert.Contains("\u001b[", colored, StringComparison.Ordinal);
        Assert.Equal(Text(SampleReport.Run(), 100), WithoutColour(colored));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_the_network_named_is_neither_markup_nor_an_escape_sequence(bool color)
    {
        var text = Text(SampleReport.Run(), 160, color);
        Assert.Contains("[red]\\u{001B}[2Jevil\\u{202E}gnp.exe[/].", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_without_a_packet_is_named_as_the_reason_for_an_empty_report()
    {
        var text = Text(SampleReport.EmptyRun(), 100);
        Assert.StartsWith("Contoso pilot: no findings.\n", text, StringComparison.Ordinal);
        Assert.Contains("None. The captures contain no packets, so nothing can be said about the rules.", text,
            StringComparison.Ordinal);
        Assert.Contains("None: no flow was found.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PARTIAL", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Captures_without_drop_counts_are_not_said_to_be_without_loss()
    {
        var run = SampleReport.Run();
        var silent = run.Report.Observation with
        {
            Captures = [run.Report.Observation.Captures[0]],
            Points = [run.Report.Observation.Points[0] with { Dropped = 0, Streams = default }]
        };
        var none = new CaptureAnnotations { Drops = [new InterfaceStatistics(0, null) { DroppedBySystem = 0 }] };
        var counted = silent with { Captures = [silent.Captures[0] with { Annotations = none }] };
        Assert.Contains("Loss          the captures do not say how many packets they lost\n",
            Text(With(run, silent), 160), StringComparison.Ordinal);
        Assert.Contains("Loss          none reported\n", Text(With(run, counted), 160), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_reason_for_an_empty_report_has_its_own_sentence()
    {
        var empty = SampleReport.EmptyRun();
        var packets = empty.Report.Coverage with { Packets = 5 };
        var flows = packets with { Flows = 3 };
        Assert.Contains("but no flow", Text(With(empty, packets), 160), StringComparison.Ordinal);
        Assert.Contains("No flow runs between roles", Text(With(empty, flows), 160), StringComparison.Ordinal);
        var pairs = empty with { Report = SampleReport.Run().Report with { Findings = [] } };
        Assert.Contains("Every flow that was judged is covered by a rule", Text(pairs, 160),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_do_not_apply_are_named_when_the_reader_asks()
    {
        Assert.DoesNotContain("lync.xmpp: ", Text(SampleReport.Run(), 120), StringComparison.Ordinal);
        using var writer = new StringWriter();
        TextReport.Write(SampleReport.Run(), writer, new TextReportOptions(120, Color: false, Verbose: true));
        Assert.Contains("- lync.xmpp: lync-director -> lync-edge-internal", writer.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_verdict_alone_has_the_five_words_in_its_sentence()
    {
        using var writer = new StringWriter();
        TextReport.WriteVerdict(SampleReport.Run(), writer, new TextReportOptions(160, Color: false, Verbose: false));
        Assert.StartsWith("Contoso pilot: 3 findings, gravest high (1 high, 1 medium, 1 info); 30 flows judged: 17 "
            + "permitted, 8 escaped, 1 blocked, 4 misdropped, 0 unanswered.\n", writer.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("PARTIAL: 1 capture could not be read whole, 1 input could not be opened;", writer.ToString(),
            StringComparison.Ordinal);
    }

    private static AuditRun With(AuditRun run, ObservationSummary observation) =>
        run with { Report = run.Report with { Observation = observation } };

    private static AuditRun With(AuditRun run, CoverageSummary coverage) =>
        run with { Report = run.Report with { Coverage = coverage } };

    private static string Text(AuditRun run, int width, bool color = false)
    {
        using var writer = new StringWriter();
        TextReport.Write(run, writer, new TextReportOptions(width, color, Verbose: false));
        return writer.ToString();
    }

    public static TheoryData<int> Widths() => [.. Enumerable.Range(4, 17).Select(tens => 10 * tens), 47, 79, 81];

    /// <summary>The sample with names of a site that are not ASCII.</summary>
    private static AuditRun Named(string host, string site, string service)
    {
        var run = SampleReport.Run();
        return run with
        {
            Report = run.Report with
            {
                Site = site,
                Hosts = [run.Report.Hosts[0] with { Name = host }, .. run.Report.Hosts.Skip(1)],
                RolePairs =
                    [run.Report.RolePairs[0] with { Services = [service, string.Concat(Enumerable.Repeat(host, 12))] }],
                Findings = [run.Report.Findings[0]
                    with { Explanation = string.Concat(Enumerable.Repeat($"{host} {service} {site}", 9)) }],
            },
        };
    }

    /// <summary>Columns of the characters that the tests use, by Unicode Standard Annex 11: two for those of East Asia
    /// and for emoji, none for what combines.</summary>
    private static int Columns(string line) => line.EnumerateRunes().Sum(rune => rune.Value switch
    {
        0x0301 => 0,
        >= 0x3000 and < 0xD7A4 or >= 0x1F300 and < 0x1FB00 => 2,
        _ => 1,
    });

    /// <summary>The characters before a heading, blanks and lines apart: wrapping may move them, not lose
    /// them.</summary>
    private static string Words(string text, string heading) => string.Concat(text[..text.IndexOf(heading,
        StringComparison.Ordinal)].Where(c => !char.IsWhiteSpace(c) && c != '─'));

    private static string WithoutColour(string text) =>
        string.Join('\n', System.Text.RegularExpressions.Regex.Replace(text, "\u001b\\[[0-9;]*m", "").Split('\n')
            .Select(line => line.TrimEnd()));
}
