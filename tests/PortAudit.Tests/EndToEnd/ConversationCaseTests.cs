using System.Text.Json.Nodes;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Small captures of conversations that failed, or that say little of who opened them, with the right
/// verdict. They lie beside the checkout of those who have them.</summary>
public sealed class ConversationCaseTests
{
    private const string Lync = "lync";

    private static readonly string? Cases =
        Repository.Corpus is { } corpus ? Path.GetFullPath(Path.Combine(corpus, "..", "..", "cases")) : null;

    [Theory]
    [InlineData("synack-lost", "handshake-incomplete", "high", "app blocked")]
    [InlineData("ack-not-recorded", null, null, "app seen-by-port")]
    [InlineData("idle-silent", "session-lost-idle", "medium", "app seen-by-port")]
    [InlineData("idle-reset", "session-lost-idle", "medium", "app seen-by-port")]
    [InlineData("mtu-hole", "large-packets-lost", "medium", "app seen-by-port")]
    [InlineData("fragments-lost", "fragments-lost", "medium", null)]
    public void Conversations_that_failed_are_findings(string capture, string? kind, string? severity, string? rule)
    {
        if (AuditOf(capture) is not { } report)
            return;
        var found = report["findings"]!.AsArray()
            .Where(finding => ((string?)finding!["kind"])!.Contains("lost", StringComparison.Ordinal)
                || ((string?)finding["kind"])!.Contains("handshake", StringComparison.Ordinal)).ToList();

        Assert.Equal(kind is null ? [] : [$"{kind} {severity}"],
            found.Select(finding => $"{finding!["kind"]} {finding["severity"]}"));
        if (rule is not null)
            Assert.Contains(rule, report["rules"]!.AsArray().Select(row => $"{row!["id"]} {row["status"]}"));
        Assert.All(found, finding => Assert.NotEmpty(finding!["evidence"]!["frames"]!.AsArray()));
    }

    [Theory]
    [InlineData("idle-silent", "had no packet for 1798 s")]
    [InlineData("idle-reset", "TTL 255 against 125")]
    [InlineData("mtu-hole", "segments of 1460 bytes were sent 6 times")]
    [InlineData("direction-answers-only", "app answered pc in 4 flows")]
    public void Explanations_give_what_was_measured(string capture, string words)
    {
        if (AuditOf(capture) is not { } report)
            return;
        Assert.Contains(report["findings"]!.AsArray(), finding =>
            ((string?)finding!["explanation"])!.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("backscatter-synack-80-outside", Lync)]
    [InlineData("direction-lone-reset", "")]
    public void Stray_answers_and_resets_open_pass_and_exercise_nothing(string capture, string site)
    {
        if (AuditOf(capture, site) is not { } report)
            return;
        Assert.DoesNotContain(report["findings"]!.AsArray(), finding => (long?)finding!["flows"] > 0);
        Assert.All(report["role_pairs"]!.AsArray().Where(pair => ((string?)pair!["from"]) == "internet"
            || ((string?)pair["to"]) == "internet"), pair =>
                Assert.Equal("{\"permitted\":0,\"escaped\":0,\"blocked\":0,\"misdropped\":0,\"unanswered\":0}",
                    pair!["words"]!.ToJsonString()));
    }

    [Fact]
    public void A_segment_of_a_hello_that_never_arrived_is_said_with_its_rule()
    {
        if (AuditOf("second-hello-segment-black-holed-outside", Lync) is not { } report)
            return;
        Assert.Contains(report["rules"]!.AsArray(), rule => ((string?)rule!["reason"])!.Contains(
            "data was sent 7 times and never acknowledged (217 bytes a segment)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("direction-dhcp")]
    [InlineData("direction-sip-other-port")]
    public void Answers_from_another_endpoint_are_answers(string capture)
    {
        if (Cases is null || !Directory.Exists(Cases))
            return;
        Assert.All(FlowRows.Of(Path.Combine(Cases, $"{capture}.pcap")), flow =>
            Assert.Equal("established", flow.Outcome));
    }

    private static JsonObject? AuditOf(string capture, string site = "")
    {
        if (Cases is null || !Directory.Exists(Cases))
            return null;
        return LyncEdge.AuditBy(site == Lync ? LyncEdge.Site : Path.Combine(Cases, "site.yaml"),
            Path.Combine(Cases, $"{capture}.pcap"));
    }
}
