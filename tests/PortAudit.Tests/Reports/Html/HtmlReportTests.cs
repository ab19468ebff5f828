using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Html;
using PortAudit.Reports.Packets;
using PortAudit.Tests.Catalog;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Reports.Html;

public sealed partial class HtmlReportTests
{
    [Fact]
    public void The_page_answers_in_the_order_in_which_readers_ask()
    {
        var html = Render(ReportRuns.Sample());

        Assert.Equal(
            ["verdict", "findings", "coverage", "missing", "matrix", "pairs", "dynamic-ports", "tls", "hosts",
                "method"],
            Section().Matches(html).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Flows_that_get_none_of_the_four_words_are_told_with_the_reason()
    {
        var run = ReportRuns.Sample();
        RolePair probes =
            new("a", "b", 7, 1_000, [new(Verdict.OutOfScope, 7)], [new(Outcome.Unanswered, 7)], default, []);
        var html = Render(run with
        {
            Report = run.Report with
            {
                RolePairs = [.. run.Report.RolePairs, probes],
                Timelines = [.. run.Report.Timelines, ReportRuns.Timeline("a", "b", [0], Verdict.OutOfScope)]
            }
        });

        Assert.Contains("7 of them are not classified: 7 out of scope.", html, StringComparison.Ordinal);
        Assert.Contains("Result: none (7 out of scope).", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_glossary_has_every_verdict_status_and_outcome()
    {
        var words = Glossary.Words.Select(entry => entry.Word).ToList();

        Assert.Empty(Enum.GetValues<Verdict>().Select(verdict => verdict.ToText()).Except(words));
        Assert.Empty(Enum.GetValues<RuleStatus>().Select(status => status.ToText()).Except(words));
        Assert.Empty(Enum.GetValues<Outcome>().Select(outcome => outcome.ToText()).Except(words));
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes() =>
        Assert.Equal(Render(ReportRuns.Sample()), Render(ReportRuns.Sample()));

    [Fact]
    public void The_policy_allows_this_style_and_this_script_and_nothing_else()
    {
        var html = Render(ReportRuns.Sample());
        var policy = System.Net.WebUtility.HtmlDecode(Policy().Match(html).Groups[1].Value);

        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{HashOf(html, "style")}'; "
                + $"script-src 'sha256-{HashOf(html, "script")}'; base-uri 'none'; form-action 'none'",
            policy);
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_is_data()
    {
        var html = Render(ReportRuns.WithHostileNames());

        Assert.Single(Regex.Matches(html, "<script", RegexOptions.IgnoreCase));
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\\u{202E}gnp.exe\\u{200F}\\u{0007}\\u{001B}[31m\\u{0000}&amp;#x202E;", html,
            StringComparison.Ordinal);
        Assert.DoesNotContain(html, character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain("&#x202E;", html.Replace("&amp;#x202E;", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_is_cut_and_its_length_is_told()
    {
        var html = Render(ReportRuns.WithHostileNames());

        Assert.Contains($"({ReportRuns.Hostile.Length:N0} characters)", html, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('A', 2000), html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_report_stays_below_ten_megabytes_and_says_what_it_left_out()
    {
        var html = Render(ReportRuns.Largest());

        Assert.InRange(Encoding.UTF8.GetByteCount(html), 1_000_000, 10_000_000);
        Assert.Contains("smaller flows not listed here", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Packets_below_the_evidence_have_a_line_each_and_the_first_ones_their_fields()
    {
        var run = ReportRuns.WithPackets(ReportRuns.Sample());
        var html = Render(run);
        int Shown(int most) => run.Report.Findings.Sum(finding =>
            Math.Min(most, finding.Evidence.Frames.Sum(each => each.Numbers.Length)));

        Assert.NotEqual(0, Shown(most: 3));
        Assert.Equal(Shown(most: 20), Regex.Count(html, "<td>10\\.0\\.0\\.1:50000</td>"));
        Assert.Equal(Shown(most: 3), Regex.Count(html, "field by field</summary>"));
        Assert.Contains("DNS query &lt;img \\u{001B}[31m&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Packets_that_cannot_be_read_again_are_said_to_be_missing() => Assert.Contains(
        "The packets are not shown: standard input, pipes and live traffic are read once only, stores and",
        Render(ReportRuns.Sample()), StringComparison.Ordinal);

    [Fact]
    public void The_most_packets_stay_below_five_megabytes_and_the_rest_is_counted()
    {
        var html = Render(ReportRuns.WithAllPackets());

        Assert.InRange(Encoding.UTF8.GetByteCount(html), 1_000_000, 5_000_000);
        Assert.Equal(EvidencePackets.MaximumPackets, Regex.Count(html, "<td>10\\.0\\.0\\.1:50000</td>"));
        Assert.Equal(EvidencePackets.MaximumTrees, Regex.Count(html, "field by field</summary>"));
        Assert.Equal(100, Regex.Count(html, "980 more packets not shown\\."));
        Assert.Equal(400, Regex.Count(html, "the page shows those of graver findings, 2,000 at most\\."));
    }

    [Fact]
    public void A_capture_without_a_packet_is_no_clean_bill()
    {
        var html = Render(SampleReport.EmptyRun());

        Assert.Contains("The captures contain no packets", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"verdict good\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pair_lists_the_rules_of_its_roles_of_what_they_are_a_kind_of_and_of_any_in_this_order()
    {
        var run = ReportRuns.Sample();
        var row = run.Report.Rules.First(row => row.Status != RuleStatus.NotApplicable);
        RuleRow Between(string from, string to) =>
            row with { From = from, To = to, Rule = row.Rule with { Id = $"{from}>{to}" } };
        Role[] roles = [new("lync-server", "", [], null, null), new("lync-director", "", [], "lync-server", null),
            new("edge", "", [], null, null), new("lync-edge-internal", "", [], "edge", null),
            new("lync-front-end", "", [], "lync-server", null)];
        var report = run.Report with
        {
            Roles = new RoleTree(new CatalogSet([RoleTreeTests.FileOf(roles)], [])),
            Rules = [Between("any", "edge"), Between("lync-server", "edge"), Between("lync-front-end", "edge"),
                Between("edge", "lync-server"), Between("lync-director", "lync-edge-internal")],
        };

        Assert.Equal(
            ["lync-director>lync-edge-internal", "lync-server>edge", "any>edge"],
            PairViews.Of(report).Single(view => view.Pair is { From: "lync-director", To: "lync-edge-internal" }).Rules
                .Select(rule => rule.Rule.Id));
    }

    [Fact]
    public void Captures_have_their_checksums_and_those_that_have_none_say_so()
    {
        var run = ReportRuns.Sample();
        var html = Render(run with
        {
            CaptureHashes = new Dictionary<string, string>
            {
                ["captures/inside.pcap"] =
            new('d', 64)
            }.ToFrozenDictionary()
        });

        Assert.Single(Regex.Matches(html, new string('d', 64)));
        Assert.Single(Regex.Matches(html, "none: no file, or not read again"));
    }

    [Fact]
    public void Each_cell_of_the_matrix_leads_to_its_pair()
    {
        var html = Render(ReportRuns.Largest());
        var links = Link().Matches(html).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(90, links.Distinct().Count());
        Assert.All(links, anchor => Assert.Contains($"id=\"{anchor}\"", html, StringComparison.Ordinal));
    }

    internal static string Render(AuditRun run)
    {
        using var writer = new StringWriter();
        HtmlReport.Write(run, writer);
        return writer.ToString();
    }

    private static string HashOf(string html, string element)
    {
        var begin = html.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var text = html[begin..html.IndexOf($"</{element}>", begin, StringComparison.Ordinal)];
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    [GeneratedRegex("<section id=\"([a-z-]+)\"")]
    private static partial Regex Section();

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("href=\"#(pair-[^\"]*)\"")]
    private static partial Regex Link();
}
